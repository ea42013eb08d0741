"""Task forces for tests, made by the operations of the pages."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from learnin.people.models import Country, Person
from learnin.taskforce.models import ActionPoint, Meeting, Seat, Sitting, TaskForce
from learnin.taskforce.models.composition import PostKind
from learnin.taskforce.operations import actions, composition, meetings
from learnin.taskforce.queries import meetings as meeting_queries
from tests.cast import NOW, Cast

SINCE = date(2026, 3, 3)


def today_in(country: Country) -> date:
    """The day it is there now, as its pages count days."""
    return timezone.localdate(timezone=ZoneInfo(country.time_zone))


def task_force(cast: Cast, *, by: Person | None = None) -> TaskForce:
    """The home country's task force with its empty seats."""
    return composition.establish(
        cast.home, established_on=SINCE, established_by="Ministerial order 114", by=by or cast.regional, now=NOW
    )


def elsewhere(cast: Cast) -> TaskForce:
    """The stranger's task force."""
    return composition.establish(
        cast.elsewhere, established_on=SINCE, established_by="Order 7", by=cast.regional, now=NOW
    )


def seated(seat: Seat, name: str, cast: Cast, *, person: Person | None = None, **details: object) -> Sitting:
    """Somebody appointed to the seat."""
    email = person.email if person else ""
    sitting = composition.nominate(seat, name=name, email=email, by=cast.regional, now=NOW, on=SINCE, **details)
    return composition.appoint(sitting, by=cast.regional, now=NOW, on=SINCE)


def full(cast: Cast) -> TaskForce:
    """Every seat taken; the chair and the member of the cast sit in the first two."""
    task_force_ = task_force(cast)
    seats = list(task_force_.seats.order_by("number"))
    people = {0: cast.chair, 1: cast.member}
    for at, seat in enumerate(seats):
        person = people.get(at)
        name = person.name if person else f"Sitter {at + 1}"
        seated(seat, name, cast, person=person, english="B2" if at < 3 else "A2")
    for kind in (PostKind.CHAIR, PostKind.COORDINATOR, PostKind.ASSESSMENT_COORDINATOR):
        composition.appoint_post(task_force_, kind=kind, name="Somebody", by=cast.regional, now=NOW, on=SINCE)
    for component in ("pedagogy", "policy", "technology"):
        composition.appoint_post(
            task_force_,
            kind=PostKind.COMMUNITY_COORDINATOR,
            component=component,
            name="Somebody",
            by=cast.regional,
            now=NOW,
            on=SINCE,
        )
    return task_force_


def meeting(task_force_: TaskForce, cast: Cast, *, at: datetime | None = None, **details: Any) -> Meeting:
    """A meeting of two hours, planned by the chair: in a week, where no moment is said."""
    starts = at or timezone.now() + timedelta(days=7)
    details.setdefault("title", "First findings")
    return meetings.plan(
        task_force_, starts_at=starts, ends_at=starts + timedelta(hours=2), place="Room 204", by=cast.chair, now=NOW,
        **details,
    )  # fmt: skip


def held_meeting(task_force_: TaskForce, cast: Cast, *, came: int | None = None, at: datetime = NOW) -> Meeting:
    """A meeting that was held, with as many seats as are said, else all."""
    found = meeting(task_force_, cast, at=at)
    meetings.hold(found, by=cast.chair, now=at)
    seats = [one.seat_id for one in meeting_queries.members_on(found)]
    present = len(seats) if came is None else came
    presences = {seat: "room" if number < present else "absent" for number, seat in enumerate(seats)}
    meetings.note_attendance(found, presences=presences, by=cast.chair, now=at)
    found.refresh_from_db()
    return found


def action(task_force_: TaskForce, cast: Cast, *, seat_number: int = 2, days: int = 7, **details: Any) -> ActionPoint:
    """An action of the member's seat, due so many days after the day it is in the country."""
    details.setdefault("text", "Call the parents")
    seat = task_force_.seats.get(number=seat_number)
    today = today_in(task_force_.country)
    found = actions.add(
        task_force_, seat=seat, due_on=today + timedelta(days=max(days, 1)), by=cast.chair,
        now=timezone.now(), **details,
    )  # fmt: skip
    if days < 1:  # what is late was promised before its day
        ActionPoint.objects.filter(pk=found.pk).update(due_on=today + timedelta(days=days))
        found.refresh_from_db()
    return found
