"""What must hold for any sample, whatever the numbers."""

from dataclasses import replace
from pathlib import Path

import duckdb
import ibis
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnin.compute import survey
from learnin.compute.survey import Count, Design, Index, Mean, Proportion, Quantile, Ratio, Row, Shares, Stage, Total
from tests.compute.made_survey import ALL_STAGES, CLUSTERED, sample, times, with_gaps

seeds = st.integers(0, 10_000)
laws = settings(deadline=None, max_examples=4)
ITEMS = (
    Mean("y"),
    Total("y"),
    Proportion("flag"),
    Ratio("y", "x"),
    Shares("scale", (1, 2, 3, 4, 5)),
    Index(("x", "scale")),
)
BY = ((), ("area",), ("area", "sex"))


def near(ours: Row, theirs: Row, *, estimate: float = 1.0, rel: float = 1e-11) -> bool:
    """Two rows are the same, but for a factor."""
    assert (ours.item, ours.level, ours.domain, ours.n, ours.df) == (
        theirs.item,
        theirs.level,
        theirs.domain,
        theirs.n,
        theirs.df,
    )
    assert ours.estimate == pytest.approx(theirs.estimate * estimate, rel=rel)
    assert (ours.se is None) == (theirs.se is None)
    if ours.se is not None:
        assert ours.se == pytest.approx(theirs.se * estimate, rel=1e-9, abs=1e-12)
    return True


def beside(data: pa.Table) -> pa.Table:
    """The same sample as another stratum, with other numbers of schools."""
    copy = data.set_column(0, "stratum", pa.array([1] * len(data)))
    return copy.set_column(1, "school", pc.add(data["school"], 1000))


@laws
@given(seeds, st.sampled_from([0.5, 2.0, 8.0]))
def test_weights_times_anything_leave_means_and_move_totals(seed: int, factor: float) -> None:
    data = sample(seed)
    before, after = (survey.estimate(one, ALL_STAGES, ITEMS, BY).rows for one in (data, times(data, "w", factor)))
    for row, other in zip(after, before, strict=True):
        assert near(row, other, estimate=factor if row.kind == "total" else 1.0)


@laws
@given(seeds)
def test_the_order_of_the_rows_does_not_change_a_bit(seed: int) -> None:
    data = sample(seed)
    order = np.random.default_rng(seed + 1).permutation(len(data))
    first, second = (survey.estimate(one, ALL_STAGES, ITEMS, BY) for one in (data, data.take(order)))
    assert first.rows == second.rows
    assert first.provenance.data == second.provenance.data


@laws
@given(seeds)
def test_groups_add_up(seed: int) -> None:
    table = survey.estimate(sample(seed), CLUSTERED, [Total("y"), Count("flag"), Count()], BY)
    for item in ("total(y)", "count(flag)", "count"):
        rows = [row for row in table.rows if row.item == item]
        [whole] = [row for row in rows if not row.domain]
        areas = [row for row in rows if len(row.domain) == 1]
        assert sum(row.estimate or 0 for row in areas) == pytest.approx(whole.estimate, rel=1e-13)
        assert sum(row.n for row in areas) == whole.n
        if all(row.se is not None for row in areas):
            assert table.vcov(areas).sum() == pytest.approx((whole.se or 0) ** 2, rel=1e-9)


@laws
@given(seeds)
def test_shares_of_all_answers_are_one_and_have_no_spread(seed: int) -> None:
    table = survey.estimate(sample(seed), ALL_STAGES, [Shares("scale")])
    assert sum(row.estimate or 0 for row in table.rows) == pytest.approx(1, rel=1e-13)
    assert table.vcov().sum() == pytest.approx(0, abs=1e-15)


@laws
@given(seeds)
def test_strata_of_the_same_design_may_be_split_by_numbering_units_anew(seed: int) -> None:
    """Numbers of units that start again in each stratum are the same design."""
    data = sample(seed)
    again = pa.array([school % 100 for school in data["school"].to_pylist()])
    nested = replace(ALL_STAGES, nested=True)
    first = survey.estimate(data, ALL_STAGES, ITEMS, BY).rows
    second = survey.estimate(
        data.set_column(data.column_names.index("school"), "school", again), nested, ITEMS, BY
    ).rows
    assert first == second


@laws
@given(seeds)
def test_a_stratum_with_the_same_units_twice_has_their_variance(seed: int) -> None:
    """Two strata that are copies of one have twice its variance of a total, the mean half of it."""
    data = sample(seed, strata=1)
    copy = beside(data)
    one, two = (
        survey.estimate(table, CLUSTERED, [Total("y"), Mean("y")]).rows
        for table in (data, pa.concat_tables([data, copy]))
    )
    assert (two[0].se or 0) ** 2 == pytest.approx(2 * (one[0].se or 0) ** 2, rel=1e-10)
    assert (two[1].se or 0) ** 2 == pytest.approx((one[1].se or 0) ** 2 / 2, rel=1e-10)


@laws
@given(seeds)
def test_merged_strata_of_equal_means_keep_the_variance_up_to_degrees_of_freedom(seed: int) -> None:
    """Of m units each: the squares around the means are the same, only m/(m - 1) becomes 2m/(2m - 1)."""
    data = sample(seed, strata=1)
    copy = beside(data)
    both = pa.concat_tables([data, copy])
    apart = survey.estimate(both, CLUSTERED, [Total("y")]).rows[0]
    merged = survey.estimate(both, Design("w", stages=(Stage("school"),)), [Total("y")]).rows[0]
    m = len(set(data["school"].to_pylist()))
    assert (merged.se or 0) ** 2 == pytest.approx((apart.se or 0) ** 2 * (m - 1) / m * 2 * m / (2 * m - 1), rel=1e-10)


@laws
@given(seeds, st.lists(st.integers(0, 100), max_size=5))
def test_missing_answers_are_a_group_not_deleted_rows(seed: int, places: list[int]) -> None:
    """The mean of those who answered is the ratio of two totals that are zero for the others."""
    data = with_gaps(sample(seed), "y", places)
    answered = pc.is_valid(data["y"]).cast(pa.int64())
    zeros = data.append_column("y0", pc.fill_null(data["y"], 0.0)).append_column("one", answered)
    [mean] = survey.estimate(data, ALL_STAGES, [Mean("y")]).rows
    [ratio] = survey.estimate(zeros, ALL_STAGES, [Ratio("y0", "one")]).rows
    assert mean.estimate == pytest.approx(ratio.estimate, rel=1e-12)
    assert mean.se == pytest.approx(ratio.se, rel=1e-9)


@laws
@given(seeds)
def test_a_group_of_everybody_is_everybody(seed: int) -> None:
    data = sample(seed).append_column("all", pa.array(["yes"] * len(sample(seed))))
    whole, group = (survey.estimate(data, ALL_STAGES, ITEMS, [by]).rows for by in ((), ("all",)))
    for row, other in zip(group, whole, strict=True):
        assert near(replace(row, domain=()), other)


@laws
@given(seeds, st.floats(0.01, 0.99))
def test_quantiles_stand_between_the_answers_and_grow(seed: int, share: float) -> None:
    data = sample(seed)
    low, high = sorted((share, 1 - share))
    rules = [Quantile("y", (low, high), rule=rule, name=rule) for rule in survey.RULES]
    rows = survey.estimate(data, CLUSTERED, rules).rows
    values = data["y"].to_pylist()
    for first, second in zip(rows[::2], rows[1::2], strict=True):
        assert min(values) <= (first.estimate or 0) <= (second.estimate or 0) <= max(values)


@pytest.mark.filterwarnings("ignore:fetch_arrow_table")  # ibis 12 with the old word of DuckDB
def test_more_threads_do_not_change_a_bit(tmp_path: Path) -> None:
    """Sums of whole numbers are exact: 300,000 rows, enough for the engine to split them."""
    draw, n = np.random.default_rng(5), 300_000
    data = pa.table(
        {
            "stratum": draw.integers(0, 20, n), "w": draw.uniform(1, 50, n).round(6), "y": draw.normal(0, 1, n),
            "flag": draw.random(n) < 0.3, "area": draw.integers(0, 4, n),
        }
    )  # fmt: skip
    data = data.append_column("school", pa.array(np.asarray(data["stratum"]) * 100 + draw.integers(0, 50, n)))
    pq.write_table(data, tmp_path / "answers.parquet", row_group_size=20_000)
    found = []
    for threads in (1, 4):
        engine = duckdb.connect(config={"threads": threads})
        table = ibis.duckdb.from_connection(engine).read_parquet(tmp_path / "answers.parquet")
        found.append(survey.estimate(table, CLUSTERED, [Mean("y"), Total("y"), Proportion("flag")], [(), ("area",)]))
    assert found[0].rows == found[1].rows
    assert found[0].provenance.data == found[1].provenance.data


def test_files_of_one_survey_are_one_survey(tmp_path: Path) -> None:
    data = sample(7)
    for number, (start, length) in enumerate([(0, 5), (5, 11), (16, None)]):
        pq.write_table(data.slice(start, length), tmp_path / f"part{number}.parquet")
    pq.write_table(data, tmp_path / "all.parquet")
    parts = sorted(tmp_path.glob("part*.parquet"))
    whole, split = (survey.estimate(one, ALL_STAGES, ITEMS, BY) for one in (tmp_path / "all.parquet", parts))
    assert whole.rows == split.rows


def test_another_engine_finds_the_same() -> None:
    """The same expression on another engine of ibis."""
    data = sample(11)
    other = ibis.polars.connect({"answers": pl.from_arrow(data)}).table("answers")
    for row, same in zip(
        survey.estimate(other, ALL_STAGES, ITEMS, BY).rows,
        survey.estimate(data, ALL_STAGES, ITEMS, BY).rows,
        strict=True,
    ):
        assert near(row, same, rel=1e-12)
