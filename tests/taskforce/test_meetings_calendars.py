"""Meetings stand in people's own calendars, by a secret address that can be made new."""

import re

import pytest
import vobject
from django.urls import reverse

from learnin.people.roles import Kind
from learnin.taskforce.operations import meetings
from tests.cast import NOW, person, role
from tests.taskforce import made

ADDRESS = re.compile(r">http://testserver(/calendar/[^<]+\.ics)<")


@pytest.fixture
def addresses(cast, as_):
    """The member's addresses: their own, and their country's."""
    made.full(cast)
    page = as_(cast.member).get(reverse("taskforce:calendars")).content.decode()
    return dict(zip(("own", "country"), found(page), strict=True))


def found(page):
    return list(dict.fromkeys(ADDRESS.findall(page)))


def events(answer):
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return vobject.readOne(answer.content.decode()).contents.get("vevent", [])


def test_a_calendar_program_reads_without_signing_in(cast, as_, addresses):
    task_force = cast.home.task_force
    meeting = made.meeting(task_force, cast)
    off = made.meeting(task_force, cast, title="Called off")
    meetings.cancel(off, why="x", by=cast.chair, now=NOW)
    action = made.action(task_force, cast)
    made.action(task_force, cast, seat_number=3, text="Not mine")
    country = events(as_(None).get(addresses["country"]))
    assert {one.uid.value: one.status.value for one in country} == {meeting.uid: "CONFIRMED", off.uid: "CANCELLED"}
    own = {one.summary.value: one for one in events(as_(None).get(addresses["own"]))}
    assert set(own) == {"First findings", "Called off", "Due: Call the parents"}
    assert own["Due: Call the parents"].dtstart.value == action.due_on


def test_an_empty_calendar_is_one_too(as_, addresses):
    assert events(as_(None).get(addresses["country"])) == []


def test_new_addresses_stop_the_old_ones(cast, as_, addresses):
    client = as_(cast.member)
    assert client.post(reverse("taskforce:renew_calendars")).status_code == 302
    for url in addresses.values():
        assert as_(None).get(url).status_code == 404
    for url in found(client.get(reverse("taskforce:calendars")).content.decode()):
        assert as_(None).get(url).status_code == 200
    assert as_(None).get(addresses["own"].replace(".ics", "x.ics")).status_code == 404


def test_who_no_longer_belongs_reads_nothing(cast, as_, addresses):
    cast.member.roles.update(ended_at=NOW)
    assert as_(None).get(addresses["country"]).status_code == 404
    cast.member.is_active = False
    cast.member.save()
    assert as_(None).get(addresses["own"]).status_code == 404


def test_a_stranger_is_offered_only_their_own_country(cast, as_):
    made.elsewhere(cast)
    page = as_(cast.stranger).get(reverse("taskforce:calendars")).content.decode()
    assert "Georgia" in page
    assert "Serbia" not in page
    newcomer = person("Newcomer")
    role(newcomer, Kind.OBSERVER, cast.home)
    assert len(found(as_(newcomer).get(reverse("taskforce:calendars")).content.decode())) == 1
