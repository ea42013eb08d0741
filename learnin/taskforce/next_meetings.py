"""What waits for a person about meetings and actions."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.kit.next import Next
from learnin.people.models import Country, Person
from learnin.people.region import Region
from learnin.people.roles import Can, may
from learnin.taskforce.models import ActionPoint
from learnin.taskforce.queries import waiting


def actions(person: Person, place: Country | Region, today: date) -> Iterator[Next]:
    """Finish what is late; do what is due soon."""
    if not isinstance(place, Country) or not may(person, Can.DO_ACTIONS, place):
        return
    mine = waiting.own_actions(person, place, today)
    late = [one for one in mine if one.due_on < today]
    yield from _of_actions(late, place, one=_("Finish your late action"), many=_("Finish your late actions"), rank=5)
    soon = [one for one in mine if one.due_on >= today]
    yield from _of_actions(soon, place, one=_("Finish your action"), many=_("Finish your actions"), rank=30)


def _of_actions(found: list[ActionPoint], place: Country, *, one: str, many: str, rank: int) -> Iterator[Next]:
    """One alone leads to its page, several to the list."""
    if len(found) == 1:
        url = reverse("taskforce:action", args=[found[0].pk])
        yield Next(do=one, why=found[0].text, url=url, due_on=found[0].due_on, rank=rank)
    elif found:
        url = reverse("taskforce:actions", args=[place.pk]) + "?mine=on"
        why = ngettext("%(n)d action.", "%(n)d actions.", len(found)) % {"n": len(found)}
        yield Next(do=many, why=why, url=url, due_on=found[0].due_on, rank=rank)


def meetings(person: Person, place: Country | Region, today: date) -> Iterator[Next]:
    """Answer the invitation; for who leads: prepare, invite, begin, note who came."""
    if not isinstance(place, Country) or not may(person, Can.SEE_TASK_FORCE, place):
        return
    now = timezone.now()
    for meeting in waiting.unanswered(person, place, now):
        url = reverse("taskforce:answer_meeting", args=[meeting.pk])
        yield Next(do=_("Answer the invitation"), why=meeting.title, url=url, due_on=meeting.day, rank=15)
    if may(person, Can.HOLD_MEETINGS, place):
        for meeting in waiting.unready(place, now):
            yield _for_leaders(meeting, today)


def _for_leaders(meeting: Any, today: date) -> Next:
    url = reverse("taskforce:meeting", args=[meeting.pk])
    if meeting.held_at:
        url = reverse("taskforce:attendance", args=[meeting.pk])
        return Next(do=_("Note who came"), why=meeting.title, url=url, rank=12)
    if meeting.day <= today:
        return Next(do=_("Begin the meeting"), why=meeting.title, url=url, due_on=meeting.day, rank=10)
    do = _("Send the invitations") if meeting.has_items else _("Prepare the agenda")
    return Next(do=do, why=meeting.title, url=url, due_on=meeting.day, rank=18)
