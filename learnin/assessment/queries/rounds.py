"""What we know of the rounds of a country: which there are, how they stand, what is next in each."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from learnin.assessment.models import Enumerator, Instrument, Invitation, Round, Sample, Submission
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


def unasked(country: Country, *, now: datetime) -> list[Round]:
    """Rounds that open within days, or are open, and ask nobody yet though they should."""
    found = country.rounds.filter(closed_at=None, closes_at__gt=now, opens_at__lte=now + SOON)
    found = found.exclude(kind=Round.Kind.OPEN).filter(invitations__isnull=True)
    return list(found.order_by("opens_at", "pk"))


def below_target(country: Country, *, now: datetime) -> list[tuple[Round, int]]:
    """Rounds that close within days with fewer answers than wanted, and how many they have."""
    found = country.rounds.filter(
        closed_at=None, opens_at__lte=now, closes_at__gt=now, closes_at__lte=now + SOON, target__isnull=False
    )
    here = [(one, answers_of(one).count()) for one in found.order_by("closes_at", "pk")]
    return [(one, n) for one, n in here if n < (one.target or 0)]


def unweighted(country: Country, *, now: datetime) -> list[Round]:
    """Rounds of a sample, or of everybody, that are over and have answers, and no weights in use yet."""
    found = country.rounds.filter(Q(closed_at__isnull=False) | Q(closes_at__lte=now)).exclude(kind=Round.Kind.OPEN)
    found = found.filter(Exists(Submission.objects.filter(round=OuterRef("pk"), is_current=True, is_test=False)))
    return list(found.exclude(weight_sets__is_in_use=True).order_by("-closes_at", "-pk"))
