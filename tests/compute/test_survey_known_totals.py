"""The error of a calibrated estimate, out of one pass of the engine, is that of the residuals of every row."""

import ibis
import numpy as np
import pyarrow as pa
import pytest

from learnin.compute import survey
from learnin.compute.survey.calibration import (
    Controls,
    Exponential,
    KnownTotals,
    Linear,
    Logit,
    Margin,
    calibrated,
    margin,
    raked,
    regression,
)
from learnin.compute.survey.refusals import CannotEstimate

ITEMS = [survey.Total("y"), survey.Mean("y"), survey.Ratio("y", "x"), survey.Shares("group"), survey.Count()]


def sample(seed: int, rows: int = 160) -> dict[str, np.ndarray]:
    """A clustered sample with two groupings, a number that is known of everybody, and an answer with gaps."""
    rng = np.random.Generator(np.random.PCG64(seed))
    unit = np.sort(rng.integers(0, 20, rows))
    x = 1e6 + 10 * rng.random(rows) + unit  # far from zero: digits are lost where it is not centred
    y = x - 1e6 + 5 * rng.random(rows)
    return {
        "stratum": unit // 5,
        "unit": unit,
        "base": rng.random(rows) + 1,
        "x": x,
        "y": np.where(rng.random(rows) < 0.1, np.nan, y),
        "sex": rng.choice(["f", "m"], rows),
        "grade": rng.integers(1, 4, rows),
        "group": rng.choice(["u", "v"], rows),
    }


def known(data: dict[str, np.ndarray], *, totals: bool) -> Controls:
    """Totals a little off from what the sample counts."""
    rows = len(data["base"]) * 2.0
    grades = Margin(("grade",), {("1",): 0.3 * rows, ("2",): 0.4 * rows, ("3",): 0.3 * rows})
    both = (margin("sex", {"f": 0.55 * rows, "m": 0.45 * rows}), grades)
    return Controls(both, {"x": rows * (float(np.average(data["x"], weights=data["base"])) + 0.3)} if totals else {})


def by_rows(data: dict[str, np.ndarray], weight: np.ndarray, controls: Controls) -> list[float]:
    """Errors of the total, the mean and the ratio, from the residuals of every row."""
    scores = regression(data, controls, before=data["base"], after=weight)
    there = ~np.isnan(data["y"])
    y, x = np.where(there, data["y"], 0.0), np.where(there, data["x"], 0.0)
    mean, ratio = weight @ y / weight[there].sum(), weight @ y / (weight @ x)
    linear = np.column_stack([y, (y - mean * there) / weight[there].sum(), (y - ratio * x) / (weight @ x)])
    totals = np.stack([np.bincount(data["unit"], column, 20) for column in scores.scores(linear).T], axis=1)
    found = np.zeros(3)
    for one in range(4):
        apart = totals[5 * one : 5 * one + 5] - totals[5 * one : 5 * one + 5].mean(axis=0)
        found += 5 / 4 * (apart**2).sum(axis=0)
    return np.sqrt(found).tolist()


def estimated(
    data: dict[str, np.ndarray], weight: np.ndarray, how: KnownTotals, items: list[survey.Item] = ITEMS
) -> survey.Table:
    table = pa.table({name: pa.array(column, from_pandas=True) for name, column in {**data, "w": weight}.items()})
    design = survey.Design("w", strata="stratum", stages=(survey.Stage("unit"),), calibration=how)
    return survey.estimate(ibis.memtable(table), design, items, by=[(), ("group",), ("sex",)])


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("method", ["raking", "linear", "exponential", "logit"])
def test_errors_are_those_of_the_residuals_of_every_row(seed: int, method: str) -> None:
    data = sample(seed)
    controls = known(data, totals=method != "raking")
    if method == "raking":
        weight = raked(data["base"], data, controls.margins).weights
    else:
        distance = {"linear": Linear(), "logit": Logit(0.1, 5)}.get(method, Exponential())
        weight = calibrated(data["base"], data, controls, distance).weights
    table = estimated(data, weight, KnownTotals(controls, "base"))
    found = [table.of(item).se for item in ("total(y)", "mean(y)", "ratio(y, x)")]
    assert found == pytest.approx(by_rows(data, weight, controls), rel=1e-8)


def test_what_the_totals_fix_has_no_error_and_the_parts_of_a_group_add_up() -> None:
    data = sample(3)
    controls = known(data, totals=True)
    weight = calibrated(data["base"], data, controls, Exponential()).weights
    table = estimated(data, weight, KnownTotals(controls, "base"))
    assert [table.of("count").se, table.of("count", sex="f").se, table.of("count", sex="m").se] == [0, 0, 0]
    parts = [table.of("total(y)", group=one) for one in "uv"]
    together = table.contrast([(one, 1.0) for one in parts])
    assert (together.estimate, together.se) == pytest.approx((table.of("total(y)").estimate, table.of("total(y)").se))
    assert table.vcov(item="count").shape == (5, 5)


def test_groups_with_few_answers_have_no_number_and_say_why() -> None:
    data = sample(5) | {"group": np.array(["u"] * 2 + ["v"] * 158)}
    data["y"] = np.where(data["group"] == "u", [np.nan, 7.0] * 80, data["y"])
    data["zero"] = np.where(data["group"] == "u", 0.0, 1.0)
    nobody = data | {"y": np.where(data["group"] == "u", np.nan, data["y"])}
    controls = known(data, totals=True)
    weight = calibrated(data["base"], data, controls, Exponential()).weights
    items = [survey.Mean("y"), survey.Variance("y"), survey.Ratio("y", "zero")]

    def told(given: dict[str, np.ndarray], item: str, group: str) -> tuple[bool, bool, set[str]]:
        row = estimated(given, weight, KnownTotals(controls, "base"), items).of(item, group=group)
        return row.estimate is not None, row.se is not None, {one.code for one in row.warnings}

    assert told(nobody, "mean(y)", "u")[:2] == (False, False)
    assert "domain_empty" in told(nobody, "mean(y)", "u")[2]
    assert told(data, "mean(y)", "u")[:2] == (True, False)
    assert "domain_one_psu" in told(data, "mean(y)", "u")[2]
    for item in ("variance(y)", "ratio(y, zero)"):
        assert told(data, item, "u")[:2] == (False, False)
        assert "no_estimate" in told(data, item, "u")[2]
    for given in (data, nobody):
        assert told(given, "mean(y)", "v")[:2] == (True, True)


def test_calibration_to_what_the_answers_depend_on_makes_errors_smaller() -> None:
    data = sample(11)
    controls = known(data, totals=True)
    weight = calibrated(data["base"], data, controls, Linear()).weights
    with_controls = estimated(data, weight, KnownTotals(controls, "base"))
    without = estimated(data, weight, KnownTotals(Controls(population=controls.everybody), "base"))
    assert with_controls.of("mean(y)").se < 0.8 * without.of("mean(y)").se
    assert with_controls.provenance.design["calibration"]["before"] == "base"


def test_many_controls_are_as_good_as_few() -> None:
    data = sample(2) | {"school": np.arange(160) % 14}
    schools = margin("school", {str(one): 20.0 for one in range(14)})
    controls = Controls((schools, margin("sex", {"f": 150.0, "m": 130.0})))
    weight = raked(data["base"], data, controls.margins).weights
    table = estimated(data, weight, KnownTotals(controls, "base"))
    found = [table.of(item).se for item in ("total(y)", "mean(y)", "ratio(y, x)")]
    assert found == pytest.approx(by_rows(data, weight, controls), rel=1e-8)


@pytest.mark.parametrize(
    ("column", "how", "code"),
    [
        ("base", KnownTotals(Controls((margin("sex", {"f": 1, "m": 1}),), {"x": 3}), "base"), "weight_not_positive"),
        ("x", KnownTotals(Controls((margin("nothing", {"f": 1}),)), "base"), "unknown_column"),
        ("x", KnownTotals(Controls(totals={"sex": 3}), "base"), "non_numeric_item"),
    ],
)
def test_what_cannot_be_is_refused(column: str, how: KnownTotals, code: str) -> None:
    data = sample(1)
    with pytest.raises(CannotEstimate) as refused:
        estimated({**data, column: data[column] * (column != "base")}, np.ones(160), how)
    assert refused.value.code == code


def test_a_table_that_the_weights_were_calibrated_to_is_not_tested() -> None:
    data = sample(5)
    size = len(data["base"]) / 2
    both = Margin(("sex", "group"), {(sex, group): size + len(sex + group) for sex in "fm" for group in "uv"})
    table = pa.table({**data, "w": raked(data["base"], data, (both,)).weights})
    how = KnownTotals(Controls((both,)), "base")
    design = survey.Design("w", strata="stratum", stages=(survey.Stage("unit"),), calibration=how)
    with pytest.raises(CannotEstimate, match="calibrated to it") as refused:
        survey.test_table(table, design, "sex", "group")
    assert (refused.value.code, refused.value.keys) == ("table_without_variance", ("sex", "group"))
    assert survey.test_table(table, design, "grade", "group").p > 0  # another table with the same weights is
