"""Which answers may leave for everybody: groups in which nobody stands out, indicators whose tables withhold nothing.

docs/methods/open-data.md says why. Nothing here is shown: `open_data_files` writes it, `open_data` tells it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from learnin.assessment.formats.indicator import Asked, Definition, Kind
from learnin.assessment.models import Grouping, Indicator, OpenData, Run, RunRound
from learnin.assessment.queries import analysis, analysis_table, estimates, estimating, indicators, reading
from learnin.assessment.queries.estimating import Measured
from learnin.compute import disclosure
from learnin.compute.disclosure import Microdata

IN_HALF = 0.5  # a value that this part of the indicators withholds is told together with others
OF_NUMBERS = frozenset({Kind.MEAN, Kind.QUANTILE, Kind.TOTAL, Kind.RATIO, Kind.DERIVED, Kind.INDEX})


class OutOfDate(ValueError):
    """Answers, weights or definitions are not those of the run any more."""


@dataclass(frozen=True, eq=False)
class Ground:
    """The answers of a round as its run saw them, and what the tables of the run withhold."""

    part: RunRound
    measured: Measured
    frame: pl.DataFrame
    psus: tuple[str, ...]
    known: Mapping[str, Asked]
    withheld: Mapping[str, tuple[Mapping[str, str], ...]]
    """By code of the indicator: the groups in which it is withheld."""
    rules: reading.Rules

    @property
    def indicators(self) -> tuple[tuple[Indicator, Definition], ...]:
        """What the run measured."""
        return self.measured.indicators

    @cached_property
    def numbers(self) -> list[reading.Read]:
        """The numbers of the round as everybody may read them."""
        return reading.numbers(self.part.run, rounds=[self.part.round_id])

    def column(self, grouping: Grouping) -> tuple[str, ...]:
        """The group of each row; nothing where it has none."""
        return tuple(self.frame[analysis.column_of(grouping)].fill_null("").to_list())


def ground(of: OpenData) -> Ground:
    """Read the answers again. Raises OutOfDate where they are not those of the run."""
    part = RunRound.objects.select_related("run__assessment__country", "round__instrument", "round__country").get(
        pk=of.part_id
    )
    run, round = part.run, part.round
    asked = list(indicators.indicators(run.assessment).filter(instrument=round.instrument_id))
    splits = list(indicators.groupings(run.assessment))
    measured = estimating.measured(round, asked, splits, scope=run.scope, until=run.finished_at or run.made_at)
    if estimating.fingerprints(measured) != part.fingerprints:
        raise OutOfDate
    columns = [name for one, _definition in measured.indicators for name in measured.columns[one.code]]
    said = measured.frame.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in columns) if columns else True)
    return Ground(
        part=part,
        measured=measured,
        frame=said,
        psus=_psus(said, measured),
        known=analysis.measured(round.instrument) | analysis.splitting(round.instrument),
        withheld=_withheld(run, part),
        rules=reading.rules(run.assessment.country),
    )


def _psus(frame: pl.DataFrame, of: Measured) -> tuple[str, ...]:
    """The school of each row, unique in all strata."""
    design = of.basis.design
    names = [name for name in (design["strata"], design["stages"][0]["id"]) if name]
    return tuple(repr(row) for row in frame.select(names or [analysis_table.ANSWER]).iter_rows())


def _withheld(run: Run, part: RunRound) -> dict[str, tuple[Mapping[str, str], ...]]:
    told = estimates.numbers(run, rounds=[part.round_id])
    read = reading.readings(told)
    found: dict[str, dict[str, Mapping[str, str]]] = {}
    for one in told:
        if read[one.pk].why is not None:
            found.setdefault(one.indicator.code, {})[one.key] = one.domain
    return {code: tuple(groups.values()) for code, groups in found.items()}


@dataclass(frozen=True, eq=False)
class Chosen:
    """What would leave with some groupings: rows, indicators, and why the others stay."""

    groupings: tuple[Grouping, ...]
    rows: Microdata
    indicators: tuple[tuple[Indicator, Definition], ...]
    stay: Mapping[str, str]
    """Why an indicator stays, by its code: withheld, exact, group, chosen."""

    @property
    def is_safe(self) -> bool:
        """Nobody stands out, and there is something to give."""
        return self.rows.after.is_safe and self.rows.after.k > 0 and bool(self.indicators)

    @property
    def order(self) -> tuple[int, int]:
        """The better it is, the larger: first fewer rows that stand out, then more indicators."""
        return -len(self.rows.after.rows), len(self.indicators)


def chosen(of: OpenData, on: Ground) -> Chosen:
    """What leaves: with the groups somebody chose, or with as many as are safe."""
    wanted = frozenset(of.indicators)
    splits = on.measured.groupings
    if of.are_groupings_chosen:
        return _with(on, [one for one in splits if one.code in of.groupings], wanted)
    most = len(_with(on, [], wanted).indicators)
    found = _with(on, splits, wanted)
    while found.groupings and not (found.is_safe and 2 * len(found.indicators) >= most):
        tried = [_with(on, [one for one in found.groupings if one != left], wanted) for left in found.groupings]
        found = max(tried, key=lambda one: one.order)
    return found


def _with(on: Ground, splits: Iterable[Grouping], wanted: frozenset[str]) -> Chosen:
    columns = {one.code: one for one in splits}
    rows = disclosure.microdata(
        {code: on.column(one) for code, one in columns.items()},
        psus=on.psus,
        weights=on.frame["weight"].to_numpy(),
        rules=on.rules.hiding,
        withheld=_mostly_withheld(on),
    )
    kept = {code: one for code, one in columns.items() if code in rows.columns}
    stay = {
        one.code: why for one, definition in on.indicators if (why := _why(on, one, definition, rows, kept, wanted))
    }
    return Chosen(
        groupings=tuple(kept.values()),
        rows=rows,
        indicators=tuple((one, definition) for one, definition in on.indicators if one.code not in stay),
        stay=stay,
    )


def _mostly_withheld(on: Ground) -> dict[str, frozenset[str]]:
    """Values of single groupings that most indicators withhold."""
    counts = Counter(
        (code, value)
        for groups in on.withheld.values()
        for domain in groups
        if len(domain) == 1
        for code, value in domain.items()
    )
    found: dict[str, set[str]] = {}
    for (code, value), count in counts.items():
        if count >= IN_HALF * len(on.indicators):
            found.setdefault(code, set()).add(value)
    return {code: frozenset(values) for code, values in found.items()}


def _why(
    on: Ground,
    one: Indicator,
    definition: Definition,
    rows: Microdata,
    kept: Mapping[str, Grouping],
    wanted: frozenset[str],
) -> str:
    """Why an indicator stays; nothing where it may leave."""
    if wanted and one.code not in wanted:
        return "chosen"
    if any(is_told(domain, rows) for domain in on.withheld.get(one.code, ())):
        return "withheld"
    whole = {each.name for code, each in kept.items() if code not in rows.together}
    if {each.name for each in on.measured.groupings if analysis.is_asked(each)} & {*definition.names} - whole:
        return "group"
    return "exact" if _is_exact(on, one, definition) else ""


def is_told(domain: Mapping[str, str], rows: Microdata) -> bool:
    """Whether rows tell a group: its groupings are there, and none of its values is told together with others."""
    return all(code in rows.columns and value not in rows.together.get(code, ()) for code, value in domain.items())


def _is_exact(on: Ground, one: Indicator, definition: Definition) -> bool:
    """Whether its numbers were not chosen from given answers, and too few people share one of them."""
    if definition.kind not in OF_NUMBERS or all(on.known[name].is_choice for name in definition.names):
        return False
    for name in on.measured.columns[one.code]:
        counts = Counter(on.frame[name].drop_nulls().to_list()).values()
        if min(counts, default=0) < on.rules.hiding.least_answers and counts:
            return True
    return False


def besides(on: Ground, found: Chosen) -> dict[str, int]:
    """By each grouping that stays: rows that would stand out for whoever could work it out all the same."""
    least = on.rules.hiding.least_answers
    return {
        one.code: len(disclosure.anonymity({**found.rows.columns, one.code: on.column(one)}, k=least).rows)
        for one in on.measured.groupings
        if one not in found.groupings
    }


def published(on: Ground) -> Sequence[reading.Read]:
    """The numbers of the round that are shown, those with an estimate."""
    return [one for one in on.numbers if one.is_seen and one.of.estimate is not None]
