"""Two stages: takes are exact, chances multiply, and schools by size with a fixed take weigh everybody alike."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnin.compute import sampling
from learnin.compute.sampling import TwoStage, generator
from tests.compute.test_sampling_draws import DRAWS, bound, shares
from tests.compute.worked import number, table

laws = settings(deadline=None, max_examples=40)
HEADS = ("Size", "Chance of the school", "Teachers found", "Drawn", "Chance of a teacher", "Overall", "Weight")


@laws
@given(st.lists(st.integers(1, 60), min_size=1, max_size=25), st.integers(1, 20), st.data())
def test_takes_are_exact_and_chances_multiply(size: list[int], take: int, data: st.DataObject) -> None:
    first = sampling.pps_systematic(size, data.draw(st.integers(1, len(size))), generator(1))
    counts = [size[at] for at in first.chosen]
    for takes in (sampling.fixed_take(counts, take), sampling.proportional_take(counts, 0.3, least=2)):
        found = sampling.two_stage(first, counts, takes, generator(2))
        for at, there, drawn in zip(first.chosen.tolist(), counts, takes.tolist(), strict=True):
            people = found.unit[found.psu == at].tolist()
            assert len(people) == len(set(people)) == drawn
            assert people == sorted(people)
            assert 0 <= people[0] <= people[-1] < there
        assert found.probability == pytest.approx(found.probability_first * found.probability_second)
        assert ((found.probability > 0) & (found.probability <= 1)).all()
        assert found.weights == pytest.approx(1 / found.probability)


@laws
@given(st.lists(st.integers(10, 60), min_size=3, max_size=25), st.data())
def test_schools_by_size_and_a_fixed_take_weigh_everybody_alike(size: list[int], data: st.DataObject) -> None:
    first = sampling.sampford(size, data.draw(st.integers(1, len(size) - 1)), generator(1))
    counts = [size[at] for at in first.chosen]
    found = sampling.two_stage(first, counts, sampling.fixed_take(counts, 10), generator(2))
    by_chance = ~first.certain[found.psu]
    if by_chance.any():
        assert found.weights[by_chance] == pytest.approx(found.weights[by_chance][0])


@laws
@given(st.lists(st.integers(1, 500), min_size=1, max_size=20), st.floats(0.01, 1), st.integers(1, 30))
def test_a_share_is_rounded_up_between_the_least_and_everybody(counts: list[int], share: float, least: int) -> None:
    takes = sampling.proportional_take(counts, share, least=least)
    assert (takes <= counts).all()
    assert (takes >= np.minimum(counts, least)).all()
    assert (takes >= np.array(counts) * share - 1e-6).all()


def test_weights_of_schools_with_equal_chances_add_up_to_the_people_of_those_schools() -> None:
    first, counts = sampling.census(4), [12, 3, 40, 7]
    found = sampling.two_stage(first, counts, sampling.fixed_take(counts, 5), generator(2))
    assert np.bincount(found.psu, found.weights) == pytest.approx(counts)


def test_in_ten_thousand_draws_each_person_comes_as_often_as_the_chance_says() -> None:
    size, rng = np.array([4, 2, 6, 3]), generator(20_261_123, "stages")
    starts = np.cumsum(size) - size
    drawn = []
    for _draw in range(DRAWS):
        first = sampling.pps_systematic(size, 2, rng)
        counts = size[first.chosen]
        found = sampling.two_stage(first, counts, sampling.fixed_take(counts, 2), rng)
        drawn.append(starts[found.psu] + found.unit)
    chance = np.repeat(sampling.by_size(size, 2).probability * np.minimum(2, size) / size, size)
    assert (np.abs(shares(drawn, int(size.sum())) - chance) <= bound(chance, DRAWS)).all()


def test_the_page_weighs_as_it_says() -> None:
    rows = table("two-stage.md", *HEADS)
    size = [int(row["Size"]) for row in rows]
    assert sampling.by_size(size, 2).probability.tolist() == pytest.approx(
        [number(row["Chance of the school"]) for row in rows]
    )
    seen = set()
    for seed in range(60):
        first = sampling.pps_systematic(size, 2, generator(seed))
        counts = [int(rows[at]["Teachers found"]) for at in first.chosen]
        _compare(rows, sampling.two_stage(first, counts, sampling.fixed_take(counts, 10), generator(seed, "people")))
        seen |= {*first.chosen.tolist()}
    assert seen == {*range(len(rows))}


def _compare(rows: list[dict[str, str]], found: TwoStage) -> None:
    for at, take in zip(found.first.chosen.tolist(), found.takes.tolist(), strict=True):
        row, mine = rows[at], found.psu == at
        assert take == mine.sum() == int(row["Drawn"])
        assert found.probability_second[mine] == pytest.approx(number(row["Chance of a teacher"]), rel=1e-4)
        assert found.probability[mine] == pytest.approx(number(row["Overall"]), rel=1e-4)
        assert found.weights[mine] == pytest.approx(number(row["Weight"]))


FIRST = sampling.census(2)


@pytest.mark.parametrize(
    ("ask", "code", "units"),
    [
        (lambda: sampling.fixed_take([3, 0], 2), "psu_empty", (1,)),
        (lambda: sampling.fixed_take([3, None], 2), "not_whole", (1,)),
        (lambda: sampling.fixed_take([3], 0), "out_of_range", ()),
        (lambda: sampling.proportional_take([3], 0), "out_of_range", ()),
        (lambda: sampling.two_stage(FIRST, [3], [1], generator(1)), "out_of_range", ()),
        (lambda: sampling.two_stage(FIRST, [3, 3], [1, 0], generator(1)), "stratum_without_sample", (1,)),
        (lambda: sampling.two_stage(FIRST, [3, 3], [1, 4], generator(1)), "more_than_there_are", (1,)),
    ],
)
def test_what_cannot_be_drawn_is_refused(ask: object, code: str, units: tuple[int, ...]) -> None:
    with pytest.raises(sampling.CannotSample) as refused:
        ask()
    assert (refused.value.code, refused.value.units) == (code, units)
