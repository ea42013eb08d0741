"""The data of a SPEC as one table of the engine."""

import hashlib
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import ibis
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
from ibis.expr.types import Table

from learnin.compute.commands.spec import Spec
from learnin.compute.commands.wrong import FILE_WRONG, Wrong

ENGINES = ("duckdb", "spark")
PIECE = 1 << 20  # bytes that are fingerprinted at once


@dataclass(frozen=True)
class File:
    """A file the numbers come from: its name, its size and the SHA-256 of its bytes."""

    name: str
    bytes: int
    sha256: str


def fingerprinted(spec: Spec) -> list[File]:
    """The files of the data. Raises Wrong where one does not open."""
    return [_fingerprint(at, name, path) for at, (name, path) in enumerate(zip(_names(spec), spec.files, strict=True))]


def _names(spec: Spec) -> Sequence[str]:
    names: Sequence[str] = spec.asked["data"]["files"]
    return names


def _fingerprint(at: int, name: str, path: Path) -> File:
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                found.update(piece)
        return File(name, path.stat().st_size, found.hexdigest())
    except OSError as error:
        raise Wrong(f"data.files[{at}]", f"{name} cannot be read ({error.__class__.__name__})", FILE_WRONG)


@dataclass(frozen=True)
class Engine:
    """What adds up: DuckDB here, or Spark; both read the same Parquet.

    Args:
        name: one of `ENGINES`. connection: of ibis.
        folder: where what is not Parquet is written as such for another engine; gone when the command ends.
    """

    name: str
    connection: Any
    folder: Path

    def parquet(self, paths: Sequence[Path]) -> Table:
        """Files of the same columns as one table."""
        with _quiet():
            if self.name == "duckdb":
                return self.connection.read_parquet([str(path) for path in paths])
            first, *others = [self.connection.read_parquet(str(path)) for path in paths]
            return ibis.union(first, *others) if others else first

    def laid(self, table: pa.Table, name: str) -> Table:
        """A table from memory, where this engine finds it."""
        if self.name == "duckdb":
            return ibis.memtable(table)
        path = self.folder / f"{name}.parquet"
        pq.write_table(table, path)
        return self.parquet([path])


def engine(name: str, master: str | None, folder: Path) -> Engine:
    """The engine of this name. Raises Wrong where it is not installed."""
    if name == "duckdb":
        return Engine(name, ibis.duckdb.connect(), folder)
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise Wrong("", "--engine spark needs pyspark: install LearnIn with its extra, learnin[scale]")
    session = SparkSession.builder.appName("learnin").config("spark.ui.enabled", "false")
    session = session.config("spark.sql.session.timeZone", "UTC")
    session = session.master(master) if master else session
    return Engine(name, ibis.pyspark.connect(session.getOrCreate()), folder)


def opened(spec: Spec, by: Engine) -> Table:
    """All files as one table. Raises Wrong where they differ in kind or do not open."""
    paths = spec.files
    kinds = sorted({path.suffix.lower() for path in paths})
    if len(kinds) > 1:
        raise Wrong("data.files", f"all have to be of one kind, and there are {', '.join(kinds)}")
    if kinds[0] not in (".parquet", ".csv", ".tsv", ".sav", ".zsav"):
        raise Wrong("data.files[0]", f"{kinds[0] or paths[0].name} cannot be read; CSV, Parquet or SAV can")
    try:
        match kinds[0]:
            case ".parquet":
                return by.parquet(paths)
            case ".csv" | ".tsv":
                return _csv(spec, paths, by)
        return by.laid(_sav(paths), "answers")
    except (duckdb.Error, pyreadstat.ReadstatError, pa.ArrowInvalid, pl.exceptions.PolarsError) as error:
        raise Wrong("data.files", str(error).splitlines()[0], FILE_WRONG)


def _csv(spec: Spec, paths: Sequence[Path], by: Engine) -> Table:
    """CSV is read by DuckDB whatever adds up, so that every engine sees the same kinds of columns."""
    told = spec.asked["data"]
    reader = by.connection if by.name == "duckdb" else ibis.duckdb.connect()
    names = [str(path) for path in paths]
    told_text = dict.fromkeys(told.get("text", []), "VARCHAR")
    options = {"nullstr": ["", *told.get("missing", [])], "union_by_name": True}
    with _quiet():
        first = reader.read_csv(names, **options)
        if unknown := [column for column in told_text if column not in first.columns]:
            raise Wrong("data.text", f'there is no column "{unknown[0]}"')
        text = told_text | _words(first, reader.read_csv(names, all_varchar=True, **options))
        table = reader.read_csv(names, types=text, **options) if text else first
        return table if by.name == "duckdb" else by.laid(table.to_pyarrow(), "answers")


def _words(table: Table, raw: Table) -> dict[str, str]:
    """Columns that DuckDB takes for true and false though they say Yes and No, which R reads as words."""
    found = {}
    for column in (name for name, kind in table.schema().items() if kind.is_boolean()):
        words = raw.select(column).distinct().to_pyarrow()[column].to_pylist()
        if {str(word).lower() for word in words if word is not None} - {"true", "false"}:
            found[column] = "VARCHAR"
    return found


def _sav(paths: Sequence[Path]) -> pa.Table:
    """Values as they are coded; what the file calls missing, and empty text, is missing."""
    frames = [pyreadstat.read_sav(path, output_format="polars")[0] for path in paths]
    whole = pl.concat(frames, how="vertical_relaxed")
    return whole.with_columns(pl.col(pl.String).replace("", None)).to_arrow()


def _quiet() -> "warnings.catch_warnings[None]":
    """Without the warnings of ibis 12 about DuckDB 2."""
    return warnings.catch_warnings(action="ignore", category=DeprecationWarning)
