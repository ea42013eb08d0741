"""Where the needs assessments of countries stand, in as many queries for twenty-two as for one."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Max, OuterRef

from learnin.assessment.models import (
    Assessment,
    AssessmentDimension,
    Conversation,
    Finding,
    FindingEstimate,
    Instrument,
    Population,
    Round,
    Sample,
    Version,
)
from learnin.assessment.queries.plan import SURVEYS, answers_that_count
from learnin.people.models import Country
from learnin.taskforce.queries import standing as taskforce


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One group that is asked by a questionnaire."""

    method: str
    target: int = 0
    has_questionnaire: bool = False
    answers: int = 0

    @property
    def is_reached(self) -> bool:
        """Whether as many answered as were planned; without a plan, nobody can tell."""
        return 0 < self.target <= self.answers


@dataclass(frozen=True, kw_only=True)
class One:
    """One assessment, as far as the route needs it."""

    dimensions: frozenset[str] = frozenset()
    asked: tuple[Asked, ...] = ()
    samples: tuple[str, ...] = ()
    rounds: int = 0
    ends_on: date | None = None

    @property
    def is_agreed(self) -> bool:
        """Whether everybody who is asked has a published questionnaire."""
        return bool(self.asked) and all(one.has_questionnaire for one in self.asked)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a country found, as far as the route needs it."""

    findings: int = 0
    published: int = 0
    dimensions: frozenset[str] = frozenset()
    """Dimensions with a published finding."""
    moved: int = 0
    """Published findings under which a number changed."""
    is_discussed: bool = False
    """Whether people talked in an interview or a group since the first finding was published."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The assessments of one country today."""

    country: Country
    has_task_force: bool = True
    assessments: tuple[One, ...] = ()
    said: Said = Said()

    @property
    def planned(self) -> frozenset[str]:
        """Dimensions that some assessment looks at."""
        return frozenset[str]().union(*(one.dimensions for one in self.assessments))

    @property
    def agreed(self) -> frozenset[str]:
        """Dimensions of assessments whose questions are agreed and published."""
        return frozenset[str]().union(*(one.dimensions for one in self.assessments if one.is_agreed))

    @property
    def asked(self) -> tuple[Asked, ...]:
        """Every group that is asked by a questionnaire."""
        return tuple(asked for one in self.assessments for asked in one.asked)

    @property
    def samples(self) -> tuple[str, ...]:
        """Every sample that was drawn."""
        return tuple(sample for one in self.assessments for sample in one.samples)

    @property
    def rounds(self) -> int:
        """How many rounds were planned."""
        return sum(one.rounds for one in self.assessments)

    @property
    def ends_on(self) -> date | None:
        """The last day of the assessment that is to end last; nothing where none is open."""
        return max((one.ends_on for one in self.assessments if one.ends_on), default=None)


def of(countries: Collection[Country]) -> dict[str, Standing]:
    """The standing of each country."""
    forces = taskforce.of(countries)
    found = list(Assessment.objects.filter(country__in=countries).order_by("pk"))
    known = _read(found) if found else {}
    said = _said(found) if found else {}
    return {
        place.pk: Standing(
            country=place,
            has_task_force=forces[place.pk].task_force is not None,
            assessments=tuple(known[one.pk] for one in found if one.country_id == place.pk),
            said=said.get(place.pk, Said()),
        )
        for place in countries
    }


def _read(found: list[Assessment]) -> dict[int, One]:
    dimensions = _grouped(
        AssessmentDimension.objects.filter(assessment__in=found).values_list("assessment", "dimension")
    )
    samples = _grouped(Sample.objects.filter(assessment__in=found).order_by("pk").values_list("assessment", "title"))
    published = Version.objects.filter(instrument=OuterRef("pk"), published_at__isnull=False)
    instruments = Instrument.objects.filter(Exists(published), assessment__in=found)
    answerable = set(instruments.values_list("assessment", "audience"))
    rounds = Round.objects.filter(assessment__in=found).annotate(
        answers=Count("submissions", filter=answers_that_count("submissions__"))
    )
    answers: dict[tuple[int, str, str], int] = defaultdict(int)
    begun: dict[int, int] = defaultdict(int)
    for assessment, kind, audience, count in rounds.order_by("pk").values_list(
        "assessment", "kind", "instrument__audience", "answers"
    ):
        answers[assessment, kind, audience] += count
        begun[assessment] += 1
    asked: dict[int, list[Asked]] = defaultdict(list)
    for one in Population.objects.filter(assessment__in=found, method__in=SURVEYS).order_by("pk"):
        asked[one.assessment_id].append(
            Asked(
                method=one.method,
                target=one.target or 0,
                has_questionnaire=(one.assessment_id, one.audience) in answerable,
                answers=answers[one.assessment_id, one.method, one.audience],
            )
        )
    return {
        one.pk: One(
            dimensions=frozenset(dimensions[one.pk]),
            asked=tuple(asked[one.pk]),
            samples=tuple(samples[one.pk]),
            rounds=begun[one.pk],
            ends_on=None if one.closed_at else one.ends_on,
        )
        for one in found
    }


def _said(found: list[Assessment]) -> dict[str, Said]:
    """What each of these countries found and talked about."""
    changed = FindingEstimate.objects.filter(finding=OuterRef("pk")).exclude(change="")
    rows = Finding.objects.filter(assessment__in=found).exclude(state=Finding.State.WITHDRAWN)
    by_country: dict[str, list[Finding]] = defaultdict(list)
    for one in rows.select_related("country").annotate(has_moved=Exists(changed)).order_by("pk"):
        by_country[one.country_id].append(one)
    talks = Conversation.objects.filter(assessment__in=found).exclude(held_on=None)
    last = dict(talks.values_list("assessment__country").annotate(last=Max("held_on")).order_by())
    return {code: _summed(every, last.get(code)) for code, every in by_country.items()}


def _summed(every: list[Finding], last_talk: date | None) -> Said:
    published = [one for one in every if one.state == Finding.State.PUBLISHED]
    first = min((one.published_at for one in published if one.published_at), default=None)
    zone = every[0].country.zone
    return Said(
        findings=len(every),
        published=len(published),
        dimensions=frozenset(one.dimension for one in published),
        moved=sum(one.has_moved for one in published),  # type: ignore[attr-defined]
        is_discussed=bool(first and last_talk and last_talk >= first.astimezone(zone).date()),
    )


def _grouped(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
