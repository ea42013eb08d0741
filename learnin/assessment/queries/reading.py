"""The one place where the reading rules are applied: pages, files, programs and findings take their numbers from here.

What may not be shown carries no number at all, so that nothing after this can show it by mistake.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from learnin.assessment import saying
from learnin.assessment.models import Estimate, Indicator, ReadingRules, Run, RunRound
from learnin.assessment.queries import estimates
from learnin.assessment.queries.estimates import Number
from learnin.compute import disclosure, reading
from learnin.compute.disclosure import Why
from learnin.compute.reading import Kind, Reliability, Verdict
from learnin.kit.charts import Mark, Trust, Unit
from learnin.people.models import Country

if TYPE_CHECKING:
    from learnin.compute.disclosure import Cell, Group

SEEN = (Trust.SURE, Trust.UNSURE)
NOTHING: dict[str, Any] = {
    "estimate": None, "se": None, "cv": None, "ci_low": None, "ci_high": None, "ci_method": "", "df": None, "n": None,
    "missing": None, "n_psu": None, "n_strata": None, "n_eff": None, "n_hat": None, "deff": None, "deft": None,
    "alpha": None, "warnings": (), "before": None,
}  # fmt: skip
WITHOUT_MARGIN: dict[str, Any] = {"se": None, "cv": None, "ci_low": None, "ci_high": None}


@dataclass(frozen=True)
class Rules:
    """The lines a country drew, or those that hold where it drew none."""

    exact: reading.Thresholds = reading.DEFAULT
    hiding: disclosure.Rules = disclosure.DEFAULT
    kept: ReadingRules | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a number may be read, by both rules: whether it is exact enough, and whether people could be recognised."""

    reliability: Reliability
    why: Why | None
    hiding: disclosure.Rules

    @property
    def is_seen(self) -> bool:
        """Whether people may read the number at all."""
        return self.why is None and self.reliability.verdict is not Verdict.WITHHOLD

    @property
    def is_sure(self) -> bool:
        """Whether it may be read without a warning."""
        return self.why is None and self.reliability.verdict is Verdict.SHOW


@dataclass(frozen=True)
class Read:
    """A number as it may be read: with what it may say, a symbol, and the reasons in sentences."""

    of: Number
    trust: Trust
    reasons: tuple[str, ...] = ()

    @property
    def mark(self) -> Mark:
        """The same for charts."""
        if not self.is_seen:
            return Mark(trust=self.trust)
        return Mark(self.of.estimate, self.of.ci_low, self.of.ci_high, self.of.n, self.trust, self.of.is_probability)

    @property
    def unit(self) -> Unit:
        """How it is written."""
        return Unit.SHARE if self.of.indicator.unit == Indicator.Unit.SHARE else Unit.NUMBER

    @property
    def is_seen(self) -> bool:
        """Whether there is a number to read."""
        return self.trust in SEEN

    @property
    def sign(self) -> str:
        """Its symbol; none for a sure number."""
        return self.mark.sign


def rules(country: Country | str) -> Rules:
    """The reading rules of a country."""
    kept = ReadingRules.objects.select_related("changed_by").filter(country=country).first()
    return Rules(kept.thresholds, kept.disclosure, kept) if kept else Rules()


def readings(numbers: Iterable[Number]) -> dict[int, Reading]:
    """How each of these numbers may be read by the rules of its country, by its key."""
    told = list(numbers)
    by = {code: rules(code) for code in {one.indicator.country_id for one in told}}
    return {one.pk: _reading(one, by[one.indicator.country_id]) for one in told}


def _reading(number: Number, by: Rules) -> Reading:
    found = reading.reliability(
        _kind(number),
        n=number.n or 0,
        psus=number.n_psu or 0,
        df=number.df or 0.0,
        value=number.estimate,
        se=number.se,
        low=number.ci_low,
        high=number.ci_high,
        thresholds=by.exact,
    )
    said = Why(number.withheld) if number.withheld else None
    return Reading(found, by.hiding.why(number.n or 0, number.n_psu or 0) or said, by.hiding)


def read(number: Number, by: Rules) -> Read:
    """A number as the rules of a country let it be read. Whoever could be recognised comes before what is inexact."""
    before = number.before and read(number.before, by).of
    found = _reading(number, by)
    if found.why is not None:
        return Read(replace(number, **NOTHING), Trust.WITHHELD, (saying.withheld(found.why, by.hiding),))
    reasons = tuple(saying.reason(one) for one in found.reliability.reasons)
    if not found.is_seen:
        return Read(replace(number, **NOTHING), Trust.INEXACT, reasons)
    if not number.is_probability:  # nobody was drawn: no margin says how far the number may be from the truth
        number = replace(number, **WITHOUT_MARGIN)
    trust = Trust.SURE if found.is_sure else Trust.UNSURE
    return Read(replace(number, before=before), trust, reasons)


def _kind(number: Number) -> Kind:
    if number.indicator.unit == Indicator.Unit.SHARE:
        return Kind.SHARE
    return Kind.TOTAL if number.kind in {"total", "count"} else Kind.MEAN


def one(row: Estimate) -> Read:
    """One number that was just found, as it may be read."""
    return read(estimates.number(row), rules(row.indicator.country_id))


def numbers(run: Run, **wanted: Any) -> list[Read]:
    """The numbers of a run that `estimates.numbers` finds, as they may be read."""
    by = rules(run.assessment.country)
    return [read(one, by) for one in estimates.numbers(run, **wanted)]


@dataclass(frozen=True)
class Told:
    """A round of a run, with the numbers of each indicator that are shown."""

    part: RunRound
    lines: tuple[Read, ...]

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"round-{self.part.round_id}"


def told(run: Run, *, by: str = "", dimension: str = "") -> list[Told]:
    """The numbers of a run for a page: of everybody, or of these groups beside everybody; of one dimension, or all."""
    found = numbers(run, by={"", by}, with_before=True)
    wanted = [one for one in found if dimension in {"", one.of.indicator.dimension}]
    return [
        Told(part, tuple(one for one in wanted if one.of.round == part.round_id)) for part in estimates.rounds_of(run)
    ]


def since(run: Run, order: int, *, limit: int) -> list[Read]:
    """The next numbers of a run after a place in it, for programs."""
    rows = Estimate.objects.filter(run=run, order__gt=order).select_related("indicator", "of").order_by("order", "pk")
    by = rules(run.assessment.country)
    return [read(estimates.number(row), by) for row in rows[:limit]]


def protected(rows: Iterable[Estimate], by: Rules) -> dict[int, Why]:
    """Which rows of a run must be withheld so that nobody is recognised in any of its tables, by their number."""
    asked: dict[tuple[int, int, str], list[Estimate]] = {}
    for row in rows:
        asked.setdefault((row.of_id, row.indicator_id, row.level), []).append(row)
    rounds = {of for of, _indicator, _level in asked}
    why: dict[tuple[int, int, Cell], Why] = {}
    for of in rounds:
        mine = [(place, told) for place, told in asked.items() if place[0] == of]
        found = disclosure.protected([[_group(row) for row in told] for _place, told in mine], rules=by.hiding)
        for (_of, indicator, _level), cells in zip((place for place, _told in mine), found, strict=True):
            for cell, said in cells.items():
                why.setdefault((of, indicator, cell), said)
    return {
        row.pk: why[place]
        for told in asked.values()
        for row in told
        if (place := (row.of_id, row.indicator_id, _cell(row))) in why
    }


def _group(row: Estimate) -> "Group":
    return disclosure.Group(_cell(row), row.n, row.n_psu, row.n_hat or 0.0)


def _cell(row: Estimate) -> "Cell":
    return frozenset(row.domain.items())
