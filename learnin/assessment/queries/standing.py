"""Where the needs assessments of countries stand, in as many queries for twenty-two as for one."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, CharField, Count, Exists, OuterRef, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce

from learnin.assessment.models import (
    Assessment,
    AssessmentDimension,
    Consent,
    Conversation,
    Finding,
    FindingEstimate,
    Instrument,
    Milestone,
    Population,
    Round,
    Sample,
    Version,
)
from learnin.assessment.queries.plan import SURVEYS, answers_that_count
from learnin.kit.readings import reading
from learnin.people.models import Country
from learnin.taskforce.queries import standing as taskforce


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One group that is asked by a questionnaire."""

    method: str
    audience: str = ""
    target: int = 0
    has_questionnaire: bool = False
    answers: int = 0

    @property
    def is_reached(self) -> bool:
        """Whether as many answered as were planned; without a plan, nobody can tell."""
        return 0 < self.target <= self.answers


@dataclass(frozen=True, kw_only=True)
class One:
    """One assessment, as far as the route and what is next need it."""

    pk: int
    title: str
    coordinator: int | None
    starts_on: date
    ends_on: date
    is_closed: bool
    has_consents: bool
    has_milestones: bool
    undone: tuple[Milestone, ...] = ()
    has_groups: bool = False
    dimensions: frozenset[str] = frozenset()
    asked: tuple[Asked, ...] = ()
    samples: tuple[str, ...] = ()
    rounds: int = 0

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
    def unasked(self) -> tuple[str, ...]:
        """Audiences that are to be asked and have no published questionnaire yet, in the order of the plans."""
        return tuple(dict.fromkeys(one.audience for one in self.asked if not one.has_questionnaire))

    @property
    def answers(self) -> int:
        """How many answers these groups gave."""
        return sum(one.answers for one in self.asked)

    @property
    def samples(self) -> tuple[str, ...]:
        """Every sample that was drawn for an assessment, or that one of its rounds asks."""
        return tuple(dict.fromkeys(sample for one in self.assessments for sample in one.samples))

    @property
    def rounds(self) -> int:
        """How many rounds were planned."""
        return sum(one.rounds for one in self.assessments)

    @property
    def ends_on(self) -> date | None:
        """The last day of the assessment that is to end last; nothing where none is open."""
        return max((one.ends_on for one in self.assessments if not one.is_closed), default=None)


def here(country: Country) -> Standing:
    """The standing of one country, read once for each time the country is loaded."""
    return of([country])[country.pk]


def of(countries: Collection[Country]) -> dict[str, Standing]:
    """The standing of each country, without asking again for one that was read already."""
    missing = [one for one in countries if "assessment_standing" not in vars(one)]
    fresh = _read(missing) if missing else {}
    for one in missing:
        vars(one)["assessment_standing"] = fresh[one.pk]
    return {one.pk: vars(one)["assessment_standing"] for one in countries}


def _read(countries: Collection[Country]) -> dict[str, Standing]:
    forces = taskforce.of(countries)
    found = _assessments([place.pk for place in countries])
    facts: dict[int, Facts] = defaultdict(Facts)
    for pk, kind, first, second, number in _facts([pk for _code, pk, *_told in found]):
        facts[pk].kinds[kind].append((first, second, number))
    assessments: dict[str, list[One]] = defaultdict(list)
    known: dict[str, list[Facts]] = defaultdict(list)
    for code, pk, *told in found:
        assessments[code].append(facts[pk].one(pk, *told))
        known[code].append(facts[pk])
    return {
        place.pk: Standing(
            country=place,
            has_task_force=forces[place.pk].task_force is not None,
            assessments=tuple(assessments[place.pk]),
            said=_said(known[place.pk], place.zone),
        )
        for place in countries
    }


class Facts:
    """What is known of one assessment: facts of each kind, a text or two and a number."""

    def __init__(self) -> None:
        self.kinds: dict[str, list[tuple[str, str, int]]] = defaultdict(list)

    def one(self, pk: int, title: str, coordinator: int | None, *told: Any) -> One:
        """The assessment they are known of."""
        starts_on, ends_on, closed_at, has_consents, has_milestones = told
        groups = self.kinds["group"]
        return One(
            pk=pk,
            title=title,
            coordinator=coordinator,
            starts_on=starts_on,
            ends_on=ends_on,
            is_closed=closed_at is not None,
            has_consents=has_consents,
            has_milestones=has_milestones,
            undone=tuple(sorted(self._undone(), key=lambda one: (one.due_on, one.pk))),
            has_groups=bool(groups),
            dimensions=frozenset(name for name, _none, _pk in self.kinds["dimension"]),
            asked=tuple(self._asked(*group) for group in groups if group[0] in SURVEYS),
            samples=tuple({pk: title for title, _none, pk in sorted(self.kinds["sample"], key=_third)}.values()),
            rounds=len(self.kinds["round"]),
        )

    def _undone(self) -> Iterator[Milestone]:
        """Days of the calendar by which something is still to be done."""
        for text, due_on, pk in self.kinds["milestone"]:
            yield Milestone(pk=pk, text=text, due_on=date.fromisoformat(due_on))

    def _asked(self, method: str, audience: str, target: int) -> Asked:
        """A group asked by a questionnaire, with what its rounds brought."""
        return Asked(
            method=method,
            audience=audience,
            target=target,
            has_questionnaire=any(one == audience for one, _none, _pk in self.kinds["questionnaire"]),
            answers=sum(n for kind, whom, n in self.kinds["round"] if (kind, whom) == (method, audience)),
        )


@reading
def _assessments(countries: list[str]) -> QuerySet[Assessment, Any]:
    parts = [Exists(one.objects.filter(assessment=OuterRef("pk"))) for one in (Consent, Milestone)]
    found = Assessment.objects.filter(country__pk__in=countries).order_by("pk")
    told = ("country", "pk", "title", "coordinator", "starts_on", "ends_on", "closed_at")
    return found.values_list(*told, *parts)


@reading
def _facts(assessments: list[int]) -> QuerySet[Any, tuple[int, str, str, str, int]]:
    """Facts of every kind in one question: the assessment, the kind, two texts and a number."""
    here = {"assessment__pk__in": assessments}
    published = Version.objects.filter(instrument=OuterRef("pk"), published_at__isnull=False)
    rounds = Round.objects.annotate(n=Count("submissions", filter=answers_that_count("submissions__")))
    talks = Conversation.objects.exclude(held_on=None)
    return _told(AssessmentDimension.objects.filter(**here), "dimension", "dimension").union(
        _told(Sample.objects.filter(**here), "sample", "title"),
        _told(Round.objects.filter(sample__isnull=False, **here), "sample", "sample__title", number="sample"),
        _told(Instrument.objects.filter(Exists(published), **here), "questionnaire", "audience"),
        _told(Milestone.objects.filter(done_on=None, **here), "milestone", "text", Cast("due_on", CharField())),
        _told(Population.objects.filter(**here), "group", "method", "audience", Coalesce("target", 0)),
        _told(rounds.filter(**here), "round", "kind", "instrument__audience", "n"),
        _told(_findings().filter(**here), "finding", "dimension", "read_since", "moved"),
        _told(talks.filter(**here), "talk", "kind", Cast("held_on", CharField())),
        all=True,
    )


def _third(one: tuple[str, str, int]) -> int:
    return one[2]


def _told(found: QuerySet[Any], kind: str, first: str, second: Any = None, number: Any = "pk") -> QuerySet[Any, Any]:
    return found.order_by().values_list("assessment", Value(kind), first, second or Value(""), number)


def _findings() -> QuerySet[Finding]:
    """Findings that stand: since when everybody reads them, and whether a number under them changed."""
    changed = FindingEstimate.objects.filter(finding=OuterRef("pk")).exclude(change="")
    is_read = When(state=Finding.State.PUBLISHED, then=Cast("published_at", CharField()))
    return Finding.objects.exclude(state=Finding.State.WITHDRAWN).annotate(
        read_since=Case(is_read, default=Value("")), moved=Case(When(Exists(changed), then=1), default=0)
    )


def _said(known: Collection[Facts], zone: ZoneInfo) -> Said:
    """What a country found and talked about, of what is known of its assessments."""
    findings = [told for one in known for told in one.kinds["finding"]]
    published = [(dimension, since, moved) for dimension, since, moved in findings if since]
    first = min((datetime.fromisoformat(since) for _dimension, since, _moved in published), default=None)
    last_talk = max((held_on for one in known for _kind, held_on, _pk in one.kinds["talk"]), default="")
    return Said(
        findings=len(findings),
        published=len(published),
        dimensions=frozenset(dimension for dimension, _since, _moved in published),
        moved=sum(moved for _dimension, _since, moved in published),
        is_discussed=bool(first and last_talk >= _day(first, zone)),
    )


def _day(moment: datetime, zone: ZoneInfo) -> str:
    """The day of a moment there; what SQLite tells of a moment is without its zone, which is UTC."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(zone).date().isoformat()
