"""`python -m learnin.compute estimate`: from a SPEC to results, whole and the same again."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pyreadstat
import pytest
import yaml
from jsonschema import Draft202012Validator

from learnin.compute import survey
from learnin.compute.commands.line import main
from learnin.compute.commands.spec import SCHEMA
from tests.compute.spec_files import DESIGN, WHOLE, answers, computed, laid

HOME = Path(__file__).parents[2]
RESULTS = json.loads((HOME / "learnin/compute/results.schema.json").read_text("utf-8"))


def numbers(found: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What is estimated, without where it comes from."""
    return [(row["estimate_of"], row["level"], row["domain"], row["estimate"], row["se"]) for row in found["estimates"]]


def test_it_equals_the_engine_and_keeps_to_its_schema(tmp_path: Path) -> None:
    found = computed(laid(tmp_path, WHOLE))
    Draft202012Validator(RESULTS).validate(found)
    stages = (survey.Stage("school", fpc="schools"), survey.Stage("class", fpc="classes"))
    design = survey.Design("w", strata="stratum", stages=stages)
    ours = survey.estimate(answers(), design, [survey.Mean("y")], [(), ("area",), ("area", "sex")])
    theirs = [row for row in found["estimates"] if row["estimate_of"] == "mean(y)"]
    assert [(row["domain"], row["estimate"], row["se"], row["ci_low"], row["df"], row["n"]) for row in theirs] == [
        (dict(row.domain), row.estimate, row.se, row.ci_low, row.df, row.n) for row in ours.rows
    ]
    difference = ours.contrast([(ours.of("mean(y)", area="a1"), 1), (ours.of("mean(y)", area="a0"), -1)])
    assert (found["contrasts"][0]["estimate"], found["contrasts"][0]["se"]) == (difference.estimate, difference.se)
    assert found["tests"][0]["f"] == survey.test_table(answers(), design, "area", "sex").f


def test_it_comes_out_alike_again(tmp_path: Path) -> None:
    spec = laid(tmp_path, WHOLE)
    computed(spec)
    first = (tmp_path / "results.json").read_bytes()
    computed(spec)
    assert (tmp_path / "results.json").read_bytes() == first
    assert str(tmp_path).encode() not in first


def test_the_schemas_are_schemas() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator.check_schema(RESULTS)
    assert SCHEMA["additionalProperties"] is RESULTS["additionalProperties"] is False


def test_every_kind_of_file_says_the_same(tmp_path: Path) -> None:
    table = answers()
    expected = numbers(computed(laid(tmp_path, WHOLE, table)))
    pq.write_table(table, tmp_path / "answers.parquet")
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    codes = frame.with_columns(pl.col(pl.Boolean).cast(pl.Float64)).to_pandas()
    pyreadstat.write_sav(codes, tmp_path / "answers.sav")
    for at, half in enumerate((frame[:70], frame[70:])):
        pyarrow.csv.write_csv(half.to_arrow(), tmp_path / f"part{at}.csv")
    for files in (["answers.parquet"], ["answers.sav"], ["part0.csv", "part1.csv"]):
        found = computed(laid(tmp_path, {**WHOLE, "data": {"files": files}}))
        assert numbers(found) == expected, files
        assert [file["name"] for file in found["data"]] == files


def test_words_of_a_csv_stay_words(tmp_path: Path) -> None:
    table = pa.table(
        {
            "w": [1] * 4,
            "wide": ["Yes", "No", "Yes", "-9"],
            "code": ["01", "02", "02", "01"],
            "day": ["01/02/2026", "13/02/2026", "01/02/2026", "13/02/2026"],
            "y": [True, False] * 2,
        }
    )
    data = {"files": ["answers.csv"], "text": ["code"], "missing": ["-9"]}
    asked = {"data": data, "design": {"weight": "w"}, "domains": [["wide"], ["code"], ["day"]]}
    asked["estimates"] = [
        {"kind": "proportion", "item": "y"},
        {"kind": "shares", "item": "wide", "levels": ["No", "Yes"]},
    ]
    found = computed(laid(tmp_path, asked, table))
    domains = [row["domain"] for row in found["estimates"] if row["estimate_of"] == "proportion(y)"]
    words = [{"wide": "No"}, {"wide": "Yes"}, {"code": "01"}, {"code": "02"}]
    assert domains == [*words, {"day": "01/02/2026"}, {"day": "13/02/2026"}]


@pytest.mark.parametrize(
    "how",
    [
        {"method": "post-stratification", "margins": [{"by": ["sex"], "totals": {"f": 1300, "m": 900}}]},
        {"method": "raking", "margins": [
            {"by": ["sex"], "totals": {"f": 1300, "m": 900}}, {"by": ["area"], "totals": {"a0": 1200, "a1": 1000}}]},
        {"method": "linear", "totals": {"x": 9000}, "population": 2200},
        {"method": "exponential", "totals": {"x": 9000}, "population": 2200},
        {"method": "logit", "limits": [0.3, 3], "totals": {"x": 9000}, "population": 2200},
    ],
)  # fmt: skip
def test_calibrated_weights_reach_their_totals(tmp_path: Path, how: dict[str, Any]) -> None:
    asked = {**WHOLE, "calibration": how, "estimates": [{"kind": "count"}, {"kind": "total", "item": "x"}]}
    asked = {**asked, "domains": [[], ["sex"]], "contrasts": [], "tests": []}
    found = computed(laid(tmp_path, asked))
    Draft202012Validator(RESULTS).validate(found)
    assert [one["after"] for one in found["calibration"]["controls"]] == pytest.approx(
        [one["wanted"] for one in found["calibration"]["controls"]], rel=1e-9
    )
    everybody, pupils = found["estimates"][:2]
    assert everybody["estimate"] == pytest.approx(2200)
    assert everybody["se"] == pytest.approx(0, abs=1e-6)
    if "totals" in how:
        assert (pupils["estimate"], pupils["se"]) == (pytest.approx(9000), pytest.approx(0, abs=1e-6))


def test_totals_of_crossed_groups_are_nested(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    totals = {"a0": {"f": 600, "m": 500}, "a1": {"f": 300, "m": 400}}
    how = {"method": "post-stratification", "margins": [{"by": ["area", "sex"], "totals": totals}]}
    path = laid(tmp_path, {**WHOLE, "calibration": how})
    assert main(["estimate", str(path)]) == 3  # area by sex is known now
    assert capsys.readouterr().err.endswith("Were the weights calibrated to it? (table_without_variance)\n")
    found = computed(laid(tmp_path, {**WHOLE, "calibration": how, "tests": []}))
    counts = {
        tuple(row["domain"].values()): row["estimate"] for row in found["estimates"] if row["estimate_of"] == "count"
    }
    assert counts["a1", "m"] == pytest.approx(400)


@pytest.mark.parametrize("how", [{"kind": "JKn"}, {"kind": "Rao-Wu", "count": 50, "seed": 7}], ids=["JKn", "Rao-Wu"])
def test_replicates_are_made(tmp_path: Path, how: dict[str, Any]) -> None:
    stages = [{"unit": "school"}]
    asked = {**WHOLE, "design": {**DESIGN, "stages": stages}, "replicates": how}
    replicated, plain = computed(laid(tmp_path, asked)), computed(laid(tmp_path, {**WHOLE, "design": asked["design"]}))
    assert replicated["estimates"][0]["estimate"] == plain["estimates"][0]["estimate"]
    assert replicated["estimates"][0]["se"] == pytest.approx(plain["estimates"][0]["se"], rel=0.3)
    assert replicated["estimates"][0]["se"] != plain["estimates"][0]["se"]


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in WHOLE.items() if name != key}


def with_estimate(**told: Any) -> dict[str, Any]:
    return {**WHOLE, "contrasts": [], "estimates": [{"kind": "count"}, {"kind": "count", "item": "flag"}, told]}


WRONG: list[tuple[dict[str, Any], int, str]] = [
    (with_estimate(kind="mean", item="scor"), 3, 'estimates[2].item: there is no column "scor"; did you mean "school"'),
    (with_estimate(kind="mena", item="y"), 2, 'estimates[2].kind: there is no "mena"; did you mean "mean"?'),
    (with_estimate(kind="mean", itm="y"), 2, 'estimates[2].itm: this key is not known; did you mean "item"?'),
    (with_estimate(kind="mean"), 2, "estimates[2].item: this key is missing"),
    (with_estimate(kind="mean", item="y", below="x"), 2, "estimates[2].below: this key does not go with this kind"),
    (with_estimate(kind="quantile", item="y", at=[2]), 2, "estimates[2].at[0]: it has to be at most 1, and is 2"),
    (with_estimate(kind="count"), 2, 'estimates[2].name: "count" stands twice; give one of them another name'),
    (with_estimate(kind="mean", item="sex"), 3,
     'estimates[2].item: "sex" has to hold numbers or yes and no, and in 206 of 206 rows it does not: the first is "'),
    (without("design"), 2, "design: this key is missing"),
    ({**WHOLE, "data": {"files": "answers.csv"}}, 2, "data.files: it has to be a list"),
    ({**WHOLE, "data": {"files": []}}, 2, "data.files: it has to have at least 1, and has 0"),
    ({**WHOLE, "data": {"files": ["none.csv"]}}, 4, "data.files[0]: none.csv cannot be read (FileNotFoundError)"),
    ({**WHOLE, "data": {"files": ["spec.yaml"]}}, 2, "data.files[0]: .yaml cannot be read; CSV, Parquet or SAV can"),
    ({**WHOLE, "data": {"files": ["answers.csv"], "text": ["kode"]}}, 2, 'data.text: there is no column "kode"'),
    ({**WHOLE, "design": {**DESIGN, "strata": "stratm"}}, 3, 'design.strata: there is no column "stratm"; did you'),
    ({**WHOLE, "design": {**DESIGN, "weight": "minus"}}, 3, "design.weight: Some weights are below zero"),
    ({**WHOLE, "design": {**DESIGN, "strata": "sex"}}, 3, "design: "),
    ({**WHOLE, "domains": [["aria"]]}, 3, 'domains[0][0]: there is no column "aria"; did you mean "area"?'),
    ({**WHOLE, "replicates": {"mse": True}}, 2, "replicates: give exactly one of: kind; columns and scale"),
    ({**WHOLE, "calibration": {"method": "logit"}}, 2, "calibration.limits: limits go with"),
    ({**WHOLE, "calibration": {"method": "raking", "margins": [{"by": ["sex"], "totals": {"f": 5}}]}}, 3,
     "calibration: These groups stand on one side only"),
    ({**WHOLE, "calibration": {"method": "raking", "margins": [{"by": ["sex", "area"], "totals": {"f": 5}}]}}, 2,
     "calibration.margins[0].totals: give one level of keys for each column"),
    ({**WHOLE, "contrasts": [{"name": "x", "terms": [{"estimate": "mean(z)"}]}]}, 2,
     'contrasts[0].terms[0].estimate: there is no estimate "mean(z)"; did you mean "mean(y)"?'),
    ({**WHOLE, "contrasts": [{"name": "x", "terms": [{"estimate": "mean(y)", "domain": {"area": "a7"}}]}]}, 2,
     "contrasts[0].terms[0]: no estimate has this level and domain"),
    (with_estimate(kind="quantile", item="sex"), 3, 'estimates[2].item: "sex" has to hold numbers'),
    (with_estimate(kind="proportion", item="sex"), 3, 'estimates[2].item: "sex" has to hold yes and no as 1 and 0'),
    (with_estimate(kind="shares", item="sex", levels=["f", 1]), 3, 'estimates[2].levels[1]: "sex" holds text, and 1'),
    (with_estimate(kind="shares", item="scale", levels=["1"]), 3, 'estimates[2].levels[0]: "scale" holds numbers'),
    (with_estimate(kind="shares", item="sex", levels=["f", "f"]), 2, 'estimates[2].levels: "f" stands twice'),
    (with_estimate(kind="index", items=["x", "x"]), 2, 'estimates[2].items: "x" stands twice'),
    (with_estimate(kind="index", items=["x", "y"], least=3), 2, "estimates[2].least: there are 2 questions only"),
    ({**WHOLE, "domains": [["area"], ["area"]]}, 2, 'domains: ["area"] stands twice'),
    ({**WHOLE, "data": {"files": ["answers.csv"] * 2}}, 2, 'data.files: "answers.csv" stands twice'),
    ({**WHOLE, "tests": [{"rows": "sex", "columns": "sex"}]}, 2, "tests[0].columns: these are the rows already"),
    ({**WHOLE, "contrasts": [WHOLE["contrasts"][0]] * 2}, 2, 'contrasts[1].name: "a1 less a0" stands twice'),
    ({**WHOLE, "contrasts": [{"name": "x", "quotient": [{"estimate": "count", "times": 2}, {"estimate": "count"}]}]}, 2,
     "contrasts[0].quotient[0].times: this key does not go"),
    ({**WHOLE, "contrasts": [{"name": "x", "terms": [{"estimate": "count", "times": float("nan")}]}]}, 2,
     "contrasts[0].terms[0].times: it has to be a number, and is nan"),
    ({**WHOLE, "design": {**DESIGN, "stages": [{"unit": "school", "fpc": "sex"}]}}, 3,
     'design.stages[0].fpc: "sex" has to hold numbers, and in 206 of 206 rows it does not'),
    ({**WHOLE, "design": {**DESIGN, "stages": [{"unit": "school", "fpc": "y"}]}}, 3,
     'design.stages[0].fpc: "y" is missing in '),
    ({**WHOLE, "design": {**DESIGN, "stages": [{"unit": "school", "fpc": "y", "fraction": "y"}]}}, 2,
     "design.stages[0]: give one of: fpc; fraction"),
    ({**WHOLE, "replicates": {"kind": "JKn", "fay": 0.3}}, 2, "replicates.fay: this does not go with JKn"),
    ({**WHOLE, "replicates": {"kind": "JK1"}}, 3,
     "replicates: There is no kind of replicates with strata “JK1”"),
    ({**WHOLE, "replicates": {"columns": ["sex", "area"], "scale": 1}}, 3,
     'replicates.columns[0]: "sex" has to hold numbers'),
    ({**WHOLE, "calibration": {"method": "linear"}}, 2, "calibration: give margins, totals or population"),
    ({**WHOLE, "calibration": {"method": "linear", "totals": {"sex": 5}}}, 3, 'calibration.totals.sex: "sex" has to'),
    ({**WHOLE, "calibration": {"method": "linear", "totals": {"y": 5}, "population": 9}}, 3,
     "calibration: These rows have no number in “y”: see row 1, row 18,"),
]  # fmt: skip


@pytest.mark.parametrize(("spec", "code", "words"), WRONG, ids=[words for _spec, _code, words in WRONG])
def test_what_is_wrong_is_named_by_its_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], spec: dict[str, Any], code: int, words: str
) -> None:
    table = answers()
    path = laid(tmp_path, spec, table.append_column("minus", pa.array([-1.0] * table.num_rows)))
    before = sorted(tmp_path.iterdir())
    assert main(["estimate", str(path), "--out", str(tmp_path / "out.json")]) == code
    assert capsys.readouterr().err.startswith(words)
    assert sorted(tmp_path.iterdir()) == before


def test_yaml_is_read_as_it_looks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text("data: {}\ndata: {}\n", encoding="utf-8")
    assert main(["estimate", str(path)]) == 2
    assert capsys.readouterr().err == 'spec.yaml, line 1: "data" stands twice\n'
    path.write_text("data: [\n", encoding="utf-8")
    assert main(["estimate", str(path)]) == 2
    assert capsys.readouterr().err.startswith("spec.yaml, line 2: ")
    assert main(["estimate", str(tmp_path / "none.yaml")]) == 4


def told(folder: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str | bytes], **data: Any) -> str:
    """What the command says of files like these, of which it takes the mean."""
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    asked = {"data": {"files": list(files), **data}, "design": {"weight": "w"}}
    asked["estimates"] = [{"kind": "mean", "item": "y"}]
    (folder / "spec.yaml").write_text(yaml.safe_dump(asked), encoding="utf-8")
    (folder / "out.json").unlink(missing_ok=True)
    before = set(folder.iterdir())
    code = main(["estimate", str(folder / "spec.yaml"), "--out", str(folder / "out.json")])
    assert set(folder.iterdir()) - before == (set() if code else {folder / "out.json"})
    if code:
        return f"{code} {capsys.readouterr().err}"
    [row] = json.loads((folder / "out.json").read_text("utf-8"))["estimates"]
    return f"0 {row['estimate']:.6f} of {row['n']}"


LONG = "w,y\n" + "1,2\n" * 30_000


@pytest.mark.parametrize(
    ("content", "data", "words"),
    [
        ("w,y\n1,2\n1,NA\n", {}, (
            '3 estimates[0].item: "y" has to hold numbers or yes and no, and in 1 of 2 rows it does not: '
            'the first is "NA"; if that means no answer, name it in data.missing (non_numeric_item)')),
        ("w,y\n1,2\n1,NA\n1,-99\n", {"missing": ["NA", -99]}, "0 2.000000 of 1"),
        (LONG + "1,n/a\n", {}, '3 estimates[0].item: "y" has to hold numbers or yes and no, and in 1 of 30001'),
        ("w;y\n1,5;2\n1,5;2,5\n", {}, (
            '3 design.weight: "w" has to hold numbers, and in 2 of 2 rows it does not: the first is "1,5"; '
            'if decimals follow a comma, say decimal: "," in data')),
        ("w;y\n1,5;2\n1,5;2,5\n", {"decimal": ","}, "0 2.250000 of 2"),
        ("w,y\n1,2\n1,3,4\n", {}, "4 data.files[0]: a.csv, line 3: it has 3 values, and the first line has 2"),
        (LONG + "1\n", {}, "4 data.files[0]: a.csv, line 30002: it has 1 values, and the first line has 2"),
        ("w,y\n", {}, "3 data.files: the data have no row (no_rows)"),
        ("w,y,é\n1,2,3\n".encode("latin-1"), {}, "4 data.files[0]: a.csv, line 1: this is not UTF-8"),
        ("w,y,y\n1,2,3\n", {}, '3 data.files[0]: the column "y" stands twice in a.csv'),
        ("w,y,Y\n1,2,3\n", {}, '3 data.files[0]: the column "y" stands twice in a.csv'),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_csv_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | bytes, data: dict[str, Any], words: str
) -> None:
    assert told(tmp_path, capsys, {"a.csv": content}, **data).startswith(words)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ("w,z\n1,2\n", '3 data.files[1]: b.csv has no column "y", which a.csv has'),
        ("w,y,z\n1,2,3\n", '3 data.files[1]: a.csv has no column "z", which b.csv has'),
        ("w;y\n1;2\n", "4 data.files[1]: b.csv parts its values by ';', and a.csv by ','; save them alike"),
        ("y,w\n2.5,1\n", "0 2.250000 of 2"),
    ],
)
def test_files_have_the_same_columns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], other: str, words: str
) -> None:
    assert told(tmp_path, capsys, {"a.csv": "w,y\n1,2\n", "b.csv": other}).startswith(words)


@pytest.mark.parametrize("name", ["a[1].csv", "a?.csv", "a*.csv"])
def test_a_name_with_marks_is_that_of_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (tmp_path / "a1.csv").write_text("w,y\n1,9\n", encoding="utf-8")
    files = {name: "w,y\n1,2\n1,3\n", "b.csv": "w,y\n1,4\n"}
    assert told(tmp_path, capsys, files).startswith("0 3.000000 of 3")
    wrong = {name: "w,y\n1,2\n1,3,4\n"}
    assert told(tmp_path, capsys, wrong).startswith(f"4 data.files[0]: {name}, line 3: it has 3 values")


def test_what_goes_with_csv_is_not_passed_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {"a.parquet": b"nothing"}
    assert told(tmp_path, capsys, files).startswith("4 data.files[0]: a.parquet cannot be read: ")
    assert told(tmp_path, capsys, files, missing=["-9"]).startswith("2 data.missing: this goes with CSV")


def test_no_decimal_is_rounded_because_the_first_rows_have_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whole numbers for thirty thousand rows, or in the first of two files, then one with decimals."""
    assert told(tmp_path, capsys, {"a.csv": LONG + "1,2.5\n"}) == f"0 {(2 * 30_000 + 2.5) / 30_001:.6f} of 30001"
    for name, values in (("b.parquet", [2, 2]), ("c.parquet", [2.5, 3.25])):
        pq.write_table(pa.table({"w": [1, 1], "y": values}), tmp_path / name)
    both = {name: (tmp_path / name).read_bytes() for name in ("b.parquet", "c.parquet")}
    assert told(tmp_path, capsys, both) == "0 2.437500 of 4"
    design, mean = survey.Design("w"), [survey.Mean("y")]
    paths = [tmp_path / name for name in both]
    assert survey.estimate(paths, design, mean).rows[0].estimate == 2.4375
    assert survey.estimate(tmp_path / "a.csv", design, mean).rows[0].estimate == (2 * 30_000 + 2.5) / 30_001


def test_files_without_a_column_that_others_have_are_refused(tmp_path: Path) -> None:
    for name, columns in (("a", ("w", "y")), ("b", ("w", "z"))):
        pq.write_table(pa.table({column: [1, 2] for column in columns}), tmp_path / f"{name}.parquet")
    with pytest.raises(survey.CannotEstimate, match=r"no column z \(a.parquet\), y \(b.parquet\)"):
        survey.estimate([tmp_path / "a.parquet", tmp_path / "b.parquet"], survey.Design("w"), [survey.Mean("y")])


def test_a_question_that_nobody_answered_has_no_estimate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = {"data": {"files": ["a.csv"]}, "design": {"weight": "w"}}
    asked["estimates"] = [{"kind": kind, "item": "y"} for kind in ("mean", "total", "proportion", "count", "quantile")]
    (tmp_path / "a.csv").write_text("w,y\n1,\n2,\n", encoding="utf-8")
    found = computed(laid(tmp_path, asked))
    assert [(row["estimate"], row["se"], row["n"]) for row in found["estimates"]] == [(None, None, 0)] * 5
    assert all("domain_empty" in [one["code"] for one in row["warnings"]] for row in found["estimates"])


def test_nothing_is_half_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = laid(tmp_path, WHOLE)
    assert main(["estimate", str(path), "--out", str(tmp_path / "nowhere" / "out.json")]) == 4
    assert capsys.readouterr().err.startswith("--out: ")
    (tmp_path / "results.json").mkdir()
    assert main(["estimate", str(path), "--out", str(tmp_path / "results.json")]) == 4
    assert sorted(one.name for one in tmp_path.iterdir()) == ["answers.csv", "results.json", "spec.yaml"]


def test_it_runs_by_itself_without_django(tmp_path: Path) -> None:
    """A process of its own: nothing of Django is imported, progress is told beside the results."""
    path = laid(tmp_path, WHOLE)
    code = (
        "import sys, runpy\n"
        f"sys.argv = ['learnin.compute', 'estimate', {str(path)!r}, '--progress']\n"
        "try:\n    runpy.run_module('learnin.compute', run_name='__main__')\n"
        "finally:\n    print(sorted(name for name in sys.modules if name.split('.')[0] == 'django'), file=sys.stderr)\n"
    )
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run([sys.executable, "-c", code], cwd=HOME, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["format"] == "learnin-estimates-1"
    assert "reading the data …" in done.stderr
    assert done.stderr.rstrip().endswith("[]")


def test_the_example_of_the_guide(tmp_path: Path) -> None:
    """The SPEC and the data that stand there give the numbers that stand there."""
    page = (HOME / "docs/guide/estimates-from-files.md").read_text("utf-8")
    for kind, name in (("csv", "answers.csv"), ("yaml", "spec.yaml")):
        (tmp_path / name).write_text(page.split(f"```{kind}\n")[1].split("```")[0], encoding="utf-8")
    found = computed(tmp_path / "spec.yaml")
    lines = [
        f"| {row['estimate_of']} | {', '.join(row['domain'].values()) or 'everybody'} | {row['estimate']:.6f} "
        f"| {'-' if row['se'] is None else format(row['se'], '.6f')} | {row['n']} |"
        for row in found["estimates"]
    ]
    lines += [
        f"| {one['name']} | {one['estimate']:.6f} | {one['se']:.6f} | {one['df']:.0f} |" for one in found["contrasts"]
    ]
    assert [line for line in lines if line not in page] == []
