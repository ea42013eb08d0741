"""What is ahead for a country: meetings to come and regional activities it has not declined."""

from datetime import datetime

from django.db.models import Q

from learnin.people.models import Country
from learnin.taskforce.models import ActivityCopy, Meeting
from learnin.taskforce.queries import unfinished
from learnin.taskforce.queries.activities import SAID_YES


def meetings(country: Country, now: datetime, *, most: int) -> list[Meeting]:
    """Meetings that have not ended and were not cancelled, soonest first."""
    return [one for one in unfinished.meetings(country) if one.ends_at >= now][:most]


def public_meetings(country: Country, now: datetime) -> list[Meeting]:
    """Those of them that everybody may read of."""
    return [one for one in unfinished.meetings(country) if one.ends_at >= now and one.published_at]


def activities(country: Country, now: datetime, *, most: int) -> list[ActivityCopy]:
    """Regional activities ahead that were sent to the country and that it has not declined, soonest first."""
    found = [one for one in unfinished.copies(country, now) if one.state != ActivityCopy.State.DECLINED]
    return [one for one in found if one.activity.starts_at and one.activity.starts_at >= now][:most]


def public_activities(country: Country, now: datetime) -> list[ActivityCopy]:
    """Regional activities that have not ended, in which the country takes part and of which everybody may read."""
    is_not_over = Q(activity__starts_at__gte=now) | Q(activity__starts_at__lt=now, activity__ends_at__gte=now)
    sent = ActivityCopy.objects.filter(country=country, activity__cancelled_at=None).exclude(activity__sent_at=None)
    found = sent.filter(is_not_over, state__in=SAID_YES).exclude(published_at=None).select_related("activity")
    return list(found.order_by("activity__starts_at", "pk"))
