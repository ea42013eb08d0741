"""The pages of findings: who reads, who writes, who judges, who publishes."""

import pytest
from django.urls import reverse

from learnin.assessment.models import Finding
from learnin.assessment.operations import findings, resources
from learnin.assessment.queries import findings as queries
from tests.assessment import made_findings, made_plan
from tests.cast import NOW, Cast, as_

pytestmark = pytest.mark.django_db


def page(name: str, key: object, more: str = "") -> str:
    """An address of the needs assessment."""
    return reverse(f"assessment:{name}", args=[key]) + more


def test_whoever_sees_the_assessment_reads_findings(cast: Cast) -> None:
    found = made_findings.agreed(cast)
    for url in (page("findings", "RS"), page("finding", found.pk)):
        answer = as_(cast.member).get(url)
        assert answer.status_code == 200
        text = answer.content.decode()
        assert "Teachers need time to plan" in text
        assert "Moderate evidence" in text
        assert as_(cast.partner).get(url).status_code == 403
        assert as_(cast.stranger).get(url).status_code == 404
    assert "38%" in text
    assert "34 to 42" in text


def test_a_finding_begins_with_a_number_that_the_address_names(cast: Cast) -> None:
    assessment = made_plan.assessment(cast)
    number = made_findings.number(made_findings.indicator(assessment, cast), made_findings.run(assessment, cast), cast)
    url = page("add_finding", assessment.pk, "?indicator=sure&level=&domain=")
    shown = as_(cast.member).get(url).content.decode()
    assert "It rests on: Sure of it, 38%." in shown
    sent = {"language": "en", "text": "Few are sure", "dimension": "needs", "population": "teachers", "area": ""}
    assert as_(cast.member).post(url, sent).status_code == 302
    (made,) = Finding.objects.all()
    assert [row.estimate for row in made.estimates.all()] == [number]
    assert made.population == "teachers"
    assert as_(cast.partner).post(url, sent).status_code == 403
    assert as_(cast.stranger).post(url, sent).status_code == 404
    assert as_(cast.member).post(url, {**sent, "text": ""}).status_code == 422


def test_a_withheld_number_is_not_told_on_any_page(cast: Cast) -> None:
    assessment = made_plan.assessment(cast)
    of, run = made_findings.indicator(assessment, cast), made_findings.run(assessment, cast)
    number = made_findings.number(of, run, cast, estimate=0.73, ci_low=0.61, ci_high=0.81, n=4)
    found = made_findings.one(cast, assessment=assessment, numbers=[number])
    for url in (page("finding", found.pk), page("add_finding", assessment.pk, "?indicator=sure")):
        text = as_(cast.chair).get(url).content.decode()
        assert "withheld" in text
        assert not {"73%", "61", "81"} & set(text.replace("<", " ").replace(">", " ").split())


def test_an_address_of_a_number_that_is_not_there_begins_with_nothing(cast: Cast) -> None:
    assessment = made_plan.assessment(cast)
    answer = as_(cast.member).get(page("add_finding", assessment.pk, "?indicator=nowhere"))
    assert answer.status_code == 200
    assert "It rests on" not in answer.content.decode()


def test_members_judge_and_the_chair_agrees_and_publishes(cast: Cast) -> None:
    found = made_findings.one(cast)
    judge, agree, publish = (page(f"{verb}_finding", found.pk) for verb in ("judge", "agree", "publish"))
    refused = as_(cast.member).post(judge, {"stance": "objects", "reason": ""})
    assert (refused.status_code, "Say why you object" in refused.content.decode()) == (422, True)
    for person in (cast.member, cast.chair):
        assert as_(person).post(judge, {"stance": "agrees"}).status_code == 302
    for url in (agree, publish):
        assert as_(cast.member).post(url).status_code == 403
        assert as_(cast.stranger).post(url).status_code == 404
        assert as_(cast.chair).post(url).status_code == 302
    found.refresh_from_db()
    assert found.state == Finding.State.PUBLISHED
    withdraw = page("withdraw_finding", found.pk)
    assert as_(cast.member).get(withdraw).status_code == 403
    assert as_(cast.chair).post(withdraw, {"reason": "Wrong sample"}).status_code == 302
    assert "Wrong sample" in as_(cast.member).get(page("finding", found.pk)).content.decode()


def test_it_is_reworded_translated_and_rested_on_more(cast: Cast) -> None:
    assessment = made_plan.assessment(cast)
    found = made_findings.one(cast, assessment=assessment)
    statement = made_plan.statement(made_plan.conversation(assessment, cast), cast)
    member = as_(cast.member)
    sent = {"text": "Most teachers need time", "dimension": "needs", "area": ""}
    assert member.post(page("reword_finding", found.pk), sent).status_code == 302
    told = {"language": "sr", "text": "Треба време"}
    assert member.post(page("translate_finding", found.pk), told).status_code == 302
    offered = member.get(page("cite_in_finding", found.pk)).content.decode()
    assert "We share one laptop" in offered
    assert member.post(page("cite_in_finding", found.pk), {"statements": [statement.pk]}).status_code == 302
    text = member.get(page("finding", found.pk)).content.decode()
    for said in ("Most teachers need time", "Треба време", "We share one laptop", "Strong evidence"):
        assert said in text
    assert member.post(page("let_go_evidence", found.evidence.get().pk)).status_code == 302
    assert member.post(page("let_go_number", found.estimates.get().pk)).status_code == 302
    assert "No evidence yet" in member.get(page("finding", found.pk)).content.decode()


def test_evidence_leads_on_to_what_rests_on_it(cast: Cast) -> None:
    assessment = made_plan.assessment(cast)
    found = made_findings.one(cast, assessment=assessment)
    source, talk = made_plan.source(assessment, cast), made_plan.conversation(assessment, cast)
    laptops = resources.add(
        cast.home, kind="devices", name="Laptops", as_of=made_plan.BEGINS, source="Register", by=cast.chair, now=NOW
    )
    there = {"facts": [made_plan.fact(source, cast)], "statements": [made_plan.statement(talk, cast)]}
    findings.cite(found, **there, resources=[laptops], by=cast.member, now=NOW)
    here = page("finding", found.pk)
    indicator = found.estimates.get().estimate.indicator
    for name, key in (
        ("source", source.pk),
        ("conversation", talk.pk),
        ("resources", "RS"),
        ("indicator", indicator.pk),
    ):
        assert here in as_(cast.member).get(page(name, key)).content.decode()


def test_numbers_near_the_finding_are_offered_once(cast: Cast) -> None:
    assessment = made_plan.assessment(cast)
    found, run = made_findings.one(cast, assessment=assessment), made_findings.run(assessment, cast, number=2)
    names = {"near": "needs", "far": "culture", "few": "needs"}
    for code, dimension in names.items():
        of = made_findings.indicator(assessment, cast, code=code, labels={"en": code}, dimension=dimension)
        made_findings.number(of, run, cast, n=4 if code == "few" else 384)
    made_findings.number(found.estimates.get().estimate.indicator, run, cast)  # cited already, from the run before
    assert [said for _one, said in queries.offered(found).by_name["numbers"]] == ["near"]


def test_what_moved_is_shown_with_old_and_new_and_confirmed(cast: Cast) -> None:
    assessment = made_plan.assessment(cast)
    found = made_findings.agreed(cast, made_findings.one(cast, assessment=assessment))
    later = made_findings.run(assessment, cast, number=2)
    of = found.estimates.get().estimate.indicator
    made_findings.number(of, later, cast, estimate=0.47, ci_low=0.43, ci_high=0.51)
    findings.after_run(later, by=cast.chair, now=NOW)
    text = as_(cast.chair).get(page("finding", found.pk)).content.decode()
    for said in ("38%", "47%", "Changed beyond its interval", "It still holds: confirm"):
        assert said in text
    assert "Numbers changed" in as_(cast.chair).get(page("findings", "RS")).content.decode()
    assert as_(cast.member).post(page("confirm_finding", found.pk)).status_code == 403
    assert as_(cast.chair).post(page("confirm_finding", found.pk)).status_code == 302
    assert "Changed beyond" not in as_(cast.chair).get(page("finding", found.pk)).content.decode()


def test_the_list_is_narrowed(cast: Cast) -> None:
    made_findings.one(cast)
    url = page("findings", "RS")
    assert "Teachers need time" in as_(cast.member).get(url, {"dimension": "needs"}).content.decode()
    assert "Teachers need time" not in as_(cast.member).get(url, {"state": "published"}).content.decode()
    assert "No finding is like this" in as_(cast.member).get(url, {"dimension": "culture"}).content.decode()
