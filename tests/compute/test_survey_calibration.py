"""Calibrated weights count what is known, equal those of R, and refuse what cannot be; so does their variance."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from learnin.compute.survey.calibration import (
    Controls,
    Distance,
    Exponential,
    Linear,
    Logit,
    Margin,
    Regression,
    auxiliaries,
    basis,
    calibrated,
    margin,
    post_stratified,
    raked,
    regression,
)
from learnin.compute.survey.calibration.equations import solved
from learnin.compute.survey.refusals import CannotEstimate
from tests.compute.known_weights import KIND, SCORES, WIDE, columns, error, needs_reference, weights

laws = settings(deadline=None, max_examples=60)
EXACT, ITERATED, ERRORS = 1e-10, 1e-7, 1e-8  # tolerances of the reference, relative


def mean_error(sample: str, answer: str, unit: str, weight: np.ndarray, scores: Regression, exist: int) -> float:
    """The standard error of a mean from one stage of drawing, out of the residuals of the calibration."""
    given_columns = columns(sample)
    y = np.array(given_columns[answer], dtype=float)
    linear = (y - y @ weight / weight.sum()) / weight.sum()
    codes = np.unique(given_columns[unit], return_inverse=True)[1]
    totals = np.bincount(codes, scores.scores(linear))
    m = len(totals)
    return float(np.sqrt((1 - m / exist) * m / (m - 1) * ((totals - totals.mean()) ** 2).sum()))


@needs_reference
@pytest.mark.parametrize(
    ("entry", "sample", "weight"),
    [
        ("ps_clus1", "apiclus1", "pw"),
        ("ps_clus1_nofpc", "apiclus1", "pw"),
        ("ps_srs", "apisrs", "pw"),
        ("ps_clus2", "apiclus2", "w_fpc"),
    ],
)
def test_post_stratified_weights_are_those_of_r(entry: str, sample: str, weight: str) -> None:
    found = post_stratified(columns(sample)[weight], columns(sample), KIND)
    assert found.weights == pytest.approx(weights(f"{entry}_weights"), rel=EXACT)


@needs_reference
@pytest.mark.parametrize("entry", ["rake_clus1", "rake_clus1_nofpc"])
def test_raked_weights_are_those_of_r(entry: str) -> None:
    found = raked(columns("apiclus1")["pw"], columns("apiclus1"), (KIND, WIDE))
    assert found.weights == pytest.approx(weights(f"{entry}_weights"), rel=ITERATED)


@needs_reference
@pytest.mark.parametrize(
    ("entry", "sample", "weight", "controls", "distance", "tolerance"),
    [
        ("greg_stype_clus1", "apiclus1", "pw", Controls((KIND,)), Linear(), EXACT),
        ("greg_stype_api99_clus1", "apiclus1", "pw", SCORES, Linear(), EXACT),
        ("greg_stype_api99_clus1_nofpc", "apiclus1", "pw", SCORES, Linear(), EXACT),
        ("greg_clus2", "apiclus2", "w_fpc", SCORES, Linear(), EXACT),
        ("greg_strat", "apistrat", "pw", SCORES, Linear(), EXACT),
        ("calraking_clus1", "apiclus1", "pw", SCORES, Exponential(), ITERATED),
        ("callogit_clus1", "apiclus1", "pw", SCORES, Logit(0.7, 1.7), ITERATED),
    ],
)
def test_calibrated_weights_are_those_of_r(
    entry: str, sample: str, weight: str, controls: Controls, distance: Distance, tolerance: float
) -> None:
    found = calibrated(columns(sample)[weight], columns(sample), controls, distance)
    assert found.weights == pytest.approx(weights(f"{entry}_weights"), rel=tolerance)


@needs_reference
def test_one_factor_in_each_unit_gives_the_weights_of_r_which_are_refused_below_zero() -> None:
    sample = columns("apiclus1")
    before = np.array(sample["pw"])
    with pytest.raises(CannotEstimate, match="see 30, 31, 170") as refused:
        calibrated(before, sample, SCORES, Linear(), unit=sample["dnum"])
    assert refused.value.code == "calibration_negative_weights"

    controls = auxiliaries(sample, before, SCORES, unit=sample["dnum"])
    after = before * solved(basis(controls, before), before, Linear()).factors
    assert after == pytest.approx(weights("greg_agg_clus1_weights"), rel=EXACT)
    scores = Regression(basis(controls, before), before, after)
    wanted = error("greg_agg_clus1_mean_api00")
    assert mean_error("apiclus1", "api00", "dnum", after, scores, 757) == pytest.approx(wanted, rel=ERRORS)


@needs_reference
@pytest.mark.parametrize(
    ("entry", "controls", "distance"),
    [
        ("ps_clus1", Controls((KIND,)), None),
        ("rake_clus1", Controls((KIND, WIDE)), None),
        ("greg_stype_clus1", Controls((KIND,)), Linear()),
        ("greg_stype_api99_clus1", SCORES, Linear()),
        ("calraking_clus1", SCORES, Exponential()),
        ("callogit_clus1", SCORES, Logit(0.7, 1.7)),
    ],
)
def test_the_error_of_a_calibrated_mean_is_that_of_r(entry: str, controls: Controls, distance: Distance | None) -> None:
    sample, before = columns("apiclus1"), columns("apiclus1")["pw"]
    found = calibrated(before, sample, controls, distance) if distance else raked(before, sample, controls.margins)
    scores = regression(sample, controls, before=before, after=found.weights)
    wanted = error(f"{entry}_mean_api00")
    assert mean_error("apiclus1", "api00", "dnum", found.weights, scores, 757) == pytest.approx(wanted, rel=ERRORS)


Rows = list[tuple[str, str, int]]
one_row = st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), st.integers(1, 40))
groups = st.lists(one_row, min_size=12, max_size=60)


def known(rows: Rows, shares: list[float]) -> tuple[dict[str, list[object]], tuple[Margin, Margin]]:
    """A sample of two groupings and one number, and two margins that every pair of groups can reach."""
    rows = rows + [(one, other, 7) for one in "abc" for other in "xy"]
    first, second, number = (list(part) for part in zip(*rows, strict=True))
    people = dict(zip("abc", np.array(shares[:3]) / sum(shares[:3]) * 1000, strict=True))
    others = dict(zip("xy", np.array(shares[3:5]) / sum(shares[3:5]) * 1000, strict=True))
    return {"first": first, "second": second, "number": number}, (margin("first", people), margin("second", others))


@laws
@given(groups, st.lists(st.floats(0.3, 3), min_size=5, max_size=5), st.data())
def test_calibrated_weights_count_every_control(rows: Rows, shares: list[float], data: st.DataObject) -> None:
    sample, margins = known(rows, shares)
    n = len(sample["first"])
    before = np.array(data.draw(st.lists(st.floats(0.5, 4), min_size=n, max_size=n)))
    number = np.array(sample["number"], dtype=float)
    pupils = 1000 * float(before @ number / before.sum()) * data.draw(st.floats(0.97, 1.03))
    assume(np.ptp(number) > 5)
    controls = Controls(margins, {"number": pupils})
    made = [raked(before, sample, margins), post_stratified(before, sample, margins[0])]
    for distance in (Linear(), Exponential()):
        with suppress(CannotEstimate):  # a linear factor may be below zero, and then nothing is given
            made.append(calibrated(before, sample, controls, distance))
    for found in made:
        for one in found.controls:
            assert one.after == pytest.approx(one.wanted, rel=1e-9), (found.method, one.name)
        assert (found.weights > 0).all(), found.method


@laws
@given(groups, st.lists(st.floats(0.3, 3), min_size=5, max_size=5))
def test_the_order_of_margins_does_not_matter(rows: Rows, shares: list[float]) -> None:
    sample, (one, other) = known(rows, shares)
    before = np.ones(len(sample["first"]))
    there, back = raked(before, sample, (one, other)).weights, raked(before, sample, (other, one)).weights
    assert there == pytest.approx(back, rel=1e-8)
    assert there == pytest.approx(calibrated(before, sample, Controls((one, other)), Exponential()).weights, rel=1e-8)


@laws
@given(groups, st.lists(st.floats(0.3, 3), min_size=5, max_size=5))
def test_one_margin_gives_the_same_weights_by_every_method(rows: Rows, shares: list[float]) -> None:
    sample, (one, _other) = known(rows, shares)
    before = np.array(sample["number"], dtype=float)
    wanted = post_stratified(before, sample, one).weights
    for distance in (Linear(), Exponential(), Logit(0, 100)):
        assert calibrated(before, sample, Controls((one,)), distance).weights == pytest.approx(wanted, rel=1e-9)
    assert raked(before, sample, (one,)).weights == pytest.approx(wanted, rel=1e-12)


@laws
@given(groups, st.lists(st.floats(0.3, 3), min_size=5, max_size=5))
def test_what_the_controls_say_of_an_answer_has_no_error(rows: Rows, shares: list[float]) -> None:
    sample, margins = known(rows, shares)
    before = np.array(sample["number"], dtype=float)
    after = raked(before, sample, margins).weights
    found = regression(sample, Controls(margins), before=before, after=after)
    said = 3.0 * (np.array(sample["first"]) == "a") - 2.0 * (np.array(sample["second"]) == "y") + 5
    assert found.residuals(said) == pytest.approx(np.zeros(len(said)), abs=1e-9)
    both = np.column_stack([said, before])
    assert found.scores(both)[:, 1] == pytest.approx(found.scores(before))


def test_limits_hold_and_totals_are_reached_between_them() -> None:
    sample = {"sex": list("ffffmmmm"), "kind": list("aabbabbb")}
    margins = margin("sex", {"f": 6, "m": 4}), margin("kind", {"a": 5, "b": 5})
    free = raked(np.ones(8), sample, margins)
    assert free.factors.max() > 1.75
    held = raked(np.ones(8), sample, margins, limits=(0.5, 1.75))
    assert (held.factors.min() >= 0.5, held.factors.max() <= 1.75) == (True, True)
    assert [one.after for one in held.controls] == pytest.approx([6, 4, 5, 5], rel=1e-9)
    smooth = calibrated(np.ones(8), sample, Controls(margins), Logit(0.5, 1.75))
    assert (smooth.factors.min() > 0.5, smooth.factors.max() < 1.75) == (True, True)
    cut = calibrated(np.ones(8), sample, Controls(margins), Linear(0.5, 1.75))
    assert [one.after for one in cut.controls] == pytest.approx([6, 4, 5, 5], rel=1e-9)


def test_margins_of_different_years_are_scaled() -> None:
    assert margin("sex", {"f": 30, "m": 20}).scaled(100).totals == {("f",): 60.0, ("m",): 40.0}


SAMPLE = {"sex": ["f", "f", "m", "m"], "kind": ["a", "b", "a", "b"], "pupils": [10, 20, 30, 40.0]}
SEX, KINDS = margin("sex", {"f": 60, "m": 40}), margin("kind", {"a": 50, "b": 50})


@pytest.mark.parametrize(
    ("make", "code", "keys"),
    [
        (lambda: post_stratified([1, None, 1, 1], SAMPLE, SEX), "weight_null_or_nan", ("1",)),
        (lambda: post_stratified([1, 0, 1, -1], SAMPLE, SEX), "weight_not_positive", ("1", "3")),
        (
            lambda: post_stratified(np.ones(4), SAMPLE, margin("sex", {"f": 60, "w": 40})),
            "control_missing_level",
            ("sex=m", "sex=w"),
        ),
        (
            lambda: post_stratified(np.ones(2), {"sex": ["f", None]}, margin("sex", {"f": 60, "—": 4})),
            "control_missing_level",
            ("sex=—",),
        ),
        (
            lambda: raked(np.ones(4), SAMPLE, (SEX, margin("kind", {"a": 50, "b": 51}))),
            "control_totals_disagree",
            ("sex: 100", "kind: 101"),
        ),
        (lambda: raked(np.ones(4), SAMPLE, ()), "out_of_range", ()),
        (lambda: raked(np.ones(4), SAMPLE, (SEX,), limits=(1.5, 2)), "calibration_limits", ()),
        (lambda: Logit(-1, 2), "calibration_limits", ()),
        (
            lambda: raked(np.ones(2), {"sex": ["f", "m"], "kind": ["a", "b"]}, (SEX, KINDS)),
            "calibration_infeasible",
            ("sex=m", "sex=f", "kind=a", "kind=b"),
        ),
        (
            lambda: calibrated(np.ones(4), SAMPLE, Controls((SEX,), {"pupils": 4400}), Logit(0.1, 30)),
            "calibration_infeasible",
            ("pupils", "sex=m", "sex=f"),
        ),
        (
            lambda: calibrated(np.ones(4), SAMPLE, Controls((SEX,), {"pupils": 3200}), Linear()),
            "calibration_negative_weights",
            ("0", "2"),
        ),
        (
            lambda: calibrated(np.ones(2), {"pupils": [1, "nan"]}, Controls(totals={"pupils": 3}), Linear()),
            "control_not_a_number",
            ("1",),
        ),
        (
            lambda: calibrated(
                np.ones(4),
                {**SAMPLE, "pairs": [5, 10, 15, 20]},
                Controls((SEX,), {"pupils": 2400, "pairs": 1000}),
                Linear(),
            ),
            "control_totals_disagree",
            ("pupils", "pairs"),
        ),
    ],
)
def test_what_cannot_be_is_refused(make: object, code: str, keys: tuple[str, ...]) -> None:
    with pytest.raises(CannotEstimate) as refused:
        make()
    assert (refused.value.code, sorted(refused.value.keys)) == (code, sorted(keys))
