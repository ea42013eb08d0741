"""The draft of the minutes goes to members; they object, they get answers."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from learnin.journal.operations import entries
from learnin.journal.operations import notices as news
from learnin.kit import mail, written
from learnin.kit.refusal import Refusal
from learnin.people.models import Person
from learnin.taskforce.models import Meeting, Objection
from learnin.taskforce.operations import life
from learnin.taskforce.queries import meetings, minutes


class WindowClosed(Refusal):
    """Members can no longer object, or cannot object yet."""


class AlreadyAnswered(Refusal):
    """Somebody answered this objection."""


class AlreadySealed(Refusal):
    """The minutes are sealed: nothing about them changes."""


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now, kept from others until we are done. Raises AlreadySealed."""
    chosen = Meeting.objects.select_for_update(of=("self",)).select_related("task_force__country")
    meeting = chosen.get(pk=meeting.pk)
    if meeting.approved_at:
        raise AlreadySealed(_("These minutes are sealed. Nobody can change them."))
    return meeting


@transaction.atomic
def send(meeting: Meeting, *, by: Person, now: datetime) -> Meeting:
    """Send the draft to everybody who sits on the task force; from now on the meeting is closed.

    Raises MeetingClosed, NotYet.
    """
    meeting = life.held(meeting)
    if not meetings.quorum(meeting).is_noted:
        raise life.NotYet(_("Note who came first: the minutes tell it."))
    meeting.minutes_sent_at = now
    meeting.objections_until = minutes.window_end(meeting, now)
    meeting.save(update_fields=["minutes_sent_at", "objections_until"])
    until = meeting.objections_until.astimezone(meeting.zone).date()
    country = meeting.task_force.country
    entries.write("minutes.sent", meeting, by=by, now=now, country=country, after={"until": until})
    tell_members(meeting, "minutes.sent", {"until": until.isoformat()}, now=now)
    _write_to_members(meeting)
    return meeting


def tell_members(meeting: Meeting, kind: str, params: dict[str, str], *, now: datetime) -> None:
    """Let everybody who sits here and has an account know."""
    people = {one.person.pk: one.person for one in meetings.sitting_now(meeting.task_force) if one.person}
    for person in people.values():
        news.tell(person, kind=kind, params={"meeting": meeting.title, **params}, url=page(meeting), now=now)


def page(meeting: Meeting) -> str:
    """Where the minutes can be read."""
    return reverse("taskforce:minutes", args=[meeting.pk])


def _write_to_members(meeting: Meeting) -> None:
    country, written_to = meeting.task_force.country, set()
    for sitting in meetings.sitting_now(meeting.task_force):
        address = meetings.address_of(sitting)
        if not address or address in written_to:
            continue
        written_to.add(address)
        language = meetings.language_of(sitting, country)
        with translation.override(language), timezone.override(meeting.zone):
            mail.letter(
                address,
                subject=_("Draft minutes: %(meeting)s, %(day)s")
                % {"meeting": meeting.title, "day": written.day(meeting.starts_at)},
                template="taskforce/mail/minutes",
                context={"meeting": meeting, "sitting": sitting, "link": settings.SITE_URL + page(meeting)},
                language=language,
                kind="minutes",
            )


@transaction.atomic
def take_back(meeting: Meeting, *, by: Person, now: datetime) -> Meeting:
    """Open the meeting again to correct its draft. Objections stay. Raises AlreadySealed, WindowClosed."""
    meeting = locked(meeting)
    if not meeting.minutes_sent_at:
        raise WindowClosed(_("The draft was not sent to members yet."))
    before = {"sent": meeting.minutes_sent_at}
    meeting.minutes_sent_at = meeting.objections_until = None
    meeting.save(update_fields=["minutes_sent_at", "objections_until"])
    entries.write("minutes.taken-back", meeting, by=by, now=now, country=meeting.task_force.country, before=before)
    return meeting


@transaction.atomic
def object_to(meeting: Meeting, *, text: str, by: Person, now: datetime) -> Objection:
    """Object to the draft while the window is open. Raises AlreadySealed, WindowClosed."""
    meeting = locked(meeting)
    if not minutes.standing(meeting, now).is_window_open:
        raise WindowClosed(_window_words(meeting))
    objection = Objection.objects.create(meeting=meeting, person=by, text=text, made_at=now)
    country = meeting.task_force.country
    entries.write("minutes.objected", meeting, by=by, now=now, country=country, after={"objection": text})
    for post in meetings.leaders(meeting.task_force):
        if post.person and post.person != by:
            params = {"meeting": meeting.title, "person": by.name}
            news.tell(post.person, kind="minutes.objected", params=params, url=page(meeting), now=now)
    return objection


def _window_words(meeting: Meeting) -> str:
    if meeting.objections_until:
        until = written.day(meeting.objections_until.astimezone(meeting.zone).date())
        return _("Objections were possible until %(day)s.") % {"day": until}
    return _("The draft was not sent to members yet.")


@transaction.atomic
def answer(objection: Objection, *, answer: str, by: Person, now: datetime) -> Objection:
    """Answer an objection; who objected hears of it. Raises AlreadySealed, AlreadyAnswered."""
    meeting = locked(objection.meeting)
    objection = Objection.objects.select_for_update(of=("self",)).select_related("person").get(pk=objection.pk)
    if objection.answered_at:
        raise AlreadyAnswered(
            _("This objection was answered on %(day)s.") % {"day": written.day(objection.answered_at)}
        )
    objection.answer, objection.answered_at, objection.answered_by = answer, now, by
    objection.save(update_fields=["answer", "answered_at", "answered_by"])
    country = meeting.task_force.country
    after = {"person": objection.person.name, "answer": answer}
    entries.write("minutes.answered", meeting, by=by, now=now, country=country, after=after)
    if objection.person != by:
        params = {"meeting": meeting.title}
        news.tell(objection.person, kind="minutes.answered", params=params, url=page(meeting), now=now)
    return objection
