"""The cell of each row, found from the columns themselves: what a GROUP BY of an engine finds, without an engine."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from learnin.compute.survey.arrays import Flags, Real, Whole
from learnin.compute.survey.columns import Columns, is_text, whole
from learnin.compute.survey.keys import MOST, Key, in_order
from learnin.compute.survey.sources import unboxed
from learnin.compute.survey.sums import Level

SPAN = 1 << 24  # pairs of cells and values, or whole numbers between the least and the most, that are looked up
PIECE = 1 << 16  # rows that are worked with at once
REMEMBERED = 1 << 26  # rows whose cell is remembered: a quarter of a gigabyte
KEYS = (pa.types.is_dictionary, pa.types.is_string, pa.types.is_large_string, pa.types.is_integer, pa.types.is_boolean)

Whole32 = NDArray[np.int32]
Numbered = tuple[Whole32, Whole32]
"""A number for each row of a part, and what each number means: from one on a value of the key, zero none."""

Told = tuple[tuple[Level, ...], list[Numbered]]
"""The values of a key in their order, and which each row has, part by part."""


@dataclass(frozen=True, eq=False)
class Placed:
    """The cells that have rows, in the order of their keys, the first key first.

    Args:
        keys: by column, its values and which each cell has.
        rows: rows of each cell, shape (cells,).
        cell: cell of each row, part by part.
    """

    keys: dict[str, Key]
    rows: Real
    cell: list[Whole32]


def placed(columns: Columns, units: Sequence[str], others: Sequence[str]) -> Placed | None:
    """The cells by columns of units and by others; nothing where an engine finds them better.

    Units of the last stage come first: most often they say all about those above them.
    """
    if columns.rows > REMEMBERED or not columns.hold([*units, *others], *KEYS):
        return None
    cell: list[Whole32] = []
    codes: dict[str, Whole] = {}
    values: dict[str, tuple[Level, ...]] = {}
    cells = 1
    for name in (*reversed(units), *others):
        told = _told(columns, name)
        size = len(told[0]) + 1 if told else SPAN
        if not told or cells * size > SPAN:
            return None
        values[name], parts = told
        code = _determined(cell, parts, cells) if cell and size <= cells else None
        if code is None:
            before, code = np.divmod(_joined(cell, parts, cells, size), size)
            codes = {other: one[before] for other, one in codes.items()}
            cells = len(code)
        codes[name] = code - 1
        del told, parts  # before the next key is read
    keys = {name: _there(Key(values[name], codes[name])) for name in (*units, *others)}
    order = in_order(list(keys.values()))
    place = np.empty(cells, dtype=np.int32)
    place[order] = np.arange(cells, dtype=np.int32)
    _renumbered(cell, place)
    rows = np.zeros(cells)
    for one in cell:
        for some in _pieces(one, max(PIECE, cells)):
            rows += np.bincount(one[some], minlength=cells)
    return Placed({name: Key(key.values, key.code[order]) for name, key in keys.items()}, rows, cell)


def _there(key: Key) -> Key:
    """The key with those of its values alone that a cell has: a list of words may have more."""
    is_there = np.zeros(len(key.values) + 1, dtype=np.bool_)
    is_there[key.code] = True  # none comes last
    if is_there[:-1].all():
        return key
    place = np.cumsum(is_there[:-1]) - 1
    values = tuple(value for value, is_one in zip(key.values, is_there[:-1], strict=True) if is_one)
    return Key(values, np.where(key.code < 0, -1, place[key.code]))


def _determined(cell: list[Whole32], told: Sequence[Numbered], cells: int) -> Whole | None:
    """The value of each cell where all its rows have the same, from one on; nothing where they differ."""
    found = np.full(cells, -1)
    for one, (number, meaning) in zip(cell, told, strict=True):
        here = np.full(cells, -1, dtype=np.int32)
        here[one] = number
        if not all(np.array_equal(here.take(one[some]), number[some]) for some in _pieces(one)):
            return None
        there = np.where(here >= 0, meaning[here], -1)
        if ((found >= 0) & (there >= 0) & (found != there)).any():
            return None
        found = np.where(there >= 0, there, found)
    return found


def _joined(cell: list[Whole32], told: Sequence[Numbered], cells: int, size: int) -> Whole:
    """Tell the cells apart by one key more, in place; which pairs of a cell and the value of the key there are."""
    there = np.zeros(cells * size, dtype=np.bool_)
    is_first = not cell
    if is_first:
        cell += [np.empty_like(number) for number, _meaning in told]
    for one, (number, meaning) in zip(cell, told, strict=True):
        for some in _pieces(number):
            value = meaning.take(number[some])
            one[some] = value if is_first else one[some] * size + value
            there[one[some]] = True
    found = np.flatnonzero(there)
    place = np.cumsum(there, dtype=np.int32) - np.int32(1)
    _renumbered(cell, place)
    return found


def _renumbered(cell: list[Whole32], place: Whole32) -> None:
    """Give the rows the numbers of their new places."""
    shift = place[-1] - len(place) + 1
    is_shift = (np.diff(place) == 1).all()
    for one in cell:
        if not is_shift:
            for some in _pieces(one):
                one[some] = place.take(one[some])
        elif shift:
            one += shift


def _pieces(rows: Whole32, size: int = PIECE) -> Iterator[slice]:
    """The rows in pieces: what is worked out of one stays in the cache of a processor."""
    for at in range(0, len(rows), size):
        yield slice(at, at + size)


def _told(columns: Columns, name: str) -> Told | None:
    """The values of a key; nothing where an engine finds them better."""
    kind = columns.schema.field(name).type
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return _numbers([unboxed(whole(one)) for one in columns.read([name])], bool if kind == pa.bool_() else int)
    return _words(columns.read([name]))


def _numbers(read: Sequence[tuple[NDArray[Any], Flags | None]], kind: Callable[[int], Level]) -> Told | None:
    """Whole numbers that lie not too far apart, or yes and no."""
    there = [values if known is None else values[known] for values, known in read]
    least = min((int(values.min()) for values in there if len(values)), default=0)
    most = max((int(values.max()) for values in there if len(values)), default=0)
    if most - least >= SPAN or most > MOST:
        return None
    seen = np.zeros(most - least + 1, dtype=np.bool_)
    for values in there:
        seen[values.astype(np.int64) - least] = True
    meaning = np.append(np.cumsum(seen, dtype=np.int32), np.int32(0))
    parts = [(_with_gaps(values.astype(np.int64) - least, known, len(seen)), meaning) for values, known in read]
    return tuple(kind(value) for value in (np.flatnonzero(seen) + least).tolist()), parts


def _words(read: Iterator[pa.ChunkedArray]) -> Told | None:
    """Words that lie there as a list, and the place of each row in it."""
    parts = list(read)
    if not all(pa.types.is_dictionary(part.type) and is_text(part.type.value_type) for part in parts):
        return None
    lists = [[word for piece in part.chunks for word in piece.dictionary.to_pylist()] for part in parts]
    words = sorted(set().union(*lists) - {None})
    code = dict(zip([None, *words], range(len(words) + 1), strict=True))
    return tuple(words), [_meant(*one, code) for one in zip(parts, lists, strict=True)]


def _meant(part: pa.ChunkedArray, words: list[str | None], code: dict[str | None, int]) -> Numbered:
    """The numbers of the rows of a part are their places in its lists of words, one list after the other."""
    numbers, start = [np.zeros(0, dtype=np.int32)], 0
    for piece in part.chunks:
        places, known = unboxed(piece.indices)
        places = places.astype(np.int32, copy=False)
        numbers.append(_with_gaps(places + start if start else places, known, len(words)))
        start += len(piece.dictionary)
    number = numbers[1] if len(numbers) == 2 else np.concatenate(numbers)
    return number, np.array([*map(code.__getitem__, words), 0], dtype=np.int32)


def _with_gaps(number: NDArray[Any], known: Flags | None, gap: int) -> Whole32:
    """The numbers of the rows, and another one where there is none."""
    number = number.astype(np.int32, copy=False)
    return number if known is None else np.where(known, number, np.int32(gap))


def ends(columns: Columns, there: Placed, name: str) -> tuple[Real, Real]:
    """The least and the most of a column of numbers in each cell; where one is missing, the least is zero."""
    least, most = np.full(len(there.rows), np.inf), np.full(len(there.rows), -np.inf)
    for cell, column in zip(there.cell, columns.read([name]), strict=True):
        values, known = unboxed(whole(column))
        is_there = ~np.isnan(values) if known is None else known & ~np.isnan(values)
        np.minimum.at(least, cell, np.where(is_there, values, 0))
        np.maximum.at(most, cell, np.where(is_there, values, -np.inf))
    return least, np.where(np.isneginf(most), 0.0, most)
