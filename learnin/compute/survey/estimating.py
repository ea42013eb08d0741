"""Estimate many numbers for many groups of people at once, each with its uncertainty."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from ibis.expr.types import Table as Rows

from learnin.compute.survey.adding import parted
from learnin.compute.survey.cells import Cells
from learnin.compute.survey.design import Design
from learnin.compute.survey.groups import Groups, grouped
from learnin.compute.survey.items import Quantile, labelled
from learnin.compute.survey.looks import GUESS, looked_at
from learnin.compute.survey.quantiles import quantile_rows
from learnin.compute.survey.refusals import CannotEstimate
from learnin.compute.survey.rows import About, degrees, exact, rows_of
from learnin.compute.survey.scales import Seen, numbered
from learnin.compute.survey.sources import DoesNotFit, Source, known, opened, with_rows
from learnin.compute.survey.study import Linear, Study, added, linear
from learnin.compute.survey.sums import Item, Level, Part, Sums, everybody
from learnin.compute.survey.tables import Row, Table
from learnin.compute.survey.weights import Weights, has_faults, weighed


def estimate(
    source: Source,
    design: Design,
    items: Sequence[Item],
    by: Sequence[Sequence[str]] = ((),),
    *,
    level: float = 0.95,
    df: str | float = "domain",
    interval: str | None = None,
    levels: Mapping[str, Sequence[Level]] | None = None,
) -> Table:
    """Estimate every item in every group of people, in one pass over the answers.

    Args:
        source: one row per respondent: paths of Parquet or CSV files, a table of DuckDB, Arrow or ibis.
        design: how the sample was drawn and weighted.
        items: what to estimate.
        by: for each table, the columns that make its groups; none is everybody.
        level: confidence of the intervals, above 0 and below 1.
        df: degrees of freedom: of the `domain` (its units minus its strata), of the whole `design`, or a number.
        interval: one method for all proportions, of `intervals.METHODS`; nothing: as fits each.
        levels: groups that must have a row even if nobody is in them, by column.
    Returns:
        A table of rows; covariances and contrasts are computed when asked for.
    Raises:
        CannotEstimate: with the code of what is wrong. DoesNotFit: a whole number beyond 63 bits.
    Source: Särndal, Swensson and Wretman (1992), chapters 2, 4 and 5; docs/methods/linearisation.md.

    >>> import pyarrow as pa
    >>> from learnin.compute.survey import Mean, Stage
    >>> answers = pa.table({"school": [1, 1, 2, 3], "w": [2, 2, 2, 2], "y": [1, 3, 5, 3]})
    >>> [row] = estimate(answers, Design("w", stages=(Stage("school"),)), [Mean("y")]).rows
    >>> row.estimate, round(row.se, 6), row.df
    (3.0, 0.866025, 2.0)
    """
    if not 0 < level < 1:
        raise CannotEstimate("level_out_of_range", given=level)
    labelled(items)
    study, parts = studied(source, design, items, by)
    everyone = grouped(study.cells, study.frame, (), {})
    whole = float(degrees(study, everyone)[0])
    rows: list[Row] = []
    numbers: list[Linear] = []

    def about(of: Study, groups: Groups) -> About:
        freedom = (
            degrees(of, groups) if df == "domain" else np.full(len(groups.domains), whole if df == "design" else df)
        )
        return About(of, groups, freedom, level, interval)

    for columns in by:
        groups = grouped(study.cells, study.frame, columns, levels or {})
        told = about(study, groups)
        # one after the other, so that what a number is made of is at hand for its variances
        here = [(one := linear(part, groups), exact(told, one)) for part in parts]
        numbers += [one for one, _variances in here]
        rows += rows_of(told, here)
        rows += [
            row
            for item in items
            if isinstance(item, Quantile)
            for row in quantile_rows(study, item, columns, levels or {}, about)
        ]
    call = {
        "items": [item.label for item in items], "by": [list(columns) for columns in by], "level": level, "df": df,
        "interval": interval,
    }  # fmt: skip
    return Table(tuple(rows), study, tuple(numbers), level, whole, call)


def studied(
    source: Source, design: Design, items: Sequence[Item], by: Sequence[Sequence[str]]
) -> tuple[Study, list[Part]]:
    """Look at the data, add up what the items need, and set up the units of the design."""
    table = opened(source)
    read = [column for item in items for column in item.columns]
    known(table, [*design.columns, *read, *(column for columns in by for column in columns)])
    if any(stage.unit is None for stage in design.drawn):
        table = with_rows(table)
    numbers = [design.weight, *(stage.size for stage in design.drawn if stage.size)]
    numbers += [item.column for item in items if isinstance(item, Quantile)]
    if wrong := [column for column in numbers if table.schema()[column].is_string()]:
        raise CannotEstimate("non_numeric_item", keys=wrong)
    if not table.schema()[design.weight].is_numeric():
        raise CannotEstimate("non_numeric_item", keys=[design.weight])
    numeric = [design.weight, *(column for item in items for column in item.numeric)]
    grouping = tuple(dict.fromkeys(column for columns in by for column in columns))
    is_guess = not (design.calibration or design.replicates)
    seen, whole = looked_at(table, design.weight, numeric, GUESS if is_guess else None)
    if not whole and has_faults(seen):
        seen, whole = looked_at(table, design.weight, numeric)
    try:
        asked = _asked(table, design, items, seen)
    except CannotEstimate:
        if whole:
            raise
        seen, whole = looked_at(table, design.weight, numeric)  # all rows say what is wrong first
        asked = _asked(table, design, items, seen)
    if not whole:
        study = _tried(table, design, asked, grouping, numeric)
        seen = study.cells.seen if study else {}
        now = _asked(table, design, items, seen or looked_at(table, design.weight, numeric)[0])
        if study and now.is_like(asked, study.cells):
            return replace(study, weights=now.weights, sums=now.sums), now.parts
        asked = now
    return added(table, design, asked.weights, asked.sums, asked.parts, grouping), asked.parts


def _tried(table: Rows, design: Design, asked: "_Asked", by: Sequence[str], watched: Sequence[str]) -> Study | None:
    """What a guess makes of the data, looked at on the way; nothing where the engine finds numbers that do not fit."""
    try:
        return added(table, design, asked.weights, asked.sums, asked.parts, by, watched)
    except (DoesNotFit, CannotEstimate):
        return None


@dataclass(frozen=True)
class _Asked:
    """What is asked for, from what was seen of the data."""

    weights: Weights
    sums: Sums
    parts: list[Part]

    def is_like(self, other: "_Asked", cells: Cells) -> bool:
        """Whether the same sums of the same whole numbers are asked for, and were added up in as wide words."""
        return self.parts == other.parts and self._told(cells) == other._told(cells)

    def _told(self, cells: Cells) -> list[tuple[object, ...]]:
        wide = parted(self.sums, self.weights, int(cells.rows.max()).bit_length())[1]
        return [
            (self.weights.has_zeros, self.weights.number.scale),
            *((name, number.scale, number.column or number.raw.op()) for name, number in self.sums.weighted.items()),
            *((name, one if one is None else one.op()) for name, one in self.sums.answered.items()
              if name not in self.sums.columns),
            (*wide.weighted, *wide.answered),
        ]  # fmt: skip


def _asked(table: Rows, design: Design, items: Sequence[Item], seen: Seen) -> _Asked:
    weights, sums = weighed(table, design, seen), Sums()
    data = numbered(table, list(dict.fromkeys(column for item in items for column in item.numeric)), seen)
    parts = [part for item in items for part in item.parts(data, sums)]
    everybody(sums)
    return _Asked(weights, sums, parts)
