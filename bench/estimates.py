"""What estimates cost: 30 indicators in 84 groups of a made survey of teachers, beside a plain sum of the same columns.

Every contestant reads the same file in a process of its own, in turns: ours and the floor (DuckDB sums the 30 columns
and does nothing else). Where they are installed, also R's survey package, svy and samplics, once each, with as many
answers as they can do in a minute or two. R leaves out whoever misses one answer; samplics does 2 of the 30.
*by the clock* are the seconds that reading and work take on two processors, once libraries are loaded. *loading* is
processor time for libraries, *reading* for the rows where that is a step of its own, *of processor* that of the work.
A last table is a country: 300 indicators in 40 groups from 50,000 answers. Where Spark is installed, it adds up the
smaller survey too, and the numbers are compared.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import numpy as np
import pyarrow as pa
import pyarrow.csv as text
import pyarrow.parquet as pq

from bench.table import table

EACH = 25_000  # answers for one repetition: 40 are a million, which go with a tenth of them and ten times as many
SMALL, LARGE = 100_000, 10_000_000
COUNTRY = 50_000
PEERS = {"R survey": 1_000_000, "svy": 1_000_000, "samplics": SMALL}  # and how many answers are not too many for each
RATIOS = ("times floor", "times ours")
HEAD = ("by the clock", *RATIOS, "loading", "reading", "of processor", *RATIOS, "peak MB")
STRATA, SCHOOLS, REGIONS, PIECE, TAKES = 200, 10_000, 20, 500_000, 5
R = """
begun <- proc.time()
suppressMessages(library(survey))
loaded <- proc.time()
asked <- commandArgs(TRUE)
kinds <- c(stratum = "character", school = "character", region = "character", sex = "character", age = "character")
d <- read.csv(asked[1], colClasses = kinds)
read <- proc.time()
items <- grep("^(f|y)", names(d), value = TRUE)
design <- svydesign(~school, strata = ~stratum, weights = ~w, data = d, nest = TRUE)
f <- reformulate(items)
svymean(f, design, na.rm = TRUE)
for (by in c(~region, ~sex, ~region + sex)) svyby(f, by, design, svymean, na.rm = TRUE)
done <- proc.time()
of <- function(from, to) sum((to - from)[1:2])
peak <- as.numeric(gsub("[^0-9]", "", grep("VmHWM", readLines("/proc/self/status"), value = TRUE))) / 1024
cat(sprintf('{"clock": %f, "loading": %f, "reading": %f, "spent": %f, "peak": %f}', (done - loaded)[["elapsed"]],
            of(begun, loaded), of(loaded, read), of(read, done), peak))
"""


def run(repetitions: int) -> list[str]:
    """A table for each size and one for the country; what Spark says, and who was not there to be measured."""
    with tempfile.TemporaryDirectory() as folder:
        answers, peers = EACH * repetitions, here()
        sizes = sorted({min(answers, SMALL), answers, *([LARGE] if answers >= LARGE // 10 else [])})
        tables = [
            _survey(Path(folder, str(size)), size, [name for name in peers if size <= PEERS[name]]) for size in sizes
        ]
        country = Path(folder, "country.parquet")
        lay(country, min(COUNTRY, answers), shares=300, means=0)
        tables.append(_table(country, min(COUNTRY, answers), peers={}, what="country"))
        tables.append(_by_spark(Path(folder, f"{sizes[0]}.parquet"), sizes[0]))
    missing = ", ".join(name for name in PEERS if name not in peers)
    return [*tables, f"Not installed, so not measured: {missing}." if missing else "All peers were measured."]


def _by_spark(file: Path, answers: int) -> str:
    """Whether Spark gives the same numbers, where it is installed."""
    if not find_spec("pyspark"):
        return "Spark is not installed (learnin[scale]), so it was not asked for the same numbers."
    command = [sys.executable, "-W", "ignore", "-m", "bench.engines", str(file)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    told = json.loads(said.splitlines()[-1])
    return (
        f"Spark with two workers took {told['spark']:.1f} s by the clock for {answers:,} answers, LearnIn alone "
        f"{told['here']:.2f} s. Of {told['numbers']:,} numbers the largest relative difference is {told['apart']:.1g}."
    )


def _survey(file: Path, answers: int, peers: Sequence[str]) -> str:
    laid = file.with_suffix(".parquet")
    lay(laid, answers, shares=20, means=10)
    return _table(laid, answers, peers={name: _command(name, laid) for name in peers})


def _table(file: Path, answers: int, *, peers: dict[str, list[str]], what: str = "survey") -> str:
    contestants = {"LearnIn": _ours(what, file), "Floor": _ours("floor", file), **peers}
    takes: dict[str, list[dict[str, float]]] = {name: [] for name in contestants}
    for turn in range(TAKES):
        for name, command in contestants.items():
            if turn and name in peers:
                continue  # it takes minutes: once says enough
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            takes[name].append(json.loads(said.splitlines()[-1]))
    told = {name: {key: median(one[key] for one in found) for key in found[0]} for name, found in takes.items()}
    peaks = {name: max(one["peak"] for one in found) for name, found in takes.items()}
    rows = [[name, *_cells(one, told["Floor"], told["LearnIn"]), f"{peaks[name]:.0f}"] for name, one in told.items()]
    return table([f"{what}: {answers:,} answers", *HEAD], rows)


def _cells(one: dict[str, float], floor: dict[str, float], ours: dict[str, float]) -> list[str]:
    def times(key: str) -> list[str]:
        return [f"{one[key] / other[key]:.1f}" for other in (floor, ours)]

    seconds = {key: f"{one[key]:.2f}" for key in ("clock", "loading", "reading", "spent")}
    return [
        seconds["clock"],
        *times("clock"),
        seconds["loading"],
        seconds["reading"],
        seconds["spent"],
        *times("spent"),
    ]


def _ours(what: str, file: Path) -> list[str]:
    return [sys.executable, "-W", "ignore", "-m", "bench.estimating", what, str(file)]


def _command(name: str, file: Path) -> list[str]:
    """How a peer is started; R reads the same answers as CSV."""
    if name != "R survey":
        return _ours(name, file)
    flat, script = file.with_suffix(".csv"), file.with_suffix(".R")
    text.write_csv(pq.read_table(file), flat)
    script.write_text(R)
    return ["Rscript", str(script), str(flat)]


def here() -> tuple[str, ...]:
    """The peers that are installed."""
    r = shutil.which("Rscript")
    has_r = r and not subprocess.run([r, "-e", "library(survey)"], capture_output=True, check=False).returncode
    return tuple(name for name in PEERS if (has_r if name == "R survey" else find_spec(name)))


def lay(file: Path, answers: int, *, shares: int, means: int) -> None:
    """A made survey: schools in strata in regions, rows in no order, three in a hundred answers missing."""
    chance = np.random.default_rng(1)
    writer: pq.ParquetWriter | None = None
    for begun in range(0, answers, PIECE):
        rows = min(PIECE, answers - begun)
        school = chance.integers(0, SCHOOLS, rows)
        stratum = school // (SCHOOLS // STRATA)
        columns = {
            "stratum": _names("S", stratum, STRATA),
            "school": _names("P", school, SCHOOLS),
            "region": _names("R", stratum // (STRATA // REGIONS), REGIONS),
            "sex": _names("G", chance.integers(0, 3, rows), 3),
            "age": _names("A", chance.integers(0, REGIONS, rows), REGIONS),
            "w": chance.uniform(5, 40, rows).round(6),
        }
        for number in range(shares):
            columns[f"f{number}"] = pa.array(
                (chance.random(rows) < 0.3).astype("int8"), mask=chance.random(rows) < 0.03
            )
        for number in range(means):
            columns[f"y{number}"] = pa.array(chance.normal(50, 10, rows).round(2), mask=chance.random(rows) < 0.03)
        piece = pa.table(columns)
        writer = writer or pq.ParquetWriter(file, piece.schema, compression="zstd")
        writer.write_table(piece)
    if writer:
        writer.close()


def _names(letter: str, places: np.ndarray, many: int) -> pa.Array:
    words = pa.array([f"{letter}{number:05d}" for number in range(many)])
    return pa.DictionaryArray.from_arrays(pa.array(places.astype("int32")), words).cast(pa.string())
