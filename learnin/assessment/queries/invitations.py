"""Who is asked in a round, and who of them gets a letter now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Max, Prefetch, Q, QuerySet

from learnin.assessment.models import Attempt, Invitation, Round
from learnin.kit import languages
from learnin.people.models import Country
from learnin.taskforce.queries import meetings

Disposition = Invitation.Disposition
STILL_ASKED = (Disposition.WAITING, Disposition.PARTIAL, Disposition.NON_CONTACT, Disposition.UNKNOWN)
"""Who said no, or does not belong, is left in peace."""


@cache
def _names() -> dict[str, str]:
    """The codes of the languages we write letters in, by every name that a list may give them."""
    found: dict[str, str] = {}
    for one in languages.interface():
        known = [
            one.code,
            one.endonym,
            *(languages.language_name(one.code, code) for code, _name in settings.LANGUAGES),
        ]
        found |= {name.casefold(): one.code for name in reversed(known)}
    return found


def letter_language(said: str) -> str:
    """The language of the interface that a list means; empty where it names none of them."""
    return _names().get(said.strip().casefold(), "")


def language_of(invitation: Invitation, country: Country) -> str:
    """The language of the letters to somebody: their own where we write it, else the country's."""
    return letter_language(invitation.language) or meetings.country_language(country)


def languages_of(round: Round) -> list[str]:
    """The languages in which letters of a round are written: the country's, those of the invited, and English."""
    asked = sorted(set(round.invitations.exclude(language="").values_list("language", flat=True)))
    spoken = {one.code for one in languages.interface()}
    wanted = [meetings.country_language(round.country), *round.country.official_languages, *asked, "en"]
    return [code for code in dict.fromkeys(wanted) if code in spoken]


def without_answer(round: Round) -> QuerySet[Invitation]:
    """Those who have not answered and may still."""
    return round.invitations.filter(answered_at=None, disposition__in=STILL_ASKED)


def reachable(round: Round) -> QuerySet[Invitation]:
    """Those of them who get letters by e-mail: with an address that works, and who did not say stop."""
    found = without_answer(round).exclude(email="")
    return found.filter(opted_out_at=None, bounced_at=None)


def to_invite(round: Round) -> QuerySet[Invitation]:
    """Those who get their first letter by e-mail now. A letter by another way does not count as one."""
    return reachable(round).exclude(attempts__channel=Attempt.Channel.MAIL).order_by("number", "pk")


def to_remind(round: Round, *, stratum: str | None = None) -> QuerySet[Invitation]:
    """Those who got a letter by e-mail and have not answered; of one stratum where it is named."""
    mailed = reachable(round).filter(invited_at__isnull=False, attempts__channel=Attempt.Channel.MAIL).distinct()
    if stratum is not None:
        mailed = mailed.filter(unit__stratum__label=stratum)
    return mailed.order_by("number", "pk")


def due_for_reminder(round: Round, now: datetime) -> list[Invitation]:
    """Those whose next reminder is due by the schedule of the round. One reminder a day at the most."""
    if not round.reminder_days or not round.is_open(now):
        return []
    mail = Q(attempts__channel=Attempt.Channel.MAIL)
    found = to_remind(round).annotate(
        reminders=Count("attempts", filter=mail & Q(attempts__is_reminder=True), distinct=True),
        last_at=Max("attempts__at", filter=mail),
    )
    earlier = found.filter(invited_at__lte=now - timedelta(days=min(round.reminder_days)))
    zone = round.country.zone
    today = now.astimezone(zone).date()

    def is_due(one: Any) -> bool:
        days = (today - one.invited_at.astimezone(zone).date()).days
        wanted = sum(1 for day in round.reminder_days if day <= days)
        return bool(one.reminders < wanted and one.last_at.astimezone(zone).date() < today)

    return [one for one in earlier if is_due(one)]


def asked(round: Round, *, words: str = "", state: str = "") -> QuerySet[Invitation]:
    """Those who are asked, by number; narrowed by a piece of the name, and by whether they answered."""
    found = round.invitations.select_related("unit__unit", "unit__stratum", "person", "enumerator")
    if words:
        found = found.filter(name__icontains=words)
    if state == "waiting":
        found = found.filter(answered_at=None)
    elif state == "answered":
        found = found.filter(answered_at__isnull=False)
    attempts = Prefetch("attempts", Attempt.objects.select_related("by").order_by("-at", "-pk"))
    return found.prefetch_related(attempts).order_by("number", "pk")


@dataclass(frozen=True)
class Reach:
    """How the people of a round can be reached."""

    asked: int
    answered: int
    with_email: int
    with_phone: int
    bounced: int
    opted_out: int
    to_invite: int
    to_remind: int


def reach(round: Round) -> Reach:
    """How many are asked, and by which ways."""
    counts = round.invitations.aggregate(
        asked=Count("pk"),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        with_email=Count("pk", filter=~Q(email="")),
        with_phone=Count("pk", filter=~Q(phone="")),
        bounced=Count("pk", filter=Q(bounced_at__isnull=False)),
        opted_out=Count("pk", filter=Q(opted_out_at__isnull=False)),
    )
    return Reach(**counts, to_invite=to_invite(round).count(), to_remind=to_remind(round).count())


def to_call(round: Round, *, now: datetime) -> QuerySet[Invitation]:
    """Those with a phone who have not answered: never called first, then the longest ago; nobody twice in an hour."""
    called = Max("attempts__at", filter=Q(attempts__channel=Attempt.Channel.PHONE))
    found = without_answer(round).exclude(phone="").annotate(called_at=called)
    free = Q(called_at=None) | Q(called_at__lt=now - timedelta(hours=1))
    found = found.filter(free).select_related("unit__unit", "unit__stratum")
    return found.order_by(F("called_at").asc(nulls_first=True), "number", "pk")


def attempts_of(invitation: Invitation) -> QuerySet[Attempt]:
    """What was tried, the newest first."""
    return invitation.attempts.select_related("by").order_by("-at", "-pk")


def areas(round: Round) -> list[tuple[str, int]]:
    """The areas of those without an answer, with how many they are."""
    found = round.invitations.filter(answered_at=None, unit__isnull=False).values_list("unit__unit__area")
    return sorted(found.order_by().annotate(n=Count("pk")))
