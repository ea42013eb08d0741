"""What tells the cells of a table apart: the values of the columns it is grouped by, as whole numbers."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from learnin.compute.survey.arrays import Flags, Whole
from learnin.compute.survey.sources import unboxed
from learnin.compute.survey.sums import Level

MOST = 2**63 - 1
"""The largest whole number of one word of the machine."""


@dataclass(frozen=True, eq=False)
class Key:
    """What tells the cells apart in one way: its values in order, and which each cell has; -1 for none."""

    values: tuple[Level, ...]
    code: Whole


def coded(column: pa.ChunkedArray) -> Key:
    """The values of a column in their order, and where each is: found here, since Arrow's own way loads pandas."""
    plain = column.combine_chunks()
    if pa.types.is_integer(plain.type):
        numbers, known = unboxed(plain)
        values, code = np.unique(numbers if known is None else numbers[known], return_inverse=True)
        return Key(tuple(values.tolist()), code if known is None else _filled(code, known))
    given = plain.to_pylist()
    different = set(given) - {None}
    ordered = sorted(value for value in different if value == value)
    places = {value: place for place, value in enumerate(ordered)}
    if len(ordered) < len(different):
        ordered.append(math.nan)
    places[None] = -1
    last = len(ordered) - 1  # of what is not equal to itself
    return Key(tuple(ordered), np.array([places.get(value, last) for value in given], dtype=np.int64))


def _filled(code: Whole, known: Flags) -> Whole:
    found = np.full(len(known), -1, dtype=np.int64)
    found[known] = code
    return found


def telling(keys: Mapping[str, Key]) -> tuple[str, ...]:
    """As few of the keys as tell the cells apart: a school says in which stratum it is."""
    kept = dict(sorted(keys.items(), key=lambda one: len(one[1].values)))
    for name in list(kept):
        others = [key for other, key in kept.items() if other != name]
        if others and _are_told_apart(others):
            del kept[name]
    return tuple(kept)


def _are_told_apart(keys: Sequence[Key]) -> bool:
    """Whether no two cells have the same of all keys; where one number cannot tell the keys, nobody knows."""
    found = _in_one(keys)
    return found is not None and len(np.unique(found)) == len(found)


def in_order(keys: Sequence[Key]) -> Whole:
    """The cells in the order of their keys, the first key first."""
    found = _in_one(keys)
    if found is None:
        return np.lexsort([key.code for key in reversed(keys)])
    return np.argsort(found, kind="stable")  # cells stand in their order most often, and this sees it


def _in_one(keys: Sequence[Key]) -> Whole | None:
    """One number for all keys of each cell, in their order; nothing where there are too many."""
    sizes = [len(key.values) + 1 for key in keys]
    if math.prod(sizes) > MOST:
        return None
    found = np.zeros(len(keys[0].code), dtype=np.int64)
    for key, size in zip(keys, sizes, strict=True):
        found = found * size + key.code + 1
    return found


def joined(keys: Sequence[Key], cell: int) -> str:
    """The values of a cell as text."""
    return " / ".join(str(key.values[key.code[cell]]) if key.code[cell] >= 0 else "–" for key in keys)
