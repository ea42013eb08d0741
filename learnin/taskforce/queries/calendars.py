"""Meetings and due days as events of a calendar."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from learnin.people.models import Country, Person
from learnin.taskforce.formats import ical
from learnin.taskforce.models import ActionPoint, CalendarKey, Meeting, Sitting


def happening(
    meeting: Meeting,
    *,
    now: datetime,
    agenda: Iterable[Any] = (),
    organizer: ical.Who | None = None,
    attendees: tuple[ical.Who, ...] = (),
) -> ical.Happening:
    """A meeting as an event, in the hours of its country."""
    lines = [f"{one.position}. {one.title}" for one in agenda]
    joined = [_("Join: %(url)s") % {"url": meeting.online_url}] if meeting.online_url else []
    return ical.Happening(
        uid=meeting.uid,
        sequence=meeting.sequence,
        stamp=now,
        summary=meeting.title,
        starts=meeting.starts_at.astimezone(meeting.zone),
        ends=meeting.ends_at.astimezone(meeting.zone),
        location=", ".join(filter(None, [meeting.place, meeting.online_url])),
        description="\n".join([*joined, *lines]),
        url=settings.SITE_URL + reverse("taskforce:meeting", args=[meeting.pk]),
        is_cancelled=meeting.cancelled_at is not None,
        organizer=organizer,
        attendees=attendees,
    )


def of_country(country: Country, *, now: datetime) -> bytes:
    """Every meeting of a country's task force."""
    found = Meeting.objects.filter(task_force__country=country).select_related("task_force__country")
    name = _("Task force: %(country)s") % {"country": country.name}
    return ical.feed([happening(one, now=now) for one in found.order_by("starts_at", "pk")], name=name)


def of_person(person: Person, *, now: datetime) -> bytes:
    """The meetings of the task forces in which the person sits, and the days by which they promised something."""
    seats = Sitting.objects.filter(person=person, ended_on=None, seat__closed_on=None)
    met = Meeting.objects.filter(task_force__in=seats.values("seat__task_force")).select_related("task_force__country")
    promised = ActionPoint.objects.filter(seat__in=seats.values("seat"), done_at=None, dropped_at=None)
    promised = promised.select_related("task_force__country")
    events = [
        *(happening(one, now=now) for one in met.order_by("starts_at", "pk")),
        *(_due(one, now) for one in promised.order_by("due_on", "pk")),
    ]
    return ical.feed(events, name=_("LearnIn: %(person)s") % {"person": person.name})


def _due(action: ActionPoint, now: datetime) -> ical.Happening:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return ical.Happening(
        uid=f"action-{action.pk}@{host}",
        stamp=now,
        summary=_("Due: %(action)s") % {"action": action.text},
        starts=action.due_on,
        description=action.full_number,
        url=settings.SITE_URL + reverse("taskforce:action", args=[action.pk]),
    )


def key_version(person: Person) -> int:
    """Which calendar addresses of this person work."""
    found = CalendarKey.objects.filter(person=person).first()
    return found.version if found else 0
