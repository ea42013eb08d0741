"""Ask people to a meeting by e-mail and calendar, tell them of changes, and take their answers."""

from collections.abc import Iterable
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from learnin.journal.operations import entries
from learnin.kit import mail, written
from learnin.kit.refusal import Refusal
from learnin.people.models import Person
from learnin.taskforce import access
from learnin.taskforce.formats import ical
from learnin.taskforce.models import Invitee, Meeting
from learnin.taskforce.operations import life
from learnin.taskforce.queries import calendars
from learnin.taskforce.queries import meetings as queries


class NobodyToInvite(Refusal):
    """Nobody new sits here, or nobody has an address."""


class TooLate(Refusal):
    """The meeting has begun or was called off: an answer changes nothing any more."""


class ReplyRefused(Refusal):
    """A reply that fits no invitation of ours."""


@transaction.atomic
def invite(meeting: Meeting, *, by: Person, now: datetime) -> int:
    """Write to every member and deputy who has an address and was not asked yet. Returns to how many.

    Raises MeetingClosed, TooLate, NobodyToInvite, TaskForceEnded.
    """
    meeting = life.locked(meeting)
    if meeting.held_at or now >= meeting.starts_at:
        raise TooLate(_("This meeting has begun: it is too late to invite."))
    asked = [one for one in queries.not_invited(meeting) if queries.address_of(one)]
    if not asked:
        raise NobodyToInvite(_("There is nobody to invite: everybody with an address was invited."))
    meeting.invited_at = meeting.invited_at or now
    meeting.save(update_fields=["invited_at"])
    new = [Invitee.objects.create(meeting=meeting, sitting=sitting) for sitting in asked]
    country = meeting.task_force.country
    entries.write("meeting.invited", meeting, by=by, now=now, country=country, after={"people": len(new)})
    _write_to(meeting, new, ical.Method.REQUEST, "invitation", now)
    return len(new)


def tell_again(meeting: Meeting, *, is_new_time: bool, now: datetime) -> None:
    """Send the changed invitation to who was asked. After a new time everybody answers again."""
    if is_new_time:
        meeting.invitees.exclude(answer="").update(answer="", answered_at=None)
    _write_to(meeting, queries.invitees(meeting), ical.Method.REQUEST, "change", now)


def call_off(meeting: Meeting, *, now: datetime) -> None:
    """Tell who was asked that the meeting is cancelled; their calendars strike it out."""
    _write_to(meeting, queries.invitees(meeting), ical.Method.CANCEL, "cancelled", now)


def _write_to(meeting: Meeting, asked: Iterable[Invitee], method: ical.Method, kind: str, now: datetime) -> None:
    country = meeting.task_force.country
    agenda = queries.items(meeting)
    for invitee in asked:
        address = queries.address_of(invitee.sitting)
        if not address:
            continue
        language = queries.language_of(invitee.sitting, country)
        with translation.override(language), timezone.override(meeting.zone):
            mail.letter(
                address,
                subject=_subject(meeting, kind),
                template="taskforce/mail/meeting",
                context=_told(invitee, agenda, kind),
                language=language,
                kind="meeting",
                calendar=ical.letter(_happening(invitee, agenda, address, now), method),
                method=method.value,
            )


def _subject(meeting: Meeting, kind: str) -> str:
    words = {
        "invitation": _("Invitation: %(meeting)s, %(day)s"),
        "change": _("Changed: %(meeting)s, %(day)s"),
        "cancelled": _("Cancelled: %(meeting)s, %(day)s"),
    }
    return words[kind] % {"meeting": meeting.title, "day": written.day(meeting.starts_at)}


def _told(invitee: Invitee, agenda: Iterable[object], kind: str) -> dict[str, Any]:
    answer_url = settings.SITE_URL + reverse("taskforce:answer", args=[access.answer_token(invitee)])
    return {
        "meeting": invitee.meeting,
        "sitting": invitee.sitting,
        "country": invitee.meeting.task_force.country,
        "agenda": agenda,
        "kind": kind,
        "answers": [
            {"label": label, "url": f"{answer_url}?answer={answer}"}
            for answer, label in (("yes", _("I come")), ("no", _("I cannot come")), ("maybe", _("I do not know yet")))
        ],
        "meeting_url": settings.SITE_URL + reverse("taskforce:meeting", args=[invitee.meeting_id]),
    }


def _happening(invitee: Invitee, agenda: Iterable[object], address: str, now: datetime) -> ical.Happening:
    """Only the reader stands among the attendees: nobody learns the others' addresses."""
    name = _("Task force: %(country)s") % {"country": invitee.meeting.task_force.country.name}
    return calendars.happening(
        invitee.meeting,
        agenda=agenda,
        now=now,
        organizer=ical.Who(name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]),
        attendees=(ical.Who(invitee.sitting.name, address),),
    )


def require_in_time(meeting: Meeting, now: datetime) -> None:
    """Raise TooLate once an answer makes no difference."""
    if meeting.cancelled_at:
        raise TooLate(_("This meeting was cancelled."))
    if meeting.held_at or now >= meeting.starts_at:
        raise TooLate(_("This meeting has begun. The invitation can no longer be answered."))


@transaction.atomic
def answer(invitee: Invitee, *, answer: str, by: Person | None, now: datetime) -> Invitee:
    """Note whether an invited member or deputy comes; the last answer counts. Raises TooLate."""
    chosen = Meeting.objects.select_for_update(of=("self",)).select_related("task_force__country")
    meeting = chosen.get(pk=invitee.meeting_id)
    require_in_time(meeting, now)
    invitee = Invitee.objects.select_for_update(of=("self",)).select_related("sitting").get(pk=invitee.pk)
    if invitee.answer == answer:
        return invitee
    before = {"answer": invitee.answer}
    invitee.answer, invitee.answered_at = Invitee.Answer(answer), now
    invitee.save(update_fields=["answer", "answered_at"])
    after = {"answer": answer, "person": invitee.sitting.name}
    country = meeting.task_force.country
    entries.write("meeting.answered", meeting, by=by, now=now, country=country, before=before, after=after)
    return invitee


@transaction.atomic
def record_reply(content: bytes, *, by: Person | None, now: datetime) -> Invitee:
    """Take an answer that a calendar program sent back. Raises ReplyRefused, TooLate."""
    try:
        reply = ical.read_reply(content)
    except ical.NotAnAnswer as problem:
        raise ReplyRefused(_not_an_answer(str(problem))) from None
    meeting = Meeting.objects.select_related("task_force__country").filter(uid=reply.uid).first()
    if meeting is None:
        raise ReplyRefused(_("No meeting here has the UID %(uid)s.") % {"uid": reply.uid})
    if reply.sequence < meeting.sequence:
        raise ReplyRefused(_("This answers an older invitation. The meeting was changed since then."))
    mine = [one for one in queries.invitees(meeting) if queries.address_of(one.sitting).lower() == reply.attendee]
    if not mine:
        raise ReplyRefused(_("%(address)s was not invited to this meeting.") % {"address": reply.attendee})
    # Who sits in two seats answers for both.
    answered = [answer(invitee, answer=reply.answer, by=by or invitee.sitting.person, now=now) for invitee in mine]
    return answered[0]


def _not_an_answer(what: str) -> str:
    return {
        "calendar": _("This letter carries no calendar."),
        "method": _("This calendar is not an answer: it does not say METHOD:REPLY."),
        "event": _("This answer does not speak of exactly one meeting."),
        "attendee": _("This answer does not say who answers."),
    }.get(what, _("This answer does not say yes, no or maybe."))
