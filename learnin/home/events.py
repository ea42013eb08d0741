"""What is ahead in a country: its meetings and the region's activities."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from learnin.kit import written
from learnin.people.models import Country, Person
from learnin.people.roles import Can, may
from learnin.taskforce.queries import ahead

SHOWN = 4


@dataclass(frozen=True)
class Event:
    """Something with a day."""

    at: datetime
    name: str
    note: str
    url: str


def coming(person: Person, country: Country, now: datetime) -> list[Event]:
    """The next things that happen, soonest first, for who may see the task force."""
    if not may(person, Can.SEE_TASK_FORCE, country):
        return []
    found = [
        Event(
            meeting.starts_at,
            meeting.title,
            _note(meeting.place or (_("Online") if meeting.online_url else ""), meeting.starts_at),
            reverse("taskforce:meeting", args=[meeting.pk]),
        )
        for meeting in ahead.meetings(country, now, most=SHOWN)
    ]
    found += [
        Event(
            copy.activity.starts_at,
            str(copy),
            _note(copy.activity.get_kind_display(), copy.activity.starts_at),
            reverse("taskforce:activity", args=[copy.pk]),
        )
        for copy in ahead.activities(country, now, most=SHOWN)
        if copy.activity.starts_at
    ]
    return sorted(found, key=lambda event: event.at)[:SHOWN]


def _note(where: str, at: datetime) -> str:
    return ", ".join(filter(None, [where, written.clock(at)]))
