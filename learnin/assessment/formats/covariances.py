"""Covariances of the estimates of a run, so that any two groups can be compared later without the answers.

A row for each number of each indicator (`item`, `level`): the groups in their order (`keys`), and the lower triangle of
the matrix, row by row (`lower`). Kept are the matrices, and not the sums by sampled unit they come from: a matrix holds
whatever the design was (later stages, calibration, replicates), is small, and tells of no group of few people.

For numbers that are ranked against each other there are rows beside these, without an item: of one group (`level` is
its key) the numbers that were worked out together (`keys`, each `item|level`), and their matrix. What no row can tell
is the covariance of two numbers of different rounds, or of two that were never worked out together.
"""

import io
from collections.abc import Collection, Mapping, Sequence
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
TOGETHER = ""  # the item of rows that hold several numbers of one group; no indicator has an empty code


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


def together(table: survey.Table, names: Mapping[str, str], items: Collection[str]) -> pl.DataFrame:
    """The covariances of numbers of these items with each other, group by group."""
    found: dict[str, list[survey.Row]] = {}
    for row in table.rows:
        if row.item in items and row.se is not None:
            found.setdefault(key_of(row, names), []).append(row)
    lines = [
        (TOGETHER, key, [place(row.item, level_of(row)) for row in rows], _lower(table.vcov(rows)))
        for key, rows in found.items()
        if len(rows) > 1
    ]
    return pl.DataFrame(lines, schema=SCHEMA, orient="row")


def place(item: str, level: str) -> str:
    """A number of an indicator, as one text."""
    return f"{item}|{level}"


def kept(covariances: pl.DataFrame, items: Collection[str]) -> pl.DataFrame:
    """What a file tells of these items alone."""
    own = covariances.filter(pl.col("item").is_in(list(items)))
    lines = []
    for row in covariances.filter(pl.col("item") == TOGETHER).iter_rows(named=True):
        whole = _matrix(row["keys"], np.array(row["lower"]))
        here = [at for at, one in enumerate(row["keys"]) if one.partition("|")[0] in items]
        if len(here) > 1:
            values = whole.values[np.ix_(here, here)]
            lines.append((TOGETHER, row["level"], [row["keys"][at] for at in here], _lower(values)))
    return pl.concat([own, pl.DataFrame(lines, schema=SCHEMA, orient="row")])


def among(covariances: pl.DataFrame, places: Sequence[str], key: str = "") -> Real:
    """The covariances of these numbers in one group, shape (k, k): 0 for two that were not worked out together.

    The variances are 0 where no matrix has them. Numbers that were worked out together make a block, so the whole has
    no negative eigenvalue.
    """
    found = np.zeros((len(places), len(places)))
    rows = covariances.filter((pl.col("item") == TOGETHER) & (pl.col("level") == key))
    for row in rows.iter_rows(named=True):
        whole = _matrix(row["keys"], np.array(row["lower"]))
        here = [(at, whole.keys.index(one)) for at, one in enumerate(places) if one in whole.keys]
        if here:
            ours, theirs = (list(side) for side in zip(*here, strict=True))
            found[np.ix_(ours, ours)] = whole.values[np.ix_(theirs, theirs)]
    return found


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
    return _matrix(rows["keys"][0].to_list(), rows["lower"][0].to_numpy())


def _matrix(keys: Sequence[str], lower: Real) -> Matrix:
    values = np.zeros((len(keys), len(keys)))
    values[np.tril_indices(len(keys))] = lower
    return Matrix(tuple(keys), values + np.tril(values, -1).T)


def _lower(whole: Real) -> list[float]:
    lower: list[float] = whole[np.tril_indices(len(whole))].tolist()
    return lower
