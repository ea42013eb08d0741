"""Chance that can be repeated, and a fingerprint that notices every change."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnin.compute import sampling
from learnin.compute.sampling import fingerprint, generator

steps = st.lists(st.text(max_size=6) | st.integers(-(10**20), 10**20), max_size=4)
things = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**80), steps)
def test_the_same_seed_and_path_give_the_same_stream(seed: int, path: list[str | int]) -> None:
    assert generator(seed, *path).random(3).tolist() == generator(seed, *path).random(3).tolist()


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**40), steps, st.integers(0, 2**40), steps)
def test_another_seed_or_path_gives_another_stream(
    seed: int, path: list[str | int], other_seed: int, other: list[str | int]
) -> None:
    same = (seed, path) == (other_seed, other)
    assert (generator(seed, *path).random(3).tolist() == generator(other_seed, *other).random(3).tolist()) == same


def test_where_a_path_is_cut_matters_and_what_kind_a_step_is() -> None:
    paths = [(), ("",), ("ab",), ("asb",), ("a", "b"), ("1",), (1,), (1, 1), (11,), (-1,)]
    assert len({generator(3, *path).random() for path in paths}) == len(paths)


def test_streams_of_neighbouring_paths_are_not_alike() -> None:
    luck = np.array([generator(9, "school", number).random(200) for number in range(40)])
    apart = np.corrcoef(luck)[~np.eye(40, dtype=bool)]
    assert np.abs(apart).max() < 6 / np.sqrt(200)


def test_a_negative_seed_is_refused() -> None:
    with pytest.raises(sampling.CannotSample, match="seed is -1"):
        generator(-1)


@settings(deadline=None, max_examples=60)
@given(things, things)
def test_a_fingerprint_tells_things_apart(one: object, other: object) -> None:
    assert re.fullmatch("[0-9a-f]{64}", fingerprint(x=one))
    assert (fingerprint(x=one) == fingerprint(x=other)) == (_plain(one) == _plain(other))


def _plain(thing: object) -> object:
    """What must be told apart: kinds and values; a list of numbers is one of real numbers when one of them is."""
    if isinstance(thing, dict):
        return "mapping", sorted((key, _plain(value)) for key, value in thing.items()).__repr__()
    if isinstance(thing, list):
        if thing and all(isinstance(one, bool | int | float) for one in thing):
            array = np.asarray(thing)
            return array.dtype.kind, repr((array + 0 if array.dtype.kind != "b" else array).tolist())
        return "list", repr([_plain(one) for one in thing])
    return type(thing).__name__, repr(thing + 0.0 if isinstance(thing, float) else thing)


def test_lists_arrays_and_small_numbers_are_the_same_numbers() -> None:
    forms = [[1, 2, 3], (1, 2, 3), np.array([1, 2, 3], np.uint8), np.array([1, 2, 3], ">i4")]
    assert len({fingerprint(x=form) for form in forms}) == 1
    assert fingerprint(x=np.array(["a", "b"])) == fingerprint(x=["a", "b"])
    assert fingerprint(x=[0.0, float("nan")]) == fingerprint(x=[-0.0, -float("nan")])
    assert fingerprint(x=True) == fingerprint(x=np.True_)


def test_the_order_of_a_frame_is_part_of_it() -> None:
    assert fingerprint(size=[1, 2, 3]) != fingerprint(size=[2, 1, 3])
    assert fingerprint(size=[1, 2, 3]) != fingerprint(size=[1.0, 2.0, 3.0])
    assert fingerprint(size=[[1, 2], [3, 4]]) != fingerprint(size=[1, 2, 3, 4])
    assert fingerprint(size=np.array([[1, 2], [3, 4]])) != fingerprint(size=np.array([1, 2, 3, 4]))
    assert fingerprint(size=[1], n=2) != fingerprint(size=[1], m=2)


def test_very_large_numbers_keep_apart() -> None:
    large = np.array([2**63, 2**64 - 1], np.uint64)
    assert fingerprint(x=large) != fingerprint(x=large.astype(np.int64))
    assert fingerprint(x=[2**70]) != fingerprint(x=[2**70 + 1])


def test_what_has_no_canonical_form_is_refused() -> None:
    with pytest.raises(sampling.CannotSample, match="of a set") as refused:
        fingerprint(x={1, 2})
    assert refused.value.code == "unknown_kind"
