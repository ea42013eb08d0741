"""Where the answers come from: files, a relation of DuckDB, or a table of any engine ibis speaks to."""

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import duckdb
import ibis
import pyarrow as pa
from ibis.expr.types import Table

from learnin.compute.survey.refusals import CannotEstimate

Source: TypeAlias = str | Path | Sequence[str | Path] | duckdb.DuckDBPyRelation | pa.Table | Table
"""Paths of Parquet or CSV files of the same columns, a table of DuckDB, Arrow or ibis; one row per respondent."""

ROW = "row_of_the_data"


def opened(source: Source) -> Table:
    """The source as a table of ibis.

    Raises CannotEstimate: unreadable_source.
    """
    match source:
        case Table():
            return source
        case pa.Table():
            return ibis.memtable(source)
        case duckdb.DuckDBPyRelation():
            return ibis.memtable(source.to_arrow_table())
        case str() | Path():
            return _read([Path(source)])
        case [*paths] if paths and all(isinstance(path, str | Path) for path in paths):
            return _read([Path(path) for path in paths])
    raise CannotEstimate("unreadable_source", keys=[type(source).__name__])


def _read(paths: list[Path]) -> Table:
    kinds = {path.suffix.lower() for path in paths}
    engine = ibis.duckdb.connect()
    names = [str(path) for path in paths]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "fetch_arrow_table", DeprecationWarning)  # ibis 12, DuckDB 2
        if kinds == {".parquet"}:
            return engine.read_parquet(names)
        if kinds <= {".csv", ".tsv"}:
            return engine.read_csv(names)
    raise CannotEstimate("unreadable_source", keys=sorted(kinds))


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
