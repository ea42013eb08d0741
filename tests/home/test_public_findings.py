"""What everybody may read of findings: published sentences, and numbers only as far as they may be told."""

import pytest
from django.urls import reverse

from learnin.assessment.models import Estimate, RunRound
from learnin.assessment.operations import findings
from learnin.people import operations
from tests.assessment import made_findings, made_plan
from tests.cast import NOW, Cast, as_

pytestmark = pytest.mark.django_db
PAGE, JSON = (reverse(f"home:{name}", args=["RS"]) for name in ("public_findings", "public_findings_json"))


@pytest.fixture
def open_country(cast: Cast) -> Cast:
    """The home country has a public page."""
    operations.write_public_text(cast.home, language="en", about="Who we are", by=cast.chair, now=NOW)
    operations.publish_country(cast.home, by=cast.chair, now=NOW)
    return cast


def test_everybody_reads_what_is_published_and_nothing_else(open_country: Cast) -> None:
    cast, assessment = open_country, made_plan.assessment(open_country)
    made_findings.published(cast, made_findings.one(cast, assessment=assessment))
    made_findings.one(cast, assessment=assessment, text="Only a draft", numbers=[])
    for url in (PAGE, reverse("home:public_country", args=["RS"])):
        text = as_(None).get(url).content.decode()
        assert "Teachers need time to plan" in text
        assert "Only a draft" not in text
    assert "38%" in as_(None).get(PAGE).content.decode()
    (told,) = as_(None).get(JSON).json()["findings"]
    assert told["texts"] == {"en": "Teachers need time to plan"}
    (number,) = told["numbers"]
    assert (number["estimate"], number["ci_low"], number["answers"]) == (0.38, 0.34, 384)


def test_a_withdrawn_finding_is_gone(open_country: Cast) -> None:
    found = made_findings.published(open_country)
    findings.withdraw(found, reason="Wrong", by=open_country.chair, now=NOW)
    assert "Teachers need time" not in as_(None).get(PAGE).content.decode()
    assert as_(None).get(JSON).json()["findings"] == []


def test_a_number_that_is_withheld_by_now_is_told_to_nobody(open_country: Cast) -> None:
    found = made_findings.published(open_country)
    Estimate.objects.filter(cited_by__finding=found).update(n=4, estimate=0.7321)
    text = as_(None).get(PAGE).content.decode()
    assert "withheld" in text
    assert "73" not in text
    answer = as_(None).get(JSON)
    assert b"0.7321" not in answer.content
    (number,) = answer.json()["findings"][0]["numbers"]
    assert (number["reading"], number["estimate"], number["answers"]) == ("withheld", None, None)


def test_a_number_of_an_open_link_has_no_interval(open_country: Cast) -> None:
    found = made_findings.published(open_country)
    RunRound.objects.filter(estimates__cited_by__finding=found).update(is_probability=False)
    for url in (PAGE, reverse("assessment:finding", args=[found.pk])):
        text = as_(open_country.chair).get(url).content.decode()
        assert "Not a probability sample" in text
        assert "38%" in text
        assert "34 to 42" not in text
    (number,) = as_(None).get(JSON).json()["findings"][0]["numbers"]
    assert (number["estimate"], number["ci_low"], number["ci_high"]) == (0.38, None, None)


def test_the_sign_of_a_number_is_explained_below_it(open_country: Cast) -> None:
    found = made_findings.published(open_country)
    meaning = "Unreliable: few answers or a wide interval"
    pages = (PAGE, reverse("assessment:finding", args=[found.pk]))
    assert not any(meaning in as_(open_country.chair).get(url).content.decode() for url in pages)
    Estimate.objects.filter(cited_by__finding=found).update(n=30)
    assert all(meaning in as_(open_country.chair).get(url).content.decode() for url in pages)


def test_a_changed_number_is_admitted(open_country: Cast) -> None:
    cast, assessment = open_country, made_plan.assessment(open_country)
    made_findings.published(cast, made_findings.one(cast, assessment=assessment))
    findings.after_run(made_findings.run(assessment, cast, number=2), by=cast.chair, now=NOW)
    assert "Numbers changed" in as_(None).get(PAGE).content.decode()
    assert as_(None).get(JSON).json()["findings"][0]["numbers_changed"] is True


def test_a_country_without_a_public_page_shows_nothing(cast: Cast) -> None:
    made_findings.published(cast)
    for url in (PAGE, JSON):
        assert as_(None).get(url).status_code == 404
