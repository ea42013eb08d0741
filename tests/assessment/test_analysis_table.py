"""The table that estimates are made of holds what was answered, corrected, and nothing of who somebody is."""

import pytest

from learnin.assessment.models import Export, Grouping, Round, Submission
from learnin.assessment.operations import reviews
from learnin.assessment.queries import analysis, analysis_table
from tests.assessment import made_data, made_indicators, made_weights
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
KEPT, APPROVED = Export.Scope.KEPT, Export.Scope.APPROVED


def table(round_: Round, *names: str, groupings: tuple[Grouping, ...] = (), scope: str = KEPT) -> dict[str, list[str]]:
    """The columns of the table."""
    return analysis_table.table(round_, names, groupings, scope=scope, until=NOW).to_dict(as_series=False)


def test_a_question_is_found_by_its_name_wherever_it_stands(cast: Cast) -> None:
    round_ = made_data.round_(cast)
    made_data.answer(round_, "uuid:2", size="90", tools="")
    made_data.answer(round_, "uuid:1", size="120", tools="book tablet")
    assert table(round_, "size", "tools") == {
        "answer": ["uuid:1", "uuid:2"],
        "size": ["120", "90"],
        "tools": ["book tablet", None],
    }


def test_a_corrected_value_counts(cast: Cast) -> None:
    round_ = made_data.round_(cast)
    one = made_data.answer(round_, size="120")
    reviews.correct(one, path="school/size", after="12", reason="A zero too many", by=cast.chair, now=NOW)
    assert table(round_, "size")["size"] == ["12"]


def test_only_the_answers_of_the_scope_are_there(cast: Cast) -> None:
    round_ = made_data.round_(cast)
    for number in (1, 2, 3):
        made_data.answer(round_, f"uuid:{number}", size=str(number))
    states = {1: Submission.State.APPROVED, 2: Submission.State.REJECTED}
    for number, state in states.items():
        Submission.objects.filter(instance_id=f"uuid:{number}").update(state=state)
    assert table(round_, "size")["size"] == ["1", "3"]
    assert table(round_, "size", scope=APPROVED)["size"] == ["1"]


@pytest.mark.parametrize("name", ["name", "subject", "where", "start", "school/size", "nothing_of_the_kind"])
def test_what_tells_who_somebody_is_and_what_is_asked_several_times_is_not_there(cast: Cast, name: str) -> None:
    round_ = made_data.round_(cast)
    made_data.answer(round_)
    assert list(table(round_, name)) == ["answer"]


def test_a_personal_choice_makes_groups_and_no_column(cast: Cast) -> None:
    round_ = made_indicators.surveyed(cast, every=6)
    round_.instrument.personal_names = ["kind"]
    place = made_indicators.grouping(round_, cast)
    assert "kind" not in analysis.measured(round_.instrument)
    assert table(round_, "kind", groupings=(place,)) == {
        "answer": ["uuid:001", "uuid:007"],
        "group_place": ["village", "town"],
    }


def test_groups_come_from_the_list_of_units_too(cast: Cast) -> None:
    round_ = made_indicators.surveyed(cast, every=4)
    region = made_indicators.grouping(round_, cast, code="region", kind=Grouping.Kind.FRAME, name="Region")
    units = dict(round_.submissions.values_list("instance_id", "invitation__unit__unit__area"))
    found = table(round_, groupings=(region,))
    assert dict(zip(found["answer"], found["group_region"], strict=True)) == units


def test_a_value_that_is_no_group_is_none(cast: Cast) -> None:
    round_ = made_indicators.surveyed(cast, every=6)
    place = made_indicators.grouping(round_, cast, missing=["town"])
    assert table(round_, groupings=(place,))["group_place"] == ["village", None]


def test_answers_that_are_tied_to_nobody_have_no_groups_of_units(cast: Cast) -> None:
    round_ = made_weights.asked(cast, naming=Round.Naming.UNLINKED)
    round_.assessment = made_indicators.made_plan.assessment(cast)
    region = made_indicators.grouping(round_, cast, code="region", kind=Grouping.Kind.FRAME, name="Region")
    assert analysis.groupings_of(round_, [region]) == []


def test_the_mark_of_a_round_changes_with_its_answers(cast: Cast) -> None:
    round_ = made_data.round_(cast)
    marks = [analysis.mark(round_, APPROVED)]
    one = made_data.answer(round_)
    marks.append(analysis.mark(round_, KEPT))
    reviews.correct(one, path="school/size", after="12", reason="A zero too many", by=cast.chair, now=NOW)
    marks.append(analysis.mark(round_, KEPT))
    reviews.review(one, state=Submission.State.APPROVED, by=cast.chair, now=NOW)
    marks.append(analysis.mark(round_, KEPT))
    assert len(set(marks)) == 4
    assert analysis.mark(round_, KEPT) == marks[-1]
