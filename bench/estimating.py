"""One contestant of `bench.estimates` in a process of its own: `survey`, `country` or `floor`, and the file."""

import json
import resource
import sys
import time
from collections.abc import Callable
from importlib import import_module

THREADS = 2
LIBRARIES = {"floor": ("duckdb",)}  # that are loaded before the work; a server loads them once
OURS = ("ibis.backends.duckdb", "learnin.compute.survey.estimating", "learnin.compute.survey.items")


def floor(file: str) -> None:
    """A plain sum of every column that the indicators use."""
    import duckdb

    line = duckdb.connect(config={"threads": THREADS})
    names = [name for name in line.sql(f"SELECT * FROM '{file}' LIMIT 0").columns if name[0] in "fy"]
    line.sql(f"SELECT {', '.join(f'sum({name})' for name in names)} FROM '{file}'").fetchall()


def survey(file: str) -> None:
    """20 shares and 10 means: of all, by region, by sex, and by both."""
    from learnin.compute.survey import Mean, Proportion

    items = [*(Proportion(f"f{number}") for number in range(20)), *(Mean(f"y{number}") for number in range(10))]
    _estimate(file, items, [(), ("region",), ("sex",), ("region", "sex")])


def country(file: str) -> None:
    """300 shares, by region and by age: 40 groups."""
    from learnin.compute.survey import Proportion

    _estimate(file, [Proportion(f"f{number}") for number in range(300)], [("region",), ("age",)])


def _estimate(file: str, items: list[object], by: list[tuple[str, ...]]) -> None:
    from learnin.compute.survey import Design, Stage, estimate

    table = estimate(file, Design("w", strata="stratum", stages=(Stage("school"),)), items, by)
    assert len(table.rows) >= len(items) * len(by)


def main() -> None:
    """Do it, and print seconds by the clock and of the processor, those for loading libraries, and memory, as JSON."""
    contestants: dict[str, Callable[[str], None]] = {"floor": floor, "survey": survey, "country": country}
    _program, what, file = sys.argv
    begun = time.perf_counter(), time.process_time()
    for name in LIBRARIES.get(what, OURS):
        import_module(name)
    loaded = time.process_time()
    contestants[what](file)
    told = {
        "clock": time.perf_counter() - begun[0],
        "loading": loaded - begun[1],
        "spent": time.process_time() - loaded,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
