"""Numbers are shown, flagged or withheld by the rules of the country, and one that is not shown carries nothing."""

from dataclasses import replace

import pytest
from django.urls import reverse

from learnin.assessment.models import Estimate, ReadingRules, Run
from learnin.assessment.operations import reading as operations
from learnin.assessment.queries import estimates, reading
from learnin.assessment.queries.estimates import Number
from learnin.assessment.queries.reading import Rules
from learnin.journal.models import Entry
from learnin.kit.charts import Trust
from tests.assessment import made_indicators
from tests.assessment.test_estimates import computed
from tests.cast import NOW, Cast, as_

pytestmark = pytest.mark.django_db
LINES = {
    "least_answers": 5, "least_psus": 2, "sure_answers": 10, "least_df": 2, "widest": 0.9, "largest_cv": 0.9,
    "hidden_answers": 3, "hidden_psus": 2,
}  # fmt: skip


@pytest.fixture
def run(cast: Cast) -> Run:
    """A run of twelve schools, six in town."""
    round_ = made_indicators.surveyed(cast)
    made_indicators.indicator(round_, cast)
    made_indicators.grouping(round_, cast)
    return computed(round_, cast)


@pytest.fixture
def number(run: Run) -> Number:
    """The number of everybody, with enough answers for any rule."""
    found = estimates.numbers(run, by={""})[0]
    plain = {"n": 400, "n_psu": 40, "df": 38.0, "estimate": 0.41, "se": 0.02, "ci_low": 0.37, "ci_high": 0.45}
    return replace(found, **plain)


@pytest.mark.parametrize(
    ("changed", "trust"),
    [
        ({}, Trust.SURE),
        ({"n": 49}, Trust.UNSURE),
        ({"df": 7.0}, Trust.UNSURE),
        ({"ci_low": 0.2, "ci_high": 0.6}, Trust.UNSURE),
        ({"n": 24}, Trust.INEXACT),
        ({"se": None}, Trust.INEXACT),
        ({"n": 4}, Trust.WITHHELD),
        ({"n_psu": 2}, Trust.WITHHELD),
        ({"withheld": "complement"}, Trust.WITHHELD),
        ({"withheld": "complement", "n": 24}, Trust.WITHHELD),
    ],
)
def test_a_number_is_read_by_the_rules(number: Number, changed: dict, trust: Trust) -> None:
    found = reading.read(replace(number, **changed), Rules())
    assert found.trust == trust
    assert bool(found.reasons) == (trust is not Trust.SURE)
    assert found.is_seen == (found.of.estimate is not None) == (found.of.n is not None)
    assert found.mark.trust == trust


def test_what_is_not_shown_carries_no_number(number: Number) -> None:
    told = reading.read(replace(number, withheld="complement", before=number), Rules()).of
    assert all(getattr(told, name) == value for name, value in reading.NOTHING.items())


def test_what_was_withheld_before_says_nothing_of_the_change(number: Number) -> None:
    told = reading.read(replace(number, before=replace(number, withheld="complement")), Rules()).of
    assert (told.estimate, told.change) == (0.41, None)


def test_where_nobody_was_drawn_a_number_has_no_margin(number: Number) -> None:
    told = reading.read(replace(number, is_probability=False), Rules())
    assert (told.of.estimate, told.of.se, told.of.ci_low, told.mark.low) == (0.41, None, None, None)


def test_the_signs_of_inexact_and_of_withheld_differ(number: Number) -> None:
    signs = {reading.read(replace(number, n=n), Rules()).sign for n in (400, 30, 20, 2)}
    assert len(signs) == 4


def test_a_country_draws_its_own_lines_and_runs_follow(cast: Cast, run: Run) -> None:
    assert {one.trust for one in reading.numbers(run)} == {Trust.INEXACT}
    made = operations.change(run.assessment.country, **LINES, reason="A small country.", by=cast.chair, now=NOW)
    assert {one.trust for one in reading.numbers(run)} <= {Trust.SURE, Trust.UNSURE}
    assert reading.rules(run.assessment.country).kept == made
    line = Entry.objects.get(verb="reading.changed")
    assert line.after["reason"] == "A small country."
    assert (line.before["hidden_answers"], line.after["hidden_answers"]) == (5, 3)
    operations.change(
        run.assessment.country, **(LINES | {"hidden_answers": 8}), reason="Too low.", by=cast.chair, now=NOW
    )
    assert ReadingRules.objects.count() == 1
    assert set(Estimate.objects.exclude(key="").values_list("withheld", flat=True)) == {"few_answers"}
    assert [one.trust for one in reading.numbers(run, by={"place"})] == [Trust.WITHHELD] * 2


def test_a_run_keeps_what_would_give_a_small_group_away(cast: Cast) -> None:
    round_ = made_indicators.surveyed(cast)
    made_indicators.indicator(round_, cast)
    made_indicators.grouping(round_, cast, missing=[])
    run = computed(round_, cast)
    Estimate.objects.filter(run=run, key="place=town").update(n=3)
    Estimate.objects.filter(run=run, key="place=village").update(n=9)
    operations.protect(run)
    kept = dict(Estimate.objects.filter(run=run).values_list("key", "withheld"))
    assert kept == {"": "", "place=town": "few_answers", "place=village": "complement"}


def test_two_runs_side_by_side_tell_nothing_that_the_later_one_hides(cast: Cast) -> None:
    """The earlier run shows the group by which the later one hides another: the whole less that one is the other."""
    round_ = made_indicators.surveyed(cast)
    made_indicators.indicator(round_, cast)
    made_indicators.grouping(round_, cast, missing=[])
    earlier, later = computed(round_, cast), computed(round_, cast)
    Estimate.objects.filter(run=earlier).update(withheld="")
    Estimate.objects.filter(run=later, key="place=town").update(n=3)
    Estimate.objects.filter(run=later, key="place=village").update(n=9)
    operations.protect(later)
    for run in (earlier, later):
        kept = dict(Estimate.objects.filter(run=run).values_list("key", "withheld"))
        assert (kept[""], bool(kept["place=town"]), bool(kept["place=village"])) == ("", True, True)
    assert {one.trust for one in reading.numbers(earlier, by={"place"})} == {Trust.WITHHELD}


def form(**more: object) -> dict[str, object]:
    """The form of the rules, filled."""
    return LINES | {"widest": 40, "largest_cv": 25, "reason": "A small country."} | more


def test_the_rules_are_read_and_changed_on_pages(cast: Cast) -> None:
    page = reverse("assessment:reading_rules", args=[cast.home.pk])
    change = reverse("assessment:change_reading_rules", args=[cast.home.pk])
    assert [as_(who).get(page).status_code for who in (cast.member, cast.partner, cast.stranger)] == [200, 403, 404]
    assert [as_(who).get(change).status_code for who in (cast.chair, cast.member, cast.stranger)] == [200, 403, 404]
    assert as_(cast.chair).post(change, form()).url == page
    kept = ReadingRules.objects.get()
    assert (kept.widest, kept.largest_cv, kept.hidden_answers) == (0.4, 0.25, 3)
    assert "A small country." in as_(cast.member).get(page).content.decode()


@pytest.mark.parametrize("wrong", [{"hidden_answers": 2}, {"sure_answers": 4}, {"reason": ""}])
def test_rules_that_protect_nobody_or_have_no_reason_are_refused(cast: Cast, wrong: dict[str, object]) -> None:
    change = reverse("assessment:change_reading_rules", args=[cast.home.pk])
    answer = as_(cast.chair).post(change, form(**wrong))
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, set(wrong))
