"""The data of a SPEC as one table of the engine."""

import hashlib
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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

from learnin.compute.commands import delimited, headings
from learnin.compute.commands.spec import Spec
from learnin.compute.commands.wrong import FILE_WRONG, Wrong
from learnin.compute.survey import sources

ENGINES = ("duckdb", "spark")
SPARK_MARKS = r"[*?\[\]{}\\]"  # in a name, these stand for other files to Spark
PIECE = 1 << 20  # bytes that are fingerprinted at once


@dataclass(frozen=True)
class File:
    """A file the numbers come from: its name, its size and the SHA-256 of its bytes."""

    name: str
    bytes: int
    sha256: str


def fingerprinted(spec: Spec) -> list[File]:
    """The files of the data, and that of joint chances. Raises Wrong where one does not open."""
    named = [(f"data.files[{at}]", name) for at, name in enumerate(spec.asked["data"]["files"])]
    joint = spec.asked["design"].get("joint")
    named += [("design.joint.file", joint["file"])] if joint else []
    return [_fingerprint(key, name, spec.folder / name) for key, name in named]


def _fingerprint(key: str, name: str, path: Path) -> File:
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                found.update(piece)
        return File(name, path.stat().st_size, found.hexdigest())
    except OSError as error:
        raise Wrong(key, f"{name} cannot be read ({error.__class__.__name__})", FILE_WRONG)


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
                return sources.opened(paths)
            names = [re.sub(SPARK_MARKS, r"\\\g<0>", str(path)) for path in paths]
            first, *others = widened([self.connection.read_parquet(name) for name in names])
            return ibis.union(first, *others) if others else first

    def laid(self, table: pa.Table, name: str) -> Table:
        """A table from memory, where this engine finds it."""
        if self.name == "duckdb":
            return ibis.memtable(table)
        path = self.folder / f"{name}.parquet"
        pq.write_table(table, path)
        return self.parquet([path])


def widened(tables: Sequence[Table]) -> list[Table]:
    """The tables with columns of one kind: of numbers, doubles where kinds differ; otherwise text."""
    kinds = {name: {table[name].type() for table in tables} for name in tables[0].columns}
    wide = {
        name: "float64" if all(kind.is_numeric() for kind in found) else "string"
        for name, found in kinds.items()
        if len(found) > 1
    }
    return [table.cast(wide) if wide else table for table in tables]


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
    """All files as one table. Raises Wrong where they differ in kind or columns, or do not open."""
    paths = spec.files
    kinds = sorted({path.suffix.lower() for path in paths})
    if len(kinds) > 1:
        raise Wrong("data.files", f"all have to be of one kind, and there are {', '.join(kinds)}")
    if kinds[0] not in (".parquet", *delimited.ENDINGS, ".sav", ".zsav"):
        raise Wrong("data.files[0]", f"{kinds[0] or paths[0].name} cannot be read; CSV, Parquet or SAV can")
    if kinds[0] not in delimited.ENDINGS:
        delimited.refused(spec, kinds[0])
    with read_of(paths):
        match kinds[0]:
            case ".parquet":
                headings.looked_at(paths, [pq.read_schema(path).names for path in paths])
                return by.parquet(paths)
            case ".csv" | ".tsv":
                return _csv(spec, paths, by)
        return by.laid(_sav(paths), "answers")


@contextmanager
def read_of(paths: Sequence[Path]) -> Iterator[None]:
    """What an engine says of files that it cannot read becomes words with the key of the file."""
    try:
        yield
    except (
        duckdb.Error,
        sources.DoesNotFit,
        sources.NoRoom,
        pyreadstat.ReadstatError,
        pa.ArrowInvalid,
        pl.exceptions.PolarsError,
    ) as error:
        raise delimited.unreadable(paths, error)


def _csv(spec: Spec, paths: Sequence[Path], by: Engine) -> Table:
    """CSV is read by DuckDB whatever adds up, so that every engine sees the same kinds of columns."""
    reader = by.connection if by.name == "duckdb" else ibis.duckdb.connect()
    with _quiet():
        headings.looked_at(paths, [delimited.headings(path) for path in paths])
        table = delimited.table(spec, paths, reader)
        return table if by.name == "duckdb" else by.laid(table.to_pyarrow(), "answers")


def _sav(paths: Sequence[Path]) -> pa.Table:
    """Values as they are coded; what the file calls missing, and empty text, is missing."""
    frames = [pyreadstat.read_sav(path, output_format="polars")[0] for path in paths]
    headings.looked_at(paths, [frame.columns for frame in frames])
    whole = pl.concat([frame.select(frames[0].columns) for frame in frames], how="vertical_relaxed")
    return whole.with_columns(pl.col(pl.String).replace("", None)).to_arrow()


def _quiet() -> "warnings.catch_warnings[None]":
    """Without the warnings of ibis 12 about DuckDB 2."""
    return warnings.catch_warnings(action="ignore", category=DeprecationWarning)
