"""The arrays that estimates are computed with, and sums within groups of them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

LONG = 8  # values of a group that stand together, from which it is faster to add them by themselves

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
Flags = NDArray[np.bool_]


def within(group: Whole, values: Real, groups: int) -> Real:
    """Sums of values, shape (n,), in each of so many groups, in the order they stand; shape (groups,)."""
    return np.asarray(np.bincount(group, weights=values, minlength=groups), dtype=np.float64)


class Bins:
    """Groups that many arrays are added up in: looked at once. Where a group stands together, it is added up by itself.

    Args:
        group: group of each value, shape (n,). groups: how many there are.
    """

    def __init__(self, group: Whole, groups: int) -> None:
        self.group, self.groups = group, groups
        starts = np.flatnonzero(np.diff(group, prepend=-1))
        self._starts = starts if len(starts) * LONG < len(group) and (np.diff(group[starts]) > 0).all() else None

    def sums(self, values: Real) -> Real:
        """Sums of values, shape (n,), in each group; shape (groups,)."""
        if self._starts is None:
            return within(self.group, values, self.groups)
        found = np.zeros(self.groups)
        found[self.group[self._starts]] = np.add.reduceat(values, self._starts, dtype=np.float64)
        return found


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
