"""Indicators are worked out for every group, kept under a run, and not worked out again when nothing has changed."""

from typing import Any

import pytest
from django.test import TestCase

from learnin.assessment.formats.weight_recipe import Base, Recipe
from learnin.assessment.models import Estimate, Export, Grouping, Run
from learnin.assessment.operations import estimates as operations
from learnin.assessment.operations import indicators, reviews
from learnin.assessment.queries import estimates as queries
from learnin.assessment.queries import estimating
from learnin.assessment.queries.estimates import Number
from learnin.journal.models import Entry
from tests.assessment import made_data, made_indicators, made_weights
from tests.assessment.made_indicators import assessment_of
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def computed(round_: Any, cast: Cast) -> Run:
    """A run that is done."""
    with TestCase.captureOnCommitCallbacks():
        run = operations.begin(assessment_of(round_), by=cast.chair, now=NOW)
    operations.compute(run.pk, by=cast.chair, now=NOW)
    run.refresh_from_db()
    return run


def one(found: list[Number], key: str = "", level: str = "") -> Number:
    """The number of a group."""
    (number,) = [each for each in found if (each.key, each.level) == (key, level)]
    return number


def test_a_share_is_worked_out_with_its_weights_for_everybody_and_each_group(cast: Cast) -> None:
    round_ = made_indicators.surveyed(cast)
    sure, place = made_indicators.indicator(round_, cast), made_indicators.grouping(round_, cast)
    weights = made_weights.rows(made_weights.made(round_, cast, is_in_use=True))
    run = computed(round_, cast)
    assert run.state == Run.State.DONE
    found = queries.numbers(run)
    assert {each.key for each in found} == {"", "place=town", "place=village"}
    said = {each.instance_id: (each.data["belief_1"], each.data["school"]["kind"]) for each in round_.submissions.all()}
    for key, kinds in (("", {"town", "village"}), ("place=town", {"town"})):
        here = [id_ for id_, (_belief, kind) in said.items() if kind in kinds]
        yes = sum(weights[id_]["weight"] for id_ in here if said[id_][0] in sure.definition["values"])
        number = one(found, key)
        assert number.estimate == pytest.approx(yes / sum(weights[id_]["weight"] for id_ in here))
        assert number.n == len(here)
        assert number.se is not None
    assert one(found, "place=town").group == "Town"
    assert run.rounds.get().weights is not None
    assert place.code == one(found, "place=town").by


def test_groups_are_told_inside_groups(cast: Cast) -> None:
    round_ = made_indicators.surveyed(cast)
    made_indicators.indicator(round_, cast)
    region = made_indicators.grouping(round_, cast, code="region", kind=Grouping.Kind.FRAME, name="Region")
    made_indicators.grouping(round_, cast, within=region)
    run = computed(round_, cast)
    both = queries.numbers(run, by=["region|place"])
    assert {each.domain["region"] for each in both} == {"North", "South", "Lakes"}
    assert all(each.key == f"region={each.domain['region']}|place={each.domain['place']}" for each in both)
    assert queries.numbers(run, domain={"region": "North"}, by=["region|place"]) == [
        each for each in both if each.domain["region"] == "North"
    ]


@pytest.mark.parametrize(
    ("definition", "levels"),
    [
        ({"kind": "mean", "question": "size"}, {""}),
        ({"kind": "total", "question": "size"}, {""}),
        ({"kind": "count", "question": "kind", "values": ["town"]}, {""}),
        ({"kind": "shares", "question": "kind", "values": ["town", "village"]}, {"town", "village"}),
        ({"kind": "multi", "question": "tools", "values": ["book", "tablet"]}, {"book", "tablet"}),
        ({"kind": "index", "questions": ["belief_1", "belief_2"]}, {""}),
        ({"kind": "ratio", "top": "${size}", "bottom": "${belief_1}"}, {""}),
        ({"kind": "derived", "expression": "${size} > 150 and ${kind} = 'town'", "as": "share"}, {""}),
    ],
)
def test_each_kind_has_its_numbers(cast: Cast, definition: dict[str, Any], levels: set[str]) -> None:
    round_ = made_indicators.surveyed(cast, every=2)
    made_indicators.indicator(round_, cast, definition=definition)
    found = queries.numbers(computed(round_, cast))
    assert {each.level for each in found} == levels
    assert all(each.estimate is not None and each.n == 6 for each in found)


def test_what_did_not_change_is_not_worked_out_again(cast: Cast) -> None:
    round_ = made_indicators.surveyed(cast)
    sure, big = made_indicators.indicator(round_, cast), made_indicators.indicator(
        round_, cast, code="size", definition={"kind": "mean", "question": "size"}
    )  # fmt: skip
    first = computed(round_, cast)
    answer = round_.submissions.order_by("pk")[0]
    reviews.correct(answer, path="school/size", after="999", reason="Counted again", by=cast.chair, now=NOW)
    second = computed(round_, cast)
    was, now = (run.rounds.get().fingerprints for run in (first, second))
    assert was[str(sure.pk)] == now[str(sure.pk)]
    assert was[str(big.pk)] != now[str(big.pk)]
    found = {each.indicator.code: each for each in queries.numbers(second, with_before=True)}
    assert found["sure"].change == 0
    assert found["size"].change is not None
    assert found["size"].change > 0
    assert [each.indicator.code for each in queries.numbers(second)] == ["sure", "size"]


def test_covariances_are_kept_to_compare_groups_later(cast: Cast) -> None:
    round_ = made_indicators.surveyed(cast)
    made_indicators.indicator(round_, cast)
    made_indicators.grouping(round_, cast)
    for run in (computed(round_, cast), computed(round_, cast)):  # the second takes them over
        of, found = run.rounds.get(), queries.numbers(run)
        town = one(found, "place=town")
        assert town.se is not None
        assert queries.covariance(town, town, of) == pytest.approx(town.se**2)
        assert queries.covariance(town, one(found, "place=village"), of) is not None


def test_an_open_link_is_no_probability_sample(cast: Cast) -> None:
    round_ = made_data.round_(cast)
    round_.assessment = made_indicators.made_plan.assessment(cast)
    round_.save()
    for number in range(4):
        made_data.answer(round_, f"uuid:{number}", size=str(100 + number))
    made_indicators.indicator(round_, cast, code="size", definition={"kind": "mean", "question": "size"})
    (found,) = queries.numbers(computed(round_, cast))
    assert not found.is_probability
    assert found.estimate == pytest.approx(101.5)


def test_a_run_that_cannot_be_computed_says_why(cast: Cast) -> None:
    round_ = made_indicators.surveyed(cast, every=6)
    made_indicators.indicator(round_, cast)
    round_.submissions.update(invitation=None)  # nobody knows who of the sample answered
    run = computed(round_, cast)
    assert run.state == Run.State.FAILED
    assert round_.title in run.reason
    assert queries.standing(assessment_of(round_), now=NOW).has_failed


def test_one_run_at_a_time(cast: Cast) -> None:
    round_ = made_indicators.surveyed(cast, every=6)
    made_indicators.indicator(round_, cast)
    operations.begin(assessment_of(round_), by=cast.chair, now=NOW)
    with pytest.raises(operations.AlreadyComputing):
        operations.begin(assessment_of(round_), by=cast.chair, now=NOW)


def test_nothing_is_computed_without_indicators_or_answers(cast: Cast) -> None:
    round_ = made_indicators.surveyed(cast, every=20)
    with pytest.raises(operations.NothingToCompute):
        operations.begin(assessment_of(round_), by=cast.chair, now=NOW)
    made_indicators.indicator(round_, cast)
    round_.submissions.update(is_current=False)
    with pytest.raises(operations.NothingToCompute):
        operations.begin(assessment_of(round_), by=cast.chair, now=NOW)


def test_what_changed_since_is_told(cast: Cast) -> None:
    round_ = made_indicators.surveyed(cast, every=3)
    sure = made_indicators.indicator(round_, cast)
    computed(round_, cast)
    of = assessment_of(round_)
    assert queries.standing(of, now=NOW).changes == ()
    indicators.correct(sure, definition={**sure.definition, "values": ["3"]}, by=cast.chair, now=NOW)
    made_indicators.grouping(round_, cast)
    made_weights.made(round_, cast, Recipe(base=Base()), is_in_use=True)
    made_weights.answer(round_.invitations.get(answered_at=None, number=2))
    assert queries.standing(of, now=NOW).changes == ("answers", "weights", "indicators", "groups")


def test_old_runs_go_and_the_journal_tells_of_all(cast: Cast) -> None:
    round_ = made_indicators.surveyed(cast, every=6)
    made_indicators.indicator(round_, cast)
    for _turn in range(4):
        computed(round_, cast)
    assert list(assessment_of(round_).runs.order_by("number").values_list("number", flat=True)) == [3, 4]
    assert Entry.objects.filter(verb="estimates.computed").count() == 4
    assert Estimate.objects.filter(run__number__lt=3).count() == 0


def test_an_indicator_of_a_question_that_became_personal_is_left_out(cast: Cast) -> None:
    round_ = made_indicators.surveyed(cast, every=6)
    made_indicators.indicator(round_, cast)
    round_.instrument.personal_names = ["belief_1"]
    round_.instrument.save()
    made = estimating.measured(round_, assessment_of(round_).indicators.all(), (), scope=Export.Scope.KEPT, until=NOW)
    assert made.indicators == ()
