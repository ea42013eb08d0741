"""What waits for somebody about meetings and actions."""

from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from learnin.people.models import Country, Person
from learnin.taskforce.models import ActionPoint, Meeting
from learnin.taskforce.queries import actions

AHEAD = timedelta(days=14)
"""A meeting within these days needs its agenda and its invitations."""


def own_actions(person: Person, country: Country, today: date) -> list[ActionPoint]:
    """Open actions of the person's seats that are late or due soon, the oldest first."""
    found = ActionPoint.objects.filter(actions.OPEN, task_force__country=country, due_on__lte=today + actions.SOON)
    return list(found.filter(seat__in=actions.own_seats(person)).order_by("due_on", "pk"))


def unanswered(person: Person, country: Country, now: datetime) -> list[Meeting]:
    """Meetings to come whose invitation the person has not answered."""
    found = Meeting.objects.filter(task_force__country=country, cancelled_at=None, held_at=None, starts_at__gt=now)
    asked = found.filter(invitees__sitting__person=person, invitees__sitting__ended_on=None, invitees__answer="")
    return list(asked.select_related("task_force__country").distinct().order_by("starts_at", "pk"))


def unready(country: Country, now: datetime) -> list[Meeting]:
    """Meetings for which whoever leads has something to do: the agenda, invitations, the beginning, who came."""
    open_ones = Meeting.objects.filter(task_force__country=country, cancelled_at=None, minutes_sent_at=None)
    counted = open_ones.annotate(
        items_count=Count("items", distinct=True),
        noted=Count("attendances", filter=~Q(attendances__presence=""), distinct=True),
    )
    to_prepare = Q(held_at=None, starts_at__lte=now + AHEAD, task_force__handed_over_on=None) & (
        Q(invited_at=None) | Q(items_count=0) | Q(starts_at__lte=now + timedelta(hours=14))
    )
    found = counted.filter(to_prepare | Q(held_at__isnull=False, noted=0)).select_related("task_force__country")
    return [one for one in found.order_by("starts_at", "pk") if _is_waiting(one, now)]


def _is_waiting(meeting: Meeting, now: datetime) -> bool:
    """Prepared and invited, a meeting waits for its day."""
    is_ready = meeting.invited_at and has_items(meeting)
    return bool(meeting.held_at or not is_ready or now.astimezone(meeting.zone).date() >= meeting.day)


def has_items(meeting: Meeting) -> bool:
    """Whether something stands on the agenda of a counted meeting."""
    return bool(meeting.items_count)  # type: ignore[attr-defined]
