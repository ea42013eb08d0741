"""From the answers of a round to its estimates: every indicator in every group, in one pass. Reads, never writes."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import polars as pl
from django.utils.translation import gettext_lazy as _

from learnin.assessment.formats import covariances, domains, indicator
from learnin.assessment.formats.indicator import Definition
from learnin.assessment.models import Grouping, Indicator, Round, RunRound
from learnin.assessment.queries import analysis, analysis_table
from learnin.assessment.queries.basis import Basis, basis
from learnin.compute import survey
from learnin.compute.survey import calibration
from learnin.kit import jobs

CONFIDENCE = 0.95
METHOD = "taylor-linearisation 1"
AT_ONCE = 60  # indicators that are added up together: more make a query that is slow to plan
FINGERPRINT = 32  # hex digits: 128 bits, so that two inputs never share one by chance


@dataclass(frozen=True, eq=False)
class Measured:
    """The answers of a round as an estimate sees them: indicators in columns, groups, weight and design."""

    frame: pl.DataFrame
    shared: tuple[str, ...]
    """Columns that every indicator rests on: ids, weight, design, groups."""
    columns: Mapping[str, tuple[str, ...]]
    """Columns of each indicator, by its code."""
    indicators: tuple[tuple[Indicator, Definition], ...]
    groupings: tuple[Grouping, ...]
    basis: Basis
    without_weight: int

    @property
    def by(self) -> tuple[tuple[Grouping, ...], ...]:
        """Everybody; each grouping; and each that is told inside another, together with that one."""
        known = {one.pk: one for one in self.groupings}
        inside = [(known[one.within_id], one) for one in self.groupings if one.within_id in known]
        return ((), *((one,) for one in self.groupings), *inside)


@dataclass(frozen=True)
class Row:
    """One number of an indicator in one group, and what the engine says of it."""

    level: str
    by: str
    domain: Mapping[str, str]
    key: str
    said: survey.Row


@dataclass(frozen=True, eq=False)
class Estimated:
    """The estimates of a round: rows of the indicators that were computed. The others did not change (`kept`)."""

    answers: int
    without_weight: int
    basis: Basis
    fingerprints: Mapping[str, str]
    kept: frozenset[int]
    rows: dict[int, list[Row]] = field(default_factory=dict)
    covariances: list[pl.DataFrame] = field(default_factory=list)


def measured(
    round: Round,
    indicators: Iterable[Indicator],
    groupings: Sequence[Grouping],
    *,
    scope: str,
    until: datetime,
    total: int = 0,
) -> Measured:
    """The table of a round. Indicators whose questions it does not have are left out. Raises NoBasis.

    Rows are those that have a weight: an answer that was set aside later keeps its place in the design, without values.
    """
    known = analysis.measured(round.instrument)
    read = [(one, indicator.read(one.definition)) for one in indicators]
    here = tuple((one, of) for one, of in read if known.keys() >= set(of.names))
    splits = tuple(analysis.groupings_of(round, groupings))
    names = [name for _one, of in here for name in of.names]
    answers = analysis_table.table(round, names, splits, scope=scope, until=until, total=total)
    on = basis(round, scope=scope, until=until)
    weights = on.frame.select(_needed(design(on.design)))
    joined = weights.join(answers, on=analysis_table.ANSWER, how="left", maintain_order="left")
    columns = {one.code: indicator.measured(joined, one.code, of) for one, of in here}
    shared = joined.select(*weights.columns, *(analysis.column_of(one) for one in splits))
    return Measured(
        frame=pl.concat([shared, *columns.values()], how="horizontal"),
        shared=tuple(shared.columns),
        columns={code: tuple(made.columns) for code, made in columns.items()},
        indicators=here,
        groupings=splits,
        basis=on,
        without_weight=answers.join(weights, on=analysis_table.ANSWER, how="anti").height,
    )


def estimated(of: Measured, before: RunRound | None = None) -> Estimated:
    """The estimates of a round; what went into an indicator unchanged is not computed again.

    Raises survey.CannotEstimate.
    """
    prints = fingerprints(of)
    was = before.fingerprints if before else {}
    kept = frozenset(one.pk for one, _definition in of.indicators if was.get(str(one.pk)) == prints[str(one.pk)])
    new = [(one, definition) for one, definition in of.indicators if one.pk not in kept]
    made = Estimated(of.frame.height, of.without_weight, of.basis, prints, kept)
    if not new or not of.frame.height:
        return made
    done = 0
    for some in _pieces(new):
        _add_to(made, of, _table(of, some), {one.code for one, _definition in some if _is_ranked(one)})
        done += len(some)
        jobs.progress(done, len(new), _("Estimates"))
    return made


def _pieces(indicators: Sequence[tuple[Indicator, Definition]]) -> Iterator[Sequence[tuple[Indicator, Definition]]]:
    for at in range(0, len(indicators), AT_ONCE):
        yield indicators[at : at + AT_ONCE]


def _table(of: Measured, indicators: Sequence[tuple[Indicator, Definition]]) -> survey.Table:
    items = [indicator.item(one.code, definition) for one, definition in indicators]
    by = [[analysis.column_of(one) for one in groupings] for groupings in of.by]
    columns = [*of.shared, *(name for one, _definition in indicators for name in of.columns[one.code])]
    answers = of.frame.select(columns).to_arrow()
    return survey.estimate(answers, design(of.basis.design), items, by, level=CONFIDENCE)


def _is_ranked(one: Indicator) -> bool:
    """Whether it is a need that is put in order with others (queries/needs), so that they are told together."""
    return bool(one.direction) and one.unit == Indicator.Unit.SHARE


def _add_to(made: Estimated, of: Measured, table: survey.Table, ranked: Collection[str]) -> None:
    names = {analysis.column_of(one): one.code for one in of.groupings}
    of_code = {one.code: one.pk for one, _definition in of.indicators}
    for row in table.rows:
        made.rows.setdefault(of_code[row.item], []).append(_plain(row, names))
    made.covariances.extend((covariances.of(table, names), covariances.together(table, names, ranked)))


def _plain(row: survey.Row, names: Mapping[str, str]) -> Row:
    """A row of the engine under the names of the indicator and its groupings."""
    domain = {names[column]: str(value) for column, value in row.domain}
    return Row(covariances.level_of(row), domains.groupings(domain), domain, domains.key(domain.items()), row)


def design(kept: Mapping[str, Any]) -> survey.Design:
    """The design of a set of weights as the engine takes it."""
    return survey.Design(
        kept["weight"],
        strata=kept["strata"],
        stages=tuple(survey.Stage(stage["id"], fpc=stage["fpc"]) for stage in kept["stages"]),
        nested=True,  # numbers of units may begin again in each stratum
        lonely=kept["lonely"],
        calibration=_known_totals(kept["calibration"]) if kept.get("calibration") else None,
    )


def _known_totals(kept: Mapping[str, Any]) -> calibration.KnownTotals:
    """The totals that weights were brought to: an estimate varies only as far as these say nothing."""
    margins = tuple(calibration.margin(one["column"], one["totals"]) for one in kept["controls"])
    return calibration.KnownTotals(calibration.Controls(margins), kept["before"])


def _needed(design: survey.Design) -> tuple[str, ...]:
    """The columns of a file of weights that the engine reads."""
    return tuple(dict.fromkeys((analysis_table.ANSWER, *design.columns)))


def fingerprints(of: Measured) -> dict[str, str]:
    """Says of each indicator, by its number, what went into it: answers, groups, weights, definition and method."""
    shared = hashlib.sha256(f"{METHOD} {CONFIDENCE} {of.basis.fingerprint}".encode())
    for groupings in of.by:
        shared.update(repr([one.code for one in groupings]).encode())
    for name in of.shared:
        _add(shared, of.frame[name])
    found = {}
    for one, _definition in of.indicators:
        own = shared.copy()
        own.update(f"{one.code} {indicator.fingerprint(one.definition)}".encode())
        for name in of.columns[one.code]:
            _add(own, of.frame[name])
        found[str(one.pk)] = own.hexdigest()[:FINGERPRINT]
    return found


def _add(digest: "hashlib._Hash", column: pl.Series) -> None:
    """The name, the values and the gaps of a column."""
    digest.update(column.name.encode())
    digest.update(column.is_null().to_numpy().tobytes())
    if column.dtype == pl.String:
        digest.update("\x1f".join(column.fill_null("").to_list()).encode())
    else:
        digest.update(column.fill_null(0).to_numpy().tobytes())


def together(of: Iterable[Estimated]) -> str:
    """One fingerprint of everything that went into several rounds."""
    digest = hashlib.sha256()
    for one in of:
        digest.update(repr(sorted(one.fingerprints.items())).encode())
    return digest.hexdigest()[:FINGERPRINT]
