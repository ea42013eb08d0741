"""One contestant of `bench.estimates` in a process of its own: its name, of `CONTESTANTS`, and the file."""

import json
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what is loaded before the work is measured
    from learnin.compute.survey import Row, Source
    from learnin.compute.survey.sums import Item

Work = Callable[[], None]

THREADS = 2
LIBRARIES = {  # that are loaded before the work; a server loads them once
    "floor": ("duckdb",),
    "svy": ("polars", "svy"),
    "samplics": ("polars", "samplics"),
}
OURS = ("learnin.compute.survey.estimating", "learnin.compute.survey.items")


def floor(file: str) -> None:
    """A plain sum of every column that the indicators use."""
    import duckdb

    line = duckdb.connect(config={"threads": THREADS})
    names = [name for name in line.sql(f"SELECT * FROM '{file}' LIMIT 0").columns if name[0] in "fy"]
    line.sql(f"SELECT {', '.join(f'sum({name})' for name in names)} FROM '{file}'").fetchall()


def survey(file: str) -> None:
    """20 shares and 10 means: of all, by region, by sex, and by both."""
    estimate_survey(file)


def estimate_survey(source: "Source") -> "tuple[Row, ...]":
    """The rows of the survey, from a file or from the table of an engine."""
    from learnin.compute.survey import Mean, Proportion

    items = [*(Proportion(f"f{number}") for number in range(20)), *(Mean(f"y{number}") for number in range(10))]
    return _estimate(source, items, [(), ("region",), ("sex",), ("region", "sex")])


def country(file: str) -> None:
    """300 shares, by region and by age: 40 groups."""
    from learnin.compute.survey import Proportion

    _estimate(file, [Proportion(f"f{number}") for number in range(300)], [("region",), ("age",)])


def svy(file: str) -> Work:
    """The same 30 as means, by svy, which names no share: it reads the rows first."""
    import polars
    import svy

    rows = polars.read_parquet(file)
    items = [name for name in rows.columns if name[0] in "fy"]

    def work() -> None:
        sample = svy.Sample(rows, svy.Design(stratum="stratum", psu="school", wgt="w"))
        for by in (None, "region", "sex", ["region", "sex"]):
            sample.estimation.mean(items, by=by, drop_nulls=True)

    return work


def samplics(file: str) -> Work:
    """One share and one mean of the 30, by samplics, which takes them one by one: it reads the rows first."""
    import polars
    from samplics import PopParam, TaylorEstimator

    rows = polars.read_parquet(file).with_columns(both=polars.concat_str("region", "sex"))
    columns = {name: rows[name].to_numpy() for name in ("f0", "y0", "w", "stratum", "school", "region", "sex", "both")}

    def work() -> None:
        given = {"samp_weight": columns["w"], "stratum": columns["stratum"], "psu": columns["school"]}
        for item in ("f0", "y0"):
            for by in (None, "region", "sex", "both"):
                groups = columns[by] if by else None
                TaylorEstimator(PopParam.mean).estimate(columns[item], domain=groups, remove_nan=True, **given)

    return work


def _estimate(source: "Source", items: "list[Item]", by: list[tuple[str, ...]]) -> "tuple[Row, ...]":
    from learnin.compute.survey import Design, Stage, estimate

    table = estimate(source, Design("w", strata="stratum", stages=(Stage("school"),)), items, by)
    assert len(table.rows) >= len(items) * len(by)
    return table.rows


def peak() -> float:
    """The most memory that this process held, in MB.

    From the kernel's status where it has one: the usual counter begins with what the parent held when it forked.
    """
    status = Path("/proc/self/status")
    if status.exists():
        [line] = [line for line in status.read_text().splitlines() if line.startswith("VmHWM:")]
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


CONTESTANTS: dict[str, Callable[[str], Work]] = {
    "floor": lambda file: partial(floor, file),
    "survey": lambda file: partial(survey, file),
    "country": lambda file: partial(country, file),
    "svy": svy,
    "samplics": samplics,
}
"""What each does with the file first, if anything, and then its work."""


def main() -> None:
    """Do it, and print what it took as JSON.

    Seconds by the clock once libraries are loaded; seconds of the processor for loading them, for reading and for the
    work; and memory.
    """
    _program, what, file = sys.argv
    begun = time.process_time()
    for name in LIBRARIES.get(what, OURS):
        import_module(name)
    clock, loaded = time.perf_counter(), time.process_time()
    work = CONTESTANTS[what](file)
    read = time.process_time()
    work()
    told = {
        "clock": time.perf_counter() - clock,
        "loading": loaded - begun,
        "reading": read - loaded,
        "spent": time.process_time() - read,
        "peak": peak(),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
