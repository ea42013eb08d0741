"""Small samples by hand: what the engine finds is what the definitions say."""

from math import sqrt
from pathlib import Path

import duckdb
import ibis
import numpy as np
import pyarrow as pa
import pytest
from pyarrow import csv, parquet

from learnin.compute import survey
from learnin.compute.survey import Design, Mean, Multi, Shares, Stage, Total


def test_schools_of_different_size_by_hand() -> None:
    answers = pa.table({"school": [1, 1, 2, 3], "w": [2, 2, 2, 2], "y": [1, 3, 5, 3]})
    design = Design("w", stages=(Stage("school"),))
    mean, total = survey.estimate(answers, design, [Mean("y"), Total("y")]).rows
    assert mean.estimate == 3
    assert mean.se == pytest.approx(sqrt(3 / 2 * (1 / 4 + 1 / 4)))  # scores -4/8, 4/8, 0
    assert total.estimate == 24
    assert total.se == pytest.approx(sqrt(3 / 2 * (0 + 4 + 4)))  # totals 8, 10, 6 around 8
    assert mean.df == total.df == 2


@pytest.mark.parametrize("kind", ["float32", "float64"])
def test_what_is_no_number_is_no_answer(kind: str, tmp_path: Path) -> None:
    """Of four people with equal weights two chose 1, one chose 2, and one said nothing."""
    nothing = float("nan")
    columns = {"chosen": [1, 2, nothing, 1], "tv": [1, 0, nothing, nothing], "net": [0, 1, nothing, 1]}
    data = pa.table(
        {"w": [2.0] * 4, **{name: pa.array(np.array(values, dtype=kind)) for name, values in columns.items()}}
    )
    parquet.write_table(data, tmp_path / "answers.parquet")
    items = [Shares("chosen"), Multi(("tv", "net"))]
    for source in (data, ibis.memtable(data), tmp_path / "answers.parquet"):
        rows = survey.estimate(source, Design("w"), items).rows
        assert [(row.level, row.n) for row in rows] == [(1.0, 3), (2.0, 3), ("tv", 3), ("net", 3)]
        assert [row.estimate for row in rows] == pytest.approx([2 / 3, 1 / 3, 1 / 3, 2 / 3])


def test_any_kind_of_source_is_the_same_data(tmp_path: Path) -> None:
    answers = pa.table(
        {"school": [1, 1, 2, 3], "w": [2.5, 2.0, 2.0, 1.25], "y": [1.5, 3.0, None, 3.0], "sex": list("fmfm")}
    )
    csv.write_csv(answers, tmp_path / "answers.csv")
    parquet.write_table(answers, tmp_path / "answers.parquet")
    sources = (answers, duckdb.from_arrow(answers), tmp_path / "answers.parquet", str(tmp_path / "answers.csv"))
    design = Design("w", stages=(Stage("school"),))
    first, *others = (survey.estimate(source, design, [Mean("y")], [(), ("sex",)]) for source in sources)
    for other in others:
        assert other.rows == first.rows
        assert other.provenance.data == first.provenance.data
    assert first.provenance.engine == "duckdb"
    assert first.provenance.call["items"] == ["mean(y)"]


def test_a_row_is_found_by_its_item_level_and_group() -> None:
    answers = pa.table({"w": [1, 1, 2], "q": ["a", "b", "b"], "sex": ["f", "m", "m"]})
    found = survey.estimate(answers, Design("w"), [survey.Shares("q")], [(), ("sex",)])
    assert found.of("shares(q)", "b").estimate == 0.75
    assert found.of("shares(q)", "b", sex="m").estimate == 1
    with pytest.raises(survey.CannotEstimate) as refusal:
        found.of("shares(q)", "c")
    assert refusal.value.code == "item_unknown"


def test_numbers_of_any_size_are_added_without_rounding() -> None:
    """Weights and answers that have more digits than sixty-four bits hold together."""
    weights, values = [1 / 3, 2 / 3, 1e6], [1e12, -1e12 / 7, 0.1 + 0.2]
    row = survey.estimate(pa.table({"w": weights, "y": values}), Design("w"), [Mean("y")]).rows[0]
    wanted = sum(w * y for w, y in zip(weights, values, strict=True)) / sum(weights)
    assert row.estimate == pytest.approx(wanted, rel=1e-8)  # fifty bits of the largest: 1e12 / 2**50 is a thousandth
