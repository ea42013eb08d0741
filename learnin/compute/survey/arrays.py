"""The arrays that estimates are computed with, and sums within groups of them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
Flags = NDArray[np.bool_]


def within(group: Whole, values: Real, groups: int) -> Real:
    """Sums of values, shape (n,), in each of so many groups, in the order they stand; shape (groups,)."""
    return np.asarray(np.bincount(group, weights=values, minlength=groups), dtype=np.float64)


def numbered(*keys: Whole) -> tuple[Whole, Whole]:
    """Each different combination of keys gets a number, in their order: its number at each place; where it is first."""
    if not len(keys[0]):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    joined = np.zeros(len(keys[0]), dtype=np.int64)
    for key in keys:
        joined = np.unique(joined * (int(key.max(initial=0)) + 1) + key, return_inverse=True)[1]
    found = np.unique(joined, return_index=True)[1]
    return joined.astype(np.int64), found.astype(np.int64)


EXACT = 53
"""Bits of a whole number that a double holds."""


def narrowed(values: Whole | Real) -> NDArray[Any]:
    """The same whole numbers in as few bytes as hold the least and the most; as doubles where they pass EXACT bits."""
    least, most = float(values.min(initial=0)), float(values.max(initial=0))
    if max(-least, most) >= 2.0**EXACT:
        return values.astype(np.float64)
    return values.astype(np.result_type(np.min_scalar_type(int(least)), np.min_scalar_type(int(most))))
