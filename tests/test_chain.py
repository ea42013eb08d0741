"""The whole chain on real input, walked as `make chain` walks it, with smaller numbers."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
ANSWERS, INITIATIVES = 150, 200
Told = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the walk leaves its files."""
    return tmp_path_factory.mktemp("chain")


@pytest.fixture(scope="module")
def walked(folder: Path) -> Told:
    """What each stage says it made: the walk has an installation, a server and phones of its own."""
    if not (DATA / "frames" / "ua_schools.csv").exists():
        pytest.skip("The real data (shared/data) do not stand beside the project.")
    report = folder / "report.json"
    sizes = ["--answers", str(ANSWERS), "--initiatives", str(INITIATIVES)]
    command = [sys.executable, "-m", "chain", str(DATA), *sizes, "--folder", str(folder), "--report", str(report)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Together" in done.stdout
    return json.loads(report.read_text("utf-8"))


def test_the_real_register_becomes_a_sample_of_two_stages(walked: Told) -> None:
    assert walked["Task force"]["seats filled"] == 6
    frame = walked["Frame from the real register"]
    assert (frame["units"], frame["set aside"], frame["strata"]) == (16_434, 311, 49)
    sample = walked["Sample of two stages"]
    assert sample["schools"] == 100
    assert sample["strata"] == 49
    assert 2 * sample["schools"] <= sample["people (simulated)"] <= 3 * sample["schools"]


def test_a_real_form_is_published_and_answered_by_another_process(walked: Told) -> None:
    form = walked["Real XLSForm published"]
    assert form["problems named by the doctor"] >= form["mended"] > 0
    assert form["languages"] == 2
    came = walked["Answers over OpenRosa"]
    assert ANSWERS <= came["answers taken"] < came["invitations"]
    assert came["answers taken"] == came["kept"] == came["marked simulated"]


def test_answers_become_numbers_findings_and_a_report(walked: Told, folder: Path) -> None:
    weights = walked["Weights"]
    assert weights["weights"] == walked["Answers over OpenRosa"]["kept"]
    assert weights["people they stand for"] > 1_000_000
    assert walked["Indicators"]["numbers"] > walked["Indicators"]["withheld"] > 0
    assert walked["Findings"]["findings published"] == walked["Findings"]["numbers cited"] == 5
    assert walked["Report"]["findings read again in the Word file"] >= 5
    assert walked["Report"]["rows of the workbook"] > walked["Indicators"]["numbers"]
    for name in ("report.docx", "report.pdf", "results.xlsx"):
        assert (folder / name).stat().st_size > 5_000


def test_real_files_become_the_register(walked: Told) -> None:
    iati, table = walked["Real IATI file"], walked["Real table of initiatives"]
    assert iati["records"] == 134
    assert iati["came in"] >= 1
    outside = iati["of other countries"] + iati["of a whole region"]
    assert iati["came in"] + outside + iati["kept out"] == iati["records"]
    assert table["records"] >= table["came in"] > 0.9 * INITIATIVES
    assert walked["Confirmed by hand"]["confirmed (made up)"] == iati["came in"] + table["came in"]


def test_related_initiatives_lead_to_an_agreement_and_into_the_files(walked: Told) -> None:
    assert walked["Related initiatives found"]["likely related"] > 0
    assert walked["Pairs judged"]["they overlap"] == 1
    agreed = walked["Agreement"]
    assert agreed["parties"] == agreed["accepted by link"] == 2
    assert agreed["action point"] >= 1
    left = walked["Files of the register"]
    assert left["valid IATI 2.03"] == "yes"
    assert left["activities"] == left["read again"] > 0.9 * INITIATIVES
    assert left["of the agreement"] == 2
    assert walked["Coverage"]["initiatives counted"] >= left["activities"]


def test_the_route_shows_each_step_done_with_its_evidence(walked: Told) -> None:
    route = walked["Route"]["route"]
    assert {line["step"]: line["state"] for line in route if line["state"] != "Done"} == {}
    assert all(line["evidence"] for line in route)
    assert len(route) == walked["Route"]["steps done"] == 13


def test_without_real_data_the_walk_says_where_it_looked(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "chain", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert str(tmp_path) in done.stderr
