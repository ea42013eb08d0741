"""The arrays that estimates are computed with, and sums within groups of them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

CLOSE = 8  # numbers for each value, up to which it is faster to look them up than to sort the values
LONG = 8  # values of a group that stand together, from which it is faster to add them by themselves

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Room:
    """Arrays that are taken again and again: a new one for each batch would have to be fetched from the system."""

    def __init__(self) -> None:
        self._held: dict[object, NDArray[Any]] = {}

    def of(self, name: object, kind: Any, rows: int) -> NDArray[Any]:
        """So many numbers of a kind, with anything in them; what was taken by the same name is gone."""
        held = self._held.get((name, kind))
        if held is None or len(held) < rows:
            held = self._held[name, kind] = np.empty(rows, kind)
        return held[:rows]


def within(group: Whole, values: Real | Whole, groups: int) -> Real:
    """Sums of values, shape (n,), in each of so many groups, in the order they stand; shape (groups,)."""
    return np.asarray(np.bincount(group, weights=values, minlength=groups), dtype=np.float64)


class Bins:
    """Groups that many arrays are added up in: how they lie is looked at once, and each is added up as is fastest.

    Args:
        group: group of each value, shape (n,). groups: how many there are.
    """

    def __init__(self, group: Whole, groups: int) -> None:
        self.group, self.groups = group, groups
        self._starts = np.flatnonzero(np.diff(group, prepend=-1))
        self._ends = np.append(self._starts[1:], len(group)) - 1
        self._where = group[self._starts]
        self._stand_together = (np.diff(self._where) > 0).all()
        self._are_long = len(self._starts) * LONG < len(group)
        has_one_each = len(group) == groups and (np.bincount(group, minlength=1) == 1).all()
        self._only = np.argsort(group) if has_one_each else None

    def sums(self, values: Real | Whole) -> Real:
        """Sums of values, shape (n,), in each group; shape (groups,)."""
        if self._only is not None:
            return values.take(self._only).astype(np.float64, copy=False)
        is_whole = values.dtype.kind in "iu"  # no sum of them has more than 64 bits
        if not self._stand_together or not (self._are_long or is_whole) or not len(values):
            return within(self.group, values, self.groups)
        if self._are_long:
            sums = np.add.reduceat(values, self._starts, dtype=np.float64)
        else:
            sums = np.diff(np.cumsum(values, dtype=np.int64).take(self._ends), prepend=0)
        if len(sums) == self.groups:
            return sums.astype(np.float64, copy=False)
        found = np.zeros(self.groups)
        found[self._where] = sums
        return found


def numbered(*keys: Whole) -> tuple[Whole, Whole]:
    """Each different combination of keys gets a number, in their order: its number at each place; a place it stands."""
    if not len(keys[0]):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    joined, many = np.zeros(len(keys[0]), dtype=np.int64), 1
    for key in keys:
        size = int(key.max()) + 1
        joined, many = _close(joined * size + key, many * size)
    place = np.empty(many, dtype=np.int64)
    place[joined] = np.arange(len(joined))
    return joined, place


def _close(numbers: Whole, size: int) -> tuple[Whole, int]:
    """Numbers below a size without those between them that nobody has, and how many are left."""
    if size > CLOSE * len(numbers):
        values, found = np.unique(numbers, return_inverse=True)
        return found.astype(np.int64, copy=False), len(values)
    there = np.zeros(size, dtype=np.bool_)
    there[numbers] = True
    place = np.cumsum(there, dtype=np.int64) - 1
    return place.take(numbers), int(place[-1]) + 1


EXACT = 53
"""Bits of a whole number that a double holds."""


def narrowed(values: Whole | Real) -> NDArray[Any]:
    """The same whole numbers in as few bytes as hold the least and the most; as doubles where they pass EXACT bits."""
    least, most = float(values.min(initial=0)), float(values.max(initial=0))
    if max(-least, most) >= 2.0**EXACT:
        return values.astype(np.float64)
    return values.astype(np.result_type(np.min_scalar_type(int(least)), np.min_scalar_type(int(most))))
