"""What is ahead in a country, for its people and for everybody: its meetings and the region's activities."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from learnin.kit import written
from learnin.people.models import Country, Person
from learnin.people.roles import Can, may
from learnin.taskforce.models import ActivityCopy, Meeting
from learnin.taskforce.queries import ahead

SHOWN = 4


@dataclass(frozen=True)
class Event:
    """Something with a day."""

    at: datetime
    name: str
    note: str
    url: str = ""


def coming(person: Person, country: Country, now: datetime) -> list[Event]:
    """The next things that happen, soonest first, for who may see the task force."""
    if not may(person, Can.SEE_TASK_FORCE, country):
        return []
    found = [
        _meeting(meeting, reverse("taskforce:meeting", args=[meeting.pk]))
        for meeting in ahead.meetings(country, now, most=SHOWN)
    ]
    found += [
        _activity(copy, copy.activity.starts_at, reverse("taskforce:activity", args=[copy.pk]))
        for copy in ahead.activities(country, now, most=SHOWN)
        if copy.activity.starts_at
    ]
    return sorted(found, key=lambda event: event.at)[:SHOWN]


def public(country: Country, now: datetime) -> list[Event]:
    """What everybody may read of what is ahead, soonest first: title, day, time and place, and nothing else."""
    found = [_meeting(meeting) for meeting in ahead.public_meetings(country, now)]
    found += [
        _activity(copy, copy.activity.starts_at, place=_place(copy.activity.place))
        for copy in ahead.public_activities(country, now)
        if copy.activity.starts_at
    ]
    return sorted(found, key=lambda event: event.at)


def _meeting(meeting: Meeting, url: str = "") -> Event:
    place = meeting.place or (_("Online") if meeting.online_url else "")
    return Event(meeting.starts_at, meeting.title, _note(place, meeting.starts_at), url)


def _activity(copy: ActivityCopy, at: datetime, url: str = "", *, place: str = "") -> Event:
    kind = copy.activity.get_kind_display()
    return Event(at, str(copy), _note(kind, place, at), url)


def _place(told: str) -> str:
    """A place as everybody may read it: the link to join is for those who were invited."""
    return _("Online") if "://" in told else told


def _note(*told: str | datetime) -> str:
    return ", ".join(written.clock(one) if isinstance(one, datetime) else one for one in told if one)
