"""Each answer of a round stands for as many as its chance says, however it was drawn."""

import pytest
from django.db import IntegrityError, transaction

from learnin.assessment.formats.weight_recipe import Base, Recipe
from learnin.assessment.models import FrameUnit, Invitation, Round, SampledUnit, WeightSet
from learnin.assessment.operations import invitations, samples, weights
from learnin.journal.models import Entry
from tests.assessment import made_answers, made_data, made_rounds
from tests.assessment import made_weights as made
from tests.cast import NOW

DRAWN, FRAMED = Recipe(base=Base(inside="drawn")), Recipe(base=Base(inside="frame"))


def test_a_school_that_answers_stands_for_one_divided_by_its_chance(cast):
    round_ = made.asked(cast)
    submissions = made.answered(round_)
    found = made.made(round_, cast)
    rows = made.rows(found)
    assert found.answers == len(rows) == 6
    for one in submissions:
        assert rows[one.instance_id]["weight"] == pytest.approx(one.invitation.unit.weight, abs=1e-6)
        assert rows[one.instance_id]["psu"] == str(one.invitation.unit.order)
    assert found.is_probability
    assert found.design["with_replacement"]
    assert "fpc1" not in rows["uuid:001"]  # drawn by size


def test_equal_chances_bring_the_number_of_units_in_the_stratum(cast):
    round_ = made.asked(cast, method="simple")
    made.answered(round_, every=1)
    found = made.made(round_, cast)
    rows = made.rows(found)
    strata = {one.label: one for one in round_.sample.drawn_strata.all()}
    assert {row["stratum"] for row in rows.values()} == set(strata)
    assert all(row["fpc1"] == strata[row["stratum"]].units for row in rows.values())
    assert found.design["stages"] == [{"id": "psu", "fpc": "fpc1"}]
    assert sum(row["weight"] for row in rows.values()) == pytest.approx(sum(one.units for one in strata.values()))


def test_a_stratum_with_a_single_answer_joins_its_neighbour(cast):
    round_ = made.asked(cast, method="simple")
    asked = list(round_.invitations.select_related("unit__stratum").order_by("number"))
    first = asked[0].unit.stratum.label
    for one in [asked[0], *(one for one in asked if one.unit.stratum.label != first)]:
        made.answer(one)
    found = made.made(round_, cast)
    ((lonely, into),) = found.design["joined"]
    assert lonely == first
    units = {one.label: one.units for one in round_.sample.drawn_strata.all()}
    row = made.rows(found)["uuid:001"]
    assert (row["stratum"], row["fpc1"]) == (into, units[lonely] + units[into])


def test_teachers_drawn_from_lists_carry_both_chances(cast):
    round_ = made.asked(cast, take=2, method="simple")
    submissions = made.answered(round_, every=1)
    found = made.made(round_, cast, DRAWN)
    rows = made.rows(found)
    for one in submissions:
        row = rows[one.instance_id]
        assert row["weight"] == pytest.approx(one.invitation.person.weight, abs=1e-6)
        assert (row["ssu"], row["fpc2"]) == (one.instance_id, made.LISTED)
    assert found.design["stages"] == [{"id": "psu", "fpc": "fpc1"}, {"id": "ssu", "fpc": "fpc2"}]


def test_the_frame_says_how_many_each_answer_of_a_school_stands_for(cast):
    round_ = made.asked(cast, take=2)
    FrameUnit.objects.update(seconds=30)
    asked = list(round_.invitations.order_by("number"))
    made.answer(asked[0])
    made.answer(asked[1])
    made.answer(asked[2])
    rows = made.rows(made.made(round_, cast, FRAMED))
    first, second = asked[0].unit, asked[2].unit
    assert rows["uuid:001"]["weight"] == rows["uuid:002"]["weight"] == pytest.approx(first.weight * 15, abs=1e-5)
    assert rows["uuid:003"]["weight"] == pytest.approx(second.weight * 30, abs=1e-5)


def test_a_question_says_how_many_there_are_and_corrections_count(cast):
    round_ = made.asked(cast)
    one = made.answer(round_.invitations.get(number=1), size="40")
    one.corrections.create(path="school/size", before="40", after="50", reason="Counted", by=cast.chair, at=NOW)
    made.answer(round_.invitations.get(number=2), size="")
    found = made.made(round_, cast, Recipe(base=Base(inside="question", question="school/size")))
    rows = made.rows(found)
    assert rows["uuid:001"]["weight"] == pytest.approx(one.invitation.unit.weight * 50, abs=1e-5)
    other = round_.invitations.get(number=2).unit
    assert rows["uuid:002"]["weight"] == pytest.approx(other.weight * 50, abs=1e-5)  # nothing said: as the others


def test_a_reserve_carries_the_weight_of_the_one_it_stands_in_for(cast):
    round_ = made.asked(cast)
    first = round_.invitations.get(number=1)
    reserve = samples.put_in_reserve(first.unit, because="Closed", by=cast.chair, now=NOW)
    invitations.make_from_sample(round_, by=cast.chair, now=NOW)
    made.answer(round_.invitations.get(unit=reserve))
    (row,) = made.rows(made.made(round_, cast)).values()
    assert row["weight"] == pytest.approx(first.unit.weight, abs=1e-6)
    assert row["psu"] == f"{first.unit.order}.1"
    made.answer(first)  # both: they share it
    rows = made.rows(made.made(round_, cast))
    assert sum(one["weight"] for one in rows.values()) == pytest.approx(first.unit.weight, abs=1e-5)


def test_a_unit_in_every_sample_is_a_stratum_of_its_own(cast):
    round_ = made.asked(cast, take=2)
    SampledUnit.objects.filter(sample=round_.sample, order=1).update(is_certainty=True, probability=1, weight=1)
    made.answered(round_, every=1)
    found = made.made(round_, cast, DRAWN)
    own = [row for row in made.rows(found).values() if row["stratum"].endswith("/ 1")]
    assert {row["psu"] for row in own} == {row["answer"] for row in own}
    assert found.design["lonely"] == "certainty"


def test_answers_tied_to_nobody_share_what_all_who_were_asked_stand_for(cast):
    round_ = made.asked(cast, naming=Round.Naming.UNLINKED)
    made.answered(round_, every=3)
    found = made.made(round_, cast)
    weights_ = [row["weight"] for row in made.rows(found).values()]
    total = sum(one.unit.weight for one in round_.invitations.all())
    assert weights_ == [pytest.approx(total / 4, abs=1e-5)] * 4
    assert found.is_probability


def test_everybody_was_asked_so_each_stands_for_one(cast):
    round_ = made_data.round_(cast, kind=Round.Kind.CENSUS)
    for number in (1, 2, 3):
        made_answers.invitation(round_, number)
    round_.invitations.filter(number=3).update(disposition=Invitation.Disposition.NOT_ELIGIBLE)
    made.answer(round_.invitations.get(number=1))
    found = made.made(round_, cast)
    assert made.rows(found) == {
        "uuid:001": {"answer": "uuid:001", "weight": 1.0, "psu": "uuid:001", "fpc1": 2.0, "base": 1.0}
    }


def test_an_open_link_is_no_probability_sample(cast):
    round_ = made_data.round_(cast)
    made_data.answer(round_, "uuid:1")
    made_data.answer(round_, "uuid:2")
    found = made.made(round_, cast)
    assert not found.is_probability
    assert [row["weight"] for row in made.rows(found).values()] == [1.0, 1.0]


def test_without_answers_or_chances_there_are_no_weights(cast):
    round_ = made.asked(cast)
    with pytest.raises(weights.NoWeights, match="No answer of this round"):
        made.made(round_, cast)
    made.answered(round_)
    with pytest.raises(weights.NoWeights, match="not drawn from a list"):
        made.made(round_, cast, DRAWN)
    assert not WeightSet.objects.exists()


def test_one_set_is_in_use_and_the_others_stay(cast):
    round_ = made_rounds.asked(cast)
    made_rounds.answered(round_.invitations.get(number=1))
    first = made.made(round_, cast, is_in_use=True)
    second = made.made(round_, cast, name="Second", is_in_use=True)
    first.refresh_from_db()
    assert (first.number, first.is_in_use, second.number, second.is_in_use) == (1, False, 2, True)
    line = Entry.objects.filter(verb="weights.in-use").latest("pk")
    assert (line.before, line.after) == ({"number": 1}, {"number": 2})
    with pytest.raises(IntegrityError), transaction.atomic():
        WeightSet.objects.update(is_in_use=True)


def test_the_same_answers_and_recipe_have_the_same_fingerprint(cast):
    round_ = made.asked(cast)
    made.answer(round_.invitations.get(number=1))
    first, again = made.made(round_, cast), made.made(round_, cast)
    assert first.fingerprint == again.fingerprint
    made.answer(round_.invitations.get(number=2))
    assert made.made(round_, cast).fingerprint != first.fingerprint
