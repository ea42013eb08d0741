"""The survey of `bench.estimates`, added up here and by Spark with two workers: what both take, and how far apart.

`python -m bench.engines FILE` prints it as JSON: seconds by the clock once Spark runs, how many numbers were compared,
and the largest relative difference.
"""

import json
import math
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from bench.estimating import estimate_survey
from learnin.compute.commands.data import engine
from learnin.compute.survey import Row, Source

WORKERS = "local[2]"
NUMBERS = ("estimate", "se", "ci_low", "ci_high", "df", "n", "deff")


def main() -> None:
    """Add up twice and compare."""
    [file] = [Path(word) for word in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as folder:
        there = engine("spark", WORKERS, Path(folder)).parquet([file])
        here, ours = _timed(file)
        spark, theirs = _timed(there)
    pairs = [
        (getattr(one, name), getattr(other, name)) for one, other in zip(ours, theirs, strict=True) for name in NUMBERS
    ]
    print(json.dumps({"here": here, "spark": spark, "numbers": len(pairs), "apart": _apart(pairs)}))


def _timed(source: Source) -> tuple[float, tuple[Row, ...]]:
    begun = time.perf_counter()
    rows = estimate_survey(source)
    return time.perf_counter() - begun, rows


def _apart(pairs: Iterable[tuple[float | None, float | None]]) -> float:
    """The largest relative difference; without bound where one of two is nothing."""
    found = [0.0]
    for one, other in pairs:
        if one is None or other is None:
            found.append(0.0 if one is other else math.inf)
        elif one != other:
            found.append(abs(one - other) / max(abs(one), abs(other)))
    return max(found)


if __name__ == "__main__":
    main()
