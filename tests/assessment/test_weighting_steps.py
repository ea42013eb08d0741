"""The steps of weights, one after the other: silence, known totals, the largest weights; each told before and after."""

from dataclasses import replace

import pytest

from learnin.assessment.formats import weight_recipe
from learnin.assessment.formats.weight_recipe import Base, Limit, Margin, Recipe, Response, Totals
from learnin.assessment.models import FrameUnit, Round, Weighting
from learnin.assessment.operations import weights
from learnin.assessment.queries import known_totals, weighting
from learnin.journal.models import Entry
from tests.assessment import made_data
from tests.assessment import made_weights as made
from tests.cast import NOW

REGION = "frame:Region"
CLASSES = Response(method="classes", by=(REGION,), least=1)


@pytest.fixture
def round_(cast):
    """Every other of twelve schools answered."""
    found = made.asked(cast, method="simple")
    made.answered(found)
    return found


def total(of):
    return sum(row["weight"] for row in made.rows(of).values())


def known(round_, *by):
    return known_totals.known(round_, Base()).margin(by)


def test_classes_carry_those_who_did_not_answer(cast, round_):
    found = made.made(round_, cast, Recipe(response=CLASSES))
    units = sum(one.units for one in round_.sample.drawn_strata.all())
    assert total(found) == pytest.approx(units, abs=1e-4)
    base, response = found.diagnostics
    assert [base["step"], response["step"]] == ["base", "response"]
    assert base["warnings"] == response["warnings"] == []
    assert sum(one["asked"] for one in response["classes"]) == 12
    assert sum(one["answered"] for one in response["classes"]) == 6
    assert response["notes"]["rate"] == pytest.approx(base["after"]["total"] / units)
    row = next(iter(made.rows(found).values()))
    assert row["weight"] == pytest.approx(row["base"] * row["factor_response"], abs=1e-6)


def test_only_weights_that_stay_as_they_are_have_to_add_up(cast, round_):
    """Half of the schools answered: others may still stand in for the rest, or the totals may."""
    here = weighting.ground(round_, Recipe(), until=NOW)
    [base] = weighting.weighed(here, Recipe(), upto="base").stages
    assert base.kept["warnings"] == []
    [alone] = weighting.weighed(here, Recipe()).stages
    assert alone.kept["warnings"] == ["weight_sum"]


def test_a_list_that_does_not_add_up_is_told_at_once(cast, round_):
    margin = known(round_, REGION)
    margin = replace(margin, totals=tuple((level, 10 * n) for level, n in margin.totals))
    here = weighting.ground(round_, Recipe(), until=NOW)
    found = weighting.weighed(here, Recipe(totals=Totals(method="raking", by=(REGION,), margins=(margin,))))
    assert [stage.kept["warnings"] for stage in found.stages] == [["weight_sum"], []]


def test_a_class_that_is_too_small_is_joined_and_told(cast, round_):
    found = made.made(round_, cast, Recipe(response=replace(CLASSES, least=4)))
    assert len(found.diagnostics[1]["joins"]) == 2
    assert len(found.diagnostics[1]["classes"]) == 1


def test_the_chance_to_answer_can_carry_them_too(cast, round_):
    found = made.made(round_, cast, Recipe(response=Response(method="propensity", by=(REGION,), classes=0)))
    assert total(found) == pytest.approx(sum(one.units for one in round_.sample.drawn_strata.all()), abs=1e-4)


@pytest.mark.parametrize(
    "totals", [Totals(method="post"), Totals(method="raking"), Totals(method="linear"),
               Totals(method="logit", lower=0.1, upper=5)],
)  # fmt: skip
def test_known_totals_of_the_list_are_met(cast, round_, totals):
    margin = known(round_, REGION)
    found = made.made(round_, cast, Recipe(totals=replace(totals, by=(REGION,), margins=(margin,))))
    step = found.diagnostics[-1]
    told = {tuple(one["level"]): one for one in step["margins"] if one["by"] == [REGION]}
    assert {level: one["after"] for level, one in told.items()} == pytest.approx(dict(margin.totals), rel=1e-6)
    assert {one["wanted"] for one in told.values()} == {n for _level, n in margin.totals}
    calibrated = found.design["calibration"]
    assert calibrated["method"] == totals.method
    assert calibrated["controls"][0]["totals"] == {level[0]: n for level, n in margin.totals}
    rows = made.rows(found).values()
    assert {row["control_1"] for row in rows} == set(calibrated["controls"][0]["totals"])
    assert all(row["before_totals"] == pytest.approx(row["base"]) for row in rows)


def test_totals_of_a_file_can_be_of_a_question(cast, round_):
    for one in round_.submissions.order_by("pk")[:3]:
        one.corrections.create(path="school/kind", before="village", after="town", reason="Seen", by=cast.chair, at=NOW)
    margin = Margin(by=("question:school/kind",), totals=((("town",), 40.0), (("village",), 20.0)))
    found = made.made(round_, cast, Recipe(totals=Totals(method="raking", source="file", margins=(margin,))))
    sums = {"town": 0.0, "village": 0.0}
    for row in made.rows(found).values():
        sums[row["control_1"]] += row["weight"]
    assert sums == pytest.approx({"town": 40, "village": 20}, abs=1e-4)


def test_totals_that_the_answers_do_not_know_are_refused_in_words(cast, round_):
    margin = Margin(by=(REGION,), totals=((("North",), 20.0), (("Moon",), 20.0)))
    with pytest.raises(weights.NoWeights, match=r"stand on one side only.*“Region: Moon”"):
        made.made(round_, cast, Recipe(totals=Totals(method="raking", margins=(margin,))))


def test_the_largest_weights_are_limited_and_the_sum_stays(cast, round_):
    response = Response(method="classes", by=(REGION, "frame:Rural"), least=1)
    before = made.made(round_, cast, Recipe(response=response))
    found = made.made(round_, cast, Recipe(response=response, limit=Limit(method="median", medians=1.2)))
    step = found.diagnostics[-1]
    assert step["notes"]["cut"] > 0
    assert step["after"]["most"] == pytest.approx(step["notes"]["cap"])
    assert total(found) == pytest.approx(total(before), abs=1e-4)


def test_people_of_the_list_are_counted_where_people_answer(cast):
    round_ = made.asked(cast, take=2)
    assert known_totals.known(round_, Base(inside="frame")).everybody is None
    FrameUnit.objects.filter(frame=round_.sample.frame).update(seconds=20)
    FrameUnit.objects.filter(frame=round_.sample.frame, row=1).update(seconds=None)
    here = known_totals.known(round_, Base(inside="drawn"))
    units = round_.sample.frame.units.filter(set_aside="").count()
    assert here.everybody == 20 * units
    assert sum(n for _level, n in here.margin([REGION]).totals) == 20 * units


def test_an_open_link_can_be_calibrated_and_stays_what_it_is(cast):
    round_ = made_data.round_(cast)
    made_data.answer(round_, "uuid:1", kind="town")
    made_data.answer(round_, "uuid:2", kind="village", beliefs="")
    margin = Margin(by=("question:school/kind",), totals=((("town",), 300.0), (("village",), 100.0)))
    found = made.made(round_, cast, Recipe(totals=Totals(method="raking", source="file", margins=(margin,))))
    assert not found.is_probability
    assert total(found) == pytest.approx(400)


def test_a_recipe_comes_back_from_its_json():
    margin = Margin(by=(REGION,), totals=((("North",), 20.0),))
    one = Recipe(base=Base(inside="drawn"), response=CLASSES, totals=Totals(method="post", margins=(margin,)))
    assert weight_recipe.recipe(one.kept) == one
    assert one.upto("response") == Recipe(base=one.base, response=one.response)


def test_steps_are_kept_while_one_goes_back(cast, round_):
    of = weights.begin(round_, by=cast.chair, now=NOW)
    weights.decide(of, step="response", said=CLASSES, by=cast.chair, now=NOW)
    weights.decide(of, step="base", said=Base(scope="kept"), by=cast.chair, now=NOW)
    of = weights.begin(round_, by=cast.regional, now=NOW)  # goes on with what was begun
    assert weight_recipe.recipe(of.steps).response == CLASSES
    found = weights.finish(of, name="Spring", by=cast.chair, now=NOW)
    assert found.is_in_use
    assert not Weighting.objects.exists()
    assert list(Entry.objects.filter(verb__startswith="weights.").order_by("pk").values_list("verb", flat=True)) == [
        "weights.begun", "weights.made", "weights.in-use",
    ]  # fmt: skip
    again = weights.begin(round_, like=found, by=cast.chair, now=NOW)
    assert weight_recipe.recipe(again.steps).response == CLASSES


def test_a_step_that_cannot_be_done_is_not_kept(cast, round_):
    of = weights.begin(round_, by=cast.chair, now=NOW)
    with pytest.raises(weights.NoWeights):
        weights.decide(of, step="base", said=Base(inside="drawn"), by=cast.chair, now=NOW)
    of.refresh_from_db()
    assert weight_recipe.recipe(of.steps).base.inside == "unit"
    weights.give_up(of, by=cast.chair, now=NOW)
    assert not Weighting.objects.filter(round=round_).exists()


def test_everybody_who_was_asked_is_the_population_of_a_round_that_asks_all(cast):
    round_ = made_data.round_(cast, kind=Round.Kind.CENSUS)
    assert known_totals.known(round_, Base()).everybody is None
