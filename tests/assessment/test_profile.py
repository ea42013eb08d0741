"""The five dimensions of a country on one page, each from its own sources."""

import pytest
from django.urls import reverse

from learnin.assessment.operations import experts, resources
from learnin.assessment.queries import profile as queries
from tests.assessment import made_findings, made_plan
from tests.cast import NOW, Cast, as_

pytestmark = pytest.mark.django_db
PAGE = reverse("assessment:profile", args=["RS"])


def test_what_nobody_knows_stays_blank(cast: Cast) -> None:
    parts = queries.profile(cast.home)
    assert [part.id for part in parts] == ["needs", "culture", "priorities", "resources", "expertise"]
    assert all(part.is_blank for part in parts)
    assert as_(cast.member).get(PAGE).content.decode().count("Nothing is known of this dimension yet.") == 5


def test_each_dimension_has_its_own_sources(cast: Cast) -> None:
    assessment, led = made_plan.assessment(cast), {"by": cast.chair, "now": NOW}
    made_findings.agreed(cast, made_findings.one(cast, assessment=assessment))
    made_findings.one(cast, assessment=assessment, text="Only a draft", dimension="priorities", numbers=[])
    made_plan.fact(made_plan.source(assessment, cast), cast)
    resources.write_culture(cast.home, norms="Teachers stand", **led)
    resources.add(cast.home, kind="devices", name="Laptops", as_of=made_plan.BEGINS, source="Register", **led)
    themes = {"name": "Nina", "skills": "Designs", "agreed_on": made_plan.BEGINS, "themes": ["blended-learning"]}
    experts.add(cast.home, **themes, **led)
    needs, culture, priorities, kept, expertise = queries.profile(cast.home)
    assert [one.finding.text("en") for one in needs.findings] == ["Teachers need time to plan"]
    assert [need.name for need in needs.needs] == ["Sure of it"]
    assert [(line.text) for line in culture.lines] == ["Teachers stand"]
    assert (priorities.findings, priorities.drafts) == ((), 1)
    assert ([line.text for line in kept.lines], kept.facts) == (["Laptops"], 1)
    assert [line.text for line in expertise.lines] == ["1 expert"]
    text = as_(cast.member).get(PAGE).content.decode()
    assert "Teachers need time to plan" in text
    assert "Only a draft" not in text
    assert "Nina" not in text


def test_only_who_sees_the_assessment_reads_it(cast: Cast) -> None:
    assert as_(cast.partner).get(PAGE).status_code == 403
    assert as_(cast.stranger).get(PAGE).status_code == 404
