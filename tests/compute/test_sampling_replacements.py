"""Reserves: of the same stratum, the nearest in size, never in the sample, nobody's twice."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnin.compute import sampling
from learnin.compute.sampling import NOBODY, Draw, generator
from tests.compute.worked import table, whole

units = st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 50)), min_size=3, max_size=50)


def chosen_by_hand(size: list[int], places: list[str], chosen: list[int]) -> Draw:
    """A draw as a page tells it: these units were chosen from these strata."""
    strata, population = sampling.strata(places), len(size)
    drawn = np.bincount(strata.code[chosen], minlength=len(strata.names))
    return Draw(
        "stratified pps-systematic",
        1,
        np.array(chosen),
        (drawn / strata.sizes)[strata.code],
        np.zeros(population, dtype=bool),
        np.array(size),
        strata.code.copy(),
        np.arange(population),
    )


@pytest.mark.parametrize("row", table("replacements.md", "Sizes", "Strata", "Chosen", "First", "Second"), ids=str)
def test_the_page_names_reserves_as_it_says(row: dict[str, str]) -> None:
    draw = chosen_by_hand(whole(row["Sizes"]), row["Strata"].split(", "), whole(row["Chosen"]))
    for seed in range(5):  # whatever the seed: no lot is cast here
        found = sampling.replacements(draw, generator(seed), each=2).unit
        for turn, head in enumerate(("First", "Second")):
            wanted = [NOBODY if one == "none" else int(one) for one in row[head].split(", ")]
            assert found[:, turn].tolist() == wanted


@settings(deadline=None, max_examples=40)
@given(units, st.integers(1, 3), st.integers(0, 2**32), st.data())
def test_a_reserve_is_of_the_stratum_and_nobodys_twice(
    frame: list[tuple[str, int]], each: int, seed: int, data: st.DataObject
) -> None:
    strata = sampling.strata([place for place, _size in frame])
    drawn = [data.draw(st.integers(1, int(there))) for there in strata.sizes]
    size = [one for _place, one in frame]
    draw = sampling.stratified(strata, drawn, generator(seed), method="pps-sampford", size=size)
    found = sampling.replacements(draw, generator(seed), each=each).unit
    named = found[found != NOBODY]
    assert found.shape == (draw.n, each)
    assert len(set(named.tolist())) == len(named)
    assert not draw.is_chosen[named].any()
    rows, _columns = np.nonzero(found != NOBODY)
    assert (strata.code[named] == strata.code[draw.chosen[rows]]).all()
    for code, n in enumerate(drawn):  # nobody goes without while somebody is free
        mine = found[strata.code[draw.chosen] == code]
        assert (mine != NOBODY).sum() == min(n * each, strata.sizes[code] - n)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 10_000), min_size=4, max_size=40, unique=True), st.data())
def test_the_first_pair_is_the_nearest_of_all(size: list[int], data: st.DataObject) -> None:
    draw = sampling.sampford(size, data.draw(st.integers(1, len(size) // 2)), generator(1))
    found = sampling.replacements(draw, generator(1)).unit[:, 0]
    measure = np.array(size)
    free = np.flatnonzero(~draw.is_chosen)
    nearest = np.abs(measure[draw.chosen][:, None] - measure[free][None, :]).min()
    assert np.abs(measure[draw.chosen] - measure[found]).min() == nearest


def test_the_seed_decides_between_equals_and_nothing_else_does() -> None:
    draw = chosen_by_hand([1] * 9, ["a"] * 9, [4])
    found = [sampling.replacements(draw, generator(seed)).unit[0, 0] for seed in range(40)]
    assert {*found} == {3, 5}
    assert found == [sampling.replacements(draw, generator(seed)).unit[0, 0] for seed in range(40)]


def test_other_sizes_than_those_of_the_draw_may_decide() -> None:
    draw = chosen_by_hand([1] * 5, ["a"] * 5, [0])
    size = [50, 10, 90, 49, 20]
    assert sampling.replacements(draw, generator(1), each=2, size=size).unit.tolist() == [[3, 4]]


@pytest.mark.parametrize(
    ("options", "code"),
    [({"each": 0}, "out_of_range"), ({"size": [1]}, "out_of_range"), ({"size": [0] * 3}, "size_not_positive")],
)
def test_what_cannot_be_named_is_refused(options: dict[str, object], code: str) -> None:
    with pytest.raises(sampling.CannotSample) as refused:
        sampling.replacements(sampling.census(3), generator(1), **options)
    assert refused.value.code == code
