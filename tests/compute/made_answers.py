"""Answers that were made up for tests, with gaps of every kind."""

import numpy as np
import pyarrow as pa


def answers(rows: int, seed: int = 1) -> pa.Table:
    """Answers with gaps of every kind, in the answers as in the groups."""
    chance = np.random.default_rng(seed)
    school = chance.integers(0, 24, rows)

    def gaps(values: np.ndarray, share: float = 0.1) -> pa.Array:
        return pa.array(values, mask=chance.random(rows) < share)

    y = chance.normal(50, 10, rows).round(2)
    y[chance.random(rows) < 0.05] = np.nan
    return pa.table(
        {
            "stratum": school // 6,
            "school": school,
            "region": gaps(np.array(["north", "south"])[school % 2], 0.03),
            "sex": gaps(chance.choice([1.0, 2.0, np.nan], rows), 0.03),
            "w": chance.uniform(1, 9, rows).round(3),
            "y": gaps(y),
            "x": chance.uniform(1, 5, rows).round(1),
            "many": gaps(chance.integers(-(10**9), 10**12, rows)),
            "flag": gaps((chance.random(rows) < 0.3).astype("int8")),
            "other": gaps((chance.random(rows) < 0.6).astype("uint64")),
            "said": gaps(chance.random(rows) < 0.4),
            "word": gaps(chance.choice(["a", "b", "c"], rows)),
            "one": gaps(chance.integers(1, 6, rows).astype("int16")),
            "two": gaps(chance.integers(1, 6, rows).astype("float32")),
            "three": chance.integers(1, 6, rows),
        }
    )


def changed(data: pa.Table, column: str, values: object) -> pa.Table:
    """The data with another column."""
    return data.set_column(data.column_names.index(column), column, pa.array(values))
