"""Weighted sums that are added up here, cell by cell, from rows that an engine hands over or that lie in columns.

All of them are whole numbers of one word of the machine, so that neither their order nor the batches matter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

import numpy as np
import pyarrow as pa
from ibis.expr.types import Table, Value
from numpy.typing import NDArray

from learnin.compute.survey.arrays import Flags, Whole, narrowed
from learnin.compute.survey.handing import Block, Hand
from learnin.compute.survey.looks import Looks, is_counted
from learnin.compute.survey.scales import Number, Seen
from learnin.compute.survey.seen import Taken, away
from learnin.compute.survey.sources import NoRoom
from learnin.compute.survey.sums import Sums
from learnin.compute.survey.weights import Weights

WORD = 62  # bits of a whole number of 64, less its sign and one to spare
ROOM = 1 << 24  # whole numbers that are added up at once: 128 MB


@dataclass(frozen=True)
class Rows:
    """Rows that are added up: the table, the weight; and what is looked at in any case."""

    table: Table
    weight: str
    watched: Sequence[str] = ()


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


def streamed(rows: Rows, hand: Hand, weights: Weights, sums: Sums) -> Added | None:
    """Add up the sums; nothing where some row is in none of the cells, or in two."""
    try:
        return _streamed(rows, hand, weights, sums, is_sparing=True)
    except NoRoom:
        return _streamed(rows, hand, weights, sums, is_sparing=False)


def _streamed(rows: Rows, hand: Hand, weights: Weights, sums: Sums, *, is_sparing: bool) -> Added | None:
    wanted = loads(rows, sums)
    looks = Looks(
        rows.table, rows.weight, [rows.weight, *(name for name, load in wanted.items() if load.value is None)]
    )
    found = Added({}, {}, {})
    everybody = [name for name, answered in sums.answered.items() if answered is None]
    for some in _parts(wanted, ROOM // max(len(hand.rows), 1)):
        walk = _Walk(some, everybody, weights, looks, hand)
        looks.rows = 0
        asked = {name: load.value for name, load in some.items()}
        for block in hand.blocks(rows.table, rows.weight, asked, is_sparing):
            walk.add(block)
        if looks.rows != hand.rows.sum():
            return None
        walk.into(found)
        everybody, looks.is_over_weights = [], True
    return Added(found.sums, found.answers, looks.seen)


def loads(rows: Rows, sums: Sums) -> dict[str, Load]:
    """The columns that are handed over: as they lie there where they can be, worked out by the engine where not."""
    found = {column: Load() for column in rows.watched if is_counted(rows.table, column) and column != rows.weight}
    for name, number in sums.weighted.items():
        base = number.root or number
        load = found.setdefault(base.column or f"number {id(base)}", Load(None if base.column else _whole(base)))
        load.number, load.sums[name] = base, 2 if number.root else 1
    for name, answered in sums.answered.items():
        if answered is None:
            continue
        column = sums.columns.get(name)
        label = column or f"answered {name}"
        value = None if column else answered.ifelse(1, None).cast("int8")
        found.setdefault(label, Load(value)).people.append(name)
    return _mixed(found)


def _mixed(loads: dict[str, Load]) -> dict[str, Load]:
    """Those with several sums spread among the others: they take longer to add than the next takes to be read."""
    groups = [[name for name, load in loads.items() if (len(load.sums) > 1) is several] for several in (True, False)]
    place = {name: (at + 0.5) / len(group) for group in groups for at, name in enumerate(group)}
    return {name: loads[name] for name in sorted(loads, key=place.__getitem__)}


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


class _Walk:
    """Some of the sums, batch after batch. Who answered, and how many they are, stands in one word for each cell.

    Those who left a question out are few, as a rule: they are added up, and who answered it is all less these.
    """

    def __init__(
        self, loads: dict[str, Load], everybody: list[str], weights: Weights, looks: Looks, hand: Hand
    ) -> None:
        self.loads, self.everybody, self.weights, self.looks = loads, everybody, weights, looks
        self.bits, self.room = hand.bits, looks.room
        self.all = np.zeros(len(hand.rows), np.int64)
        self.sums = {name: np.zeros_like(self.all) for load in loads.values() for name in load.sums}
        self.gaps: dict[str, Whole] = {}

    def add(self, block: Block) -> None:
        """Add some rows."""
        weights = [self._weighed(at, *one) for at, one in enumerate(zip(block.cells, block.weights, strict=True))]
        for name, column in zip(self.loads, block.columns, strict=True):
            for cell, weight, piece in zip(block.cells, weights, column, strict=True):
                self._add(name, cell, weight, piece)

    def _weighed(self, at: int, cell: Whole, column: pa.Array) -> Whole:
        """The weights as whole numbers."""
        self.looks.rows += len(cell)
        taken = self.looks.take_weights(column)
        weight: Whole = self.room.of(at, np.int64, len(cell))
        np.copyto(weight, self._whole(taken, self.weights.number.scale))
        np.add.at(self.all, cell, self._who(weight))
        return weight

    def _who(self, weight: Whole) -> Whole:
        """Weight and number of each row that answers, in one word."""
        who: Whole = np.left_shift(weight, self.bits, out=self.room.of("who", np.int64, len(weight)))
        who += (weight > 0) if self.weights.has_zeros else 1
        return who

    def _add(self, name: str, cell: Whole, weight: Whole, column: pa.Array) -> None:
        load = self.loads[name]
        if name == self.looks.weight or load.value is not None:
            taken = self.looks.passed(column)
        else:
            taken = self.looks.take(name, column)
        if load.number:
            if taken.are_flags:
                self._add_flags(load, cell, weight, taken.values.view(np.bool_))
            else:
                scale = load.number.scale if load.value is None else 1.0
                self._add_products(load, cell, weight, self._whole(taken, scale))
        if load.people and taken.gaps is not None:
            if name not in self.gaps:
                self.gaps[name] = np.zeros_like(self.all)
            np.add.at(self.gaps[name], cell[taken.gaps], self._who(weight[taken.gaps]))

    def _add_products(self, load: Load, cell: Whole, weight: Whole, whole: NDArray[Any]) -> None:
        product = np.multiply(weight, whole, out=self.room.of("product", np.int64, len(cell)))
        reached = 1
        for label, power in sorted(load.sums.items(), key=itemgetter(1)):
            if power > reached:
                np.multiply(product, whole, out=product)
                reached = power
            np.add.at(self.sums[label], cell, product)

    def _add_flags(self, load: Load, cell: Whole, weight: Whole, are: Flags) -> None:
        """Ones and zeros are the same in any power, and of a row with a zero there is nothing to add."""
        if 2 * np.count_nonzero(are) < len(are):
            ones = np.flatnonzero(are)
            cell, product = cell.take(ones), weight.take(ones)
        else:
            product = np.multiply(weight, are, out=self.room.of("product", np.int64, len(cell)))
        for label in load.sums:
            np.add.at(self.sums[label], cell, product)

    def _whole(self, taken: Taken, scale: float) -> NDArray[Any]:
        """The numbers times the scale, whole."""
        values = taken.values
        if values.dtype.kind != "f":
            values = values.astype(np.int64) if values.dtype == np.uint64 else values
            return values if scale == 1 else values * int(scale)
        power, rounded = taken.rounded or (None, values)
        whole = self.room.of("whole", np.int64, len(values))
        with np.errstate(invalid="ignore"):  # a number of which too little was known: it is added up again
            np.copyto(whole, rounded if power == scale else away(values, scale), casting="unsafe")
        return whole

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
