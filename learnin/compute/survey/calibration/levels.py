"""Groups as written in a file and groups as written in a list of totals: the same words for both."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from learnin.compute.sampling.arrays import Whole

Columns = Mapping[str, ArrayLike]
Level = tuple[str, ...]
MISSING = "—"  # how a group that was not answered is written in a refusal


def written(value: object) -> str:
    """One value as it stands in a list of totals: 3.0 and 3 are the same group, and so is "3"."""
    if value is None or value != value:
        return MISSING
    return str(int(value)) if isinstance(value, (float, np.floating)) and float(value).is_integer() else str(value)


def levels(columns: Columns, by: Sequence[str]) -> tuple[tuple[Level, ...], Whole]:
    """The groups that several columns make together, and the group of each row.

    Args:
        columns: values by name, each of shape (n,), of any kind that can be written.
        by: names of the columns, one or more.
    Returns:
        The groups in the order of their words, and for each row the position of its group, shape (n,).

    >>> found, codes = levels({"sex": ["f", "m", "f"], "grade": [1, 1, 2.0]}, ["sex", "grade"])
    >>> found, codes.tolist()
    ((('f', '1'), ('f', '2'), ('m', '1')), [0, 2, 1])
    """
    words, codes = _one(columns[by[0]])
    found: tuple[Level, ...] = tuple((word,) for word in words)
    for name in by[1:]:
        words, more = _one(columns[name])
        pairs, codes = np.unique(codes * len(words) + more, return_inverse=True)
        found = tuple((*found[pair // len(words)], words[pair % len(words)]) for pair in pairs.tolist())
    return found, codes.astype(np.int64)


def _one(values: ArrayLike) -> tuple[list[str], Whole]:
    given: NDArray[np.generic] = np.asarray(values)
    if given.dtype.kind in "OfV":
        unique, codes = _unique_objects(given)
    else:
        distinct, codes = np.unique(given, return_inverse=True)
        unique = [written(value) for value in distinct.tolist()]
    words, again = np.unique(np.asarray(unique, dtype=np.str_), return_inverse=True)
    return [str(word) for word in words], again.astype(np.int64)[codes]


def _unique_objects(given: NDArray[np.generic]) -> tuple[list[str], Whole]:
    positions: dict[str, int] = {}
    codes = [positions.setdefault(written(value), len(positions)) for value in given.tolist()]
    return list(positions), np.asarray(codes, dtype=np.int64)
