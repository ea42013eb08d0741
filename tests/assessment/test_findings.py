"""Findings: from a draft to a published sentence, what they rest on, and what happens when a number moves."""

import pytest
from django.urls import reverse

from learnin.assessment.models import Finding
from learnin.assessment.operations import findings, resources, rows, sources
from learnin.assessment.queries import findings as queries
from learnin.compute.strength import Strength
from learnin.journal.models import Entry, Notice
from tests.assessment import made_findings, made_plan
from tests.cast import NOW, Cast, as_

pytestmark = pytest.mark.django_db


def after(finding: Finding) -> Finding:
    """The finding as it is kept now."""
    return Finding.objects.get(pk=finding.pk)


def test_a_finding_is_agreed_by_two_people_then_published(cast: Cast) -> None:
    found = made_findings.one(cast)
    findings.judge(found, stance="agrees", by=cast.member, now=NOW)
    with pytest.raises(findings.NotAgreed):
        findings.agree(found, by=cast.chair, now=NOW)
    with pytest.raises(findings.NotPublishable):
        findings.publish(found, by=cast.chair, now=NOW)
    findings.judge(found, stance="agrees", by=cast.chair, now=NOW)
    findings.agree(found, by=cast.chair, now=NOW)
    findings.publish(found, by=cast.chair, now=NOW)
    assert after(found).state == Finding.State.PUBLISHED
    verbs = Entry.objects.filter(on_model="finding").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [f"finding.{one}" for one in ("written", "judged", "judged", "agreed", "published")]


def test_as_many_objections_as_agreements_are_no_agreement(cast: Cast) -> None:
    found = made_findings.one(cast)
    for person, stance in ((cast.member, "agrees"), (cast.chair, "agrees"), (cast.regional, "objects")):
        findings.judge(found, stance=stance, reason="Not in cities", by=person, now=NOW)
    assert queries.of(found).can_be_agreed
    findings.judge(found, stance="objects", reason="Nor in villages", by=cast.member, now=NOW)  # one's last word counts
    assert not queries.of(found).can_be_agreed
    assert len(queries.of(found).opinions) == 3


def test_an_objection_says_why_and_the_coordinator_hears_of_it(cast: Cast) -> None:
    assessment = made_plan.assessment(cast, coordinator=cast.chair)
    Notice.objects.all().delete()
    found = made_findings.one(cast, assessment=assessment)
    with pytest.raises(findings.WithoutReason):
        findings.judge(found, stance="objects", by=cast.member, now=NOW)
    findings.judge(found, stance="objects", reason="Too few answered", by=cast.member, now=NOW)
    assert [(one.person, one.kind) for one in Notice.objects.all()] == [(cast.chair, "finding.objected")]


def test_other_words_make_it_a_draft_again(cast: Cast) -> None:
    found = made_findings.published(cast)
    findings.translate(found, language="sr", text="Наставницима треба време", by=cast.chair, now=NOW)
    findings.reword(found, text=found.original, theme="", area=None, by=cast.chair, now=NOW)
    assert after(found).state == Finding.State.PUBLISHED
    findings.reword(found, text="Most teachers need time to plan", by=cast.chair, now=NOW)
    now = after(found)
    assert (now.state, now.texts) == (Finding.State.DRAFT, {"en": "Most teachers need time to plan"})
    assert (now.agreed_at, now.published_at, now.opinions.count()) == (None, None, 0)


def test_it_is_read_in_ones_language_beside_the_original(cast: Cast) -> None:
    found = made_findings.one(cast)
    findings.translate(found, language="sr", text="Наставницима треба време", by=cast.chair, now=NOW)
    now = after(found)
    assert now.text("sr") == "Наставницима треба време"
    assert now.text("tr") == now.original == "Teachers need time to plan"
    findings.translate(found, language="sr", text="", by=cast.chair, now=NOW)
    assert after(found).texts == {"en": "Teachers need time to plan"}
    with pytest.raises(findings.NotADraft):
        findings.translate(found, language="en", text="Other words", by=cast.chair, now=NOW)


def test_a_withdrawn_finding_is_nobodys_until_it_is_reworded(cast: Cast) -> None:
    found = made_findings.published(cast)
    findings.withdraw(found, reason="The sample was wrong", by=cast.chair, now=NOW)
    assert after(found).why_withdrawn == "The sample was wrong"
    with pytest.raises(findings.IsWithdrawn):
        findings.judge(found, stance="agrees", by=cast.member, now=NOW)
    with pytest.raises(findings.IsWithdrawn):
        findings.withdraw(found, reason="Again", by=cast.chair, now=NOW)
    findings.reword(found, text=found.original, by=cast.member, now=NOW)
    assert (after(found).state, after(found).withdrawn_at) == (Finding.State.DRAFT, None)


def test_strength_follows_from_what_it_rests_on(cast: Cast) -> None:
    assessment = made_plan.assessment(cast)
    found = made_findings.one(cast, assessment=assessment)
    assert queries.of(found).strength is Strength.MODERATE
    talk = made_plan.conversation(assessment, cast)
    findings.cite(found, statements=[made_plan.statement(talk, cast)], by=cast.member, now=NOW)
    assert queries.of(found).strength is Strength.STRONG
    alone = made_findings.one(cast, assessment=assessment, numbers=[])
    assert queries.of(alone).strength is Strength.NONE
    with pytest.raises(findings.NotAgreed):
        findings.agree(alone, by=cast.chair, now=NOW)


@pytest.mark.parametrize(
    ("more", "strength"),
    [({"n": 30}, Strength.WEAK), ({"is_probability": False}, Strength.WEAK), ({"n": 12}, Strength.NONE)],
)
def test_doubtful_numbers_count_little_and_withheld_ones_nothing(
    cast: Cast, more: dict[str, int], strength: Strength
) -> None:
    assessment = made_plan.assessment(cast)
    number = made_findings.number(
        made_findings.indicator(assessment, cast), made_findings.run(assessment, cast), cast, **more
    )
    assert queries.of(made_findings.one(cast, assessment=assessment, numbers=[number])).strength is strength


@pytest.mark.parametrize("page", ["findings", "profile"])
def test_a_sentence_on_an_open_link_is_marked_where_it_is_listed(cast: Cast, page: str) -> None:
    """It tells the number in its words, so it carries the mark of the number."""
    assessment = made_plan.assessment(cast)
    of, within = made_findings.indicator(assessment, cast), made_findings.run(assessment, cast)
    numbers = [made_findings.number(of, within, cast, is_probability=False)]
    made_findings.agreed(cast, made_findings.one(cast, assessment=assessment, numbers=numbers))
    asked = reverse(f"assessment:{page}", args=[cast.home.code])
    assert "Not a probability sample" in as_(cast.member).get(asked).content.decode()
    within.rounds.update(is_probability=True)
    assert "Not a probability sample" not in as_(cast.member).get(asked).content.decode()


def test_a_finding_on_a_withheld_number_is_not_published(cast: Cast) -> None:
    assessment = made_plan.assessment(cast)
    run, of = made_findings.run(assessment, cast), made_findings.indicator(assessment, cast)
    numbers = [made_findings.number(of, run, cast), made_findings.number(of, run, cast, key="area=a", n=4)]
    found = made_findings.agreed(cast, made_findings.one(cast, assessment=assessment, numbers=numbers))
    with pytest.raises(findings.NotPublishable, match="withheld"):
        findings.publish(found, by=cast.chair, now=NOW)


def test_what_people_agreed_to_keeps_what_it_rests_on(cast: Cast) -> None:
    assessment = made_plan.assessment(cast)
    found = made_findings.agreed(cast, made_findings.one(cast, assessment=assessment))
    fact = made_plan.fact(made_plan.source(assessment, cast), cast)
    with pytest.raises(findings.NotADraft):
        findings.cite(found, facts=[fact], by=cast.chair, now=NOW)
    with pytest.raises(findings.NotADraft):
        findings.let_go(found.estimates.get(), by=cast.chair, now=NOW)
    with pytest.raises(findings.NotADraft):
        findings.agree(found, by=cast.chair, now=NOW)


def test_evidence_stays_as_long_as_a_finding_rests_on_it(cast: Cast) -> None:
    assessment = made_plan.assessment(cast)
    found = made_findings.one(cast, assessment=assessment)
    fact = made_plan.fact(made_plan.source(assessment, cast), cast)
    told = {"kind": "devices", "name": "Laptops", "as_of": made_plan.BEGINS, "source": "Register"}
    laptops = resources.add(cast.home, **told, by=cast.chair, now=NOW)
    for _turn in range(2):  # what it rests on already stands once
        findings.cite(found, facts=[fact], resources=[laptops], by=cast.member, now=NOW)
    assert queries.citing(fact) == queries.citing(laptops) == [found]
    with pytest.raises(rows.IsCited):
        sources.remove_fact(fact, by=cast.chair, now=NOW)
    with pytest.raises(rows.IsCited):
        resources.remove(laptops, by=cast.chair, now=NOW)
    for row in found.evidence.all():
        findings.let_go(row, by=cast.member, now=NOW)
    sources.remove_fact(fact, by=cast.chair, now=NOW)
    assert queries.of(found).pieces == ()


@pytest.mark.parametrize(
    ("now_is", "change"),
    [(0.3849, ""), (0.40, "rounding"), (0.47, "interval"), (None, "gone")],
)
def test_a_number_that_moved_marks_the_finding(cast: Cast, now_is: float | None, change: str) -> None:
    assessment = made_plan.assessment(cast, coordinator=cast.chair)
    found = made_findings.published(cast, made_findings.one(cast, assessment=assessment))
    Notice.objects.all().delete()
    of, later = found.estimates.get().estimate.indicator, made_findings.run(assessment, cast, number=2)
    if now_is is not None:
        made_findings.number(of, later, cast, estimate=now_is)
    assert findings.after_run(later, by=cast.chair, now=NOW) == bool(change)
    (cited,) = queries.of(found).cited
    assert cited.row.change == change
    assert cited.is_sure == (change not in {"interval", "gone"})
    assert (cited.became.estimate if cited.became else None) == (now_is if change else None)
    assert list(queries.moved(cast.home)) == ([found] if change else [])
    assert [one.kind for one in Notice.objects.all()] == (["finding.moved"] if change else [])
    assert findings.after_run(later, by=cast.chair, now=NOW) == 0  # the same change is told once


def test_a_number_that_comes_back_clears_the_mark(cast: Cast) -> None:
    assessment = made_plan.assessment(cast)
    found = made_findings.one(cast, assessment=assessment)
    of = found.estimates.get().estimate.indicator
    for number, value in ((2, 0.47), (3, 0.38)):
        later = made_findings.run(assessment, cast, number=number)
        made_findings.number(of, later, cast, estimate=value)
        findings.after_run(later, by=cast.chair, now=NOW)
        assert bool(queries.of(found).moved) == (value != 0.38)


def test_confirming_takes_the_new_number(cast: Cast) -> None:
    assessment = made_plan.assessment(cast)
    found = made_findings.agreed(cast, made_findings.one(cast, assessment=assessment))
    with pytest.raises(findings.NothingMoved):
        findings.confirm(found, by=cast.chair, now=NOW)
    later = made_findings.run(assessment, cast, number=2)
    new = made_findings.number(found.estimates.get().estimate.indicator, later, cast, estimate=0.47)
    findings.after_run(later, by=cast.chair, now=NOW)
    with pytest.raises(findings.NotPublishable, match="changed"):
        findings.publish(found, by=cast.chair, now=NOW)
    findings.confirm(found, by=cast.chair, now=NOW)
    (cited,) = queries.of(found).cited
    assert (cited.row.estimate, cited.row.change) == (new, "")
    findings.publish(found, by=cast.chair, now=NOW)


def test_a_finding_without_any_number_left_cannot_be_confirmed(cast: Cast) -> None:
    assessment = made_plan.assessment(cast)
    found = made_findings.one(cast, assessment=assessment)
    findings.after_run(made_findings.run(assessment, cast, number=2), by=cast.chair, now=NOW)
    with pytest.raises(findings.NothingMoved, match="any more"):
        findings.confirm(found, by=cast.chair, now=NOW)


def test_withdrawn_findings_are_left_alone(cast: Cast) -> None:
    assessment = made_plan.assessment(cast)
    found = made_findings.one(cast, assessment=assessment)
    findings.withdraw(found, reason="No", by=cast.chair, now=NOW)
    assert findings.after_run(made_findings.run(assessment, cast, number=2), by=cast.chair, now=NOW) == 0
