"""What waits for somebody about meetings and actions."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from learnin.kit.readings import reading
from learnin.people.models import Country, Person
from learnin.taskforce.models import ActionPoint, Invitee, Meeting
from learnin.taskforce.queries import actions, standing, unfinished

AHEAD = timedelta(days=14)
"""A meeting within these days needs its agenda and its invitations."""


def own_actions(person: Person, country: Country, today: date) -> list[ActionPoint]:
    """Open actions of the person's seats that are late or due soon, the oldest first."""
    force = standing.here(country).task_force
    if force is None:
        return []
    return _own_actions(force.pk, person.pk, today + actions.SOON)


@reading
def _own_actions(task_force: int, person: int, soon: date) -> QuerySet[ActionPoint]:
    found = ActionPoint.objects.filter(actions.OPEN, task_force=task_force, due_on__lte=soon)
    return found.filter(seat__in=actions.own_seats(person)).order_by("due_on", "pk").only("text", "due_on")


def unanswered(person: Person, country: Country, now: datetime) -> list[Meeting]:
    """Meetings to come whose invitation the person has not answered."""
    ahead = [one for one in unfinished.meetings(country) if one.starts_at > now and not one.held_at]
    waiting = _asked([one.pk for one in ahead], person.pk)
    return [one for one in ahead if one.pk in waiting]


@reading
def _asked(meetings: list[int], person: int) -> QuerySet[Invitee, int]:
    there = Invitee.objects.filter(meeting__pk__in=meetings, sitting__person=person, sitting__ended_on=None, answer="")
    return there.values_list("meeting", flat=True)


def unready(country: Country, now: datetime) -> list[Any]:
    """Meetings for which whoever leads has something to do: the agenda, invitations, the beginning, who came."""
    found = [one for one in unfinished.meetings(country) if not one.minutes_sent_at]
    near = [one for one in found if one.held_at or (one.starts_at <= now + AHEAD and not _is_over(one))]
    return [one for one in near if _is_waiting(one, now)]


def _is_over(meeting: Meeting) -> bool:
    """The task force was handed over: nobody prepares what it had planned."""
    return meeting.task_force.handed_over_on is not None


def _is_waiting(meeting: Any, now: datetime) -> bool:
    """Held, it waits for who came; prepared and invited, it waits for its day."""
    if meeting.held_at:
        return not meeting.is_noted
    is_ready = meeting.invited_at and meeting.has_items
    return not is_ready or now.astimezone(meeting.zone).date() >= meeting.day
