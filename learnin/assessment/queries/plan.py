"""What a country plans to find out, and how far it is: each number from what stands on record."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from learnin.assessment.models import (
    Assessment,
    Consent,
    Conversation,
    Instrument,
    Milestone,
    Participants,
    Population,
    Round,
    Source,
    Submission,
    Version,
)
from learnin.people.models import Country, Person, Role
from learnin.people.roles import POWERS, Can, current
from learnin.programme import reader
from learnin.programme.formats.items import Dimension, MandatePoint

Method = Population.Method
SURVEYS = (Method.SAMPLE, Method.CENSUS, Method.OPEN)
"""Ways that ask by a questionnaire; a round has the same word for who is asked."""
TALKS = {Method.INTERVIEW: Conversation.Kind.INTERVIEW, Method.FOCUS_GROUP: Conversation.Kind.FOCUS_GROUP}
"""Ways that ask by talking, and what such a conversation is called on record."""


@dataclass(frozen=True)
class Line:
    """One group of the plan: what is wanted of it, and what came."""

    population: Population
    reached: int
    questionnaires: int = 0
    published: int = 0
    samples: tuple[str, ...] = ()
    open_rounds: int = 0
    people: int = 0

    @property
    def is_survey(self) -> bool:
        """Whether it is asked by a questionnaire."""
        return self.population.method in SURVEYS

    @property
    def is_reached(self) -> bool:
        """Whether as many answered as were planned."""
        return bool(self.population.target) and self.reached >= (self.population.target or 0)

    @property
    def has_begun(self) -> bool:
        """Whether anything came yet."""
        return self.reached > 0


@dataclass(frozen=True)
class Plan:
    """An assessment with its plan and its progress, for one page and one paper."""

    assessment: Assessment
    dimensions: tuple[Dimension, ...]
    mandate_points: tuple[MandatePoint, ...]
    lines: tuple[Line, ...]
    milestones: tuple[Milestone, ...]
    consents: tuple[Consent, ...]
    sources: int
    facts: int
    interviews: int
    focus_groups: int
    statements: int
    today: date

    @property
    def late(self) -> list[Milestone]:
        """Days of the calendar that are over without what was to be done."""
        return [one for one in self.milestones if is_late(one, self.today)]

    @property
    def unpublished(self) -> list[Line]:
        """Groups asked by a questionnaire that have none to answer yet."""
        return [line for line in self.lines if line.is_survey and not line.published]


def is_late(milestone: Milestone, today: date) -> bool:
    """Whether its day is over and it was not done."""
    return milestone.done_on is None and milestone.due_on < today


def assessments(country: Country) -> QuerySet[Assessment]:
    """Every assessment of the country, open ones first, the newest first."""
    found = country.assessments.select_related("coordinator", "regional").annotate(
        answers=Count("rounds__submissions", filter=answers_that_count("rounds__submissions__"), distinct=True)
    )
    return found.order_by(F("closed_at").desc(nulls_first=True), "-starts_on", "-pk")


def open_assessments(country: Country) -> QuerySet[Assessment]:
    """The assessments of the country that are not closed, the newest first."""
    return country.assessments.filter(closed_at=None).order_by("-starts_on", "-pk")


def answers_that_count(way: str = "") -> Q:
    """What counts as an answer: real, in its newest edition, and not rejected."""
    return Q(**{f"{way}is_test": False, f"{way}is_current": True}) & ~Q(**{f"{way}state": Submission.State.REJECTED})


def coordinators(country: Country) -> list[Person]:
    """Who can coordinate an assessment: everybody who may change its plan in this country, by name."""
    kinds = [kind for kind, powers in POWERS.items() if Can.EDIT_ASSESSMENT in powers.can]
    here = Role.objects.filter(current(), country=country, kind__in=kinds, person__is_active=True)
    return list(Person.objects.filter(pk__in=here.values("person")).order_by("name", "pk"))


def plan(assessment: Assessment, today: date, now: datetime) -> Plan:
    """The assessment with all that is planned and all that came."""
    programme = reader.current()
    chosen = set(assessment.dimensions.values_list("dimension", flat=True))
    served = set(assessment.mandate_points.values_list("mandate_point", flat=True))
    sources = Source.objects.filter(assessment=assessment)
    talks = Counter(assessment.conversations.exclude(held_on=None).values_list("kind", flat=True))
    return Plan(
        assessment=assessment,
        dimensions=tuple(one for one in programme.dimensions if one.id in chosen),
        mandate_points=tuple(one for one in programme.mandate_points if one.id in served),
        lines=tuple(lines(assessment, now)),
        milestones=tuple(assessment.milestones.order_by("due_on", "pk")),
        consents=tuple(assessment.consents.order_by("language", "age", "pk")),
        sources=sources.count(),
        facts=sources.aggregate(all=Count("facts"))["all"],
        interviews=talks[Conversation.Kind.INTERVIEW],
        focus_groups=talks[Conversation.Kind.FOCUS_GROUP],
        statements=assessment.conversations.aggregate(all=Count("statements"))["all"],
        today=today,
    )


def lines(assessment: Assessment, now: datetime) -> list[Line]:
    """Each group of the plan, in the order it was planned, with what came of it."""
    found = list(assessment.populations.order_by("pk"))
    survey = _surveys(assessment, now)
    talks = _talks(assessment)
    sources = assessment.sources.count()
    return [_line(one, survey, talks, sources) for one in found]


def _line(population: Population, survey: dict[tuple[str, str], dict[str, Any]], talks: Any, sources: int) -> Line:
    if population.method in SURVEYS:
        return Line(population, **survey["", population.audience], **survey[population.method, population.audience])
    if population.method in TALKS:
        talked, people = talks.get((TALKS[Method(population.method)], population.audience), (0, 0))
        return Line(population, reached=talked, people=people)
    return Line(population, reached=sources)


class _Facts(dict[tuple[str, str], dict[str, Any]]):
    """What is known of questionnaires (no method) and of rounds (with one); nothing where nothing is."""

    def __missing__(self, key: tuple[str, str]) -> dict[str, Any]:
        method, _audience = key
        self[key] = {"reached": 0, "open_rounds": 0, "samples": ()} if method else {"questionnaires": 0, "published": 0}
        return self[key]


def _surveys(assessment: Assessment, now: datetime) -> _Facts:
    """Questionnaires by group, and rounds by who is asked and group."""
    facts = _Facts()
    published = Version.objects.filter(instrument=OuterRef("pk"), published_at__isnull=False)
    for audience, is_published in (
        Instrument.objects.filter(assessment=assessment)
        .annotate(is_published=Exists(published))
        .order_by("pk")
        .values_list("audience", "is_published")
    ):
        facts["", audience]["questionnaires"] += 1
        facts["", audience]["published"] += is_published
    rounds = Round.objects.filter(assessment=assessment).select_related("instrument", "sample")
    counted = Count("submissions", filter=answers_that_count("submissions__"))
    for one in rounds.annotate(answers=counted).order_by("pk"):
        here = facts[one.kind, one.instrument.audience]
        here["reached"] += one.answers
        here["open_rounds"] += one.is_open(now)
        if one.sample and one.sample.title not in here["samples"]:
            here["samples"] += (one.sample.title,)
    return facts


def _talks(assessment: Assessment) -> dict[tuple[str, str], tuple[int, int]]:
    """How many conversations were held with each group, and with how many people of it."""
    held = Participants.objects.filter(conversation__assessment=assessment, conversation__held_on__isnull=False)
    counted = held.order_by().values_list("conversation__kind", "audience")
    return {
        (kind, audience): (talks, people)
        for kind, audience, talks, people in counted.annotate(
            talks=Count("conversation", distinct=True), people=Sum("number")
        )
    }


def missing_consents(plan: Plan, country: Country) -> list[str]:
    """Official languages in which no adult can read what they agree to, where a questionnaire is planned."""
    written = {one.language for one in plan.consents if one.age == Consent.Age.ADULT}
    is_survey = any(line.is_survey for line in plan.lines)
    return [code for code in country.official_languages if code not in written] if is_survey else []
