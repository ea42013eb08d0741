"""What we know of the rounds of a country: which there are, how they stand, what is next in each."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from learnin.assessment.models import Enumerator, Instrument, Invitation, Round, Sample, Submission, WeightSet
from learnin.kit.readings import reading
from learnin.people.models import Country

ANSWERED = (Invitation.Disposition.COMPLETE, Invitation.Disposition.PARTIAL)
SOON = timedelta(days=3)


def form_address(door: str) -> str:
    """Where the questionnaire behind a link is filled in."""
    return reverse("assessment:web_form", args=[door])


def state(round: Round, now: datetime) -> str:
    """Where a round stands: planned, open or over."""
    if round.closed_at or now >= round.closes_at:
        return "over"
    return "open" if now >= round.opens_at else "planned"


@dataclass(frozen=True)
class Line:
    """A round in the list of its country."""

    round: Round
    state: str
    asked: int
    answers: int


def answers_of(round: Round) -> QuerySet[Submission]:
    """The answers that count: the newest edition of each, no tries."""
    return round.submissions.filter(is_current=True, is_test=False)


def rounds(country: Country, *, now: datetime) -> list[Line]:
    """The rounds of a country, the newest first."""
    counts = Count("submissions", filter=Q(submissions__is_current=True, submissions__is_test=False), distinct=True)
    found = country.rounds.select_related("instrument", "sample", "assessment").annotate(
        answers=counts, asked=Count("invitations", distinct=True)
    )
    return [Line(one, state(one, now), one.asked, one.answers) for one in found.order_by("-opens_at", "-pk")]


def instruments(country: Country) -> list[Instrument]:
    """The questionnaires that can be answered: those with a published version."""
    found = country.instruments.filter(versions__published_at__isnull=False).distinct()
    return list(found.order_by("title", "pk"))


def samples(country: Country) -> list[Sample]:
    """The samples that a round can ask."""
    return list(country.samples.order_by("-drawn_at", "-pk"))


def enumerators(round: Round) -> list[Enumerator]:
    """Those who collect answers, with how many invitations each has."""
    found = round.enumerators.annotate(given=Count("invitations")).order_by("name", "pk")
    return list(found)


class Pressing(NamedTuple):
    """A round that may wait for somebody: it is open, opens within days, or is over and has no weights in use."""

    pk: int
    title: str
    kind: str
    opens_at: datetime
    closes_at: datetime
    target: int | None
    is_over: bool
    asks_somebody: bool
    answers: int
    """Counted only where the round closes within days with a target."""

    @property
    def last_day(self) -> datetime:
        """The last moment in which it takes answers."""
        return Round(closes_at=self.closes_at).last_day

    @property
    def is_unasked(self) -> bool:
        """Whether it asks nobody yet though it should."""
        return self.kind != Round.Kind.OPEN and not self.asks_somebody

    def is_below_target(self, now: datetime) -> bool:
        """Whether it closes within days with fewer answers than wanted."""
        return self.opens_at <= now and self.closes_at <= now + SOON and self.answers < (self.target or 0)


def pressing(country: Country, *, now: datetime) -> list[Pressing]:
    """The rounds of the country that may wait for somebody, the first to open first."""
    return [Pressing(*told) for told in _pressing(country.pk, now, now + SOON)]


@reading
def _pressing(country: str, now: datetime, soon: datetime) -> QuerySet[Round, Any]:
    is_over = Q(closed_at__isnull=False) | Q(closes_at__lte=now)
    of_round = Submission.objects.filter(round=OuterRef("pk"), is_current=True, is_test=False).order_by()
    is_weighted = Exists(WeightSet.objects.filter(round=OuterRef("pk"), is_in_use=True))
    unweighted = is_over & ~Q(kind=Round.Kind.OPEN) & Q(Exists(of_round)) & ~Q(is_weighted)
    found = Round.objects.filter(~is_over & Q(opens_at__lte=soon) | unweighted, country=country)
    number = Subquery(of_round.values("round").annotate(n=Count("pk")).values("n"))
    answers = Case(When(~is_over & Q(closes_at__lte=soon, target__isnull=False), then=number))
    told = ("pk", "title", "kind", "opens_at", "closes_at", "target")
    asked = Exists(Invitation.objects.filter(round=OuterRef("pk")))
    over = Case(When(is_over, then=True), default=False)
    return found.order_by("opens_at", "pk").values_list(*told, over, asked, Coalesce(answers, 0))
