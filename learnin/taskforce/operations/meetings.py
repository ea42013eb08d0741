"""Plan a meeting, change it, call it off, hold it, and note who came."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from learnin.journal.operations import entries
from learnin.kit import written
from learnin.kit.refusal import Refusal
from learnin.people.models import Person
from learnin.taskforce.models import Attendance, Meeting, TaskForce
from learnin.taskforce.operations import invitations, life
from learnin.taskforce.queries import meetings as queries

TOLD = ("title", "starts_at", "ends_at", "place", "online_url")
"""What an invitation says: when one of these changes, everybody hears of it."""


class WrongHours(Refusal):
    """It would end before it begins."""


class AlreadyHeld(Refusal):
    """The meeting was held."""


class TallyInTheWay(Refusal):
    """A decision counts more votes than this."""


def _require_hours(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise WrongHours(_("The meeting must end after it begins."))


@transaction.atomic
def plan(
    task_force: TaskForce,
    *,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    by: Person,
    now: datetime,
    place: str = "",
    online_url: str = "",
    guests: str = "",
) -> Meeting:
    """Set a day for the next meeting. Nobody hears of it before the invitations. Raises WrongHours, TaskForceEnded."""
    _require_hours(starts_at, ends_at)
    task_force = life.working(task_force)
    last = task_force.meetings.aggregate(last=Max("number"))["last"] or 0
    meeting = Meeting.objects.create(
        task_force=task_force,
        number=last + 1,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        online_url=online_url,
        guests=guests,
        uid=f"{uuid4()}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}",
    )
    after = {"title": title, "starts_at": starts_at, "place": place}
    entries.write("meeting.planned", meeting, by=by, now=now, country=task_force.country, after=after)
    return meeting


@transaction.atomic
def change(meeting: Meeting, *, by: Person, now: datetime, **new: Any) -> bool:
    """Change title, hours, place, link or guests. Who was invited hears of it, and answers again about a new time.

    Returns whether anything changed. Raises MeetingClosed, AlreadyHeld, WrongHours, TaskForceEnded.
    """
    meeting = life.locked(meeting)
    _require_hours(new.get("starts_at", meeting.starts_at), new.get("ends_at", meeting.ends_at))
    before = {key: getattr(meeting, key) for key, value in new.items() if getattr(meeting, key) != value}
    if not before:
        return False
    if meeting.held_at and before.keys() & {"starts_at", "ends_at"}:
        raise AlreadyHeld(_("This meeting was held. Its time can no longer change."))
    for key in before:
        setattr(meeting, key, new[key])
    is_told = bool(meeting.invited_at and not meeting.held_at and before.keys() & set(TOLD))
    meeting.sequence += is_told
    meeting.save(update_fields=[*before, "sequence"])
    after = {key: new[key] for key in before}
    entries.write(
        "meeting.changed", meeting, by=by, now=now, country=meeting.task_force.country, before=before, after=after
    )
    if is_told:
        is_new_time = bool(before.keys() & {"starts_at", "ends_at"})
        invitations.tell_again(meeting, is_new_time=is_new_time, now=now)
    return True


@transaction.atomic
def cancel(meeting: Meeting, *, why: str, by: Person, now: datetime) -> None:
    """Call a meeting off; who was invited hears of it, in their calendar too. Raises MeetingClosed, AlreadyHeld."""
    meeting = life.kept(meeting)
    if meeting.held_at:
        raise AlreadyHeld(_("This meeting was held. It can no longer be cancelled."))
    meeting.cancelled_at, meeting.cancelled_why = now, why
    meeting.sequence += 1
    meeting.save(update_fields=["cancelled_at", "cancelled_why", "sequence"])
    country = meeting.task_force.country
    entries.write("meeting.cancelled", meeting, by=by, now=now, country=country, after={"why": why})
    invitations.call_off(meeting, now=now)


@transaction.atomic
def hold(meeting: Meeting, *, by: Person, now: datetime) -> None:
    """Begin the meeting: from now on attendance, notes, decisions and actions are written.

    Raises MeetingClosed, AlreadyHeld, NotYet, TaskForceEnded.
    """
    meeting = life.locked(meeting)
    if meeting.held_at:
        raise AlreadyHeld(_("This meeting has begun already."))
    if now.astimezone(meeting.zone).date() < meeting.day:
        raise life.NotYet(
            _("This meeting is on %(day)s. Change its day first, if you meet earlier.")
            % {"day": written.day(meeting.day)}
        )
    meeting.held_at = now
    meeting.save(update_fields=["held_at"])
    entries.write("meeting.held", meeting, by=by, now=now, country=meeting.task_force.country)


@transaction.atomic
def note_attendance(
    meeting: Meeting, *, presences: Mapping[int, str], by: Person, now: datetime, guests: str | None = None
) -> queries.Quorum:
    """Note for each seat (by its id) who came; seats that are not named stay as they were.

    Only seats that were filled on the day count. Raises MeetingClosed, NotYet, TallyInTheWay.
    """
    meeting = life.held(meeting)
    for sitting in queries.members_on(meeting):
        presence = presences.get(sitting.seat_id)
        made, _created = Attendance.objects.get_or_create(
            meeting=meeting, seat=sitting.seat, defaults={"sitting": sitting, "presence": presence or ""}
        )
        if presence is not None and made.presence != presence:
            made.presence = presence
            made.save(update_fields=["presence"])
    quorum = queries.quorum(meeting)
    _require_room_for_votes(meeting, quorum.present)
    if guests is not None:
        meeting.guests = guests
        meeting.save(update_fields=["guests"])
    after = {"present": quorum.present, "filled": quorum.filled, "guests": meeting.guests}
    entries.write("attendance.noted", meeting, by=by, now=now, country=meeting.task_force.country, after=after)
    return quorum


def _require_room_for_votes(meeting: Meeting, present: int) -> None:
    for decision in meeting.decisions.filter(method="vote").select_related("task_force").order_by("number", "pk"):
        if decision.votes > present:
            raise TallyInTheWay(
                _("Decision %(number)s counts %(votes)d votes, but only %(present)d seats came.")
                % {"number": decision.full_number, "votes": decision.votes, "present": present}
            )
