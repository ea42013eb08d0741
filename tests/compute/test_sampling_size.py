"""How many to ask: the worked chains, and what must hold whatever is asked for."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnin.compute import sampling
from learnin.compute.sampling import Survey
from tests.compute.worked import number, table

CHAIN = (
    "Margin",
    "Spread",
    "Confidence",
    "Design effect",
    "People",
    "Response",
    "Simple",
    "Design",
    "Answers",
    "Invite",
)
CLUSTERS = (
    "ICC",
    "Invited in each",
    "Response",
    "Weights vary",
    "Clusters cost",
    "Weights cost",
    "Answers",
    "Invite",
    "Schools",
)
surveys = st.builds(
    Survey,
    spread=st.floats(0.01, 50),
    confidence=st.floats(0.5, 0.999),
    icc=st.floats(0, 1),
    take=st.none() | st.integers(1, 60),
    weight_cv=st.floats(0, 2),
    response=st.floats(0.05, 1),
    population=st.none() | st.integers(1, 10**7),
)
laws = settings(deadline=None, max_examples=60)


def _people(cell: str) -> int | None:
    return None if cell == "-" else int(cell)


@pytest.mark.parametrize("row", table("sample-size.md", *CHAIN), ids=str)
def test_the_page_works_out_the_chain(row: dict[str, str]) -> None:
    survey = Survey(
        spread=number(row["Spread"]),
        confidence=number(row["Confidence"]),
        deff=number(row["Design effect"]),
        population=_people(row["People"]),
        response=number(row["Response"]),
    )
    found = sampling.needed(number(row["Margin"]), survey)
    assert [found.simple, found.with_design, found.completed, found.invite] == [int(row[head]) for head in CHAIN[6:]]


@pytest.mark.parametrize("row", table("sample-size.md", *CLUSTERS), ids=str)
def test_the_page_works_out_schools(row: dict[str, str]) -> None:
    survey = Survey(
        icc=number(row["ICC"]),
        take=int(row["Invited in each"]),
        response=number(row["Response"]),
        weight_cv=number(row["Weights vary"]),
    )
    found = sampling.needed(0.05, survey)
    effect = survey.effect
    assert (effect.clustering, effect.weighting) == pytest.approx(
        (number(row["Clusters cost"]), number(row["Weights cost"]))
    )
    assert [found.completed, found.invite, found.clusters] == [int(row[head]) for head in CLUSTERS[6:]]


@pytest.mark.parametrize(
    "row", table("sample-size.md", "Answers", "People", "Design effect", "Margin reached"), ids=str
)
def test_the_page_works_out_the_margin(row: dict[str, str]) -> None:
    survey = Survey(deff=number(row["Design effect"]), population=_people(row["People"]))
    assert round(sampling.reached(int(row["Answers"]), survey), 4) == number(row["Margin reached"])


@laws
@given(surveys, st.floats(0.001, 20))
def test_what_is_needed_reaches_the_margin(survey: Survey, margin: float) -> None:
    found = sampling.needed(margin, survey)
    if found.is_enough:
        assert found.reached <= margin * (1 + 1e-9)
        assert found.completed / survey.response <= found.invite + 1e-6
    else:
        assert found.invite == survey.population
        assert found.completed <= survey.population * survey.response + 1e-6
    if survey.population:
        assert found.completed <= found.invite <= survey.population
    if survey.take:
        assert (found.clusters - 1) * survey.take < found.invite <= found.clusters * survey.take
    else:
        assert found.clusters is None


@laws
@given(surveys, st.floats(0.01, 20))
def test_no_more_is_asked_than_rounding_explains(survey: Survey, margin: float) -> None:
    """With three answers fewer than each step's rounding adds, the margin would be missed."""
    found = sampling.needed(margin, survey)
    rounding = 2 + survey.effect.total  # one for the population, one for the design, and the first times the design
    fewer = found.completed - int(np.ceil(rounding))
    if found.is_enough and fewer >= 1:
        assert sampling.reached(fewer, survey) > margin * (1 - 1e-9)


@laws
@given(surveys, st.integers(1, 10_000))
def test_more_answers_never_widen_the_margin(survey: Survey, n: int) -> None:
    n = min(n, survey.population or n)
    curve = sampling.trade_off(survey, smallest=1, largest=max(n, 2), points=12)
    assert (np.diff(curve.completed) > 0).all()
    assert (np.diff(curve.margin) <= 0).all()
    assert (curve.invite >= curve.completed).all()
    assert curve.margin[0] == pytest.approx(sampling.reached(int(curve.completed[0]), survey))


@laws
@given(surveys, st.integers(1, 1000), st.floats(0.1, 100))
def test_another_unit_changes_nothing(survey: Survey, n: int, factor: float) -> None:
    n = min(n, survey.population or n)
    scaled = replace(survey, spread=survey.spread * factor)
    assert sampling.reached(n, scaled) == pytest.approx(sampling.reached(n, survey) * factor)


def test_hours_and_minutes_need_the_same_number() -> None:
    hours, minutes = Survey(spread=2.5, icc=0.1, take=8), Survey(spread=150, icc=0.1, take=8)
    assert sampling.needed(0.25, hours).invite == sampling.needed(15, minutes).invite


def test_everybody_answering_leaves_no_margin() -> None:
    assert sampling.reached(400, Survey(population=400, deff=3)) == 0


def test_a_population_that_is_too_small_is_said() -> None:
    found = sampling.needed(0.05, Survey(population=60, response=0.5))
    assert (found.is_enough, found.invite, found.completed) == (False, 60, 30)
    assert found.reached > 0.05
    nobody = sampling.needed(0.05, Survey(population=1, response=0.5))
    assert (nobody.completed, nobody.reached) == (0, float("inf"))


def test_groups_add_up_and_all_together_are_more_exact_than_each() -> None:
    populations = {"north": 1000, "south": 4000, "west": 90_000}
    found = sampling.needed_by_group(0.05, Survey(take=20, icc=0.05, response=0.7), populations)
    assert found.invite == sum(one.invite for one in found.groups.values())
    assert found.completed == sum(one.completed for one in found.groups.values())
    assert found.clusters == sum(one.clusters for one in found.groups.values())
    assert found.margin < min(one.reached for one in found.groups.values()) * 1.01
    assert sampling.needed_by_group(0.05, Survey(), {"north": 1000, "elsewhere": None}).margin is None
    assert sampling.needed_by_group(0.05, Survey(), {"north": 1000}).clusters is None


@pytest.mark.parametrize(
    "ask",
    [
        lambda: Survey(spread=0),
        lambda: Survey(spread=float("nan")),
        lambda: Survey(confidence=1),
        lambda: Survey(deff=0),
        lambda: Survey(icc=1.1),
        lambda: Survey(take=0),
        lambda: Survey(weight_cv=-1),
        lambda: Survey(response=0),
        lambda: Survey(population=0),
        lambda: sampling.spread_of(1),
        lambda: sampling.design_effect(completed=0.5),
        lambda: sampling.needed(0, Survey()),
        lambda: sampling.reached(0, Survey()),
        lambda: sampling.trade_off(Survey(), points=1),
        lambda: sampling.trade_off(Survey(), smallest=0),
    ],
)
def test_what_cannot_be_is_refused(ask: object) -> None:
    with pytest.raises(sampling.CannotSample, match="It must be") as refused:
        ask()
    assert refused.value.code == "out_of_range"


def test_more_answers_than_people_are_refused() -> None:
    with pytest.raises(sampling.CannotSample, match="only 10 units"):
        sampling.reached(11, Survey(population=10))
    with pytest.raises(sampling.CannotSample, match="no unit in the frame"):
        sampling.needed_by_group(0.05, Survey(), {})
