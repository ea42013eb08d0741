"""`python -m learnin.compute rscript`: R's survey package, where it is installed, finds the same numbers."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars
import pyarrow as pa
import pyreadstat
import pytest

from learnin.compute.commands.line import main
from tests.compute.spec_files import DESIGN, WHOLE, answers, computed, laid

FIRST = {**DESIGN, "stages": [{"unit": "school", "fpc": "schools"}]}
FEW = {**WHOLE, "domains": [[], ["area"]]}
SHARES = [one for one in WHOLE["estimates"] if one["kind"] in ("proportion", "shares", "multi")]
ONLY_SHARES = {**FEW, "estimates": SHARES, "contrasts": [], "tests": []}
BOOTSTRAPS = ("Rao-Wu", "Canty-Davison")
INTERVALS = ("normal", "t", "logit", "wilson", "beta", "arcsine", "likelihood")


def has(package: str) -> bool:
    """Whether R and a package are here."""
    r = shutil.which("Rscript")
    words = f"library({package})"
    return bool(r) and subprocess.run([r, "-e", words], capture_output=True, check=False).returncode == 0


needs_r = pytest.mark.skipif(not has("survey"), reason="R with its survey package is not installed")
needs_haven = pytest.mark.skipif(not has("haven"), reason="R's package haven is not installed")
needs_mass = pytest.mark.skipif(not has("MASS"), reason="R's package MASS is not installed")


def ran(folder: Path) -> subprocess.CompletedProcess[str]:
    """What R says of the script and the results in a folder."""
    words = ["Rscript", "check.R", "results.json"]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


def farthest(folder: Path, spec: dict[str, Any], table: pa.Table | None = None) -> float:
    """The largest relative difference of R's numbers, all of which are there; in a table or the usual one."""
    path = laid(folder, spec, table)
    found = computed(path)
    assert main(["rscript", str(path), "--out", str(folder / "check.R")]) == 0
    done = ran(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    count, largest = done.stdout.splitlines()
    compared, withheld, aside = (int(part.split()[0]) for part in count.split(", "))
    assert compared + withheld + aside > 4 * len(found["estimates"])
    assert compared > 3 * len(found["estimates"])
    return float(largest.split(":")[1].split()[0])


def known(table: pa.Table, column: str, changes: Sequence[float]) -> dict[str, Any]:
    """A margin: the groups of a column, some larger and some smaller than the sample says."""
    sums = {str(one): 0.0 for one in sorted(set(table[column].to_pylist()))}
    for value, weight in zip(table[column].to_pylist(), table["w"].to_pylist(), strict=True):
        sums[str(value)] += weight
    moved = {level: total * change for (level, total), change in zip(sums.items(), changes, strict=True)}
    scale = sum(sums.values()) / sum(moved.values())
    return {"by": [column], "totals": {level: total * scale for level, total in moved.items()}}


def calibrations() -> dict[str, dict[str, Any]]:
    """A SPEC's calibration by every method, of weights that differ before."""
    table = answers()
    sex, scale = known(table, "sex", [0.93, 1.08]), known(table, "scale", [1, 1.1, 0.9, 1.05, 0.95])
    people, x = table["w"].to_pylist(), table["x"].to_pylist()
    pupils = {"x": 1.03 * sum(w * one for w, one in zip(people, x, strict=True))}
    around = {"margins": [sex], "totals": pupils}
    return {
        "post-stratification": {"method": "post-stratification", "margins": [scale]},
        "raking": {"method": "raking", "margins": [sex, scale, known(table, "area", [1.1, 0.9])]},
        "raking one margin": {"method": "raking", "margins": [scale]},
        "linear": {"method": "linear", **around},
        "linear with limits": {"method": "linear", "limits": [0.85, 1.2], **around},
        "exponential": {"method": "exponential", **around},
        "exponential without margins": {"method": "exponential", "population": 1.1 * sum(people), "totals": pupils},
        "logit": {"method": "logit", "limits": [0.6, 1.7], "margins": [sex, scale], "totals": pupils},
    }


def drawn_by_size(table: pa.Table) -> pa.Table:
    """The same with a chance for each school, and a share of its classes that were drawn."""
    schools = table["school"].to_pylist()
    chance = {school: round(0.05 + 0.61 * (at * 0.37 % 1), 4) for at, school in enumerate(dict.fromkeys(schools))}
    there = {school: set() for school in schools}
    for school, group in zip(schools, table["class"].to_pylist(), strict=True):
        there[school].add(group)
    within = {school: len(found) / (len(found) + 2) for school, found in there.items()}
    table = table.append_column("chance", pa.array([chance[school] for school in schools]))
    return table.append_column("within", pa.array([within[school] for school in schools]))


def with_replicates(table: pa.Table, count: int) -> pa.Table:
    """The same with as many columns of replicate weights, which differ between schools."""
    schools, weights = table["school"].to_pylist(), table["w"].to_pylist()
    for at in range(count):
        factors = [0.25 + 0.5 * ((school * 7 + school // 3 + at * at) % 3) for school in schools]
        made = [round(w * factor, 6) for w, factor in zip(weights, factors, strict=True)]
        table = table.append_column(f"r{at}", pa.array(made))
    return table


def lonely_sample() -> pa.Table:
    """The sample with one school in the first stratum."""
    table = answers()
    schools = table["school"].to_pylist()
    return table.filter(pa.array([school == schools[0] or school >= 100 for school in schools]))


@needs_r
def test_r_finds_the_same(tmp_path: Path) -> None:
    assert farthest(tmp_path, WHOLE) <= 1e-12


@needs_r
@needs_mass
@pytest.mark.parametrize("method", calibrations())
def test_r_finds_the_same_with_calibrated_weights(tmp_path: Path, method: str) -> None:
    assert farthest(tmp_path, {**FEW, "calibration": calibrations()[method]}) <= 1e-9


@needs_r
@pytest.mark.parametrize("classes", [False, True], ids=["schools", "schools and classes"])
def test_r_finds_the_same_by_brewer(tmp_path: Path, classes: bool) -> None:
    stages = [{"unit": "school", "fraction": "chance"}, {"unit": "class", "fraction": "within"}]
    design = {**DESIGN, "stages": stages if classes else stages[:1], "brewer": True}
    assert farthest(tmp_path, {**FEW, "design": design}, drawn_by_size(answers())) <= 1e-12


@needs_r
@needs_mass
def test_r_finds_the_same_by_brewer_with_raked_weights(tmp_path: Path) -> None:
    design = {**DESIGN, "stages": [{"unit": "school", "fraction": "chance"}], "brewer": True}
    spec = {**FEW, "design": design, "calibration": calibrations()["raking"]}
    assert farthest(tmp_path, spec, drawn_by_size(answers())) <= 1e-9


@needs_r
@pytest.mark.parametrize(
    ("design", "replicates"),
    [
        ({"weight": "w", "stages": [{"unit": "school"}]}, {"kind": "JK1"}),
        (FIRST, {"kind": "JKn"}),
        ({"weight": "w", "strata": "stratum", "stages": [{"unit": "school"}]}, {"kind": "JKn", "mse": True}),
    ],
    ids=["JK1", "JKn", "JKn of many around the estimate"],
)
def test_r_finds_the_same_from_jackknife(tmp_path: Path, design: dict[str, Any], replicates: dict[str, Any]) -> None:
    assert farthest(tmp_path, {**FEW, "design": design, "replicates": replicates}) <= 1e-10


def with_two_schools() -> pa.Table:
    """The sample with the first two schools of each stratum."""
    table = answers()
    schools, strata = table["school"].to_pylist(), table["stratum"].to_pylist()
    first: dict[int, set[int]] = {stratum: set() for stratum in strata}
    for school, stratum in zip(schools, strata, strict=True):
        if len(first[stratum]) < 2:
            first[stratum].add(school)
    return table.filter(pa.array([school in first[one] for school, one in zip(schools, strata, strict=True)]))


@needs_r
@pytest.mark.parametrize(
    "replicates",
    [
        {"kind": "BRR"},
        {"kind": "Fay", "fay": 0.3, "mse": True},
        *({"kind": kind, "count": 40, "seed": 5} for kind in BOOTSTRAPS),
    ],
    ids=lambda replicates: replicates["kind"],
)
def test_r_finds_the_same_from_replicates_it_is_given(tmp_path: Path, replicates: dict[str, Any]) -> None:
    are_pairs = replicates["kind"] not in BOOTSTRAPS
    design = {"weight": "w", "strata": "stratum", "stages": [{"unit": "school"}]} if are_pairs else FIRST
    table = with_two_schools() if are_pairs else answers()
    assert farthest(tmp_path, {**FEW, "design": design, "replicates": replicates}, table) <= 1e-10


@needs_r
@pytest.mark.parametrize(
    "more",
    [{"scale": 1 / 24}, {"scale": 0.5, "rscales": [0.1 + at / 50 for at in range(24)], "mse": True}],
    ids=["one scale", "a scale for each"],
)
def test_r_finds_the_same_from_replicates_that_are_read(tmp_path: Path, more: dict[str, Any]) -> None:
    replicates = {"columns": [f"r{at}" for at in range(24)], **more}
    spec = {**FEW, "design": {"weight": "w"}, "replicates": replicates}
    assert farthest(tmp_path, spec, with_replicates(answers(), 24)) <= 1e-10


@needs_r
@pytest.mark.parametrize("interval", INTERVALS)
def test_r_finds_the_same_ends(tmp_path: Path, interval: str) -> None:
    spec = {**ONLY_SHARES, "interval": interval, "confidence": 0.9, "df": "design"}
    assert farthest(tmp_path, spec) <= 1e-12


@needs_r
@needs_mass
@pytest.mark.parametrize("interval", ["beta", "likelihood"])
def test_r_finds_the_same_ends_of_shares_that_are_known(tmp_path: Path, interval: str) -> None:
    spec = {**ONLY_SHARES, "interval": interval, "calibration": calibrations()["raking"]}
    assert farthest(tmp_path, spec) <= 1e-9
    found = json.loads((tmp_path / "results.json").read_text("utf-8"))
    assert any(row["se"] == 0 for row in found["estimates"] if row["kind"] == "proportion")


@needs_r
@pytest.mark.parametrize("lonely", ["remove", "adjust", "average"])
def test_r_finds_the_same_with_a_lonely_school(tmp_path: Path, lonely: str) -> None:
    design = {**FIRST, "lonely": lonely, "lonely_domains": lonely != "remove"}
    assert farthest(tmp_path, {**FEW, "design": design}, lonely_sample()) <= 1e-12


@needs_r
@pytest.mark.parametrize("rule", ["shahvaish", "hf3", "hf4"])
def test_r_finds_the_same_quantiles_where_its_package_goes_astray(tmp_path: Path, rule: str) -> None:
    estimates = [{"kind": "quantile", "item": item, "at": [0.05, 0.5, 0.95], "rule": rule} for item in ("y", "scale")]
    path = laid(tmp_path, {**FEW, "estimates": estimates, "contrasts": [], "tests": []})
    computed(path)
    assert main(["rscript", str(path), "--out", str(tmp_path / "check.R")]) == 0
    done = ran(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[0]) > 40


@needs_r
def test_r_passes_over_what_nobody_answered(tmp_path: Path) -> None:
    """In one group, and everywhere; LearnIn has no number, and R is not asked for one."""
    table = answers()
    flags = zip(table["flag"].to_pylist(), table["area"].to_pylist(), strict=True)
    table = table.append_column("only", pa.array([flag if area == "a1" else None for flag, area in flags]))
    table = table.append_column("none", pa.array([None] * table.num_rows, pa.float64()))
    estimates: list[dict[str, Any]] = [{"kind": "mean", "item": "y"}, {"kind": "ratio", "item": "none", "below": "x"}]
    for kind in ("mean", "total", "variance", "proportion", "quantile"):
        estimates += [{"kind": kind, "item": item} for item in ("only", "none") if (kind, item) != ("quantile", "only")]
    path = laid(tmp_path, {**FEW, "estimates": estimates, "contrasts": [], "tests": []}, table)
    found = computed(path)
    nobody = [row for row in found["estimates"] if row["n"] == 0]
    assert {row["estimate"] for row in nobody} == {None}
    assert {"mean(only)", "mean(none)"} < {row["estimate_of"] for row in nobody}
    assert main(["rscript", str(path), "--out", str(tmp_path / "check.R")]) == 0
    done = ran(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split(", ")[1].split()[0]) >= 4 * len(nobody)


@needs_r
def test_r_finds_the_same_with_weights_of_zero(tmp_path: Path) -> None:
    table = answers()
    weights = [0.0 if at % 9 == 0 else w for at, w in enumerate(table["w"].to_pylist())]
    table = table.set_column(table.column_names.index("w"), "w", pa.array(weights))
    assert farthest(tmp_path, {**FEW, "interval": "beta", "estimates": SHARES, "contrasts": []}, table) <= 1e-12


@needs_r
def test_r_reads_a_csv_of_another_country(tmp_path: Path) -> None:
    """Semicolons, decimals after a comma, NA, a mark of the byte order: what Excel and R write."""
    table = polars.from_arrow(answers())
    assert isinstance(table, polars.DataFrame)
    commas = table.with_columns(polars.col("w", "y").cast(polars.String).str.replace(".", ",", literal=True))
    text = "\ufeff" + commas.write_csv(separator=";", null_value="NA", line_terminator="\r\n")
    (tmp_path / "answers.csv").write_bytes(text.encode())
    data = {"files": ["answers.csv"], "missing": ["NA"], "decimal": ","}
    assert farthest(tmp_path, {**FEW, "data": data}) <= 1e-12


@needs_r
@needs_haven
def test_r_reads_the_same_of_sav(tmp_path: Path) -> None:
    table = answers()
    yes = {name: [one if one is None else int(one) for one in table[name].to_pylist()] for name in ("flag", "late")}
    rows = polars.DataFrame({name: yes.get(name, table[name].to_pylist()) for name in table.column_names})
    gaps = polars.when(polars.col("x") == 2).then(polars.lit("")).otherwise(polars.col("sex"))
    pyreadstat.write_sav(rows.with_columns(sex=gaps), tmp_path / "answers.sav")
    spec = {**FEW, "data": {"files": ["answers.sav"]}, "tests": [{"rows": "area", "columns": "sex"}]}
    assert farthest(tmp_path, spec) <= 1e-12


@needs_r
@pytest.mark.parametrize("number", ["se", "n", "n_hat", "missing", "n_eff", "deff", "alpha"])
def test_r_says_where_a_number_is_another(tmp_path: Path, number: str) -> None:
    index = {"kind": "index", "items": ["x", "scale"]}
    estimates = [{"kind": "total", "item": "y"}, {"kind": "mean", "item": "y"}, index]
    at = 3 if number == "alpha" else 2
    path = laid(tmp_path, {**FEW, "domains": [[]], "estimates": estimates, "contrasts": [], "tests": []})
    found = computed(path)
    assert main(["rscript", str(path), "--out", str(tmp_path / "check.R")]) == 0
    right = found["estimates"][at - 1][number]
    assert right
    old, new = (f'"{number}": {json.dumps(value)}' for value in (right, 1.01 * right))
    before, row, after = (tmp_path / "results.json").read_text("utf-8").partition(f'{{"row": {at},')
    assert old in after.splitlines()[0]
    (tmp_path / "results.json").write_text(before + row + after.replace(old, new, 1), encoding="utf-8")
    done = ran(tmp_path)
    assert done.returncode == 1
    assert f"({number} of row {at}: " in done.stdout


def test_the_script_says_the_design_and_every_number(tmp_path: Path) -> None:
    path = laid(tmp_path, WHOLE)
    assert main(["rscript", str(path), "--out", str(tmp_path / "check.R")]) == 0
    script = (tmp_path / "check.R").read_text("utf-8")
    assert "ids = ~`school` + `class`, strata = ~`stratum`, fpc = ~`schools` + `classes`, weights = ~`w`" in script
    found = computed(path)
    calls = [line for line in script.splitlines() if line.startswith("check_") and "<-" not in line]
    indices = [row for row in found["estimates"] if row["alpha"] is not None]
    assert len(calls) == sum(len(rows) for rows in (found["estimates"], found["contrasts"], found["tests"], indices))
    assert sum(line.startswith("check_alpha(") for line in calls) == len(indices) > 0
    assert "check_ratio(" in script


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (
            {"design": {"weight": "w", "strata": "stratum"}, "replicates": {"kind": "Rao-Wu", "count": 10}},
            "replicates.kind: R can take these replicates only where the first stage names its units",
        ),
        ({"replicates": {"kind": "Rao-Wu", "count": 100_000}}, "replicates: 2400000 factors are too many"),
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
