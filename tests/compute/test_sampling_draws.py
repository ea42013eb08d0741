"""Draws keep their laws: chances add up, strata are exact, the certain are always in, the same seed draws the same."""

import re
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnin.compute import sampling
from learnin.compute.sampling import Draw, generator
from tests.compute.worked import number, numbers, table, whole

DRAWS = 10_000
SIZES = [3, 9, 1, 14, 6, 6, 2, 30, 5, 24]
lists = st.lists(st.integers(1, 400), min_size=1, max_size=40)
seeds = st.integers(0, 2**64)
laws = settings(deadline=None, max_examples=40)


def every(size: list[int], n: int, seed: int) -> list[Draw]:
    """The same list by every method."""
    return [
        sampling.simple_random(len(size), n, generator(seed)),
        sampling.systematic(len(size), n, generator(seed)),
        sampling.pps_systematic(size, n, generator(seed)),
        sampling.sampford(size, n, generator(seed)),
    ]


@laws
@given(lists, seeds, st.data())
def test_chances_add_up_and_the_sample_has_its_size(size: list[int], seed: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(1, len(size)))
    for draw in every(size, n, seed):
        assert draw.probability.sum() == pytest.approx(n), draw.method
        assert ((draw.probability > 0) & (draw.probability <= 1)).all(), draw.method
        assert len(set(draw.chosen.tolist())) == draw.n == n, draw.method
        assert draw.chosen.tolist() == sorted(draw.chosen.tolist()), draw.method
        assert draw.is_chosen.sum() == n, draw.method


@laws
@given(lists, seeds, st.data())
def test_the_certain_are_always_in(size: list[int], seed: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(1, len(size)))
    for draw in every(size, n, seed):
        assert draw.is_chosen[draw.certain].all(), draw.method
        assert (draw.probability[draw.certain] == 1).all(), draw.method
        assert (draw.probability[~draw.certain] < 1).all(), draw.method


@laws
@given(lists, st.data())
def test_chances_follow_size_and_only_as_few_as_must_are_certain(size: list[int], data: st.DataObject) -> None:
    n = data.draw(st.integers(1, len(size)))
    found = sampling.by_size(size, n)
    ratio = found.probability / size
    assert found.drawn == n - found.certain.sum()
    if found.drawn:
        assert ratio[~found.certain] == pytest.approx(ratio[~found.certain][0])
        assert (ratio[found.certain] <= ratio[~found.certain][0] + 1e-12).all()  # they would have had 1 or more


@laws
@given(lists, seeds, st.data())
def test_the_same_seed_draws_the_same(size: list[int], seed: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(1, len(size)))
    for one, again in zip(every(size, n, seed), every(size, n, seed), strict=True):
        assert one.chosen.tolist() == again.chosen.tolist(), one.method


@laws
@given(st.lists(st.sampled_from("abcd"), min_size=8, max_size=60), seeds, st.data())
def test_strata_are_exact_and_weights_add_up_to_their_units(places: list[str], seed: int, data: st.DataObject) -> None:
    strata = sampling.strata(places)
    units = [data.draw(st.integers(1, int(there))) for there in strata.sizes]
    size = data.draw(st.lists(st.integers(1, 99), min_size=len(places), max_size=len(places)))
    for method in ("simple-random", "systematic", "pps-systematic", "pps-sampford"):
        draw = sampling.stratified(strata, units, generator(seed), method=method, size=size)
        of = strata.code[draw.chosen]
        assert np.bincount(of, minlength=len(units)).tolist() == units, method
        assert np.bincount(strata.code, draw.probability) == pytest.approx(units), method
        assert draw.method == f"stratified {method}"
        if method not in sampling.BY_SIZE:
            assert np.bincount(of, draw.weights) == pytest.approx(strata.sizes), method


@laws
@given(st.integers(1, 300), seeds, st.data())
def test_weights_of_equal_chances_add_up_to_the_frame(population: int, seed: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(1, population))
    for draw in (sampling.simple_random(population, n, generator(seed)), sampling.census(population)):
        assert draw.weights.sum() == pytest.approx(population)


@laws
@given(lists, seeds, st.data())
def test_the_order_of_the_walk_only_renames_the_units(size: list[int], seed: int, data: st.DataObject) -> None:
    """Walking the frame in an order draws what a frame that stands in this order would give."""
    n = data.draw(st.integers(1, len(size)))
    order = data.draw(st.permutations(range(len(size))))
    walked = sampling.pps_systematic(size, n, generator(seed), order=order)
    stood = sampling.pps_systematic([size[at] for at in order], n, generator(seed))
    assert walked.chosen.tolist() == sorted(order[at] for at in stood.chosen)
    assert walked.probability[order] == pytest.approx(stood.probability)


@laws
@given(st.lists(st.floats(0.001, 1000), min_size=2, max_size=20), seeds, st.data())
def test_sizes_may_have_decimals(size: list[float], seed: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(1, len(size)))
    draw = sampling.pps_systematic(size, n, generator(seed))
    again = sampling.pps_systematic(np.round(np.array(size) * 1e6), n, generator(seed))
    assert draw.chosen.tolist() == again.chosen.tolist()
    assert draw.probability.sum() == pytest.approx(n)


def bound(probability: np.ndarray, draws: int) -> np.ndarray:
    """How far a share of draws may be from its chance: one false alarm in 100,000 runs, over all units together."""
    z = NormalDist().inv_cdf(1 - 0.00001 / (2 * len(probability)))
    return z * np.sqrt(probability * (1 - probability) / draws) + 1e-12


def shares(drawn: list[np.ndarray], population: int) -> np.ndarray:
    return np.bincount(np.concatenate(drawn), minlength=population) / len(drawn)


@pytest.mark.parametrize("method", ["simple-random", "systematic", "pps-systematic", "pps-sampford"])
def test_in_ten_thousand_draws_each_unit_comes_as_often_as_it_should(method: str) -> None:
    rng = generator(20_261_123, method)
    draw_one = {
        "simple-random": lambda: sampling.simple_random(len(SIZES), 4, rng),
        "systematic": lambda: sampling.systematic(len(SIZES), 4, rng),
        "pps-systematic": lambda: sampling.pps_systematic(SIZES, 4, rng),
        "pps-sampford": lambda: sampling.sampford(SIZES, 4, rng),
    }[method]
    draws = [draw_one() for _draw in range(DRAWS)]
    found, wanted = shares([draw.chosen for draw in draws], len(SIZES)), draws[0].probability
    assert (np.abs(found - wanted) <= bound(wanted, DRAWS)).all()


def test_in_ten_thousand_draws_in_strata_each_unit_comes_as_often_as_it_should() -> None:
    rng, strata = generator(20_261_123, "strata"), sampling.strata(list("abababbbbb"))
    draws = [sampling.stratified(strata, [2, 3], rng, method="pps-sampford", size=SIZES) for _draw in range(DRAWS)]
    found, wanted = shares([draw.chosen for draw in draws], len(SIZES)), draws[0].probability
    assert (np.abs(found - wanted) <= bound(wanted, DRAWS)).all()


def test_the_bound_notices_a_method_that_misses_its_chances() -> None:
    """One unit after the other in proportion to size, as numpy's `choice` does it, does not keep chances by size."""
    rng, size = generator(1), np.array(SIZES)
    drawn = [rng.choice(len(size), 4, replace=False, p=size / size.sum()) for _draw in range(DRAWS)]
    wanted = sampling.by_size(size, 4).probability
    assert not (np.abs(shares(drawn, len(size)) - wanted) <= bound(wanted, DRAWS)).all()


@pytest.mark.parametrize(
    "row", table("simple-random.md", "Units", "Drawn", "Chance", "Weight", "Chance of a pair"), ids=str
)
def test_the_page_of_simple_random_sampling(row: dict[str, str]) -> None:
    draw = sampling.simple_random(int(row["Units"]), int(row["Drawn"]), generator(1))
    assert draw.probability == pytest.approx(number(row["Chance"]))
    assert draw.weights == pytest.approx(number(row["Weight"]))
    assert sampling.joint(draw, [0, 1])[0, 1] == pytest.approx(number(row["Chance of a pair"]))


@pytest.mark.parametrize("row", table("simple-random.md", "Seed", "Path", "Method", "Chosen"), ids=str)
def test_a_seed_draws_the_same_on_every_machine(row: dict[str, str]) -> None:
    rng, size = generator(int(row["Seed"]), *row["Path"].split(", ")), [*range(1, 21)]
    draw = {
        "simple-random": lambda: sampling.simple_random(20, 5, rng),
        "systematic": lambda: sampling.systematic(20, 5, rng),
        "pps-systematic": lambda: sampling.pps_systematic(size, 5, rng),
        "pps-sampford": lambda: sampling.sampford(size, 5, rng),
    }[row["Method"]]()
    assert draw.chosen.tolist() == whole(row["Chosen"])
    assert sampling.VERSIONS[row["Method"]] == draw.version == 1


def test_the_page_of_systematic_sampling_names_the_sample_of_each_start() -> None:
    samples = {int(row["Start"]): whole(row["Chosen"]) for row in table("systematic.md", "Start", "Chosen")}
    seen = set()
    for seed in range(200):
        start = int(generator(seed).random() * 10)
        seen.add(start)
        assert sampling.systematic(10, 4, generator(seed)).chosen.tolist() == samples[start]
    assert seen == {*samples}


def test_the_page_of_systematic_sampling_by_size_names_the_sample_of_each_start() -> None:
    rows = table("pps-systematic.md", "Unit", "Size", "First round", "Chance")
    size, chance = [int(row["Size"]) for row in rows], [number(row["Chance"]) for row in rows]
    samples = {int(row["Start"]): whole(row["Chosen"]) for row in table("pps-systematic.md", "Start", "Chosen")}
    assert [number(row["First round"]) for row in rows] == pytest.approx([3 * one / sum(size) for one in size])
    seen = set()
    for seed in range(200):
        start = int(generator(seed).random() * 10)
        seen.add(start)
        draw = sampling.pps_systematic(size, 3, generator(seed))
        assert draw.chosen.tolist() == samples[start]
        assert draw.probability.tolist() == pytest.approx(chance)
    assert seen == {*samples}


def test_the_page_of_strata_weights_as_it_says() -> None:
    rows = table("stratified-allocation.md", "Stratum", "Units", "Drawn", "Chance", "Weight")
    places = [row["Stratum"] for row in rows for _unit in range(int(row["Units"]))]
    draw = sampling.stratified(sampling.strata(places), [int(row["Drawn"]) for row in rows], generator(3))
    for code, row in enumerate(rows):
        inside = draw.stratum[draw.chosen] == code
        assert draw.probability[draw.stratum == code] == pytest.approx(number(row["Chance"]))
        assert draw.weights[inside].tolist() == pytest.approx([number(row["Weight"])] * int(row["Drawn"]))


def test_a_serpentine_walk_turns_around_in_each_group() -> None:
    areas, kinds, size = ["a", "a", "a", "b", "b", "c"], ["x", "y", "x", "x", "x", "x"], [3, 1, 2, 5, 4, 6]
    assert sampling.walk(areas, size).tolist() == [1, 2, 0, 3, 4, 5]
    assert sampling.walk(areas, kinds, size).tolist() == [2, 0, 1, 4, 3, 5]
    assert sampling.walk(areas, size, serpentine=False).tolist() == [1, 2, 0, 4, 3, 5]


@laws
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), min_size=1, max_size=40))
def test_a_walk_names_everybody_once_and_keeps_groups_together(units: list[tuple[str, int]]) -> None:
    order = sampling.walk([area for area, _size in units], [size for _area, size in units])
    assert sorted(order.tolist()) == [*range(len(units))]
    assert [units[at][0] for at in order] == sorted(area for area, _size in units)


RNG = generator(1)
STRATA = sampling.strata(["a", "a", "b", "b"])


@pytest.mark.parametrize(
    ("ask", "code", "units"),
    [
        (lambda: sampling.simple_random(0, 1, RNG), "frame_empty", ()),
        (lambda: sampling.simple_random(3, 0, RNG), "out_of_range", ()),
        (lambda: sampling.simple_random(3, 4, RNG), "more_than_there_are", ()),
        (lambda: sampling.census(0), "frame_empty", ()),
        (lambda: sampling.systematic(3, 2, RNG, order=[0, 1]), "not_an_order", ()),
        (lambda: sampling.systematic(3, 2, RNG, order=[0, 1, 1]), "not_an_order", ()),
        (lambda: sampling.pps_systematic([5, None, 2], 2, RNG), "size_missing", (1,)),
        (lambda: sampling.pps_systematic([5, 0, 2, -1], 2, RNG), "size_not_positive", (1, 3)),
        (lambda: sampling.sampford([5.5, 1e-9], 1, RNG), "size_not_positive", (1,)),
        (lambda: sampling.sampford([1, 2.0**54], 1, RNG), "size_too_large", (1,)),
        (lambda: sampling.sampford([1, 2], 3, RNG), "more_than_there_are", ()),
        (lambda: sampling.stratified(STRATA, [1], RNG), "allocation_shape", ()),
        (lambda: sampling.stratified(STRATA, [1, 0], RNG), "stratum_without_sample", (1,)),
        (lambda: sampling.stratified(STRATA, [1, 3], RNG), "more_than_there_are", ()),
        (lambda: sampling.stratified(STRATA, [1, 1], RNG, method="planted"), "unknown_method", ()),
        (lambda: sampling.stratified(STRATA, [1, 1], RNG, method="pps-sampford"), "size_missing", (0, 1, 2, 3)),
        (lambda: sampling.stratified(STRATA, [1, 1], RNG, method="pps-sampford", size=[1, 2]), "out_of_range", ()),
        (lambda: sampling.strata(), "frame_empty", ()),
        (lambda: sampling.strata(["a"], ["a", "b"]), "out_of_range", ()),
        (lambda: sampling.walk(), "frame_empty", ()),
        (lambda: sampling.walk(["a"], ["a", "b"]), "out_of_range", ()),
    ],
)
def test_what_cannot_be_drawn_is_refused(ask: object, code: str, units: tuple[int, ...]) -> None:
    with pytest.raises(sampling.CannotSample) as refused:
        ask()
    assert (refused.value.code, refused.value.units) == (code, units)


def test_a_refusal_names_the_first_ten_units_and_says_how_many_there_are() -> None:
    with pytest.raises(sampling.CannotSample, match=r"no size: see 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …\.") as refused:
        sampling.sampford([None] * 12, 1, RNG)
    assert (refused.value.units, refused.value.count) == ((*range(10),), 12)


def test_every_refusal_has_words_and_all_words_are_used() -> None:
    folder = Path(sampling.__file__).parent
    written = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    assert {*re.findall(r'CannotSample\(\s*"(\w+)"', written)} == {*sampling.REASONS}


def test_what_was_drawn_cannot_be_changed() -> None:
    draw = sampling.simple_random(5, 2, generator(1))
    with pytest.raises(ValueError, match="read-only"):
        draw.chosen[0] = 4
    with pytest.raises(AttributeError):
        draw.method = "planted"


def test_numbers_of_a_cell_are_read() -> None:
    assert numbers("1, 7/14, -") == [1, 0.5]
