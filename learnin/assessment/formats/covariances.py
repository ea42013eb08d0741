"""Covariances of the estimates of a run, so that any two groups can be compared later without the answers.

A row for each number of each indicator (`item`, `level`): the groups in their order (`keys`), and the lower triangle of
the matrix, row by row (`lower`). Kept are the matrices, and not the sums by sampled unit they come from: a matrix holds
whatever the design was (later stages, calibration, replicates), is small, and tells of no group of few people. What it
cannot tell is the covariance of two indicators, or of two rounds that asked the same people.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from learnin.assessment.formats import domains, indicator
from learnin.compute import survey

SCHEMA: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "item": pl.String,
    "level": pl.String,
    "keys": pl.List(pl.String),
    "lower": pl.List(pl.Float64),
}
Real = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Matrix:
    """The covariances of one number in all groups. NaN where a group has no standard error."""

    keys: tuple[str, ...]
    values: Real

    def of(self, first: str, second: str) -> float:
        """The covariance of two groups. Raises ValueError where one of them is not there."""
        return float(self.values[self.keys.index(first), self.keys.index(second)])


def nothing() -> pl.DataFrame:
    """A table without rows."""
    return pl.DataFrame(schema=SCHEMA)


def of(table: survey.Table, names: Mapping[str, str]) -> pl.DataFrame:
    """The covariances of everything in a table of estimates; `names` says what each column of groups is called."""
    found: dict[tuple[str, str], list[survey.Row]] = {}
    for row in table.rows:
        found.setdefault((row.item, level_of(row)), []).append(row)
    lines = [
        (item, level, [key_of(row, names) for row in rows], _lower(table.vcov(rows)))
        for (item, level), rows in found.items()
    ]
    return pl.DataFrame(lines, schema=SCHEMA, orient="row")


def level_of(row: survey.Row) -> str:
    """Which of its numbers a row tells, as a text: the value, not the column that it was made into."""
    return "" if row.level is None else indicator.value_of(str(row.level)) or str(row.level)


def key_of(row: survey.Row, names: Mapping[str, str]) -> str:
    """The group of a row, as one text."""
    return domains.key((names[column], value) for column, value in row.domain)


def written(covariances: pl.DataFrame) -> bytes:
    """The table as Parquet."""
    out = io.BytesIO()
    covariances.write_parquet(out, compression="zstd")
    return out.getvalue()


def read(content: bytes) -> pl.DataFrame:
    """The table of a file."""
    return pl.read_parquet(io.BytesIO(content))


def matrix(covariances: pl.DataFrame, item: str, level: str = "") -> Matrix | None:
    """The covariances of one number of an indicator; nothing where there are none."""
    rows = covariances.filter((pl.col("item") == item) & (pl.col("level") == level))
    if rows.is_empty():
        return None
    keys, lower = rows["keys"][0].to_list(), rows["lower"][0].to_numpy()
    values = np.zeros((len(keys), len(keys)))
    values[np.tril_indices(len(keys))] = lower
    return Matrix(tuple(keys), values + np.tril(values, -1).T)


def _lower(whole: Real) -> list[float]:
    lower: list[float] = whole[np.tril_indices(len(whole))].tolist()
    return lower
