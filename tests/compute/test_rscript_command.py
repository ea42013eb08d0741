"""`python -m learnin.compute rscript`: R's survey package, where it is installed, finds the same numbers."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from learnin.compute.commands.line import main
from tests.compute.spec_files import DESIGN, WHOLE, computed, laid

FIRST = {**DESIGN, "stages": [{"unit": "school", "fpc": "schools"}]}
FEW = {**WHOLE, "domains": [[], ["area"]]}


def has_survey() -> bool:
    """Whether R and its survey package are here."""
    r = shutil.which("Rscript")
    return bool(r) and subprocess.run([r, "-e", "library(survey)"], capture_output=True, check=False).returncode == 0


needs_r = pytest.mark.skipif(not has_survey(), reason="R with its survey package is not installed")


def ran(folder: Path) -> subprocess.CompletedProcess[str]:
    """What R says of the script and the results in a folder."""
    words = ["Rscript", "check.R", "results.json"]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


@needs_r
@pytest.mark.parametrize(
    ("spec", "near"),
    [
        (WHOLE, 1e-12),
        ({**FEW, "design": FIRST, "replicates": {"kind": "JKn"}}, 1e-7),
    ],
    ids=["linearised", "jackknife"],
)
def test_r_finds_the_same(tmp_path: Path, spec: dict[str, Any], near: float) -> None:
    path = laid(tmp_path, spec)
    found = computed(path)
    assert main(["rscript", str(path), "--out", str(tmp_path / "check.R")]) == 0
    done = ran(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    count, largest = done.stdout.splitlines()
    assert int(count.split()[0]) > 4 * len(found["estimates"])
    assert float(largest.split(":")[1].split()[0]) <= near


@needs_r
def test_r_says_where_a_number_is_another(tmp_path: Path) -> None:
    path = laid(tmp_path, {**FEW, "estimates": WHOLE["estimates"][:2]})
    found = computed(path)
    assert main(["rscript", str(path), "--out", str(tmp_path / "check.R")]) == 0
    right = json.dumps(found["estimates"][1]["se"])
    results = (tmp_path / "results.json").read_text("utf-8")
    (tmp_path / "results.json").write_text(results.replace(right, json.dumps(1.01 * float(right)), 1), encoding="utf-8")
    done = ran(tmp_path)
    assert done.returncode == 1
    assert "(se of row 2: " in done.stdout


def test_the_script_says_the_design_and_every_number(tmp_path: Path) -> None:
    path = laid(tmp_path, WHOLE)
    assert main(["rscript", str(path), "--out", str(tmp_path / "check.R")]) == 0
    script = (tmp_path / "check.R").read_text("utf-8")
    assert "ids = ~`school` + `class`, strata = ~`stratum`, fpc = ~`schools` + `classes`, weights = ~`w`" in script
    found = computed(path)
    calls = [line for line in script.splitlines() if line.startswith("check_") and "<-" not in line]
    assert len(calls) == len(found["estimates"]) + len(found["contrasts"]) + len(found["tests"])
    assert "check_ratio(" in script


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"replicates": {"kind": "Rao-Wu", "count": 10}}, "replicates.kind: R makes its own Rao-Wu replicates"),
        ({"interval": "wilson"}, "interval: R has no interval of this kind for quantiles"),
    ],
)
def test_what_r_cannot_do_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: dict[str, Any], words: str
) -> None:
    path = laid(tmp_path, {**FEW, "design": FIRST, **more})
    assert main(["rscript", str(path), "--out", str(tmp_path / "check.R")]) == 2
    assert capsys.readouterr().err.startswith(words)
    assert not (tmp_path / "check.R").exists()
