"""On what somebody in a country still works: meetings and regional activities that are not over.

Several sources of one page ask for some of them. So they are read once for each time the country is loaded.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from django.db.models import Prefetch, Q, prefetch_related_objects

from learnin.people.models import Country
from learnin.taskforce.models import ActivityCopy, Meeting, Objection
from learnin.taskforce.queries import standing

Found = TypeVar("Found")


def meetings(country: Country) -> list[Meeting]:
    """Meetings neither cancelled nor sealed, the first to begin first; those held with who came and who objects."""
    return _once(country, "unfinished_meetings", lambda: _meetings(country))


def copies(country: Country, now: datetime) -> list[ActivityCopy]:
    """The country's copies of activities that begin later or may still be answered, the first to begin first."""
    return _once(country, "unfinished_copies", lambda: _copies(country, now))


def _once(country: Country, name: str, read: Callable[[], list[Found]]) -> list[Found]:
    kept: dict = vars(country)
    if name not in kept:
        kept[name] = read()
    return kept[name]


def _meetings(country: Country) -> list[Meeting]:
    force = standing.here(country).task_force
    if force is None:
        return []
    found = list(force.meetings.filter(cancelled_at=None, approved_at=None).order_by("starts_at", "pk"))
    objected = Prefetch("objections", queryset=Objection.objects.order_by("made_at", "pk"))
    prefetch_related_objects([one for one in found if one.held_at], "attendances", objected)
    return found


def _copies(country: Country, now: datetime) -> list[ActivityCopy]:
    day = now.date() - timedelta(days=1)  # in the west of the region the day ends later
    is_ahead = Q(activity__starts_at__gte=now) | Q(activity__answer_by__gte=day) | Q(reopened_until__gte=day)
    sent = country.activity_copies.filter(is_ahead, activity__sent_at__isnull=False, activity__cancelled_at=None)
    latest = datetime.max.replace(tzinfo=UTC)  # for those without a moment to begin
    return sorted(sent.select_related("activity"), key=lambda copy: (copy.activity.starts_at or latest, copy.pk))
