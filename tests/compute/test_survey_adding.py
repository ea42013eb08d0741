"""Sums that are added up here are, to the last bit, those of an engine that adds up itself, whatever was guessed."""

import subprocess
import sys
from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from learnin.compute import survey
from learnin.compute.survey import adding, handing, looks, sources
from learnin.compute.survey.refusals import CannotEstimate
from tests.compute.made_answers import answers, changed

DESIGN = survey.Design("w", strata="stratum", stages=(survey.Stage("school"),))
ITEMS = [
    survey.Mean("y"),
    survey.Total("many"),
    survey.Variance("y"),
    survey.Proportion("flag"),
    survey.Proportion("said"),
    survey.Count("said"),
    survey.Count(),
    survey.Ratio("y", "x"),
    survey.Shares("word"),
    survey.Multi(("flag", "other")),
    survey.Index(("one", "two", "three"), least=2),
    survey.Mean("w", name="the weight itself"),
    survey.Quantile("one"),
]
BY = [(), ("region",), ("region", "sex")]


def same(data: pa.Table, design: survey.Design = DESIGN) -> survey.Table:
    """The estimates, which must be those of an engine that hands over no rows."""
    here, there = (survey.estimate(one, design, ITEMS, BY) for one in (data, ibis.memtable(data)))
    assert [str(row) for row in here.rows] == [str(row) for row in there.rows]
    assert here.provenance.data == there.provenance.data
    assert here.vcov(item="mean(y)").tolist() == there.vcov(item="mean(y)").tolist()
    return here


@pytest.mark.parametrize("stages", [(survey.Stage("school"),), ()])
def test_the_sums_are_those_of_an_engine(stages: tuple[survey.Stage, ...]) -> None:
    found = same(answers(500), survey.Design("w", strata="stratum", stages=stages))
    assert found.of("mean(y)").n < 500


def test_weights_of_zero_are_drawn_and_do_not_answer() -> None:
    data = answers(300)
    w = data["w"].to_numpy().copy()
    w[::7] = 0
    assert same(changed(data, "w", w)).of("the weight itself").n == 257


def test_weights_of_one_byte_add_up_to_more() -> None:
    whole = np.random.default_rng(4).integers(1, 120, 300).astype("int8")
    assert same(changed(answers(300), "w", whole)).of("count").n_hat == whole.sum()


def test_weights_with_all_their_digits_need_more_than_one_word() -> None:
    data = answers(300)
    data = changed(data, "w", np.random.default_rng(3).uniform(1, 9, 300))
    here, there = (survey.estimate(one, DESIGN, ITEMS, BY).rows for one in (data, ibis.memtable(data)))
    for name in ("estimate", "se", "n_hat", "deff"):  # an engine rounds a sum of more than 53 bits in its own way
        assert numbers(here, name) == pytest.approx(numbers(there, name), rel=1e-13, nan_ok=True)


def numbers(rows: tuple[survey.Row, ...], name: str) -> list[float]:
    """One number of all rows; what is not known is none."""
    return [np.nan if getattr(row, name) is None else getattr(row, name) for row in rows]


def test_several_passes_add_up_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    data = answers(looks.GUESS + 500)
    once = survey.estimate(data, DESIGN, ITEMS, BY)
    monkeypatch.setattr(adding, "ROOM", 1)
    assert survey.estimate(data, DESIGN, ITEMS, BY).rows == once.rows


@pytest.mark.parametrize(
    ("column", "last"),
    [("y", 1.23456), ("y", 1e7), ("y", 1 / 3), ("x", np.nan), ("w", 0.0), ("w", 123.456789), ("w", 1e6), ("three", 70)],
)
def test_a_surprise_after_the_first_rows_changes_no_number(column: str, last: float) -> None:
    data = answers(looks.GUESS + 200)
    values = data[column].to_pylist()
    values[-1] = last
    assert same(changed(data, column, values)).rows


def test_a_gap_after_the_first_rows_is_a_gap() -> None:
    data = answers(looks.GUESS + 200)
    values = [*data["x"].to_pylist()[:-1], None]
    assert same(changed(data, "x", values)).rows


@pytest.mark.parametrize(
    ("column", "last", "code"),
    [
        ("flag", 2, "not_a_flag"),
        ("y", np.inf, "item_nonfinite"),
        ("w", None, "weight_null_or_nan"),
        ("w", np.nan, "weight_null_or_nan"),
        ("w", np.inf, "weight_nonfinite"),
        ("w", -1.0, "weight_negative"),
    ],
)
def test_what_is_wrong_after_the_first_rows_is_refused(column: str, last: float, code: str) -> None:
    data = answers(looks.GUESS + 200)
    values = [*data[column].to_pylist()[:-1], last]
    with pytest.raises(CannotEstimate) as refused:
        survey.estimate(changed(data, column, values), DESIGN, ITEMS, BY)
    assert (refused.value.code, refused.value.count) == (code, 1)


def test_what_is_wrong_in_the_first_rows_is_counted_in_all() -> None:
    data = answers(looks.GUESS + 200)
    values = np.array(data["w"].to_pylist())
    values[0] = values[-1] = -1
    with pytest.raises(CannotEstimate) as refused:
        survey.estimate(changed(data, "w", values), DESIGN, ITEMS, BY)
    assert (refused.value.code, refused.value.count) == ("weight_negative", 2)


def test_a_question_that_most_leave_out() -> None:
    data = answers(2_000)
    asked = np.random.default_rng(5).random(2_000) < 0.04
    kept = [value if one else None for one, value in zip(asked, data["y"].to_pylist(), strict=True)]
    assert 0 < same(changed(data, "y", kept)).of("mean(y)").n < 100


@pytest.mark.parametrize("nested", [False, True], ids=["a school says its stratum", "numbers start again in each"])
def test_few_columns_tell_the_cells_apart(nested: bool) -> None:
    data = answers(600)
    if nested:
        data = changed(data, "school", [school % 6 for school in data["school"].to_pylist()])
    design = survey.Design("w", strata="stratum", stages=(survey.Stage("school"),), nested=nested)
    assert same(data, design).of("mean(y)").n_psu == 24


def test_an_engine_that_needs_more_room_gets_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = answers(5_000)
    pq.write_table(data, tmp_path / "answers.parquet")
    monkeypatch.setattr(handing, "SPARING", "100 KB")
    with pytest.raises(sources.NoRoom):
        list(sources.batches(sources.opened(tmp_path / "answers.parquet"), 1_000, handing.SPARING))
    found = survey.estimate(tmp_path / "answers.parquet", DESIGN, ITEMS, BY)
    assert [str(row) for row in found.rows] == [str(row) for row in survey.estimate(data, DESIGN, ITEMS, BY).rows]


@pytest.mark.parametrize("given", ["500.0 MiB", "3.0 GiB"])
def test_an_engine_may_hold_afterwards_what_it_might_before(given: str) -> None:
    table = sources.opened(answers(300))
    engine = table.get_backend().con
    engine.execute(f"SET memory_limit = '{given}'")
    survey.estimate(table, DESIGN, ITEMS, BY)
    assert engine.sql("SELECT current_setting('memory_limit')").fetchall() == [(given,)]


def test_nobody_needs_pandas(tmp_path: Path) -> None:
    pq.write_table(answers(300), tmp_path / "answers.parquet")
    script = (
        "import sys; from learnin.compute.survey import Design, Mean, Proportion, Stage, estimate; "
        "design = Design('w', strata='stratum', stages=(Stage('school'),)); "
        "estimate(sys.argv[1], design, [Mean('y'), Proportion('flag')], [(), ('region',)]); "
        "print([one for one in ('pandas', 'pyarrow.compute') if one in sys.modules])"
    )
    asked = [sys.executable, "-c", script, str(tmp_path / "answers.parquet")]
    assert subprocess.run(asked, capture_output=True, text=True, check=True).stdout == "[]\n"
