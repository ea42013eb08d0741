"""Trimming keeps the sum and the cap; the numbers about weights are those of Kish."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnin.compute.survey import diagnostics, trimming
from learnin.compute.survey.calibration import margin, post_stratified, raked
from learnin.compute.survey.refusals import CannotEstimate

laws = settings(deadline=None, max_examples=80)
weights = st.lists(st.floats(0.01, 1000), min_size=2, max_size=60)


@laws
@given(weights, st.floats(1.01, 20))
def test_trimming_keeps_the_sum_and_the_cap(weight: list[float], times: float) -> None:
    cap = times * float(np.mean(weight))
    found = trimming.trimmed(weight, cap)
    assert found.weights.sum() == pytest.approx(sum(weight), rel=1e-12)
    assert found.weights.max() <= max(cap, max(weight) if not found.cut.any() else 0)
    assert found.cut.tolist() == [one > cap for one in weight]
    whole = found.weights < cap
    factor = found.weights[whole] / np.array(weight)[whole]
    assert factor == pytest.approx(np.full(int(whole.sum()), factor[0] if whole.any() else 1.0))


@laws
@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0.5, 50)), min_size=6, max_size=40))
def test_each_group_keeps_its_own_sum(rows: list[tuple[str, float]]) -> None:
    group, weight = (np.array(part) for part in zip(*rows, strict=True))
    cap = max(1.2 * max(float(weight[group == one].mean()) for one in np.unique(group)), 2.0)
    found = trimming.trimmed(weight, cap, groups=group)
    for one in np.unique(group):
        assert found.weights[group == one].sum() == pytest.approx(weight[group == one].sum(), rel=1e-12)


@laws
@given(weights, st.floats(1.01, 20))
def test_trimming_twice_is_trimming_once_and_weights_differ_less(weight: list[float], times: float) -> None:
    cap = times * float(np.mean(weight))
    once = trimming.trimmed(weight, cap).weights
    assert trimming.trimmed(once, cap).weights == pytest.approx(once)
    assert diagnostics.spread(once).kish <= diagnostics.spread(weight).kish * (1 + 1e-12)


def test_totals_and_cap_hold_together_where_they_can() -> None:
    weight = np.array([1.0, 1, 1, 1, 1, 1, 20, 1])
    sample = {"sex": list("ffffmmmm"), "kind": list("ababaabb")}
    known = margin("sex", {"f": 20, "m": 24}), margin("kind", {"a": 22, "b": 22})
    found = trimming.trimmed_and_calibrated(weight, 8, lambda given: raked(given, sample, known))
    assert (found.above, found.weights.max() <= 8 * (1 + 1e-6)) == (0, True)
    assert found.rounds > 1
    assert found.calibrated is not None
    assert [one.after for one in found.calibrated.controls] == pytest.approx([20, 24, 22, 22], rel=1e-9)


def test_weights_that_totals_hold_above_the_cap_are_counted() -> None:
    sample = {"sex": list("fmmmmm")}
    known = margin("sex", {"f": 10, "m": 10})
    found = trimming.trimmed_and_calibrated(np.ones(6), 4, lambda given: post_stratified(given, sample, known))
    assert (found.above, found.weights[0]) == (1, pytest.approx(10))


def test_the_spread_of_weights() -> None:
    found = diagnostics.spread([2, 2, 2, 10, 0], population=20)
    assert (found.n, found.total, found.mean, found.median, found.least, found.most) == (4, 16, 4, 2, 2, 10)
    assert (found.cv**2, found.kish, found.n_effective) == pytest.approx((0.75, 1.75, 4 / 1.75))
    assert found.counts.sum() == 4
    assert found.warnings == ("weight_sum",)
    assert diagnostics.spread([1] * 30 + [40.0]).warnings == ("weight_variation", "weight_largest")


@laws
@given(weights, st.floats(0.1, 100))
def test_only_ratios_of_weights_matter_for_their_spread(weight: list[float], times: float) -> None:
    one, other = diagnostics.spread(weight), diagnostics.spread(np.array(weight) * times)
    assert (one.kish, one.n_effective, one.most_to_median) == pytest.approx(
        (other.kish, other.n_effective, other.most_to_median)
    )
    assert one.n_effective == pytest.approx(sum(weight) ** 2 / sum(w**2 for w in weight))


def test_before_and_after_stand_in_the_same_bins() -> None:
    before, after = diagnostics.step([1, 2, 3, 30], [2, 3, 4, 9])
    assert before.edges.tolist() == after.edges.tolist()
    assert (int(before.counts.sum()), int(after.counts.sum())) == (4, 4)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: trimming.trimmed([1, 2, 3], 2), "trim_too_low"),
        (lambda: trimming.trimmed([1, 0, 3], 2), "weight_not_positive"),
        (lambda: trimming.median_cap([1, 2], 1), "out_of_range"),
        (lambda: trimming.quantile_cap([1, 2], 1), "out_of_range"),
        (lambda: diagnostics.spread([1, -1]), "weight_negative"),
        (lambda: diagnostics.spread([1, None]), "weight_null_or_nan"),
        (lambda: diagnostics.spread([0, 0]), "weight_all_zero"),
    ],
)
def test_what_cannot_be_is_refused(make: object, code: str) -> None:
    with pytest.raises(CannotEstimate) as refused:
        make()
    assert refused.value.code == code
