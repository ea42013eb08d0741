"""Indicators of several countries beside each other: the same question of the bank, and only what is published."""

from typing import Any

import pytest
from django.urls import reverse

from learnin.home import compared
from learnin.people.models import Country
from tests.assessment import made_findings, made_plan
from tests.cast import NOW, Cast, as_

pytestmark = pytest.mark.django_db
PAGE = reverse("home:region_findings")


def found(cast: Cast, place: Country, **more: Any) -> None:
    """A published finding of a country, on an item of the question bank."""
    Country.objects.filter(pk=place.pk).update(public_since=NOW)
    number = more.pop("number", {})
    assessment = made_plan.assessment(cast)
    assessment.country = place
    assessment.save(update_fields=["country"])
    of = made_findings.indicator(assessment, cast, **{"source": "tonl_live", **more})
    one = made_findings.number(of, made_findings.run(assessment, cast), cast, **number)
    made_findings.published(cast, made_findings.one(cast, assessment=assessment, numbers=[one]))


def test_what_two_countries_publish_is_laid_side_by_side_by_name(cast: Cast) -> None:
    found(cast, cast.home, number={"estimate": 0.41})
    assert compared.compared().panels == ()
    found(cast, cast.elsewhere)
    ((name, rows),) = compared.compared().panels
    assert (name, [row.label for row in rows]) == ("Sure of it", ["Georgia", "Serbia"])
    text = as_(cast.regional).get(PAGE).content.decode()
    for said in ("Georgia", "Serbia", "41%", "38%", "2 countries publish findings"):
        assert said in text


@pytest.mark.parametrize(
    "other",
    [
        {"source": ""},
        {"definition": {"kind": "share", "question": "belief_1", "values": ["1"]}},
        {"number": {"is_probability": False}},
        {"number": {"key": "place=town", "domain": {"place": "town"}}},
    ],
)
def test_what_is_not_the_same_is_not_compared(cast: Cast, other: dict[str, Any]) -> None:
    found(cast, cast.home)
    found(cast, cast.elsewhere, **other)
    assert compared.compared().panels == ()
    assert "Nothing can be compared yet" in as_(cast.regional).get(PAGE).content.decode()


def test_a_country_without_a_public_page_publishes_nothing(cast: Cast) -> None:
    found(cast, cast.home)
    found(cast, cast.elsewhere)
    Country.objects.filter(pk=cast.elsewhere.pk).update(public_since=None)
    assert compared.compared().countries == 1


def test_only_the_region_reads_it(cast: Cast) -> None:
    assert as_(cast.chair).get(PAGE).status_code == 404
