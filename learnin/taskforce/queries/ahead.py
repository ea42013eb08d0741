"""What is ahead for a country: meetings to come and regional activities it has not declined."""

from datetime import datetime

from learnin.people.models import Country
from learnin.taskforce.models import ActivityCopy, Meeting


def meetings(country: Country, now: datetime, *, most: int) -> list[Meeting]:
    """Meetings that have not ended and were not cancelled, soonest first."""
    found = Meeting.objects.filter(task_force__country=country, ends_at__gte=now, cancelled_at=None)
    return list(found.order_by("starts_at", "pk")[:most])


def activities(country: Country, now: datetime, *, most: int) -> list[ActivityCopy]:
    """Regional activities ahead that were sent to the country and that it has not declined, soonest first."""
    found = ActivityCopy.objects.filter(
        country=country,
        activity__sent_at__isnull=False,
        activity__cancelled_at=None,
        activity__starts_at__gte=now,
    ).exclude(state=ActivityCopy.State.DECLINED)
    return list(found.select_related("activity").order_by("activity__starts_at", "pk")[:most])
