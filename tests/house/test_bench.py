"""The benchmarks run and print their tables. What they measure is never asserted: machines differ."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench import estimates, load
from tests.house.rules import ROOT


def test_the_benchmarks_print_what_a_page_costs() -> None:
    command = [sys.executable, "-m", "bench", "pages", "--repetitions", "1"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    for page in ("Empty page, signed in", "Country home, the chair"):
        time, sizes = [line for line in result.stdout.splitlines() if line.startswith(page)]
        assert re.search(r"\d+\.\d+ +\d+\.\d+ to \d+\.\d+ +\d+\.\d+ +\d+\.\d+ +[1-9]\d*$", time)
        assert re.search(r"( +[\d,]+){6}$", sizes)


def test_the_benchmarks_print_what_a_draw_costs() -> None:
    command = [sys.executable, "-m", "bench", "sampling", "--repetitions", "1"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    for draw in ("simple random in 50 strata", "by size, Sampford"):
        assert re.search(rf"^{draw} +\d+\.\d+ +\d+\.\d+ to \d+\.\d+ +\d+\.\d+ +\d+\.\d+$", result.stdout, re.MULTILINE)


@pytest.mark.database
def test_the_benchmarks_print_what_an_answer_costs() -> None:
    command = [sys.executable, "-m", "bench", "submissions", "--repetitions", "1"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    for what in ("Answers", "Floor"):
        assert re.search(rf"^{what} +\d+ \(\d+ to \d+\) +\d+\.\d +\d+\.\d ", result.stdout, re.MULTILINE)


def test_the_benchmarks_print_what_taking_answers_along_costs() -> None:
    command = [sys.executable, "-m", "bench", "exports", "--repetitions", "1"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert len(re.findall(r"^1,250 x 46( +[\d,.]+){8}$", result.stdout, re.MULTILINE)) == 3


def test_the_benchmarks_print_what_bringing_a_list_in_costs() -> None:
    command = [sys.executable, "-m", "bench", "frames", "--repetitions", "1"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    for file in (r"list\.csv", r"list\.xlsx"):
        assert len(re.findall(rf"^{file} +410( +[\d,.]+){{6}}$", result.stdout, re.MULTILINE)) == 3


def test_the_benchmarks_print_what_finding_related_initiatives_costs() -> None:
    command = [sys.executable, "-m", "bench", "relations", "--repetitions", "1"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    for who in ("LearnIn", "trial: TF-IDF, 14 features, logistic", "rapidfuzz, titles", "TF-IDF, titles"):
        line = rf"^{who} +[\d,]+ +\d+\.\d +\d+\.\d +[\d,]+( +[01]\.\d{{3}}){{3}} +([01]\.\d{{3}}|-) "
        assert re.search(line, result.stdout, re.MULTILINE)
    assert re.search(r"^draft +[\d,]+( +\d+\.\d){3} +\d+$", result.stdout, re.MULTILINE)


def test_the_benchmarks_print_what_bringing_initiatives_in_costs() -> None:
    command = [sys.executable, "-m", "bench", "initiatives", "--repetitions", "1"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    for file in (r"initiatives\.csv", r"initiatives\.xml"):
        assert len(re.findall(rf"^{file} +403( +[\d,.]+){{7}}$", result.stdout, re.MULTILINE)) == 1


def test_the_contestants_of_estimates_tell_what_they_took(tmp_path: Path) -> None:
    estimates.lay(tmp_path / "answers.parquet", 2_000, shares=20, means=10)
    for what in ("floor", "survey", *(peer for peer in estimates.here() if peer != "R survey")):
        command = [sys.executable, "-m", "bench.estimating", what, str(tmp_path / "answers.parquet")]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr
        told = json.loads(result.stdout)
        assert set(told) == {"clock", "loading", "reading", "spent", "peak"}
        assert all(number > 0 for name, number in told.items() if name != "reading")
        assert told["reading"] >= 0


def test_an_unknown_benchmark_is_refused() -> None:
    command = [sys.executable, "-m", "bench", "planted"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "there is no benchmark planted" in result.stderr


def test_the_load_is_put_on_a_server_as_the_guide_sets_it_up() -> None:
    guide = (ROOT / "docs" / "admin" / "deploy.md").read_text()
    said = re.search(r"--workers (\d+) --threads (\d+)", guide)
    assert said
    assert (int(said[1]), int(said[2])) == (load.WORKERS, load.THREADS)
