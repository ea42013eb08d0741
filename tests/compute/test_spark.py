"""Spark adds up the same numbers as DuckDB, from the same SPEC."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from bench import estimates
from tests.compute.spec_files import WHOLE, answers, computed, laid
from tests.house.rules import ROOT

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None, reason="pyspark is not installed: learnin[scale]"
)
NUMBERS = ("estimate", "se", "ci_low", "ci_high", "df", "n", "deff")


def numbers(found: dict[str, Any]) -> list[float]:
    """Every number of the results, in order; nothing is -1."""
    rows = [row[name] for row in found["estimates"] for name in NUMBERS]
    others = [one[name] for one in found["contrasts"] for name in ("estimate", "se")] + [found["tests"][0]["f"]]
    return [-1.0 if number is None else number for number in (*rows, *others)]


@pytest.mark.filterwarnings("default")  # those of pyspark are not ours
def test_spark_says_the_same(tmp_path: Path) -> None:
    pq.write_table(answers(), tmp_path / "answers[1].parquet")
    pq.write_table(answers().slice(9), tmp_path / "answers1.parquet")
    path = laid(tmp_path, {**WHOLE, "data": {"files": ["answers[1].parquet"]}})
    here = computed(path)
    there = computed(path, "--engine", "spark", "--master", "local[2]")
    assert there["provenance"]["engine"] == "spark"
    assert numbers(there) == pytest.approx(numbers(here), rel=1e-12)


def test_the_benchmark_compares_them(tmp_path: Path) -> None:
    estimates.lay(tmp_path / "answers.parquet", 2_000, shares=20, means=10)
    command = [sys.executable, "-W", "ignore", "-m", "bench.engines", str(tmp_path / "answers.parquet")]
    told = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    assert told["numbers"] == 30 * 84 * 7
    assert told["apart"] < 1e-12
    assert min(told["here"], told["spark"]) > 0
