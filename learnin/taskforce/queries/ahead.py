"""What is ahead for a country: meetings to come and regional activities it has not declined."""

from datetime import datetime

from django.db.models import Q, QuerySet

from learnin.people.models import Country
from learnin.taskforce.models import ActivityCopy, Meeting
from learnin.taskforce.queries.activities import SAID_YES


def meetings(country: Country, now: datetime, *, most: int) -> list[Meeting]:
    """Meetings that have not ended and were not cancelled, soonest first."""
    return list(_meetings(country, now)[:most])


def public_meetings(country: Country, now: datetime) -> list[Meeting]:
    """Those of them that everybody may read of."""
    return list(_meetings(country, now).exclude(published_at=None))


def activities(country: Country, now: datetime, *, most: int) -> list[ActivityCopy]:
    """Regional activities ahead that were sent to the country and that it has not declined, soonest first."""
    found = _activities(country).filter(activity__starts_at__gte=now).exclude(state=ActivityCopy.State.DECLINED)
    return list(found[:most])


def public_activities(country: Country, now: datetime) -> list[ActivityCopy]:
    """Regional activities that have not ended, in which the country takes part and of which everybody may read."""
    is_not_over = Q(activity__starts_at__gte=now) | Q(activity__starts_at__lt=now, activity__ends_at__gte=now)
    return list(_activities(country).filter(is_not_over, state__in=SAID_YES).exclude(published_at=None))


def _meetings(country: Country, now: datetime) -> QuerySet[Meeting]:
    found = Meeting.objects.filter(task_force__country=country, ends_at__gte=now, cancelled_at=None)
    return found.order_by("starts_at", "pk")


def _activities(country: Country) -> QuerySet[ActivityCopy]:
    found = ActivityCopy.objects.filter(country=country, activity__cancelled_at=None).exclude(activity__sent_at=None)
    return found.select_related("activity").order_by("activity__starts_at", "pk")
