"""Strata, and the order in which a frame is walked."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from learnin.compute.sampling.arrays import Whole, closed
from learnin.compute.sampling.refusals import CannotSample


@dataclass(frozen=True, eq=False)
class Strata:
    """The stratum of every unit.

    `names` of the strata, sorted; `code` of every unit, shape (N,), a position in the names; `sizes`, units of each,
    shape (H,).
    """

    names: tuple[str, ...]
    code: Whole
    sizes: Whole

    def __post_init__(self) -> None:
        """Close the arrays."""
        closed(self.code, self.sizes)


def strata(*columns: Sequence[str] | NDArray[np.str_]) -> Strata:
    """The strata of a frame: each combination of the columns that occurs is one.

    Args:
        columns: one or more columns of texts, each of shape (N,), say area and kind of place. No missing values.
    Returns:
        Strata in the order of their names; columns are joined by “ / ”.
    Raises:
        CannotSample: frame_empty, out_of_range (columns of different lengths).
    Source: Cochran (1977), section 5.1; docs/methods/stratified-allocation.md.

    >>> found = strata(["north", "south", "north"], ["town", "town", "village"])
    >>> found.names, found.sizes.tolist(), found.code.tolist()
    (('north / town', 'north / village', 'south / town'), [1, 1, 1], [0, 2, 1])
    """
    lists = [np.asarray(column, dtype=np.str_) for column in columns]
    if not lists or not lists[0].size:
        raise CannotSample("frame_empty")
    code = np.zeros(len(lists[0]), dtype=np.int64)
    words = []
    for column in lists:
        if len(column) != len(code):
            raise CannotSample("out_of_range", what="The length of a column", given=len(column), range=len(code))
        found, place = np.unique(column, return_inverse=True)
        words.append((found, place))
        _seen, code = np.unique(code * len(found) + place, return_inverse=True)
    _code, first = np.unique(code, return_index=True)
    names = tuple(" / ".join(str(found[place[at]]) for found, place in words) for at in first)
    return Strata(names, code.astype(np.int64), np.bincount(code).astype(np.int64))


def walk(*keys: ArrayLike, serpentine: bool = True) -> Whole:
    """An order to walk a frame in: sorted by the keys, so that a systematic draw is spread over them.

    Args:
        keys: columns of numbers or texts, each of shape (N,), the most important first. No missing values.
        serpentine: turn around at the end of each group, so that neighbours stay alike: up in the first area, down
            in the second.
    Returns:
        Positions of the units in the order to walk, shape (N,); among equals the frame's own order.
    Raises:
        CannotSample: frame_empty, out_of_range (keys of different lengths).
    Source: Chromy (1979), Sequential sample selection methods, Proceedings of the American Statistical Association,
        Survey Research Methods, 401-406 (serpentine order);
        docs/methods/systematic.md.

    >>> walk(["a", "a", "b", "b"], [1, 2, 1, 2]).tolist()
    [0, 1, 3, 2]
    >>> walk(["a", "a", "b", "b"], [1, 2, 1, 2], serpentine=False).tolist()
    [0, 1, 2, 3]
    """
    lists = [np.asarray(key) for key in keys]
    if not lists or not lists[0].size:
        raise CannotSample("frame_empty")
    group = np.zeros(len(lists[0]), dtype=np.int64)
    for key in lists:
        if len(key) != len(group):
            raise CannotSample("out_of_range", what="The length of a key", given=len(key), range=len(group))
        found, place = np.unique(key, return_inverse=True)
        turned = np.where(group % 2 == 1, len(found) - 1 - place, place) if serpentine else place
        _seen, group = np.unique(group * len(found) + turned, return_inverse=True)
    return np.argsort(group, kind="stable").astype(np.int64)
