"""Letters of a round by e-mail: the first, the reminders, and those that came back."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.assessment.access.collection import invited_token
from learnin.assessment.models import Attempt, Invitation, Round
from learnin.assessment.operations import rounds
from learnin.assessment.queries import invitations as queries
from learnin.assessment.queries import letters as words
from learnin.journal.models import Job, Mail
from learnin.journal.operations import entries
from learnin.journal.operations import jobs as queue
from learnin.kit import jobs, mail
from learnin.kit.refusal import Refusal
from learnin.people.models import Person

AT_ONCE = 50  # letters in one transaction: on SQLite it keeps every other writer waiting


class NobodyToWriteTo(Refusal):
    """Nobody gets a letter now."""


@transaction.atomic
def start(round: Round, *, is_reminder: bool = False, stratum: str | None = None, by: Person, now: datetime) -> Job:
    """Have the letters written: the first to whom none went, or reminders to those who have not answered.

    Raises RoundOver, NobodyToWriteTo.
    """
    round = rounds.working(round, now)
    if not _waiting(round, is_reminder, stratum).exists():
        raise NobodyToWriteTo(
            _("Nobody gets a letter now: they have answered, have no address, said stop, or got theirs already.")
        )
    return queue.start(
        send, by=by, now=now, country=round.country, round_pk=round.pk, is_reminder=is_reminder, stratum=stratum
    )


def _waiting(round: Round, is_reminder: bool, stratum: str | None) -> QuerySet[Invitation]:
    return queries.to_remind(round, stratum=stratum) if is_reminder else queries.to_invite(round)


@jobs.job(label=gettext_lazy("Send the letters of a round"), atomic=False)
def send(
    *, round_pk: int, is_reminder: bool = False, stratum: str | None = None, by: Person | None, now: datetime
) -> dict[str, str]:
    """Write to everybody who waits for a letter. Done again, it writes only to those who got none."""
    round = Round.objects.select_related("country", "instrument").get(pk=round_pk)
    waiting = _waiting(round, is_reminder, stratum)
    if is_reminder:
        waiting = waiting.exclude(attempts__is_reminder=True, attempts__at__gte=_began(round, now))
    pks = list(waiting.values_list("pk", flat=True))
    sent = 0
    for begin in range(0, len(pks), AT_ONCE):
        sent += _write(round, pks[begin : begin + AT_ONCE], is_reminder=is_reminder, by=by, now=now)
        jobs.progress(min(begin + AT_ONCE, len(pks)), len(pks))
    with jobs.finishing():
        verb = "round.reminded" if is_reminder else "round.invited"
        entries.write(verb, round, by=by, now=now, country=round.country, after={"letters": sent})
    text = _("%(n)s letters are on their way.") % {"n": sent}
    return {"text": text, "url": reverse("assessment:round", args=[round.pk])}


def _began(round: Round, now: datetime) -> datetime:
    """The beginning of this day in the country: nobody gets two reminders a day, whoever asks for them."""
    return now.astimezone(round.country.zone).replace(hour=0, minute=0, second=0, microsecond=0)


@transaction.atomic
def _write(round: Round, pks: list[int], *, is_reminder: bool, by: Person | None, now: datetime) -> int:
    """The letters of some; who answered in the meantime gets none."""
    round = rounds.locked(round)
    if round.closed_at or now >= round.closes_at:
        return 0
    found = list(queries.reachable(round).select_for_update(of=("self",)).filter(pk__in=pks).order_by("number", "pk"))
    for invitation in found:
        _letter(round, invitation, is_reminder=is_reminder)
    mailed = Attempt.Channel.MAIL
    Attempt.objects.bulk_create(
        Attempt(invitation=one, channel=mailed, is_reminder=is_reminder, at=now, by=by) for one in found
    )
    Invitation.objects.filter(pk__in=[one.pk for one in found], invited_at=None).update(invited_at=now)
    return len(found)


def _letter(round: Round, invitation: Invitation, *, is_reminder: bool) -> None:
    language = queries.language_of(invitation, round.country)
    said = words.said(round, language, is_reminder=is_reminder)
    token = invited_token(invitation)
    mail.letter(
        invitation.email,
        subject=said.subject,
        template="assessment/mail/round",
        context={
            "round": round,
            "said": said,
            "name": invitation.name,
            "url": settings.SITE_URL + reverse("assessment:invited", args=[token]),
            "is_unlinked": round.naming == Round.Naming.UNLINKED,
        },
        language=language,
        unsubscribe=settings.SITE_URL + reverse("assessment:stop_letters", args=[token]),
        kind=words.kind(round),
    )


@jobs.job(label=gettext_lazy("Remind those who have not answered"), schedule="daily 06:10", atomic=False)
def remind_by_schedule(*, by: Person | None, now: datetime) -> None:
    """In each open round, remind those whose day has come by its schedule."""
    for round in Round.objects.select_related("country", "instrument").filter(opens_at__lte=now, closes_at__gt=now):
        due = [one.pk for one in queries.due_for_reminder(round, now)]
        sent = 0
        for begin in range(0, len(due), AT_ONCE):
            sent += _write(round, due[begin : begin + AT_ONCE], is_reminder=True, by=by, now=now)
        if sent:
            entries.write("round.reminded", round, by=by, now=now, country=round.country, after={"letters": sent})


@jobs.job(label=gettext_lazy("Note letters that came back"), schedule="every 30 minutes")
def note_bounces(*, by: Person | None, now: datetime) -> None:
    """Whom no letter reaches gets no more, until the address is corrected. The outbox knows which could not leave."""
    failed = Mail.objects.filter(state=Mail.State.FAILED, kind__startswith=words.KIND)
    for kind, address in set(failed.values_list("kind", "to")):
        came_back = Invitation.objects.filter(round=words.round_of(kind), email__iexact=address, bounced_at=None)
        came_back.filter(attempts__channel=Attempt.Channel.MAIL).update(bounced_at=now)
