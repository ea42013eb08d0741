"""What is ahead for a country: meetings to come and regional activities it has not declined."""

from datetime import datetime

from learnin.people.models import Country
from learnin.taskforce.models import ActivityCopy, Meeting
from learnin.taskforce.queries import unfinished


def meetings(country: Country, now: datetime, *, most: int) -> list[Meeting]:
    """Meetings that have not ended and were not cancelled, soonest first."""
    return [one for one in unfinished.meetings(country) if one.ends_at >= now][:most]


def activities(country: Country, now: datetime, *, most: int) -> list[ActivityCopy]:
    """Regional activities ahead that were sent to the country and that it has not declined, soonest first."""
    found = [one for one in unfinished.copies(country, now) if one.state != ActivityCopy.State.DECLINED]
    return [one for one in found if one.activity.starts_at and one.activity.starts_at >= now][:most]
