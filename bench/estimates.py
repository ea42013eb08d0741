"""What estimates cost: 30 indicators in 84 groups of a made survey of teachers, beside a plain sum of the same columns.

Every contestant reads the same file in a process of its own, in turns: ours, the floor (DuckDB sums the 30 columns
and does nothing else), and R's survey package where it is installed (once; it leaves out whoever misses one answer).
*loading* is processor time for libraries, *of processor* that of the work; R's own loading is part of its work.
A second table is a country: 300 indicators in 40 groups from 50,000 answers.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import numpy as np
import pyarrow as pa
import pyarrow.csv as text
import pyarrow.parquet as pq

from bench.table import table

EACH = 25_000  # answers for one repetition: 40 are a million, 400 ten million
COUNTRY = 50_000
STRATA, SCHOOLS, REGIONS, PIECE, TAKES = 200, 10_000, 20, 500_000, 3
R = """
suppressMessages(library(survey))
asked <- commandArgs(TRUE); begun <- proc.time()
d <- read.csv(asked[1]); items <- grep("^(f|y)", names(d), value = TRUE)
design <- svydesign(~school, strata = ~stratum, weights = ~w, data = d, nest = TRUE)
f <- reformulate(items)
svymean(f, design, na.rm = TRUE)
for (by in c(~region, ~sex, ~region + sex)) svyby(f, by, design, svymean, na.rm = TRUE)
spent <- proc.time() - begun
peak <- as.numeric(gsub("[^0-9]", "", grep("VmHWM", readLines("/proc/self/status"), value = TRUE))) / 1024
cat(sprintf('{"clock": %f, "spent": %f, "peak": %f}', spent[["elapsed"]], spent[[1]] + spent[[2]], peak))
"""


def run(repetitions: int) -> list[str]:
    """Two tables, and who else was there to be measured."""
    with tempfile.TemporaryDirectory() as folder:
        survey, country = Path(folder, "survey.parquet"), Path(folder, "country.parquet")
        answers = EACH * repetitions
        lay(survey, answers, shares=20, means=10)
        here = min(COUNTRY, answers)
        lay(country, here, shares=300, means=0)
        tables = [_table(survey, answers, peers=_peers(survey)), _table(country, here, peers={}, what="country")]
    return [*tables, f"Not installed, so not measured: {', '.join(_missing())}." if _missing() else ""]


def _table(file: Path, answers: int, *, peers: dict[str, list[str]], what: str = "survey") -> str:
    contestants = {
        "LearnIn": [sys.executable, "-m", "bench.estimating", what, str(file)],
        "Floor": [sys.executable, "-m", "bench.estimating", "floor", str(file)],
        **peers,
    }
    takes: dict[str, list[dict[str, float]]] = {name: [] for name in contestants}
    for turn in range(TAKES):
        for name, command in contestants.items():
            if turn and name in peers:
                continue  # it takes minutes: once says enough
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            takes[name].append(json.loads(said))
    floor = median(one["spent"] for one in takes["Floor"])
    head = [f"{what}: {answers:,} answers", "seconds", "loading", "of processor", "times floor", "peak MB"]
    return table(head, [_row(name, found, floor) for name, found in takes.items()])


def _row(name: str, takes: list[dict[str, float]], floor: float) -> list[str]:
    spent = median(one["spent"] for one in takes)
    clock, peak = median(one["clock"] for one in takes), max(one["peak"] for one in takes)
    loading = median(one.get("loading", 0.0) for one in takes)
    return [name, f"{clock:.2f}", f"{loading:.2f}", f"{spent:.2f}", f"{spent / floor:.1f}", f"{peak:.0f}"]


def _peers(file: Path) -> dict[str, list[str]]:
    """R's survey package, where it is installed; it reads the same answers as CSV."""
    if "R survey" in _missing():
        return {}
    flat, script = file.with_suffix(".csv"), file.with_suffix(".R")
    text.write_csv(pq.read_table(file), flat)
    script.write_text(R)
    return {"R survey": ["Rscript", str(script), str(flat)]}


def _missing() -> list[str]:
    has = (
        shutil.which("Rscript")
        and not subprocess.run(["Rscript", "-e", "library(survey)"], capture_output=True, check=False).returncode
    )
    return [] if has else ["R survey"]


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
