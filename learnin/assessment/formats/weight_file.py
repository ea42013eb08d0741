"""The file of a set of weights: Parquet, a row for each answer that has a weight."""

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import polars as pl

Columns = Mapping[str, Sequence[str] | NDArray[np.float64]]
FIRST = ("answer", "weight", "stratum", "psu", "fpc1", "ssu", "fpc2")


def written(columns: Columns) -> bytes:
    """The columns as Parquet, the known ones first, rows in the order of the answers' ids: they tell nothing else.

    >>> read(written({"weight": np.array([2.0, 3.5]), "answer": ["b", "a"]})).rows()
    [('a', 3.5), ('b', 2.0)]
    """
    import polars as pl  # takes memory, and few pages need it

    named = [*(name for name in FIRST if name in columns), *(name for name in columns if name not in FIRST)]
    frame = pl.DataFrame({name: columns[name] for name in named}).sort("answer")
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue()


def read(content: bytes) -> "pl.DataFrame":
    """The table of a file."""
    import polars as pl

    return pl.read_parquet(io.BytesIO(content))
