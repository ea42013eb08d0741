"""Bad designs and data are refused with a code and the first ten things that are wrong; doubtful ones are flagged."""

import math
import random
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pytest

from learnin.compute import survey
from learnin.compute.survey import (
    CannotEstimate,
    Count,
    Design,
    Mean,
    Proportion,
    Quantile,
    Ratio,
    Shares,
    Stage,
    Total,
    Variance,
)
from learnin.compute.survey import replicates as rep

GOOD: dict[str, Sequence[Any]] = {
    "s": ["a", "a", "a", "b", "b", "b"], "u": [1, 1, 2, 3, 4, 4], "N": [9, 9, 9, 8, 8, 8],
    "w": [1.5, 2.0, 1.0, 3.0, 2.0, 1.0],
    "y": [1.0, 2.0, 4.0, 3.0, 5.0, 6.0], "flag": [1, 0, 1, 1, 0, 0], "word": list("pqpqpq"), "zero": [0, 0, 0, 0, 0, 0],
}  # fmt: skip
MEAN = Mean("y")
DESIGN = Design("w", strata="s", stages=(Stage("u", fpc="N"),))


def refused(
    change: dict[str, Sequence[Any]], design: Design = DESIGN, item: Any = MEAN, **options: Any
) -> CannotEstimate:
    with pytest.raises(CannotEstimate) as refusal:
        survey.estimate(pa.table({**GOOD, **change}), design, [item], **options)
    return refusal.value


@pytest.mark.parametrize(
    ("change", "code", "keys"),
    [
        ({"w": [1.0, None, 1.0, 3.0, 2.0, 1.0]}, "weight_null_or_nan", ("a / 1",)),
        ({"w": [1.0, 2.0, 1.0, 3.0, float("nan"), 1.0]}, "weight_null_or_nan", ("b / 4",)),
        ({"w": [1.0, 2.0, -1.0, 3.0, 2.0, -4.0]}, "weight_negative", ("a / 2", "b / 4")),
        ({"w": [0.0] * 6}, "weight_all_zero", ()),
        ({"w": [1.0, 2.0, 1.0, float("inf"), 2.0, 1.0]}, "weight_nonfinite", ("b / 3",)),
        ({"w": list("abcdef")}, "non_numeric_item", ("w",)),
        ({"u": [1, None, 2, 3, 4, 4]}, "psu_null", ("a",)),
        ({"s": ["a", "a", "a", None, "b", "b"]}, "stratum_null", ("3",)),
        ({"u": [1, 1, 2, 2, 4, 4]}, "psu_spans_strata", ("2",)),
        ({"u": [1, 1, 1, 3, 4, 4]}, "single_psu", ("a",)),
        ({"N": [1, 1, 1, 8, 8, 8]}, "fpc_below_sample", ("a",)),
        ({"N": [9, 9, 10, 8, 8, 8]}, "fpc_varies", ("a",)),
        ({"N": [0.4, 0.4, 0.4, 8, 8, 8]}, "fpc_between_0_and_1", ("a",)),
        ({"N": [9, 9, 9, None, None, None]}, "fpc_missing", ("b",)),
        ({"N": [9, 9, 9, 8, 8, None]}, "fpc_missing", ("b",)),
        ({"y": list("abcdef")}, "non_numeric_item", ("y",)),
        ({"y": [1.0, 2.0, float("inf"), 3.0, 5.0, 6.0]}, "item_nonfinite", ("y",)),
        ({"y": [1.0, 2.0, -1e300, 3.0, 5.0, 6.0]}, "item_nonfinite", ("y",)),
        ({"y": [1.0, 2.0, 1e61, 3.0, 5.0, 6.0]}, "item_nonfinite", ("y",)),
        ({"w": [1.0, 2.0, 1e200, 3.0, 2.0, 1.0]}, "item_nonfinite", ("w",)),
    ],
)
def test_data_that_are_wrong(change: dict[str, Sequence[Any]], code: str, keys: tuple[str, ...]) -> None:
    found = refused(change)
    assert (found.code, found.keys) == (code, keys)
    assert str(found)


def test_a_missing_weight_where_units_are_strata() -> None:
    found = refused({"w": [1.0, None, 1.0, 3.0, 2.0, 1.0]}, Design("w", strata="s", stages=(Stage("s"),)))
    assert (found.code, found.keys) == ("weight_null_or_nan", ("a",))


def test_the_largest_numbers_have_all_that_others_have() -> None:
    data = pa.table({"u": [1, 2, 3, 4], "w": [1e10] * 4, "y": [1e59, 2e59, 4e59, 5e59]})
    rows = survey.estimate(data, Design("w", stages=(Stage("u"),)), [MEAN, Total("y"), Variance("y")]).rows
    assert [row.estimate for row in rows] == pytest.approx([3e59, 1.2e70, 10 / 3 * 1e118], rel=1e-9)
    assert all(row.se is not None and 0 < row.se < math.inf for row in rows)
    assert [row.deff_replace for row in rows[:2]] == pytest.approx([1, 1], rel=1e-9)


@pytest.mark.parametrize(
    ("design", "item"),
    [
        (Design("w", stages=(Stage("u"),)), Quantile("y")),
        (Design("w", stages=(Stage("u"),), replicates=rep.Made("JK1")), MEAN),
    ],
    ids=["quantile", "jackknife"],
)
def test_groups_by_what_nobody_said_have_no_rows_but_those_asked_for(design: Design, item: Any) -> None:
    data = pa.table({**GOOD, "said": pa.nulls(6, pa.string())})
    assert survey.estimate(data, design, [item], [("said",)]).rows == ()
    [row] = survey.estimate(data, design, [item], [("said",)], levels={"said": ["a"]}).rows
    assert (row.n, row.estimate) == (0, None)


def test_an_end_that_is_nearer_to_one_than_numbers_can_tell_is_one() -> None:
    data = pa.table({"u": [0, 1, 2], "w": [100.0, 0.01, 0.01], "flag": [1, 0, 0]})
    design = Design("w", stages=(Stage("u"),))
    [row] = survey.estimate(data, design, [Proportion("flag")], interval="likelihood").rows
    assert (row.ci_low, row.ci_high) == (pytest.approx(0.99286381, abs=1e-8), 1.0)


def test_no_rows() -> None:
    with pytest.raises(CannotEstimate) as refusal:
        survey.estimate(pa.table(GOOD).slice(0, 0), DESIGN, [Mean("y")])
    assert refusal.value.code == "no_rows"


@pytest.mark.parametrize(
    ("design", "code"),
    [
        (lambda: Design(""), "no_weight"),
        (lambda: Design("w", lonely="perhaps"), "design_option"),
        (lambda: Design("w", stages=(Stage("u", fpc="N"), Stage("t"))), "fpc_stage_mismatch"),
    ],
)
def test_designs_that_contradict_themselves(design: Any, code: str) -> None:
    with pytest.raises(CannotEstimate) as refusal:
        design()
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("item", "options", "code", "keys"),
    [
        (Mean("nothing"), {}, "unknown_column", ("nothing",)),
        (Mean("y"), {"by": [("area",)]}, "unknown_column", ("area",)),
        (Proportion("y"), {}, "not_a_flag", ("y",)),
        (Proportion("word"), {}, "not_a_flag", ("word",)),
        (Ratio("y", "zero"), {}, "ratio_zero_denominator", ("ratio(y, zero)",)),
        (Quantile("y", (1.5,)), {}, "share_out_of_range", ("1.5",)),
        (Quantile("y", rule="mine"), {}, "design_option", ()),
        (Proportion("flag"), {"interval": "mine"}, "design_option", ()),
        (Mean("y"), {"level": 1.0}, "level_out_of_range", ()),
    ],
)
def test_questions_that_cannot_be_answered(
    item: Any, options: dict[str, Any], code: str, keys: tuple[str, ...]
) -> None:
    found = refused({}, item=item, **options)
    assert (found.code, found.keys) == (code, keys)


def test_fractions_above_one() -> None:
    assert refused({"N": [1.2] * 6}, Design("w", "s", (Stage("u", fraction="N"),))).code == "fpc_fraction"


def test_two_items_of_one_name_and_columns_that_differ_by_capitals() -> None:
    with pytest.raises(CannotEstimate) as refusal:
        survey.estimate(pa.table(GOOD), DESIGN, [Mean("y"), Mean("y")])
    assert refusal.value.code == "item_twice"
    assert refused({"Y": [1.0] * 6}).code == "column_twice"


def test_only_ten_are_named() -> None:
    rows = {"s": list(range(12)), "u": list(range(12)), "w": [1.0] * 12, "y": [1.0] * 12}
    with pytest.raises(CannotEstimate) as refusal:
        survey.estimate(pa.table(rows), Design("w", "s", (Stage("u"),)), [Mean("y")])
    assert (refusal.value.count, len(refusal.value.keys)) == (12, 10)
    assert str(refusal.value).count(", …") == 1


@pytest.mark.parametrize("source", [42, [], "answers.txt"])
def test_data_of_another_kind(source: Any) -> None:
    with pytest.raises(CannotEstimate) as refusal:
        survey.estimate(source, DESIGN, [Mean("y")])
    assert refusal.value.code == "unreadable_source"


def codes(
    change: dict[str, Sequence[Any]], design: Design = DESIGN, item: Any = MEAN, **options: Any
) -> list[set[str]]:
    rows = survey.estimate(pa.table({**GOOD, **change}), design, [item], **options).rows
    return [{warning.code for warning in row.warnings} for row in rows]


@pytest.mark.parametrize("seed", range(20))
def test_the_sum_of_weights_is_told_the_same_in_any_order(seed: int) -> None:
    weights = [0.1] * 4999 + [5.6]
    random.Random(seed).shuffle(weights)
    data = pa.table({"u": range(5000), "w": weights, "y": [1.0] * 5000})
    [row] = survey.estimate(data, Design("w", stages=(Stage("u"),), population=1000), [MEAN]).rows
    [told] = [warning for warning in row.warnings if warning.code == "weight_sum"]
    assert dict(told.facts)["sum"] == 506


def test_warnings() -> None:
    assert codes({}) == [{"few_degrees"}]
    assert codes({"w": [0.0, 2.0, 1.0, 3.0, 2.0, 1.0]}) == [{"few_degrees", "weight_zero"}]
    assert codes({"w": [100.0, 2.0, 1.0, 3.0, 2.0, 1.0]}) == [{"few_degrees", "weight_spread"}]
    assert codes({"y": [1.0, None, 2.0, None, 1.0, 2.0]}) == [{"few_degrees", "item_nonresponse"}]
    assert codes({}, Design("w", "s", (Stage("u"),), population=20)) == [{"few_degrees", "weight_sum"}]
    assert codes({}, Design("w")) == [{"few_degrees", "no_psu"}]
    by_unit = codes({}, by=[("u",)], levels={"u": [1, 2, 9]})
    assert by_unit[:3] == [{"domain_one_psu", "few_degrees"}, {"domain_one_psu", "few_degrees"}, {"domain_empty"}]


def test_an_empty_group_and_a_group_in_one_unit_have_nothing_that_looks_like_a_number() -> None:
    rows = survey.estimate(pa.table(GOOD), DESIGN, [Mean("y"), Total("y")], [("u",)], levels={"u": [1, 9]}).rows
    one, empty = (next(row for row in rows if row.domain == (("u", unit),)) for unit in (1, 9))
    assert (one.estimate, one.se, one.ci_low, one.deff) == (pytest.approx(5.5 / 3.5), None, None, None)
    assert (empty.estimate, empty.se, empty.n, empty.n_hat) == (None, None, 0, 0)
    assert next(row for row in rows if row.item == "total(y)" and row.domain == (("u", 9),)).estimate is None


def test_zero_weights_count_as_drawn_not_as_answers() -> None:
    data = pa.table({"u": [1, 2, 3], "w": [0.0, 2.0, 2.0], "y": [9.0, 1.0, 3.0]})
    [mean, count] = survey.estimate(data, Design("w", stages=(Stage("u"),)), [Mean("y"), Count()]).rows
    assert (mean.estimate, mean.n, mean.df, count.estimate) == (2, 2, 1, 4)
    assert mean.se == pytest.approx((3 / 2 * (0.25 + 0.25)) ** 0.5)  # three units: scores 0, -1/2, 1/2


@pytest.mark.parametrize("rule", ["remove", "certainty", "adjust", "average"])
def test_a_lonely_unit_by_each_rule(rule: str) -> None:
    data = pa.table({"s": ["a", "a", "b"], "u": [1, 2, 3], "w": [1.0] * 3, "y": [1.0, 3.0, 8.0]})
    [total] = survey.estimate(data, Design("w", "s", (Stage("u"),), lonely=rule), [Total("y")]).rows
    wanted = {"remove": 4.0, "certainty": 4.0, "adjust": 4.0 + 16.0, "average": 8.0}[
        rule
    ]  # 8 is 4 from the mean of all
    assert (total.se or 0) ** 2 == pytest.approx(wanted)


def test_levels_that_are_asked_for_and_levels_that_stand_there() -> None:
    found = survey.estimate(pa.table(GOOD), DESIGN, [Shares("word"), Shares("word", ("p", "x"), name="asked")]).rows
    assert [(row.item, row.level) for row in found] == [
        ("shares(word)", "p"),
        ("shares(word)", "q"),
        ("asked", "p"),
        ("asked", "x"),
    ]
    assert (found[2].estimate, found[3].estimate) == (found[0].estimate, 0)


def test_a_table_whose_shares_are_the_same_in_every_unit_is_not_tested() -> None:
    cells = [("x", "p"), ("x", "q"), ("y", "p"), ("y", "q")]
    rows = [(unit, *cell) for unit, times in ((1, 1), (2, 2), (3, 4)) for cell in cells * times]
    unit, first, second = zip(*rows, strict=True)
    data = pa.table({"u": unit, "w": [1.0] * len(rows), "first": first, "second": second})
    with pytest.raises(CannotEstimate) as refused:
        survey.test_table(data, Design("w", stages=(Stage("u"),)), "first", "second")
    assert refused.value.code == "table_without_variance"


def test_words_where_numbers_belong_are_refused_by_their_column() -> None:
    data = pa.table({"u": [1, 2], "many": ["a", "b"], "w": [1.0, 2.0], "y": ["low", "high"]})
    with pytest.raises(CannotEstimate, match=r"These columns hold no numbers: see many\."):
        survey.estimate(data, survey.Design("w", stages=(survey.Stage("u", fpc="many"),)), [survey.Count()])
    with pytest.raises(CannotEstimate, match=r"These columns hold no numbers: see y\."):
        survey.estimate(data, survey.Design("w"), [survey.Quantile("y")])
