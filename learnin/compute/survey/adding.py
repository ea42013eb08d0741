"""Weighted sums that are added up here, cell by cell, from rows that an engine in this process hands over in batches.

All of them are whole numbers of one word of the machine, so that neither their order nor the batches matter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from ibis.expr.types import Table, Value
from numpy.typing import NDArray

from learnin.compute.survey.arrays import Flags, Real, Whole, narrowed
from learnin.compute.survey.looks import BATCH, Known, Looks, is_counted, plain
from learnin.compute.survey.scales import Number, Seen
from learnin.compute.survey.sources import NoRoom, batches, beside, unboxed
from learnin.compute.survey.sums import Sums
from learnin.compute.survey.weights import Weights

WORD = 62  # bits of a whole number of 64, less its sign and one to spare
CELL = "cell_of_the_row"
SPARING = "200 MB"  # what an engine may hold while it hands over rows: it is as fast with less than it would take
ROOM = 1 << 24  # whole numbers that are added up at once: 128 MB


@dataclass(frozen=True)
class Rows:
    """Rows that are added up: the table, the weight; and what is looked at in any case."""

    table: Table
    weight: str
    watched: Sequence[str] = ()


@dataclass(frozen=True)
class Places:
    """The cells: which columns tell them apart, a table of these and of its number, and how many rows each has."""

    columns: Sequence[str]
    keys: pa.Table
    rows: Real

    @property
    def bits(self) -> int:
        """Bits of the number of rows of the largest."""
        return int(self.rows.max(initial=0)).bit_length()


@dataclass(frozen=True, eq=False)
class Added:
    """Sums and how many answered in each cell, whole numbers, by name; and what was seen of the columns on the way."""

    sums: dict[str, NDArray[Any]]
    answers: dict[str, NDArray[Any]]
    seen: Seen


@dataclass
class Load:
    """A column that is handed over, as it lies there or worked out (`value`), and what of it is added up."""

    value: Value | None = None
    number: Number | None = None
    sums: dict[str, int] = field(default_factory=dict)  # of which power
    people: list[str] = field(default_factory=list)  # who answered it


def parted(sums: Sums, weights: Weights, rows: int) -> tuple[Sums, Sums]:
    """The sums that fit one word of the machine where the number of rows of a cell has so many bits, and the others."""
    fitting, others = Sums(columns=sums.columns), Sums()
    free = WORD - weights.number.bits - rows
    for name, number in sums.weighted.items():
        (fitting if number.bits <= free else others).weighted[name] = number
    for name, answered in sums.answered.items():
        (fitting if rows <= free else others).answered[name] = answered  # their sum and their number share a word
    return fitting, others


def streamed(rows: Rows, places: Places, weights: Weights, sums: Sums) -> Added | None:
    """Add up the sums; nothing where some row is in none of the cells, or in two."""
    try:
        return _streamed(rows, places, weights, sums, SPARING)
    except NoRoom:
        return _streamed(rows, places, weights, sums, None)


def _streamed(rows: Rows, places: Places, weights: Weights, sums: Sums, most: str | None) -> Added | None:
    loads = _loads(rows, sums)
    looks = Looks(rows.table, rows.weight, [rows.weight, *(name for name, load in loads.items() if load.value is None)])
    found = Added({}, {}, {})
    everybody = [name for name, answered in sums.answered.items() if answered is None]
    for some in _parts(loads, ROOM // max(len(places.rows), 1)):
        walk = _Walk(some, everybody, weights, looks, places)
        looks.rows = 0
        with beside(rows.table, places.keys) as cells:
            for batch in batches(_asked(rows, some, places.columns, cells), BATCH, most):
                walk.add(batch)
        if looks.rows != places.rows.sum():
            return None
        walk.into(found)
        everybody, looks.is_over_weights = [], True
    return Added(found.sums, found.answers, looks.seen)


def _loads(rows: Rows, sums: Sums) -> dict[str, Load]:
    """The columns that are handed over: as they lie there where they can be, worked out by the engine where not."""
    loads = {column: Load() for column in rows.watched if is_counted(rows.table, column) and column != rows.weight}
    for name, number in sums.weighted.items():
        base = number.root or number
        load = loads.setdefault(base.column or f"number {id(base)}", Load(None if base.column else _whole(base)))
        load.number, load.sums[name] = base, 2 if number.root else 1
    for name, answered in sums.answered.items():
        if answered is None:
            continue
        column = sums.columns.get(name)
        label = column or f"answered {name}"
        value = None if column else answered.ifelse(1, None).cast("int8")
        loads.setdefault(label, Load(value)).people.append(name)
    return loads


def _whole(number: Number) -> Value:
    """The whole numbers of an expression: in one byte where they are one and zero."""
    return number.whole.cast("int8") if number.scale == 1 and number.largest <= 1 else number.whole


def _parts(loads: dict[str, Load], most: int) -> Iterator[dict[str, Load]]:
    """Loads that together make so many sums, or one load, at a time."""
    some: dict[str, Load] = {}
    many = 0
    for name, load in loads.items():
        more = len(load.sums) + len(load.people)
        if some and many + more > most:
            yield some
            some, many = {}, 0
        some[name] = load
        many += more
    yield some


def _asked(rows: Rows, loads: dict[str, Load], keys: Sequence[str], cells: Table) -> Table:
    """The rows with the number of their cell, their weight and what is to be added up, in this order."""
    table = rows.table
    handed = {
        f"c{at}": plain(table, name) if load.value is None else load.value
        for at, (name, load) in enumerate(loads.items())
    }
    told = {f"of{at}": table[key] for at, key in enumerate(keys)}
    chosen = table.select(**told, weight=plain(table, rows.weight), **handed)
    *known, _cell = cells.columns
    joined = chosen.join(cells, [chosen[of].identical_to(cells[key]) for of, key in zip(told, known, strict=True)])
    return joined.select(CELL, "weight", *handed)


class _Walk:
    """Some of the sums, batch after batch. Who answered, and how many they are, stands in one word for each cell.

    Those who left a question out are few, as a rule: they are added up, and who answered it is all less these.
    """

    def __init__(
        self, loads: dict[str, Load], everybody: list[str], weights: Weights, looks: Looks, places: Places
    ) -> None:
        self.loads, self.everybody, self.weights, self.looks = loads, everybody, weights, looks
        self.bits = places.bits
        self.all = np.zeros(len(places.rows), np.int64)
        self.sums = {name: np.zeros_like(self.all) for load in loads.values() for name in load.sums}
        self.gaps: dict[str, Whole] = {}

    def add(self, batch: pa.RecordBatch) -> None:
        """Add a batch."""
        cell, _all = unboxed(batch.column(0))
        self.looks.rows += batch.num_rows
        weighing = self.looks.take_weights(batch.column(1))
        weight: Whole = _whole_numbers(weighing[0], self.weights.number.scale).astype(np.int64, copy=False)
        who = (weight << self.bits) + 1
        if self.weights.has_zeros:
            who[weight <= 0] = 0
        np.add.at(self.all, cell, who)
        for at, (name, load) in enumerate(self.loads.items(), 2):
            if name == self.looks.weight:
                values, known = weighing
            elif load.value is None:
                values, known = self.looks.take(name, batch.column(at))
            else:
                values, known = _without_gaps(*unboxed(batch.column(at)))
            if load.number:
                self._add(load, load.number, cell, (weight, values))
            if load.people and known is not None:
                if name not in self.gaps:
                    self.gaps[name] = np.zeros_like(self.all)
                missing = np.flatnonzero(~known)
                np.add.at(self.gaps[name], cell[missing], who[missing])

    def _add(self, load: Load, number: Number, cell: Whole, factors: tuple[Whole, NDArray[Any]]) -> None:
        weight, values = factors
        whole = _whole_numbers(values, number.scale if load.value is None else 1.0)
        product = weight * whole
        for name, power in load.sums.items():
            np.add.at(self.sums[name], cell, product if power == 1 else product * whole)

    def into(self, found: Added) -> None:
        """Put the sums where they belong, each in as little room as it needs."""
        for name in list(self.sums):
            found.sums[name] = narrowed(self.sums.pop(name))
        answered = [(self.everybody, None), *((load.people, name) for name, load in self.loads.items())]
        for people, gaps in answered:
            both = self.all - self.gaps.pop(gaps) if gaps in self.gaps else self.all
            for name in people:
                found.sums[name] = narrowed(both >> self.bits)
                found.answers[name] = narrowed(both & ((1 << self.bits) - 1))


def _without_gaps(values: NDArray[Any], known: Flags | None) -> tuple[NDArray[Any], Known]:
    return (values if known is None else values * known), known


def _whole_numbers(values: NDArray[Any], scale: float) -> NDArray[Any]:
    """The numbers times the scale, whole."""
    if values.dtype.kind != "f":
        values = values.astype(np.int64) if values.dtype == np.uint64 else values
        return values if scale == 1 else values * int(scale)
    with np.errstate(invalid="ignore", over="ignore"):  # a number of which too little was known: it is added up again
        return np.asarray(np.rint(values * scale).astype(np.int64))
