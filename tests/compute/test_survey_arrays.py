"""Sums within groups, however the groups lie."""

import numpy as np
import pytest

from learnin.compute.survey.arrays import Bins, numbered, within

CHANCE = np.random.default_rng(7)


@pytest.mark.parametrize(
    "group",
    [
        np.zeros(0, dtype=np.int64),
        np.repeat([0, 1, 2], 40),
        np.repeat([1, 4], 40),
        np.repeat(np.arange(40), 3),
        np.repeat(np.arange(3, 100, 5), 3),
        CHANCE.permutation(120),
        np.repeat([2, 0, 1], 40),
        np.tile([0, 1, 2], 40),
        np.arange(120),
        np.repeat([0, 1, 0], 40),
    ],
    ids=[
        "none",
        "in order",
        "some are empty",
        "few each",
        "few each and some empty",
        "one each in no order",
        "out of order",
        "mixed",
        "one each",
        "one comes again",
    ],
)
@pytest.mark.parametrize("kind", ["float64", "uint8", "int64", "uint64"])
def test_sums_in_bins_are_sums_within_groups(group: np.ndarray, kind: str) -> None:
    values = CHANCE.integers(0, 200, len(group)).astype(kind)
    found = Bins(group, 120).sums(values)
    assert found.dtype == np.float64
    assert found.tolist() == within(group, values, 120).tolist()


def test_many_small_numbers_beside_a_large_one_are_not_lost() -> None:
    values = np.r_[2.0**53, np.ones(1_000)]
    assert Bins(np.zeros(1_001, dtype=np.int64), 1).sums(values)[0] == pytest.approx(2.0**53 + 1_000, rel=1e-14)


@pytest.mark.parametrize("largest", [1, 3, 40, 10**6, 10**12])
def test_combinations_are_numbered_in_their_order(largest: int) -> None:
    keys = [CHANCE.integers(0, 3, 200), CHANCE.integers(0, largest, 200), CHANCE.integers(0, 2, 200)]
    pairs = list(zip(*(key.tolist() for key in keys), strict=True))
    values = sorted(set(pairs))
    number, place = numbered(*keys)
    assert [values[at] for at in number] == pairs
    assert [pairs[at] for at in place] == values


def test_of_no_rows_there_are_no_combinations() -> None:
    assert [one.tolist() for one in numbered(np.zeros(0, dtype=np.int64))] == [[], []]
