"""Search finds what one may see, in any script, and nothing else."""

import pytest
from django.urls import reverse

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


def test_htmx_gets_only_the_results(cast, as_):
    answer = as_(cast.chair).get(reverse("home:search"), {"q": "Serbia"}, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert "<html" not in text
    assert cast.home.url in text
    assert "HX-Request" in answer["Vary"]
