"""Samples made for a test: strata, schools, classes and teachers, with answers that differ between them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from learnin.compute.survey import Design, Stage

CLUSTERED = Design("w", strata="stratum", stages=(Stage("school"),))
ALL_STAGES = Design(
    "w",
    strata="stratum",
    stages=(Stage("school", fpc="schools"), Stage("class", fpc="classes"), Stage("teacher", fpc="teachers")),
)


def sample(seed: int, *, strata: int = 3, schools: int = 4, most: int = 3) -> pa.Table:
    """Teachers in classes in schools in strata, from a seed: three stages with counts, six decimals in the weights."""
    draw = np.random.default_rng(seed)
    rows: list[dict[str, Any]] = []
    for stratum in range(strata):
        for school in range(int(draw.integers(2, schools + 1))):
            level, classes = draw.normal(50, 8), int(draw.integers(2, most + 1))
            for group in range(classes):
                teachers = int(draw.integers(2, most + 1))
                rows += [
                    {
                        "stratum": stratum, "school": 100 * stratum + school, "class": group, "teacher": teacher,
                        "schools": 3 * schools, "classes": classes + 2, "teachers": teachers + stratum,
                        "w": round(float(draw.uniform(1, 30)), 6), "y": round(float(draw.normal(level, 5)), 3),
                        "x": int(draw.integers(1, 9)), "flag": bool(draw.random() < 0.4), "area": f"a{stratum % 2}",
                        "sex": ["f", "m"][int(draw.integers(0, 2))], "scale": int(draw.integers(1, 6)),
                    }
                    for teacher in range(teachers)
                ]  # fmt: skip
    return pa.Table.from_pylist(rows)


def with_gaps(table: pa.Table, column: str, places: Sequence[int]) -> pa.Table:
    """The same with missing answers at some places."""
    values = table[column].to_pylist()
    for place in places:
        values[place % len(values)] = None
    return table.set_column(table.column_names.index(column), column, pa.array(values))


def times(table: pa.Table, column: str, factor: float) -> pa.Table:
    """The same with a column multiplied."""
    values = [one * factor for one in table[column].to_pylist()]
    return table.set_column(table.column_names.index(column), column, pa.array(values))
