"""Which needs weigh on most people, in the whole country or in one group, and how sure that order is."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from learnin.assessment import finding_words, saying
from learnin.assessment.formats.result_workbook import Cell, Share, Sheet
from learnin.assessment.models import Assessment, Indicator, Run
from learnin.assessment.queries import estimates, reading
from learnin.assessment.queries.estimates import Number
from learnin.assessment.queries.reading import Reading
from learnin.compute.ranking import rank_needs
from learnin.kit.charts import Dots, Mark, Row, Trust, Unit
from learnin.kit.charts.marks import MEANINGS
from learnin.people.models import Country

TOP = 3
"""A task force can begin with so many needs at once: one for each component."""
CHARTED = 15
"""Needs in the chart: more rows than that nobody compares by eye."""
NOTHING = "none"
"""How the question bank names the choice “none of these”: whoever chooses it has no such need."""
SEED = 20261127  # recorded, so that the same numbers give the same ranks: docs/methods/ranking.md


class LeftOut(StrEnum):
    """Why a number is not ranked."""

    NOT_A_SHARE = "not_a_share"
    NOT_A_SAMPLE = "not_a_sample"
    WITHHELD = "withheld"
    NOT_READ = "not_read"


@dataclass(frozen=True)
class Need:
    """A need with its burden and its rank."""

    number: Number
    reading: Reading
    severity: float
    people: int
    burden: float
    low: float
    high: float
    rank: int
    best: int
    worst: int
    in_top: float
    top: int

    @property
    def name(self) -> str:
        """What is needed, as the indicator says it; where a low value shows need, what there is not yet."""
        return _("Not yet: %(what)s") % {"what": self.number.name} if self.is_missing else self.number.name

    @property
    def is_missing(self) -> bool:
        """Whether the need is what is missing to everybody, and not what was answered."""
        return _is_missing(self.number)

    @property
    def severe(self) -> Mark:
        """Its severity with the interval: that of the number, seen from 100 percent down where the need is missing."""
        told = finding_words.mark(self.number, self.reading)
        if not self.is_missing or told.low is None or told.high is None:
            return told
        return Mark(self.severity, 1 - told.high, 1 - told.low, told.n, told.trust)

    @property
    def interval(self) -> str:
        """The ends of the interval of the severity."""
        return self.severe.interval(Unit.SHARE)

    @property
    def sentence(self) -> str:
        """Where it stands, and how sure that is."""
        return saying.rank(self.rank, best=self.best, worst=self.worst, in_top=self.in_top, top=self.top)

    @property
    def mark(self) -> Mark:
        """How many people it weighs on, for the chart."""
        trust = Trust.SURE if self.reading.is_sure else Trust.UNSURE
        return Mark(self.burden, min(self.low, self.burden), max(self.high, self.burden), self.number.n, trust)


@dataclass(frozen=True)
class Ranked:
    """The needs of a country or of one group in a run, the heaviest first; and what could not be ranked."""

    run: Run
    needs: tuple[Need, ...]
    left_out: tuple[tuple[Number, LeftOut], ...]

    def chart(self, caption: str, of: str, note: str) -> Dots:
        """People the first needs weigh on, with the interval; all of them stand in the table."""
        rows = tuple(Row(need.name, need.mark) for need in self.needs[:CHARTED])
        return Dots(caption=caption, rows=rows, of=of, unit=Unit.NUMBER, note=note)


def assessments(country: Country) -> list[Assessment]:
    """The assessments of a country that have numbers, the newest first."""
    found = country.assessments.filter(runs__state=Run.State.DONE).distinct()
    return list(found.order_by("-starts_on", "-pk"))


def groups(run: Run) -> list[tuple[str, str]]:
    """The groups of a run by key, with their names."""
    known = {one.key: one.group for one in estimates.numbers(run) if one.key}
    return sorted(known.items(), key=lambda pair: pair[1])


def ranked(run: Run, *, key: str = "") -> Ranked:
    """The needs of everybody, or of a group, ranked by how many people they weigh on."""
    here = (one for one in estimates.numbers(run) if one.key == key)
    told = _latest(one for one in here if one.indicator.direction and one.level != NOTHING)
    read = reading.readings(told)
    out = [(one, why) for one in told if (why := _why_not(one, read[one.pk]))]
    kept = [one for one in told if not _why_not(one, read[one.pk])]
    return Ranked(run, tuple(_ranked(kept, read, _errors(run, kept, key))), tuple(out))


def _latest(numbers: Iterable[Number]) -> list[Number]:
    """Of an indicator that several rounds measured, the numbers of the last; rounds come in the order they open."""
    return list({(one.indicator.pk, one.level): one for one in numbers}.values())


def _why_not(one: Number, read: Reading) -> LeftOut | None:
    if one.indicator.unit != Indicator.Unit.SHARE:
        return LeftOut.NOT_A_SHARE
    if not one.is_probability:
        return LeftOut.NOT_A_SAMPLE
    if read.why is not None:
        return LeftOut.WITHHELD
    return None if read.is_seen and one.n_hat else LeftOut.NOT_READ


def _errors(run: Run, kept: list[Number], key: str) -> NDArray[np.float64]:
    """The covariances of the severities: as the run kept them for needs of one round, 0 for needs of two rounds.

    A need that is told as what is missing to everybody moves the other way.
    """
    found = np.diag([(one.se or 0.0) ** 2 for one in kept])
    turned = np.array([-1.0 if _is_missing(one) else 1.0 for one in kept])
    for part in estimates.rounds_of(run) if kept else ():
        here = [at for at, one in enumerate(kept) if one.round == part.round_id]
        if len(here) > 1:
            known = estimates.covariances_among(part, [kept[at] for at in here], key)
            signs = turned[here]
            alone = np.diag(np.where(np.diag(known) > 0, 0.0, found[here, here]))
            found[np.ix_(here, here)] = known * np.outer(signs, signs) + alone
    return found


def _ranked(kept: list[Number], read: dict[int, Reading], errors: NDArray[np.float64]) -> list[Need]:
    if not kept:
        return []
    severities = [severity(one) for one in kept]
    people = [one.n_hat or 0.0 for one in kept]
    top = min(TOP, len(kept))
    found = rank_needs(severities, errors, people, top=top, generator=np.random.default_rng(SEED))
    needs = [
        Need(
            number=one,
            reading=read[one.pk],
            severity=severities[at],
            people=round(people[at]),
            burden=float(found.burden[at]),
            low=float(found.low[at]),
            high=float(found.high[at]),
            rank=int(found.rank[at]),
            best=int(found.best[at]),
            worst=int(found.worst[at]),
            in_top=float(found.in_top[at]),
            top=top,
        )
        for at, one in enumerate(kept)
    ]
    return sorted(needs, key=lambda need: (need.rank, need.number.pk))


def severity(one: Number) -> float:
    """From 0, no need, to 1: the share itself, or what is missing to everybody."""
    share = one.estimate or 0.0
    return 1 - share if _is_missing(one) else share


def _is_missing(one: Number) -> bool:
    return one.indicator.direction == Indicator.Direction.LOW


def sheet(found: Ranked | None, title: str) -> Sheet:
    """The needs as a sheet: numbers stay numbers, with the digits that people read."""
    columns = (
        (_("Rank"), 8), (_("Likely ranks"), 12), (_("In the top"), 12), (_("Need"), 60), (_("Severity"), 10),
        (_("Interval from"), 12), (_("Interval to"), 12), (_("People"), 12), (_("Burden"), 12),
        (_("Burden, low"), 12), (_("Burden, high"), 12), (_("Answers"), 10), (_("How to read it"), 40),
    )  # fmt: skip
    rows = tuple(_sheet_row(need) for need in found.needs) if found else ()
    return Sheet(_("Needs in their order"), title, columns, rows)


def _sheet_row(need: Need) -> tuple[Cell, ...]:
    told = need.severe
    low, high = (None if end is None else Share(end) for end in (told.low, told.high))
    return (
        need.rank, f"{need.best}-{need.worst}", Share(need.in_top), need.name, Share(need.severity), low, high,
        need.people, round(need.burden), round(need.low), round(need.high), told.n,
        f"{told.sign} {MEANINGS[told.trust]}".strip(),
    )  # fmt: skip
