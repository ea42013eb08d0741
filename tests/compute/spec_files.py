"""SPECs and their data in a folder, for the tests of the command line."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import yaml

from learnin.compute.commands.line import main
from tests.compute.made_survey import sample, with_gaps

STAGES = [{"unit": "school", "fpc": "schools"}, {"unit": "class", "fpc": "classes"}]
DESIGN = {"weight": "w", "strata": "stratum", "stages": STAGES}
ESTIMATES = [
    {"kind": "mean", "item": "y"},
    {"kind": "total", "item": "x"},
    {"kind": "variance", "item": "y"},
    {"kind": "proportion", "item": "flag"},
    {"kind": "count"},
    {"kind": "count", "item": "flag"},
    {"kind": "shares", "item": "scale"},
    {"kind": "ratio", "item": "y", "below": "x"},
    {"kind": "quantile", "item": "y", "at": [0.25, 0.5]},
    {"kind": "multi", "items": ["flag", "late"], "name": "reasons"},
    {"kind": "index", "items": ["x", "scale"]},
]
DIFFERENCE = {
    "name": "a1 less a0",
    "terms": [
        {"estimate": "mean(y)", "domain": {"area": "a1"}},
        {"estimate": "mean(y)", "domain": {"area": "a0"}, "times": -1},
    ],
}
QUOTIENT = {
    "name": "a1 over a0",
    "quotient": [{"estimate": "total(x)", "domain": {"area": area}} for area in ("a1", "a0")],
}
WHOLE: dict[str, Any] = {
    "data": {"files": ["answers.csv"]},
    "design": DESIGN,
    "domains": [[], ["area"], ["area", "sex"]],
    "estimates": ESTIMATES,
    "contrasts": [DIFFERENCE, QUOTIENT],
    "tests": [{"rows": "area", "columns": "sex"}],
}


def answers() -> pa.Table:
    """A sample of three stages with some answers missing."""
    table = with_gaps(sample(5, strata=4, schools=8, most=4), "y", range(0, 150, 17))
    late = pa.array([(at % 5 < 2) if at % 11 else None for at in range(table.num_rows)])
    return with_gaps(table.append_column("late", late), "flag", range(3, 150, 23))


def laid(folder: Path, spec: dict[str, Any], table: pa.Table | None = None) -> Path:
    """The SPEC and its CSV in a folder; the path of the SPEC."""
    if table is not None or not (folder / "answers.csv").exists():
        pyarrow.csv.write_csv(table or answers(), folder / "answers.csv")
    path = folder / "spec.yaml"
    path.write_text(yaml.safe_dump(spec, sort_keys=False), encoding="utf-8")
    return path


def computed(path: Path, *words: str) -> dict[str, Any]:
    """The results of a SPEC, by the command."""
    out = path.with_name("results.json")
    assert main(["estimate", str(path), "--out", str(out), *words]) == 0
    found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return found
