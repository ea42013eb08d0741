"""The chance of pairs is exact: small frames are enumerated, sample by sample; large ones keep the laws."""

from itertools import combinations
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnin.compute import sampling
from learnin.compute.sampling import Draw, generator
from tests.compute.test_sampling_draws import DRAWS, bound, every
from tests.compute.worked import number, table, whole

lists = st.lists(st.integers(1, 400), min_size=2, max_size=9)
laws = settings(deadline=None, max_examples=40)


def sampford_samples(draw: Draw) -> dict[tuple[int, ...], float]:
    """Every sample there can be with its chance, straight from Sampford's definition (1967, section 2).

    The first unit is drawn with p / n, the others with replacement in proportion to p / (1 - p); all must differ.
    """
    certain, others = np.flatnonzero(draw.certain).tolist(), np.flatnonzero(~draw.certain).tolist()
    n, p = draw.n - len(certain), draw.probability
    if not n:
        return {tuple(certain): 1.0}
    chances = {}
    for units in combinations(others, n):
        odds = {unit: p[unit] / (1 - p[unit]) for unit in units}
        chances[tuple(sorted([*certain, *units]))] = sum(
            p[first] * prod(odds[unit] for unit in units if unit != first) for first in units
        )
    return {sample: chance / sum(chances.values()) for sample, chance in chances.items()}


def pairs(samples: dict[tuple[int, ...], float], population: int) -> np.ndarray:
    found = np.zeros((population, population))
    for sample, chance in samples.items():
        found[np.ix_(sample, sample)] += chance
    return found


@laws
@given(lists, st.data())
def test_pairs_of_sampford_are_those_of_all_samples(size: list[int], data: st.DataObject) -> None:
    draw = sampling.sampford(size, data.draw(st.integers(1, len(size))), generator(1))
    wanted = pairs(sampford_samples(draw), len(size))
    assert sampling.joint(draw, range(len(size))) == pytest.approx(wanted, rel=1e-11, abs=1e-14)
    assert np.diag(wanted) == pytest.approx(draw.probability, rel=1e-11)  # the definition keeps the chances by size


@laws
@given(lists, st.data())
def test_pairs_of_a_systematic_draw_are_those_of_all_starts(size: list[int], data: st.DataObject) -> None:
    n = data.draw(st.integers(1, len(size)))
    order = data.draw(st.permutations(range(len(size))))
    for draw in (
        sampling.systematic(len(size), n, generator(1), order=order),
        sampling.pps_systematic(size, n, generator(1), order=order),
    ):
        assert sampling.joint(draw, range(len(size))) == pytest.approx(_by_starts(draw, order), abs=1e-12)


def _by_starts(draw: Draw, order: list[int]) -> np.ndarray:
    """Try every start: lay the sizes end to end and step."""
    line = [unit for unit in order if not draw.certain[unit] for _point in range(int(draw.size[unit]))]
    n = draw.n - int(draw.certain.sum())
    certain = np.flatnonzero(draw.certain).tolist()
    found = np.zeros((draw.population, draw.population))
    for start in range(len(line)):
        sample = [*certain, *(line[(start + step * len(line)) // n] for step in range(n))]
        found[np.ix_(sample, sample)] += 1 / len(line)
    if not line:
        found[:] = 1
    return found


@laws
@given(st.lists(st.integers(1, 5000), min_size=2, max_size=120), st.data())
def test_pairs_are_symmetric_and_add_up(size: list[int], data: st.DataObject) -> None:
    n = data.draw(st.integers(1, len(size)))
    for draw in every(size, n, 5):
        found = sampling.joint(draw, range(len(size)))
        assert np.array_equal(found, found.T), draw.method
        assert np.array_equal(np.diag(found), draw.probability), draw.method
        assert found.sum(axis=1) == pytest.approx(n * draw.probability, rel=1e-9), draw.method
        most = np.minimum.outer(draw.probability, draw.probability)
        assert ((found >= 0) & (found <= most * (1 + 1e-12))).all(), draw.method


@laws
@given(lists, st.data())
def test_every_pair_of_sampford_has_a_chance_unless_one_unit_is_left_to_draw(
    size: list[int], data: st.DataObject
) -> None:
    """And never more than independent units would have, so the variance estimate is not negative."""
    draw = sampling.sampford(size, data.draw(st.integers(2, len(size))), generator(1))
    found = sampling.joint(draw, range(len(size)))
    assert (found > 0).all() == (draw.n - draw.certain.sum() != 1)  # of which only one is drawn, no two are
    apart = ~np.eye(len(size), dtype=bool)
    assert (found <= np.outer(draw.probability, draw.probability) * (1 + 1e-9))[apart].all()


@laws
@given(st.lists(st.sampled_from("abc"), min_size=6, max_size=30), st.data())
def test_strata_are_independent_of_one_another(places: list[str], data: st.DataObject) -> None:
    strata = sampling.strata(places)
    units = [data.draw(st.integers(1, int(there))) for there in strata.sizes]
    size = data.draw(st.lists(st.integers(1, 99), min_size=len(places), max_size=len(places)))
    for method in ("simple-random", "systematic", "pps-systematic", "pps-sampford"):
        draw = sampling.stratified(strata, units, generator(3), method=method, size=size)
        found = sampling.joint(draw, range(len(places)))
        apart = strata.code[:, None] != strata.code[None, :]
        assert found[apart] == pytest.approx(np.outer(draw.probability, draw.probability)[apart]), method
        for code, n in enumerate(units):
            inside = np.flatnonzero(strata.code == code)
            assert found[np.ix_(inside, inside)].sum(axis=1) == pytest.approx(n * draw.probability[inside]), method


def test_a_few_pairs_of_a_large_frame_are_those_of_all_its_pairs() -> None:
    size = generator(4).random(700) ** 3 * 900 + 1
    draw = sampling.sampford(size, 60, generator(4))
    everything = sampling.joint(draw, range(700))
    assert sampling.joint(draw) == pytest.approx(everything[np.ix_(draw.chosen, draw.chosen)], rel=1e-12)
    assert everything.sum(axis=1) == pytest.approx(60 * draw.probability, rel=1e-11)


def test_nothing_divides_by_zero_where_chances_are_one_half() -> None:
    draw = sampling.sampford([1] * 40, 20, generator(1))
    found = sampling.joint(draw, range(40))
    assert found[0, 1:] == pytest.approx(20 * 19 / (40 * 39), rel=1e-11)  # equal sizes: simple random sampling


def test_the_page_of_sampford_names_every_sample() -> None:
    rows = table("pps-without-replacement.md", "Sample", "Product of odds", "Sum of 1 - p", "Chance")
    wanted = {tuple(whole(row["Sample"])): number(row["Chance"]) for row in rows}
    draw = sampling.sampford([2, 3, 3, 4], 2, generator(1))
    assert sampford_samples(draw) == pytest.approx(wanted)
    found = sampling.joint(draw, range(4))
    assert {pair: found[pair] for pair in wanted} == pytest.approx(wanted)
    weighed = [number(row["Product of odds"]) * number(row["Sum of 1 - p"]) for row in rows]
    assert [one / sum(weighed) for one in weighed] == pytest.approx([*wanted.values()])


def test_in_ten_thousand_draws_each_sample_of_the_page_comes_as_often_as_it_should() -> None:
    rows = table("pps-without-replacement.md", "Sample", "Product of odds", "Sum of 1 - p", "Chance")
    rng = generator(20_261_123, "sampford")
    drawn = [tuple(sampling.sampford([2, 3, 3, 4], 2, rng).chosen.tolist()) for _draw in range(DRAWS)]
    wanted = np.array([number(row["Chance"]) for row in rows])
    found = np.array([drawn.count((*whole(row["Sample"]),)) / DRAWS for row in rows])
    assert (np.abs(found - wanted) <= bound(wanted, DRAWS)).all()


def test_the_page_of_systematic_sampling_names_pairs() -> None:
    draw = sampling.systematic(10, 4, generator(1))
    for row in table("systematic.md", "Pair", "Chance together"):
        one, other = whole(row["Pair"])
        assert sampling.joint(draw, [one, other])[0, 1] == pytest.approx(number(row["Chance together"]))


def test_too_many_pairs_are_refused() -> None:
    draw = sampling.census(5_001)
    with pytest.raises(sampling.CannotSample, match="5000 units at the most") as refused:
        sampling.joint(draw)
    assert refused.value.code == "joint_too_many"
    with pytest.raises(sampling.CannotSample, match="0 to 5000"):
        sampling.joint(draw, [5_001])
    assert sampling.joint(draw, [0, 7]).tolist() == [[1, 1], [1, 1]]
