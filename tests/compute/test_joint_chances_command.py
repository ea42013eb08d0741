"""`design.joint` of a SPEC: units drawn with unequal chances, and the chance of every two from a file beside it."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from learnin.compute import sampling, survey
from learnin.compute.commands.line import main
from tests.compute.spec_files import computed, laid
from tests.compute.test_rscript_command import farthest, needs_r

ESTIMATES = [
    {"kind": "total", "item": "y"},
    {"kind": "mean", "item": "y"},
    {"kind": "ratio", "item": "y", "below": "x"},
    {"kind": "proportion", "item": "yes"},
    {"kind": "quantile", "item": "x"},
]
CONTRAST = {
    "name": "a less b",
    "terms": [
        {"estimate": "mean(y)", "domain": {"group": "a"}},
        {"estimate": "mean(y)", "domain": {"group": "b"}, "times": -1},
    ],
}


def drawn(rows: int) -> tuple[pa.Table, list[str], Any]:
    """Twelve of forty units by Sampford's method, so many rows in each; their names and joint chances."""
    rng = sampling.generator(7, "joint")
    draw = sampling.sampford(1 + 8 * rng.random(40), 12, rng)
    chances = sampling.joint(draw, draw.chosen)
    unit = np.repeat(np.arange(12), rows)
    y = 20 + unit + 4 * rng.random(len(unit))
    columns = {
        "unit": unit + 1,
        "w": np.round(1 / np.diag(chances)[unit], 6),
        "y": y,
        "x": 1 + 4 * rng.random(len(unit)),
    }
    more = {"yes": (y > 27).astype(int), "group": np.where(rng.random(len(unit)) < 0.5, "a", "b")}
    return pa.table(columns | more), [str(one + 1) for one in range(12)], chances


def spec(folder: Path, names: list[str], chances: Any, **told: Any) -> dict[str, Any]:
    """A SPEC with these chances in a file."""
    lines = [",".join(["unit", *names])]
    lines += [",".join([name, *map(repr, row)]) for name, row in zip(names, np.asarray(chances).tolist(), strict=True)]
    (folder / "joint.csv").write_text("\n".join(lines), encoding="utf-8")
    design = {"weight": "w", "stages": [{"unit": "unit"}], "joint": {"file": "joint.csv"}} | told
    asked = {"data": {"files": ["answers.csv"]}, "design": design, "domains": [[], ["group"]]}
    return asked | {"estimates": ESTIMATES, "contrasts": [CONTRAST]}


def test_it_equals_the_engine(tmp_path: Path) -> None:
    table, names, chances = drawn(3)
    order = [*range(5, 12), *range(5)]  # the file may name them in any order
    asked = spec(tmp_path, [names[at] for at in order], chances[np.ix_(order, order)])
    found = computed(laid(tmp_path, asked, table))
    pps = survey.Joint([int(name) for name in names], chances)
    design = survey.Design("w", stages=(survey.Stage("unit"),), pps=pps)
    ours = survey.estimate(table, design, [survey.Total("y"), survey.Mean("y")])
    assert [(row["estimate"], row["se"]) for row in found["estimates"][:2]] == [
        (pytest.approx(row.estimate, rel=1e-12), pytest.approx(row.se, rel=1e-9)) for row in ours.rows
    ]
    assert [file["name"] for file in found["data"]] == ["answers.csv", "joint.csv"]


@needs_r
@pytest.mark.parametrize(
    ("rows", "variance"), [(1, "yates-grundy-sen"), (1, "horvitz-thompson"), (3, "horvitz-thompson")]
)
def test_r_finds_the_same(tmp_path: Path, rows: int, variance: str) -> None:
    table, names, chances = drawn(rows)
    asked = spec(tmp_path, names, chances, joint={"file": "joint.csv", "variance": variance})
    assert farthest(tmp_path, asked, table) <= 1e-12


def changed(at: tuple[int, int], to: float, *, both: bool = True) -> Any:
    """The chances with those of two units changed, one way or both."""
    found = drawn(2)[2].copy()
    found[at] = to
    if both:
        found[at[::-1]] = to
    return found


NAMES = [str(at) for at in range(1, 13)]


@pytest.mark.parametrize(
    ("names", "chances", "more", "code", "words"),
    [
        (
            NAMES,
            changed((0, 1), 0.001, both=False),
            {},
            3,
            "design.joint.file: joint.csv: The chance of two to be drawn",
        ),
        (
            NAMES,
            changed((0, 1), 0.999),
            {},
            3,
            "design.joint.file: joint.csv: The chance of two to be drawn together is",
        ),
        (NAMES, changed((2, 3), 0), {}, 3, "design.joint.file: joint.csv: These two can never be drawn together"),
        (
            NAMES[:-1],
            drawn(2)[2][:-1, :-1],
            {},
            3,
            "design.joint: The joint chances have no line for these units: see 12",
        ),
        (
            [*NAMES[:-1], "1"],
            drawn(2)[2],
            {},
            3,
            "design.joint.file: joint.csv: the first line names 1, and needs it once",
        ),
        ([*NAMES[:-1], "x"], drawn(2)[2], {}, 3, "design.joint.file: joint.csv: invalid literal"),
        (
            NAMES,
            drawn(2)[2],
            {"stages": [{"unit": "unit", "fpc": "x"}]},
            2,
            "design.joint: joint chances go with one stage",
        ),
        (NAMES, drawn(2)[2], {"joint": {"file": "none.csv"}}, 4, "design.joint.file: none.csv cannot be read"),
    ],
)
def test_what_is_wrong_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], names: list[str], chances: Any, more: dict[str, Any],
    code: int, words: str,
) -> None:  # fmt: skip
    path = laid(tmp_path, spec(tmp_path, names, chances, **more), drawn(2)[0])
    assert main(["estimate", str(path), "--out", str(tmp_path / "out.json")]) == code
    assert capsys.readouterr().err.startswith(words)
    assert not (tmp_path / "out.json").exists()
