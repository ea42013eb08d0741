"""Estimate many numbers for many groups of people at once, each with its uncertainty."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from learnin.compute.sampling.streams import fingerprint
from learnin.compute.survey import intervals
from learnin.compute.survey.arrays import Real, within
from learnin.compute.survey.cells import added_up
from learnin.compute.survey.design import Design
from learnin.compute.survey.effects import effects, of
from learnin.compute.survey.frame import framed
from learnin.compute.survey.groups import Groups, grouped
from learnin.compute.survey.items import Item, Level, Part, Sums, everybody, labelled
from learnin.compute.survey.refusals import CannotEstimate, Warned, warned
from learnin.compute.survey.scales import looked_at
from learnin.compute.survey.sources import Source, known, opened, with_rows
from learnin.compute.survey.spread import present
from learnin.compute.survey.study import Linear, Study, linear, variance
from learnin.compute.survey.tables import Provenance, Row, Table
from learnin.compute.survey.weights import weighed

METHOD, VERSION = "taylor-linearisation", 1
FEW = 8  # degrees of freedom below which an interval is flagged (NCHS Data Presentation Standards, 2017)
NONRESPONSE = 0.2  # share without an answer above which an item is flagged (shared design notes on estimation)


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
        CannotEstimate: with the code of what is wrong.
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
    for columns in by:
        groups = grouped(study.cells, study.frame, columns, levels or {})
        freedom = (
            degrees(study, groups) if df == "domain" else np.full(len(groups.domains), whole if df == "design" else df)
        )
        about = _About(study, groups, freedom, level, interval)
        numbers += (found := [linear(part, groups) for part in parts])
        rows += [row for one in found for row in _rows(about, one)]
    call = {
        "items": [item.label for item in items], "by": [list(columns) for columns in by], "level": level, "df": df,
        "interval": interval,
    }  # fmt: skip
    return Table(tuple(rows), study, tuple(numbers), level, whole, _provenance(study, call))


def studied(
    source: Source, design: Design, items: Sequence[Item], by: Sequence[Sequence[str]]
) -> tuple[Study, list[Part]]:
    """Look at the data, add up what the items need, and set up the units of the design."""
    table = opened(source)
    asked = [column for item in items for column in item.columns]
    known(table, [*design.columns, *asked, *(column for columns in by for column in columns)])
    if any(stage.unit is None for stage in design.drawn):
        table = with_rows(table)
    weights = weighed(table, design)
    data, sums = looked_at(table, [column for item in items for column in item.numeric]), Sums()
    parts = [part for item in items for part in item.parts(data, sums)]
    everybody(sums)
    cells = added_up(table, design, (column for columns in by for column in columns), weights, sums)
    return Study(table, design, weights, sums, cells, framed(cells, design)), parts


def degrees(study: Study, groups: Groups) -> Real:
    """Degrees of freedom of each group: first-stage units less strata in which it has rows with a weight."""
    if study.design.replicates:
        return study.design.replicates.df(study, groups)
    psus, strata = present(study.frame, groups, groups.active > 0)
    return psus - strata


@dataclass(frozen=True, eq=False)
class _About:
    """What all rows of one table share."""

    study: Study
    groups: Groups
    df: Real
    level: float
    interval: str | None


def _rows(about: _About, one: Linear) -> list[Row]:
    """The rows of one number in all groups."""
    groups, part, k = about.groups, one.part, len(about.groups.domains)
    answers = groups.answers(part.people)
    n, drawn = within(groups.domain, answers, k), within(groups.domain, groups.active, k)
    psus, strata = present(about.study.frame, groups, answers > 0)
    people = groups.totals(part.people)
    v = variance(about.study, one)
    v = np.where((n > 0) & (psus > 1) & (about.df > 0), v, np.nan)
    low, high, methods = intervals.interval(about.interval, part.kind, one.value, v, about.df, n, about.level)
    effect, alpha = effects(one, v, n, people), of(part, groups)
    with np.errstate(invalid="ignore", divide="ignore"):
        se = np.sqrt(v)
        cv, missing = se / np.abs(one.value), 1 - n / drawn
        deft = np.sqrt(effect.replaced)
    return [
        Row(
            item=part.item, level=part.level, domain=domain, kind=part.kind,
            estimate=_known(one.value[d]), se=_known(se[d]), cv=_known(cv[d]),
            ci_low=_known(low[d]), ci_high=_known(high[d]), ci_method=methods[d], df=_known(about.df[d]),
            n=int(n[d]), missing=_known(missing[d]), n_psu=int(psus[d]), n_strata=int(strata[d]),
            n_eff=_known(effect.effective[d]), n_hat=float(people[d]), deff=_known(effect.without[d]),
            deff_replace=_known(effect.replaced[d]), deft=_known(deft[d]), alpha=_known(alpha[d]),
            warnings=_careful(about, n[d], psus[d], about.df[d], missing[d]),
        )
        for d, domain in enumerate(groups.domains)
    ]  # fmt: skip


def _known(number: float) -> float | None:
    """The number, or nothing where it is none."""
    return float(number) if math.isfinite(number) else None


def _careful(about: _About, n: float, psus: float, df: float, missing: float) -> tuple[Warned, ...]:
    """What to be careful about in one row, beside what is true of all."""
    found = list(about.study.weights.warnings)
    if not about.study.design.stages and not about.study.design.replicates:
        found.append(warned("no_psu"))
    if not n:
        return (*found, warned("domain_empty"))
    if psus < 2:
        found.append(warned("domain_one_psu"))
    if df < FEW:
        found.append(warned("few_degrees", least=FEW))
    if missing > NONRESPONSE:
        found.append(warned("item_nonresponse", percent=round(100 * missing)))
    return tuple(found)


def _provenance(study: Study, call: Mapping[str, object]) -> Provenance:
    """A fingerprint of the small table: it holds all that the numbers are made of, exactly."""
    cells = study.cells
    data = fingerprint(
        rows=cells.rows,
        keys={name: [[str(value) for value in key.values], key.code] for name, key in cells.keys.items()},
        sums=dict(cells.sums), scales=dict(cells.scales), answers=dict(cells.answers),
    )  # fmt: skip
    engine = study.table.get_backend().name if study.table.op().__class__.__name__ != "InMemoryTable" else "duckdb"
    return Provenance(data, study.design.written(), call, engine, METHOD, VERSION)
