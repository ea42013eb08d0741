"""Who collects answers for a round, how far they are, and the card with which their phone comes in."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, Q, QuerySet

from learnin.assessment.formats import openrosa
from learnin.assessment.models import Enumerator, Round
from learnin.assessment.queries import collection


@dataclass(frozen=True, slots=True)
class Card:
    """What somebody needs to set up ODK Collect: the code to scan, and the address to type where it does not scan."""

    enumerator: Enumerator
    address: str
    code: str  # a picture, as a data address
    settings: str  # what the code says


def enumerators(round: Round) -> QuerySet[Enumerator]:
    """Everybody who collects or collected for the round, with how many answers came and when the last did."""
    counts = Q(submissions__is_test=False, submissions__is_current=True)
    return (
        Enumerator.objects.filter(round=round)
        .annotate(answers=Count("submissions", filter=counts), last_at=Max("submissions__received_at", filter=counts))
        .order_by(F("revoked_at").asc(nulls_first=True), "name", "pk")
    )


def active(round: Round) -> list[Enumerator]:
    """Those whose key works."""
    return list(Enumerator.objects.filter(round=round, revoked_at=None).select_related("round").order_by("name", "pk"))


def card(enumerator: Enumerator, address: str) -> Card:
    """The card of one enumerator, whose phone talks to this address."""
    settings = openrosa.collect_settings(server_url=address, project=enumerator.round.title)
    return Card(enumerator, address, collection.qr_code(settings), settings)


def is_over(round: Round, now: datetime) -> bool:
    """Whether nobody can be added any longer."""
    return bool(round.closed_at) or now >= round.closes_at
