"""Rows that lie in columns already, in Parquet files or in memory: read as they are, part by part, by no engine."""

import re
from collections import deque
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
AHEAD = 3  # columns of a part that are read while one before them is worked with
BUFFER = 1 << 16  # bytes of a column that are fetched from a file at once
HIVE = "="  # in the name of a folder: to an engine it is a column

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
        release: closes what was opened for reading.
    """

    schema: pa.Schema
    parts: Sequence[Part]
    head: Callable[[Sequence[str], int], Sequence[pa.Array]]
    release: Callable[[], None] = lambda: None

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
        """The columns of the first part, then of the next; some are read while one before is worked with."""
        coming: deque[Future[pa.ChunkedArray]] = deque()
        for read in [partial(part.read, name) for part in self.parts for name in names]:
            coming.append(self._reader.submit(read))
            if len(coming) > AHEAD:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()

    def close(self) -> None:
        """End the thread that reads and close the files, until somebody reads again."""
        reader = self.__dict__.pop("_reader", None)
        if reader:
            reader.shutdown()
        self.release()

    @cached_property
    def _reader(self) -> ThreadPoolExecutor:
        """The thread that reads: the same for all columns, since Arrow keeps memory for each thread."""
        return ThreadPoolExecutor(1)


class File:
    """A Parquet file that is opened when it is read.

    Args:
        path: where it lies. words: columns that are read as a list of words and places in it.
    """

    def __init__(self, path: Path, words: Sequence[str]) -> None:
        self.path, self.words, self.stamp = path, words, stamp(path)
        self.rows = [self.opened.metadata.row_group(at).num_rows for at in range(self.opened.num_row_groups)]

    @cached_property
    def opened(self) -> pq.ParquetFile:
        """The file. Raises OSError where somebody put another in its place meanwhile."""
        if stamp(self.path) != self.stamp:
            raise OSError(f"{self.path} changed")
        return pq.ParquetFile(self.path, read_dictionary=self.words, buffer_size=BUFFER, pre_buffer=False)

    def group(self, at: int, name: str) -> pa.ChunkedArray:
        """A column of one of its row groups."""
        return self.opened.read_row_group(at, columns=[name], use_threads=False).column(name)

    def first(self, names: Sequence[str], rows: int) -> Sequence[pa.Array]:
        """Some columns of the first rows. Raises OSError where there are none any more."""
        for found in self.opened.iter_batches(rows, columns=list(names), use_threads=False):
            return [found.column(name) for name in names]
        raise OSError(f"{self.path} has no rows")

    def close(self) -> None:
        """Close it until somebody reads again."""
        file = self.__dict__.pop("opened", None)
        if file:
            file.close()


def stamp(path: Path) -> tuple[int, int, int]:
    """What tells whether a file was replaced."""
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def alone(path: Path) -> str:
    """A file as DuckDB takes it, to which marks in a name stand for other files; a name of no file stays a pattern."""
    return re.sub(r"[*?[]", r"[\g<0>]", str(path.absolute())) if path.is_file() else str(path)


def of_files(paths: Sequence[Path]) -> Columns | None:
    """The rows of Parquet files; nothing where an engine reads them better, or says better what is wrong with them."""
    if len(paths) > FILES or not all(path.is_file() and HIVE not in str(path) for path in paths):
        return None
    try:
        schema, *others = [pq.read_schema(path) for path in paths]
        has_others = not all(schema.equals(one) for one in others) or any(is_other(one) for one in schema.types)
        if has_others or len(set(schema.names)) < len(schema.names):
            return None
        words = [name for name, kind in zip(schema.names, schema.types, strict=True) if is_text(kind)]
        files = [File(path, words) for path in paths]
    except UNREADABLE:
        return None
    parts = [Part(rows, partial(file.group, at)) for file in files for at, rows in enumerate(file.rows)]
    filled = [file for file in files if any(file.rows)]
    if not filled or max(part.rows for part in parts) > LARGEST:
        return None
    found = Columns(schema, parts, filled[0].first, partial(_close, files))
    return None if len(parts) > MANY and found.rows < SMALL * len(parts) else found


def _close(files: Sequence[File]) -> None:
    for file in files:
        file.close()


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


def is_other(kind: pa.DataType) -> bool:
    """Whether an engine takes a column of this kind for one of another kind."""
    return bool(pa.types.is_duration(kind) or pa.types.is_float16(kind) or pa.types.is_decimal256(kind))


def is_text(kind: pa.DataType) -> bool:
    """Whether a column holds words."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
