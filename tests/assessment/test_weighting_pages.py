"""Weights are made on plain pages: each step is shown before it is taken, and nothing is lost on the way back."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from learnin.assessment.formats import weight_recipe
from learnin.assessment.formats.weight_recipe import Limit, Recipe
from learnin.assessment.models import Round, Weighting, WeightSet
from learnin.assessment.operations import weights
from learnin.journal.models import Job
from learnin.journal.operations import jobs
from learnin.kit import next as waiting
from learnin.people import operations as people
from tests.assessment import made_data
from tests.assessment import made_weights as made
from tests.cast import NOW

REGION = "frame:Region"
BASE = {"scope": "kept", "inside": "unit", "question": ""}
CLASSES = {"method": "classes", "by": [REGION], "least": "1", "classes": "5"}
LIMIT = {"method": "median", "medians": "1.5", "share": "99", "again": "on"}


@pytest.fixture
def round_(cast):
    """Every other of twelve schools answered."""
    found = made.asked(cast, method="simple")
    made.answered(found)
    return found


def page(of, name):
    return reverse(f"assessment:weighting_{name}", args=[of.pk])


def begun(round_, cast):
    return weights.begin(round_, by=cast.chair, now=NOW)


def test_four_steps_make_a_set_that_is_in_use(cast, as_, round_):
    chair = as_(cast.chair)
    there = chair.get(reverse("assessment:weight_sets", args=[round_.pk])).content.decode()
    assert "Make weights in four steps" in there
    answer = chair.post(reverse("assessment:begin_weights", args=[round_.pk]))
    of = Weighting.objects.get()
    for name, sent in (
        ("base", BASE),
        ("response", CLASSES),
        ("totals", {"method": "raking", "source": "frame", "by": [REGION], "lower": "", "upper": ""}),
        ("limit", LIMIT),
    ):
        assert answer.url == page(of, name)
        assert chair.get(answer.url).status_code == 200
        answer = chair.post(answer.url, sent)
    assert answer.url == page(of, "finish")
    assert "Largest weights" in chair.get(answer.url).content.decode()
    answer = chair.post(answer.url, {"name": "By region", "note": "Final", "is_in_use": "on"})
    found = WeightSet.objects.get()
    assert answer.url == reverse("assessment:weight_set", args=[found.pk])
    assert (found.name, found.is_in_use, found.answers) == ("By region", True, 6)
    assert [one["step"] for one in found.diagnostics] == ["base", "response", "totals", "limit"]
    told = as_(cast.member).get(answer.url).content.decode()
    assert "Loss of precision" in told
    assert "Not a probability sample" not in told
    assert "Begin a new set" not in told


def test_a_step_is_shown_before_it_is_taken(cast, as_, round_):
    of = begun(round_, cast)
    chair = as_(cast.chair)
    shown = chair.get(page(of, "response"), {"look": "1", **CLASSES}).content.decode()
    assert "Who stands in for whom" in shown
    assert f'<input type="hidden" name="by" value="{REGION}">' in shown
    of.refresh_from_db()
    assert weight_recipe.recipe(of.steps) == Recipe()
    idle = chair.get(page(of, "response")).content.decode()
    assert "This step changes nothing as it stands" in idle
    assert "After this step" not in idle
    chair.post(page(of, "base"), BASE)
    chair.post(page(of, "response"), CLASSES)
    idle = chair.get(page(of, "totals")).content.decode()  # the weights as they stand, not what the step before did
    assert "Sum of the weights" in idle
    assert [words for words in ("After this step", "Who stands in for whom") if words in idle] == []


def test_going_back_loses_nothing_and_what_was_chosen_stands_there(cast, as_, round_):
    of = begun(round_, cast)
    chair = as_(cast.chair)
    chair.post(page(of, "limit"), LIMIT)
    chair.post(page(of, "base"), BASE)
    of.refresh_from_db()
    assert weight_recipe.recipe(of.steps).limit == Limit(method="median", medians=1.5)
    assert 'value="1.5"' in chair.get(page(of, "limit")).content.decode()


@pytest.mark.parametrize(
    ("name", "sent", "words"),
    [
        ("base", BASE | {"inside": "question"}, "Choose the question that says how many people there are"),
        ("base", BASE | {"inside": "drawn"}, "not drawn from a list"),
        ("base", BASE | {"inside": "frame"}, "Nobody says how many people a unit has"),
        ("response", CLASSES | {"method": "propensity", "by": []}, "Choose what tells how likely people were"),
        ("totals", {"method": "logit", "source": "frame", "by": [REGION]}, "Logit needs a smallest and a largest"),
        ("totals", {"method": "raking", "source": "frame"}, "Choose at least one column of the list"),
        ("totals", {"method": "post", "source": "frame", "by": [REGION, "frame:Rural"]}, "stand on one side only"),
        ("limit", LIMIT | {"method": "median", "medians": "1"}, "write 1.001 or more"),
    ],
)  # fmt: skip
def test_a_step_that_does_not_fit_is_refused_in_words(cast, as_, round_, name, sent, words):
    for one in round_.submissions.all()[1:]:
        one.delete()
    of = begun(round_, cast)
    answer = as_(cast.chair).post(page(of, name), sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_groups_that_nobody_answered_are_counted_with_a_neighbour(cast, as_):
    round_ = made.asked(cast, method="simple")
    asked = list(round_.invitations.select_related("unit__unit").order_by("number"))
    for one in asked:
        if one.unit.unit.area != "Lakes":
            made.answer(one)
    of = begun(round_, cast)
    chair = as_(cast.chair)
    plain = {"method": "raking", "source": "frame", "by": [REGION], "lower": "", "upper": ""}
    assert "stand on one side only" in chair.post(page(of, "totals"), plain).content.decode()
    shown = chair.get(page(of, "totals"), {"look": "1", **plain, "join": "on"}).content.decode()
    assert "“Lakes” is counted with “North”: nobody in it answered." in shown
    assert chair.post(page(of, "totals"), {**plain, "join": "on"}).status_code == 302
    found = weights.finish(of, name="Joined", by=cast.chair, now=NOW)
    units = round_.sample.frame.units.filter(set_aside="").count()
    assert found.diagnostics[-1]["after"]["total"] == pytest.approx(units)


def filled(content, numbers):
    book = openpyxl.load_workbook(io.BytesIO(content))
    for row in book.active.iter_rows(min_row=2):
        key = (row[0].value, row[1].value)
        if key in numbers:
            row[4].value = numbers[key]
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    out.name = "census.xlsx"
    return out


KIND = "question:school/kind"


def test_totals_of_a_census_come_in_from_excel(cast, as_, round_):
    made.answer(round_.invitations.get(number=2), kind="town")
    of = begun(round_, cast)
    chair = as_(cast.chair)
    chosen = {"column": [KIND]}
    content = chair.get(reverse("assessment:weighting_totals_xlsx", args=[of.pk]), chosen).content
    numbers = {(KIND, "town"): "1,040", (KIND, "village"): 20}
    answer = chair.post(page(of, "totals_file"), {"file": filled(content, numbers)})
    assert answer.status_code == 302, answer.content.decode()
    shown = chair.get(answer.url).content.decode()
    assert "census.xlsx" in shown
    assert "Where is it?" in shown
    taken = chair.post(page(of, "totals"), {"method": "raking", "source": "file", "lower": "", "upper": ""})
    assert taken.status_code == 302
    of.refresh_from_db()
    (margin,) = weight_recipe.recipe(of.steps).totals.margins
    assert dict(margin.totals) == {("town",): 1040, ("village",): 20}


@pytest.mark.parametrize(
    ("numbers", "place", "words"),
    [
        ({(KIND, "town"): 40}, "E, row 3", "The total is missing"),
        ({(KIND, "town"): 40, (KIND, "village"): "many"}, "E, row 3", "“many” is no number of people"),
        ({(KIND, "town"): -4, (KIND, "village"): 1}, "E, row 2", "“-4” is no number of people"),
        ({(KIND, "town"): 40, (KIND, "village"): 0}, "E, row 3", "The total of “Village” is 0"),
    ],
)
def test_each_problem_of_a_file_is_told_with_its_cell(cast, as_, round_, numbers, place, words):
    of = begun(round_, cast)
    chair = as_(cast.chair)
    content = chair.get(reverse("assessment:weighting_totals_xlsx", args=[of.pk]), {"column": [KIND]}).content
    answer = chair.post(page(of, "totals_file"), {"file": filled(content, numbers)})
    assert answer.status_code == 422
    told = answer.content.decode()
    assert place in told
    assert words in told
    of.refresh_from_db()
    assert "file" not in of.steps


def test_a_file_that_is_no_workbook_is_told(cast, as_, round_):
    of = begun(round_, cast)
    file = io.BytesIO(b"no workbook")
    file.name = "census.xlsx"
    answer = as_(cast.chair).post(page(of, "totals_file"), {"file": file})
    assert answer.status_code == 422
    assert "is not what its ending .xlsx says" in answer.content.decode()


def test_many_answers_are_weighed_as_a_job(cast, as_, round_, monkeypatch):
    monkeypatch.setattr(weights, "AT_ONCE", 1)
    of = begun(round_, cast)
    answer = as_(cast.chair).post(page(of, "finish"), {"name": "Large", "note": "", "is_in_use": ""})
    job = Job.objects.get()
    assert answer.url == reverse("journal:job", args=[job.pk])
    there = as_(cast.chair).get(reverse("assessment:weight_sets", args=[round_.pk])).content.decode()
    assert "They are being worked out just now" in there
    again = as_(cast.chair).post(page(of, "base"), BASE)
    assert "being worked out just now" in again.content.decode()
    assert jobs.run(job.pk)
    assert WeightSet.objects.get().name == "Large"
    assert not Weighting.objects.exists()


def test_an_open_link_says_on_every_page_that_it_is_no_probability_sample(cast, as_):
    round_ = made_data.round_(cast)
    made_data.answer(round_)
    of = begun(round_, cast)
    chair = as_(cast.chair)
    for name in ("base", "response", "totals", "limit", "finish"):
        assert "Not a probability sample" in chair.get(page(of, name)).content.decode(), name
    found = made.made(round_, cast, is_in_use=True)
    for url in (reverse("assessment:weight_sets", args=[round_.pk]), reverse("assessment:weight_set", args=[found.pk])):
        assert "Not a probability sample" in chair.get(url).content.decode()


def test_a_set_tells_when_answers_came_after_it(cast, as_, round_):
    found = made.made(round_, cast)
    url = reverse("assessment:weight_set", args=[found.pk])
    assert "Since these weights were made" not in as_(cast.chair).get(url).content.decode()
    made.answer(round_.invitations.get(number=2))
    assert "Since these weights were made" in as_(cast.chair).get(url).content.decode()


def test_who_may_make_weights_and_who_may_see_them(cast, as_, round_):
    found, of = made.made(round_, cast), begun(round_, cast)
    step, set_, use = page(of, "base"), reverse("assessment:weight_set", args=[found.pk]), "assessment:use_weights"
    for player, making, seeing in ((cast.chair, 200, 200), (cast.member, 403, 200), (cast.stranger, 404, 404)):
        assert as_(player).get(step).status_code == making
        assert as_(player).get(set_).status_code == seeing
    assert as_(cast.member).post(reverse(use, args=[found.pk])).status_code == 403
    as_(cast.chair).post(reverse(use, args=[found.pk]))
    found.refresh_from_db()
    assert found.is_in_use
    file = reverse("journal:file", args=[found.file_id])
    assert b"".join(as_(cast.regional).get(file).streaming_content).startswith(b"PAR1")
    assert as_(cast.member).get(file).status_code == 404


def test_a_step_stands_and_is_read_as_the_reader_writes_numbers(cast, as_, round_):
    people.choose_language(cast.chair, language="sr", by=cast.chair, now=NOW)
    of, chair = begun(round_, cast), as_(cast.chair)
    assert chair.post(page(of, "limit"), LIMIT | {"medians": "2,125", "share": "97,3 %"}).status_code == 302
    of.refresh_from_db()
    kept = weight_recipe.recipe(of.steps).limit
    assert (kept.medians, kept.share) == (2.125, 0.973)
    shown = chair.get(page(of, "limit")).content.decode()
    untouched = {name: re.search(rf'name="{name}" value="(.*?)"', shown)[1] for name in ("medians", "share")}
    assert untouched == {"medians": "2,125", "share": "97,3"}
    assert chair.post(page(of, "limit"), LIMIT | untouched).status_code == 302
    of.refresh_from_db()
    assert weight_recipe.recipe(of.steps).limit == kept


def test_an_earlier_set_can_be_begun_from_and_thrown_away(cast, as_, round_):
    found = made.made(round_, cast, Recipe(limit=Limit(method="median", medians=2.0)))
    as_(cast.chair).post(reverse("assessment:begin_weights_like", args=[found.pk]))
    of = Weighting.objects.get()
    assert weight_recipe.recipe(of.steps).limit.medians == 2
    as_(cast.chair).post(reverse("assessment:give_up_weights", args=[of.pk]))
    assert not Weighting.objects.exists()
    assert WeightSet.objects.get() == found


def test_without_answers_a_step_says_so_and_takes_nothing(cast, as_):
    round_ = made_data.round_(cast, kind=Round.Kind.CENSUS)
    of = begun(round_, cast)
    shown = as_(cast.chair).get(page(of, "base")).content.decode()
    assert "No answer of this round can be given a weight yet" in shown
    assert "Take this step" not in shown


def test_whoever_makes_weights_is_told_when_a_round_is_over_without_any(cast, round_):
    def told():
        return {one.do for one in waiting.for_person(cast.chair, cast.home, timezone.localdate(), most=99)}

    wanted = "Make the weights of a round that is over"
    assert wanted not in told()
    Round.objects.filter(pk=round_.pk).update(opens_at=NOW - timedelta(days=9), closes_at=NOW - timedelta(days=1))
    assert wanted in told()
    made.made(round_, cast, is_in_use=True)
    assert wanted not in told()
