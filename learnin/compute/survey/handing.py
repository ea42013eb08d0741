"""Two ways in which rows come to be added up here, each with the number of its cell: by an engine, or as they lie."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from ibis.expr.types import Table, Value

from learnin.compute.survey.arrays import Real, Room, Whole
from learnin.compute.survey.columns import Columns, whole
from learnin.compute.survey.looks import BATCH, plain
from learnin.compute.survey.placing import Whole32
from learnin.compute.survey.sources import batches, beside, unboxed

CELL = "cell_of_the_row"
SPARING = "200 MB"  # what an engine may hold while it hands over rows: it is as fast with less than it would take

Asked = Mapping[str, Value | None]
"""Columns by name: as they lie there (nothing), or worked out by the engine."""


@dataclass(frozen=True)
class Block:
    """Some rows: number of the cell, weight, and then each column that was asked for, in pieces of the same rows."""

    cells: Sequence[Whole]
    weights: Iterator[pa.Array]
    columns: Iterator[Iterator[pa.Array]]


@dataclass(frozen=True)
class Hand(ABC):
    """What hands the rows over; `rows` are those of each cell, shape (cells,)."""

    rows: Real

    @property
    def bits(self) -> int:
        """Bits of the number of rows of the largest."""
        return int(self.rows.max(initial=0)).bit_length()

    @abstractmethod
    def blocks(self, table: Table, weight: str, asked: Asked, is_sparing: bool) -> Iterator[Block]:
        """All rows. An engine that is to be sparing may raise NoRoom."""


@dataclass(frozen=True)
class Joined(Hand):
    """An engine joins to each row the number of its cell, by a table of the columns that tell the cells apart."""

    columns: Sequence[str]
    keys: pa.Table

    def blocks(self, table: Table, weight: str, asked: Asked, is_sparing: bool) -> Iterator[Block]:
        """All rows, batch after batch."""
        with beside(table, self.keys) as cells:
            rows = self._rows(table, weight, asked, cells)
            for batch in batches(rows, BATCH, SPARING if is_sparing else None):
                cell, weights, *others = batch.columns
                yield Block([unboxed(cell)[0]], iter([weights]), (iter([one]) for one in others))

    def _rows(self, table: Table, weight: str, asked: Asked, cells: Table) -> Table:
        handed = {
            f"c{at}": plain(table, name) if value is None else value for at, (name, value) in enumerate(asked.items())
        }
        told = {f"of{at}": table[key] for at, key in enumerate(self.columns)}
        chosen = table.select(**told, weight=plain(table, weight), **handed)
        *known, _cell = cells.columns
        joined = chosen.join(cells, [chosen[of].identical_to(cells[key]) for of, key in zip(told, known, strict=True)])
        return joined.select(CELL, "weight", *handed)


@dataclass(frozen=True)
class Lying(Hand):
    """The columns are read as they lie there, part by part, and of each part one after the other."""

    columns: Columns
    cell: Sequence[Whole32]

    def blocks(self, table: Table, weight: str, asked: Asked, is_sparing: bool) -> Iterator[Block]:
        """All rows, part after part."""
        read = self.columns.read([weight, *asked])
        room = Room()
        for part in self.cell:
            cell = room.of("cell", np.int64, len(part))
            np.copyto(cell, part)
            cells = [cell[at : at + BATCH] for at in range(0, len(cell), BATCH)]
            yield Block(cells, _pieces(next(read)), (_pieces(next(read)) for _name in asked))


def _pieces(column: pa.ChunkedArray) -> Iterator[pa.Array]:
    for at in range(0, len(column), BATCH):
        yield whole(column.slice(at, BATCH))
