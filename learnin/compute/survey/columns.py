"""Rows that lie in columns already, in Parquet files or in memory: read as they are, part by part, by no engine."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

PART = 1 << 19  # rows of a table in memory that are gone over at once
LARGEST = 1 << 21  # rows of a part of a file: more of them at once would take too much room
SMALL = 1 << 12  # rows of a part of which an engine reads many faster
MANY = 100  # parts, if they are small
FILES = 100  # that are kept open
BUFFER = 1 << 16  # bytes of a column that are fetched from a file at once

NUMBERS = (pa.types.is_integer, pa.types.is_boolean, pa.types.is_float32, pa.types.is_float64)
"""Kinds of columns whose numbers can be taken as they lie there."""

UNREADABLE = (OSError, pa.ArrowException, UnicodeDecodeError)
"""What is raised where a file cannot be read: an engine reads it then, or says what is wrong."""


@dataclass(frozen=True)
class Part:
    """So many rows that lie together, and what reads a column of them."""

    rows: int
    read: Callable[[str], pa.ChunkedArray]


@dataclass(frozen=True, eq=False)
class Columns:
    """All rows of a table, part by part.

    Args:
        schema: names and kinds of the columns.
        parts: the parts, in their order.
        head: reads some columns of the first rows, at most so many.
    """

    schema: pa.Schema
    parts: Sequence[Part]
    head: Callable[[Sequence[str], int], Sequence[pa.Array]]

    @property
    def rows(self) -> int:
        """How many there are."""
        return sum(part.rows for part in self.parts)

    def hold(self, names: Sequence[str], *kinds: Callable[[pa.DataType], bool]) -> bool:
        """Whether all of these columns are of one of the kinds."""
        return all(any(is_kind(self.schema.field(name).type) for is_kind in kinds) for name in names)

    def first(self, names: Sequence[str], rows: int) -> Sequence[pa.Array]:
        """Some columns of the first rows, at most so many."""
        return self._reader.submit(self.head, names, rows).result()

    def read(self, names: Sequence[str]) -> Iterator[pa.ChunkedArray]:
        """The columns of the first part, then of the next; each is read while the one before is worked with."""
        wanted = [partial(part.read, name) for part in self.parts for name in names]
        coming: Future[pa.ChunkedArray] | None = None
        for read in wanted:
            here, coming = coming, self._reader.submit(read)
            if here:
                yield here.result()
        if coming:
            yield coming.result()

    @cached_property
    def _reader(self) -> ThreadPoolExecutor:
        """The thread that reads: one for all, since Arrow keeps for each what it needed."""
        return ThreadPoolExecutor(1)


def of_files(paths: Sequence[Path]) -> Columns | None:
    """The rows of Parquet files; nothing where an engine reads them better, or says better what is wrong with them."""
    if len(paths) > FILES or not all(path.is_file() for path in paths):
        return None
    try:
        schemas = [pq.read_schema(path) for path in paths]
        words = [name for name, kind in zip(schemas[0].names, schemas[0].types, strict=True) if is_text(kind)]
        if len(set(schemas[0].names)) < len(schemas[0].names) or not all(schemas[0].equals(one) for one in schemas):
            return None
        files = [pq.ParquetFile(path, read_dictionary=words, buffer_size=BUFFER, pre_buffer=False) for path in paths]
    except UNREADABLE:
        return None
    parts = [
        Part(file.metadata.row_group(at).num_rows, partial(_group, file, at))
        for file in files
        for at in range(file.num_row_groups)
    ]
    found = Columns(schemas[0], parts, partial(_first, files[0]))
    are_tiny = len(parts) > MANY and found.rows < SMALL * len(parts)
    return found if found.rows and not are_tiny and max(part.rows for part in parts) <= LARGEST else None


def _group(file: pq.ParquetFile, at: int, name: str) -> pa.ChunkedArray:
    return file.read_row_group(at, columns=[name], use_threads=False).column(name)


def _first(file: pq.ParquetFile, names: Sequence[str], rows: int) -> Sequence[pa.Array]:
    found = next(file.iter_batches(rows, columns=list(names), use_threads=False))
    return [found.column(name) for name in names]


def of_table(table: pa.Table) -> Columns:
    """The rows of a table in memory, whose columns have different names."""

    def cut(start: int, name: str) -> pa.ChunkedArray:
        return table.column(name).slice(start, PART)

    parts = [Part(min(PART, len(table) - start), partial(cut, start)) for start in range(0, len(table), PART)]
    return Columns(
        table.schema, parts, lambda names, rows: [whole(table.column(name).slice(0, rows)) for name in names]
    )


def whole(column: pa.ChunkedArray) -> pa.Array:
    """A column in one piece: as it lies there where it is one."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def is_text(kind: pa.DataType) -> bool:
    """Whether a column holds words."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
