"""Search finds what one may see, in any script, and nothing else."""

from io import BytesIO

import pytest
from django.urls import reverse

from learnin.journal.operations import documents
from learnin.people.roles import Kind
from tests import cast as players


@pytest.fixture
def zivko(cast):
    person = players.person("Живко Ђорђевић", email="zivko@example.org")
    players.role(person, Kind.MEMBER, cast.home)
    return person


def found(client, words):
    return client.get(reverse("home:search"), {"q": words}).content.decode()


@pytest.mark.parametrize("words", ["Живко", "zivko", "ŽIVKO", "đorđević", "djordjevic", "жив ђор"])
def test_a_name_is_found_in_any_script(cast, as_, zivko, words):
    assert zivko.name in found(as_(cast.chair), words)


def test_who_is_found_can_be_opened(cast, as_, zivko):
    client = as_(cast.chair)
    address = reverse("people:person", args=[cast.home.code, zivko.pk])
    assert address in found(client, "zivko")
    assert client.get(address).status_code == 200


def test_a_stranger_finds_nobody_of_another_country(cast, as_, zivko):
    assert zivko.name not in found(as_(cast.stranger), "Живко")


def test_an_observer_finds_no_people(cast, as_, zivko):
    assert zivko.name not in found(as_(cast.partner), "Живко")


@pytest.mark.parametrize("words", ["Serbia", "србија", "Srbija", "Sırbistan", "სერბეთი"])
def test_a_country_is_found_by_its_name_in_any_language(cast, as_, words):
    assert cast.home.url in found(as_(cast.chair), words)


def test_countries_one_may_not_see_are_not_found(cast, as_):
    assert "/c/GE/" not in found(as_(cast.chair), "Georgia")


def test_areas_are_found(cast, as_):
    assert "RS-" in found(as_(cast.chair), "Beograd")


@pytest.mark.parametrize("words", ["naredba", "Наредба 114"])
def test_documents_are_found_by_who_may_open_them(cast, as_, words):
    documents.add(
        cast.home,
        title="Naredba br. 114",
        language="sr",
        theme="",
        file=BytesIO(b"%PDF-1.4\n%%EOF\n"),
        name="naredba.pdf",
        by=cast.chair,
        now=players.NOW,
    )
    assert "Naredba br. 114" in found(as_(cast.partner), words)
    assert "Naredba br. 114" not in found(as_(cast.stranger), words)


def test_htmx_gets_only_the_results(cast, as_):
    answer = as_(cast.chair).get(reverse("home:search"), {"q": "Serbia"}, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert "<html" not in text
    assert cast.home.url in text
    assert "HX-Request" in answer["Vary"]
