"""On what somebody in a country still works: meetings and regional activities that are not over.

Several sources of one page ask for some of them. So they are read once for each time the country is loaded.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects

from learnin.kit.readings import reading
from learnin.people.models import Country
from learnin.taskforce.models import ActivityCopy, AgendaItem, Attendance, Meeting, Objection
from learnin.taskforce.queries import standing

Found = TypeVar("Found")


def meetings(country: Country) -> list[Any]:
    """Meetings neither cancelled nor sealed, the first to begin first.

    Each knows whether it `has_items` on its agenda and whether it `is_noted` who came; once its draft was sent, it
    comes with who objects.
    """
    return _once(country, "unfinished_meetings", lambda: _meetings(country))


def copies(country: Country, now: datetime) -> list[ActivityCopy]:
    """The country's copies of activities that begin later or may still be answered, the first to begin first."""
    return _once(country, "unfinished_copies", lambda: _copies(country, now))


def _once(country: Country, name: str, read: Callable[[], list[Found]]) -> list[Found]:
    kept: dict = vars(country)
    if name not in kept:
        kept[name] = read()
    return kept[name]


def _meetings(country: Country) -> list[Any]:
    force = standing.here(country).task_force
    if force is None:
        return []
    found = _of_force(force.pk)
    for one in found:
        one.task_force = force
    objected = Prefetch("objections", queryset=Objection.objects.order_by("made_at", "pk"))
    prefetch_related_objects([one for one in found if one.minutes_sent_at], objected)
    return found


@reading
def _of_force(task_force: int) -> QuerySet[Meeting]:
    items = AgendaItem.objects.filter(meeting=OuterRef("pk"))
    noted = Attendance.objects.filter(meeting=OuterRef("pk")).exclude(presence="")
    found = Meeting.objects.filter(task_force=task_force, cancelled_at=None, approved_at=None)
    return found.annotate(has_items=Exists(items), is_noted=Exists(noted)).order_by("starts_at", "pk")


def _copies(country: Country, now: datetime) -> list[ActivityCopy]:
    day = now.date() - timedelta(days=1)  # in the west of the region the day ends later
    found = _of_country(country.pk, now, day)
    for one in found:
        one.country = country
    latest = datetime.max.replace(tzinfo=UTC)  # for those without a moment to begin
    return sorted(found, key=lambda copy: (copy.activity.starts_at or latest, copy.pk))


@reading
def _of_country(country: str, now: datetime, day: date) -> QuerySet[ActivityCopy]:
    is_ahead = Q(activity__starts_at__gte=now) | Q(activity__answer_by__gte=day) | Q(reopened_until__gte=day)
    sent = ActivityCopy.objects.filter(is_ahead, country=country, activity__cancelled_at=None)
    return sent.filter(activity__sent_at__isnull=False).select_related("activity")
