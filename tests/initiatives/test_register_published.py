"""What everybody may read of initiatives, and what programs get."""

import json
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from learnin.initiatives.formats.record import Contact, Text
from learnin.initiatives.models import Initiative
from learnin.initiatives.operations import life, registering
from learnin.initiatives.queries import records
from learnin.people import operations
from learnin.people.models import Person
from tests.cast import NOW, Cast, as_
from tests.initiatives import made

pytestmark = pytest.mark.django_db

ROOM = reverse("initiatives:published", args=["RS"])


def _published(cast: Cast, title: str = "Courses for teachers", **says: object) -> Initiative:
    one = made.initiative(cast, title, **says)
    life.publish(one, by=cast.chair, now=NOW)
    return one


def _page(one: Initiative) -> str:
    return reverse("initiatives:published_initiative", args=["RS", one.pk])


@pytest.fixture
def public(cast: Cast) -> Cast:
    """The home country has a public page."""
    operations.write_public_text(cast.home, language="en", about="Who we are", by=cast.chair, now=NOW)
    operations.publish_country(cast.home, by=cast.chair, now=NOW)
    return cast


def test_nothing_of_a_country_without_a_public_page(cast: Cast) -> None:
    one = _published(cast)
    assert Client().get(ROOM).status_code == 404
    assert Client().get(_page(one)).status_code == 404


def test_everybody_reads_what_is_published_and_nothing_else(public: Cast) -> None:
    one = _published(public, contact=Contact(person="Nina", email="nina@example.org"))
    hidden = made.initiative(public, "Hidden")
    page = Client().get(ROOM)
    assert [str(shown) for shown, _where in page.context["rows"]] == ["Courses for teachers"]
    read = Client().get(_page(one)).content.decode()
    assert "Ministry of Education" in read
    assert "nina@example.org" not in read
    assert "Chair" not in read
    assert Client().get(_page(hidden)).status_code == 404
    life.withdraw(one, why="It ended", by=public.chair, now=NOW)
    assert Client().get(_page(one)).status_code == 404
    assert not Client().get(ROOM).context["rows"]


def test_it_is_narrowed_and_nobody_told_us_is_not_nothing(public: Cast) -> None:
    _published(public)
    assert Client().get(f"{ROOM}?theme=digital-skills&words=kursevi").context["rows"] == []
    assert Client().get(f"{ROOM}?theme=digital-skills&words=courses").context["rows"]
    assert "That does not mean that there is none" in Client().get(f"{ROOM}?theme=gender").content.decode()
    assert Client().get(f"{ROOM}?state=draft&confirmed=no").context["rows"], "what only members may ask is not heard"


def test_the_public_page_leads_there(public: Cast) -> None:
    home = reverse("home:public_country", args=["RS"])
    assert ROOM not in Client().get(home).content.decode()
    _published(public)
    assert ROOM in Client().get(home).content.decode()


def test_an_initiative_of_another_country_is_not_found_here(public: Cast) -> None:
    other = made.initiative(public, country=public.elsewhere)
    life.publish(other, by=public.stranger, now=NOW)
    assert Client().get(_page(other)).status_code == 404


def test_programs_get_what_the_person_may_see(cast: Cast) -> None:
    hidden = made.initiative(cast, "Hidden", origin=Initiative.Origin.IATI, identifier="XM-1")
    one = _published(cast)
    address = "/api/countries/RS/initiatives"
    told = as_(cast.member).get(address).json()
    assert told["count"] == 2
    assert as_(cast.member).get(f"{address}?confirmed=no").json()["items"][0]["id"] == hidden.pk
    assert as_(cast.member).get(f"{address}?status=9").status_code == 422
    assert [row["id"] for row in as_(cast.partner).get(address).json()["items"]] == [one.pk]
    assert as_(cast.stranger).get(address).status_code == 404
    record = as_(cast.member).get(f"/api/initiatives/{hidden.pk}").json()["record"]
    assert record["identifier"] == "XM-1"
    assert record["parties"][0]["role"] == "4"
    assert "money" not in json.dumps(record)
    assert as_(cast.partner).get(f"/api/initiatives/{hidden.pk}").status_code == 404


def _changed_by(person: Person, one: Initiative, title: str) -> None:
    record = replace(records.record_of(records.whole(one.pk)), titles=(Text(title, "en"),))
    registering.change(one, record=record, by=person, now=NOW)
    one.refresh_from_db()


def test_what_a_partner_changes_of_a_published_one_is_marked_until_the_task_force_confirms_it(public: Cast) -> None:
    reporter = made.represent(public, "UNICEF Serbia", public.partner)
    one = _published(public, reporter=made.organisation("UNICEF Serbia"))
    assert one.reporter == reporter
    _changed_by(public.partner, one, "Courses for all teachers")
    assert (one.is_public, one.is_confirmed) == (True, False)
    for address in (ROOM, _page(one)):
        read = Client().get(address).content.decode()
        assert "Courses for all teachers" in read
        assert "not confirmed" in read
    here, confirm = one.url, reverse("initiatives:confirm_initiative", args=[one.pk])
    assert "until the task force confirms it" in as_(public.partner).get(here).content.decode()
    refused = as_(public.partner).post(confirm, follow=True).content.decode()
    assert "those who publish it confirm what changed" in refused
    home = as_(public.chair).get(public.home.url).content.decode()
    assert "Look at published initiatives that changed" in home
    assert "Look at published" not in as_(public.partner).get(public.home.url).content.decode()
    listed = as_(public.chair).get(f"{reverse('initiatives:register', args=['RS'])}?published=yes&confirmed=no")
    assert "Courses for all teachers" in listed.content.decode()
    page = as_(public.chair).get(here).content.decode()
    assert "It changed since it was published" in page
    assert "Take it off the public page" in page
    as_(public.chair).post(confirm)
    assert "not confirmed" not in Client().get(_page(one)).content.decode()
    assert "Look at published" not in as_(public.chair).get(public.home.url).content.decode()


def test_what_a_lead_changes_of_a_published_one_and_a_partner_of_another_stays_confirmed(public: Cast) -> None:
    made.represent(public, "UNICEF Serbia", public.partner)
    one = _published(public)
    _changed_by(public.chair, one, "Courses")
    assert one.is_confirmed
    assert "not confirmed" not in Client().get(_page(one)).content.decode()
    other = made.initiative(public, "Books", reporter=made.organisation("UNICEF Serbia"))
    _changed_by(public.partner, other, "More books")
    assert other.is_confirmed
