"""Where the answers come from: files, a relation of DuckDB, or a table of any engine ibis speaks to."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr.operations import DatabaseTable, InMemoryTable, Namespace
from ibis.expr.types import Table
from ibis.formats.pyarrow import PyArrowSchema
from numpy.typing import NDArray

from learnin.compute.survey.arrays import Flags
from learnin.compute.survey.columns import Columns, alone, of_files, of_table, stamp
from learnin.compute.survey.refusals import CannotEstimate

if TYPE_CHECKING:
    import duckdb

Source: TypeAlias = "str | Path | Sequence[str | Path] | duckdb.DuckDBPyRelation | pa.Table | Table"
"""Paths of Parquet or CSV files of the same columns, a table of DuckDB, Arrow or ibis; one row per respondent."""

LEAN = {
    "threads": 2,
    "enable_external_file_cache": False,
    "disabled_optimizers": "statistics_propagation,filter_pushdown",
}
"""How our own DuckDB is set: two processors read as fast as one adds up, and the system keeps files in memory. DuckDB
2.0.1 takes what is written beside the columns of a Parquet file for all of it, and it leaves out what is not a number:
so `isnan` would be false everywhere."""


class DoesNotFit(Exception):
    """Our own engine says of a number that it is none, or too large, where a whole number was expected."""


class NoRoom(Exception):
    """Our own engine says that it may not hold as much as it needs."""


CSV = {"union_by_name": True, "hive_partitioning": False}  # a folder `year=2026` is no column

ROW = "row_of_the_data"
HELD = "answers"


def opened(source: Source) -> Table:
    """The source as a table of ibis.

    Raises CannotEstimate: unreadable_source.
    """
    if hasattr(source, "to_arrow_table"):  # of DuckDB: it is not loaded to ask
        return _held(source.to_arrow_table())
    match source:
        case Table():
            return source
        case pa.Table():
            return _held(source)
        case str() | Path():
            return _read([Path(source).absolute()])
        case [*paths] if paths and all(isinstance(path, str | Path) for path in paths):
            return _read([Path(path).absolute() for path in paths])
    raise CannotEstimate("unreadable_source", keys=[type(source).__name__])


class Ours:
    """DuckDB of our own beside rows that lie in columns.

    It is loaded and started when it is asked for something: what is read as it lies needs none.

    Args:
        columns: the rows. lay: gives them to DuckDB, under the name HELD.
    """

    name = "duckdb"

    def __init__(self, columns: Columns, lay: Callable[[Any], object]) -> None:
        self.columns, self._lay = columns, lay

    @cached_property
    def _engine(self) -> Any:
        engine = ibis.duckdb.connect(**LEAN)
        with _older_names():
            self._lay(engine)
        return engine

    def __getattr__(self, name: str) -> Any:
        """Everything else is the engine's."""
        if name in ("_engine", "_lay", "columns"):  # it could not be started, or is being copied
            raise AttributeError(name)
        return getattr(self._engine, name)

    def table(self, name: str = HELD) -> Table:
        """The rows, or another table that the engine knows."""
        kinds = PyArrowSchema.to_ibis(self.columns.schema) if name == HELD else self._engine.get_schema(name)
        named: Table = DatabaseTable(name=name, schema=kinds, source=self, namespace=Namespace()).to_expr()
        return named


def lying(table: Table) -> Columns | None:
    """The columns of a table that nothing was changed of, where they can be read as they lie there."""
    found = table.op()
    return found.source.columns if isinstance(found, DatabaseTable) and isinstance(found.source, Ours) else None


def _held(rows: pa.Table) -> Table:
    """Rows in memory, as they lie there, as a table of an engine of their own."""
    if len({name.lower() for name in rows.column_names}) < len(rows.column_names):
        return ibis.memtable(rows)  # DuckDB would give them other names, and `known` could not refuse them
    lying_there = _in_columns(of_table(rows), lambda engine: engine.con.register(HELD, rows))
    if lying_there is not None:
        return lying_there
    engine = ibis.duckdb.connect(**LEAN)
    engine.con.register(HELD, rows)
    with _older_names():
        return engine.table(HELD)


def _in_columns(columns: Columns, lay: Callable[[Any], object]) -> Table | None:
    """Rows that lie in columns as a table; nothing where ibis has no word for the kind of one of them."""
    try:
        return Ours(columns, lay).table()
    except (KeyError, ValueError, NotImplementedError):
        return None


def _read(paths: list[Path]) -> Table:
    endings = {path.suffix.lower() for path in paths}
    names = [alone(path) for path in paths]
    if endings == {".parquet"} and (columns := of_files(paths)):
        lying_there = _in_columns(columns, partial(_laid, [(path, stamp(path)) for path in paths]))
        if lying_there is not None:
            return lying_there
    engine = ibis.duckdb.connect(**LEAN)
    with _older_names():
        if endings == {".parquet"}:
            _same(engine.read_parquet, paths, names)
            return engine.read_parquet(names, union_by_name=len(names) > 1)
        if endings <= {".csv", ".tsv"}:
            _same(partial(engine.read_csv, **CSV), paths, names)
            return engine.read_csv(names, **CSV, types=kinds(engine, names, **CSV))
    raise CannotEstimate("unreadable_source", keys=sorted(endings))


def _laid(files: Sequence[tuple[Path, tuple[int, int, int]]], engine: Any) -> None:
    """Give files to an engine. Raises CannotEstimate where it would read others than were looked at."""
    if changed := [path.name for path, was in files if stamp(path) != was]:
        raise CannotEstimate("unreadable_source", keys=[f"{name} (changed while it was read)" for name in changed])
    engine.read_parquet([alone(path) for path, _was in files], table_name=HELD)


def kinds(engine: Any, names: Sequence[str], **how: Any) -> dict[str, str]:
    """What kind each column of CSV files is, told by all rows: by the first ones alone, later decimals are rounded.

    Whoever reads the files is told these kinds, so that the rows are looked at once and not by each query.
    """
    found = engine.read_csv(names, sample_size=-1, **how).get_name()
    return {str(name): str(kind) for name, kind, *_more in engine.con.execute(f'DESCRIBE "{found}"').fetchall()}


def _same(read: Callable[[str], Table], paths: Sequence[Path], names: Sequence[str]) -> None:
    """Refuse files without a column that others have: it would be read as missing, or not at all."""
    if len(paths) < 2:
        return
    columns = [(path.name, set(read(name).columns)) for path, name in zip(paths, names, strict=True)]
    named = {column for _name, theirs in columns for column in theirs}
    if wrong := [f"{column} ({name})" for name, theirs in columns for column in sorted(named - theirs)]:
        raise CannotEstimate("unknown_column", keys=wrong)


@contextmanager
def _older_names() -> Iterator[None]:
    """ibis 12 asks DuckDB 2 for a table in a way that it warns of."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "fetch_arrow_table", DeprecationWarning)
        yield


def pulled(table: Table) -> pa.Table:
    """The rows of a table of ibis. DuckDB is asked itself: through ibis, pandas would be loaded for it."""
    engine = table.get_backend()
    if not streams(table):
        return table.to_pyarrow()
    with _refusing():
        found = engine.con.sql(engine.compile(table)).to_arrow_table()
    wanted = table.schema().to_pyarrow()
    return found if found.schema.equals(wanted) else found.cast(wanted)  # a cast loads pandas


def streams(table: Table) -> bool:
    """Whether the engine lies in this process, so that rows can be handed over as they are."""
    return table.get_backend().name == "duckdb" and not table.op().find(InMemoryTable)


def batches(table: Table, rows: int, most: str | None = None) -> Iterator[pa.RecordBatch]:
    """The rows of a table, so many at a time, from an engine in this process, which may hold `most` meanwhile.

    Raises DoesNotFit, NoRoom.
    """
    engine = table.get_backend()
    with _holding(engine.con, most), _refusing():
        yield from engine.con.sql(engine.compile(table)).to_arrow_reader(rows)


@contextmanager
def _refusing() -> Iterator[None]:
    """What our own engine refuses, in words that are understood without it."""
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise NoRoom(str(error)) from error
    except duckdb.DataError as error:
        raise DoesNotFit(str(error)) from error
    except OSError as error:  # so Arrow says what the engine said
        raise (NoRoom if "Out of Memory" in str(error) else DoesNotFit)(str(error)) from error


@contextmanager
def _holding(engine: Any, most: str | None) -> Iterator[None]:
    """Let the engine hold no more for a while; one that was given less than a gigabyte keeps that."""
    if most is None:
        yield
        return
    [(before,)] = engine.execute("SELECT current_setting('memory_limit')").fetchall()
    if not before.endswith(("GiB", "TiB")):
        yield
        return
    engine.execute(f"SET memory_limit = '{most}'")
    try:
        yield
    finally:
        engine.execute(f"SET memory_limit = '{before}'")


@contextmanager
def beside(table: Table, rows: pa.Table) -> Iterator[Table]:
    """Other rows as a table of the engine of this one, for as long as it is needed."""
    engine, name = table.get_backend(), f"beside_{id(rows)}"
    engine.con.register(name, rows)
    try:
        with _older_names():
            found = engine.table(name)
        yield found
    finally:
        engine.con.unregister(name)


def unboxed(column: pa.Array) -> tuple[NDArray[Any], Flags | None]:
    """The numbers of a column as they lie there (yes and no as one and zero), and which are known; nothing: all.

    Its own way to numpy loads pandas.
    """
    known, values = column.buffers()
    if not len(column):
        return np.zeros(0, dtype=column.type.to_pandas_dtype()), None
    if pa.types.is_boolean(column.type):
        found = _bits(values, column).view(np.int8)
    else:
        kind = np.dtype(column.type.to_pandas_dtype())
        found = np.frombuffer(values, dtype=kind, count=column.offset + len(column))[column.offset :]
    return found, _bits(known, column).view(np.bool_) if column.null_count else None


def _bits(held: pa.Buffer, column: pa.Array) -> NDArray[np.uint8]:
    """Yes and no of each row, as one and zero."""
    skipped, first = divmod(column.offset, 8)
    bits = np.frombuffer(held, dtype=np.uint8, offset=skipped)
    return np.unpackbits(bits, count=first + len(column), bitorder="little")[first:]


def boxed(values: NDArray[np.int64]) -> pa.Array:
    """Whole numbers as a column, as they lie there."""
    return pa.Array.from_buffers(pa.int64(), len(values), [None, pa.py_buffer(values)])


def with_rows(table: Table) -> Table:
    """The table with a number for each row, where rows are units of their own."""
    return table.mutate(**{ROW: ibis.row_number()})


def known(table: Table, columns: Sequence[str]) -> None:
    """Raise CannotEstimate where the table lacks one of the columns, or has one that differs by capitals only."""
    lower = [column.lower() for column in table.columns]
    if twice := [column for column in columns if lower.count(column.lower()) > 1]:
        raise CannotEstimate("column_twice", keys=twice)
    if missing := [column for column in columns if column not in table.columns]:
        raise CannotEstimate("unknown_column", keys=missing)
