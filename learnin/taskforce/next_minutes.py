"""What waits for a person about minutes."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from learnin.kit.next import Next
from learnin.people.models import Country, Person
from learnin.people.region import Region
from learnin.people.roles import Can, may
from learnin.taskforce.queries import minutes


def waiting(person: Person, place: Country | Region, today: date) -> Iterator[Next]:
    """Send the draft, answer objections, approve; for members: read the draft while they can object."""
    if not isinstance(place, Country) or not may(person, Can.OBJECT_TO_MINUTES, place):
        return
    for stands in minutes.unsealed(place, timezone.now()):
        yield from _act(stands, person, place)


def _act(stands: minutes.Standing, person: Person, place: Country) -> Iterator[Next]:
    meeting, may_lead = stands.meeting, may(person, Can.HOLD_MEETINGS, place)
    url = reverse("taskforce:minutes", args=[meeting.pk])
    until = meeting.objections_until.astimezone(meeting.zone).date() if meeting.objections_until else None
    if stands.can_be_sent and may_lead:
        yield Next(do=_("Send the draft minutes"), why=meeting.title, url=url, rank=14)
    elif stands.unanswered and may_lead:
        yield Next(do=_("Answer the objections"), why=meeting.title, url=url, rank=13)
    elif stands.can_be_approved and may(person, Can.APPROVE_MINUTES, place):
        yield Next(do=_("Approve the minutes"), why=meeting.title, url=url, rank=11)
    elif stands.is_window_open and not may_lead:
        yield Next(do=_("Read the draft minutes"), why=meeting.title, url=url, due_on=until, rank=25)
