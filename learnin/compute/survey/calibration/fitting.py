"""Weights that count what is known of the population: post-stratified, raked, linear, exponential and logit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from learnin.compute.sampling.arrays import Real, closed, real
from learnin.compute.survey.calibration.controls import Controls, Margin, auxiliaries, numbers
from learnin.compute.survey.calibration.distances import Distance, Exponential, Linear, Logit
from learnin.compute.survey.calibration.equations import REACHED, STALLED, Regression, basis, solved
from learnin.compute.survey.calibration.levels import Columns
from learnin.compute.survey.refusals import CannotEstimate

ROUNDS = 1000  # of raking over all margins: one that converges at all needs a few dozen
NAMES = {Linear: "linear", Exponential: "exponential", Logit: "logit"}


@dataclass(frozen=True)
class Reached:
    """One control: what is known, what the weights counted before, and what they count now."""

    name: str
    wanted: float
    before: float
    after: float


@dataclass(frozen=True, eq=False)
class Calibrated:
    """Weights after calibration, and how they came about.

    `weights` and `factors` have shape (n,), in the order of the rows; `rounds` is how often the method went over the
    controls; `controls` says what became of each.
    """

    method: str
    version: int
    weights: Real
    factors: Real
    rounds: int
    controls: tuple[Reached, ...]

    def __post_init__(self) -> None:
        """Close the arrays."""
        closed(self.weights, self.factors)


def post_stratified(weight: ArrayLike, columns: Columns, margin: Margin) -> Calibrated:
    """Weights that count each group as many people as it has.

    Args:
        weight: weights before, shape (n,), above 0.
        columns: values by name, each of shape (n,).
        margin: people in each group; each group of the sample has people, and each with people is in the sample.
    Returns:
        Weights with one factor for each group.
    Raises:
        CannotEstimate: weight_null_or_nan, weight_not_positive, control_missing_level.
    Source: Holt and Smith (1979), Post stratification, Journal of the Royal Statistical Society A 142, 33-46;
        docs/methods/post-stratification.md.

    >>> from learnin.compute.survey.calibration.controls import margin
    >>> found = post_stratified([10, 10, 20], {"kind": ["a", "a", "b"]}, margin("kind", {"a": 30, "b": 15}))
    >>> found.weights.tolist()
    [15.0, 15.0, 15.0]
    """
    before = positive(weight)
    matched = margin.matched(columns)
    factors = (matched.totals / matched.sums(before))[matched.codes]
    return _calibrated("post-stratification", columns, Controls((margin,)), before, factors, 1)


def raked(
    weight: ArrayLike, columns: Columns, margins: tuple[Margin, ...], *, limits: tuple[float, float] | None = None
) -> Calibrated:
    """Weights that count each group of several margins as many people as it has, by turns until all fit.

    Args:
        weight: weights before, shape (n,), above 0.
        columns: values by name, each of shape (n,).
        margins: people in each group, for each grouping; they add up to the same people.
        limits: the smallest and largest factor, around 1; without, any above 0.
    Returns:
        Weights whose factor is a product of one number for each margin, unless it is cut at a limit.
    Raises:
        CannotEstimate: weight_null_or_nan, weight_not_positive, control_missing_level, control_totals_disagree,
            calibration_limits, calibration_infeasible.
    Source: Deming and Stephan (1940), Annals of Mathematical Statistics 11, 427-444; Deville, Särndal and Sautory
        (1993), Generalized raking procedures in survey sampling, Journal of the American Statistical Association 88,
        1013-1020; docs/methods/raking.md.

    >>> from learnin.compute.survey.calibration.controls import margin
    >>> found = raked([1, 1, 1, 1], {"sex": list("ffmm"), "kind": list("abab")},
    ...               (margin("sex", {"f": 6, "m": 4}), margin("kind", {"a": 5, "b": 5})))
    >>> found.weights.tolist(), found.rounds
    ([3.0, 3.0, 2.0, 2.0], 1)
    """
    before = positive(weight)
    controls = Controls(margins)
    bounds = Linear(*limits) if limits else Linear()
    if controls.everybody is None:
        raise CannotEstimate("out_of_range", what="The number of margins", given=0, range="1 or more")
    matched = [one.matched(columns) for one in margins]
    factors, worst, rounds = np.ones(len(before)), np.inf, 0
    while rounds < ROUNDS and worst > REACHED:
        rounds += 1
        for one in matched:
            factors = factors * (one.totals / one.sums(before * factors))[one.codes]
        factors = np.clip(factors, max(bounds.low, 0.0), bounds.high)
        last, worst = worst, max(float(np.abs(one.off(before * factors)).max()) for one in matched)
        if last <= worst <= STALLED:
            break  # rounding lets nothing better be found
    found = _calibrated("raking", columns, controls, before, factors, rounds)
    return _reached(found, worst <= STALLED)


def calibrated(
    weight: ArrayLike, columns: Columns, controls: Controls, distance: Distance, *, unit: ArrayLike | None = None
) -> Calibrated:
    """Weights that count all controls, groups and sums of numbers alike, moved as little as possible.

    Args:
        weight: weights before, shape (n,), above 0.
        columns: values by name, each of shape (n,).
        controls: what is known of the population.
        distance: what counts as little: Linear (GREG), Exponential (raking) or Logit (with limits).
        unit: first-stage unit of each row, shape (n,), where all people of a unit shall get the same factor.
    Returns:
        Weights that reach all totals.
    Raises:
        CannotEstimate: weight_null_or_nan, weight_not_positive, control_missing_level, control_not_a_number,
            control_totals_disagree, calibration_infeasible, calibration_negative_weights.
    Source: Deville and Särndal (1992), Journal of the American Statistical Association 87, 376-382; Lemaître and
        Dufour (1987), Survey Methodology 13, 199-207, for one factor in a unit; docs/methods/calibration.md.

    >>> found = calibrated([1, 1, 1], {"pupils": [10, 20, 30]}, Controls(totals={"pupils": 66}, population=3), Linear())
    >>> found.weights.round(6).tolist()
    [0.7, 1.0, 1.3]
    """
    before = positive(weight)
    given = auxiliaries(columns, before, controls, unit=unit)
    solution = solved(basis(given, before), before, distance)
    found = _calibrated(NAMES[type(distance)], columns, controls, before, solution.factors, solution.rounds)
    _reached(found, solution.is_reached)
    if (wrong := np.flatnonzero(found.weights <= 0)).size:
        raise CannotEstimate("calibration_negative_weights", keys=wrong)
    return found


def regression(
    columns: Columns, controls: Controls, *, before: ArrayLike, after: ArrayLike, unit: ArrayLike | None = None
) -> Regression:
    """What the variance of calibrated estimates rests on, the same for every method.

    Args:
        columns: values by name, each of shape (n,).
        controls: what the weights were calibrated to.
        before: weights before calibration, shape (n,), above 0.
        after: weights after, shape (n,).
        unit: first-stage unit of each row, where all people of a unit got the same factor.
    Returns:
        The regression of answers on controls, weighted as before; residuals count as after.
    Raises:
        CannotEstimate: as `calibrated`.
    Source: Deville and Särndal (1992), section 3; Deville, Särndal and Sautory (1993), section 4;
        docs/methods/calibration.md.

    >>> from learnin.compute.survey.calibration.controls import margin
    >>> found = regression({"kind": list("aabb")}, Controls((margin("kind", {"a": 8, "b": 4}),)),
    ...                    before=[1, 1, 1, 1], after=[4, 4, 2, 2])
    >>> found.scores(np.array([1.0, 3.0, 5.0, 5.0])).round(9).tolist()
    [-4.0, 4.0, 0.0, 0.0]
    """
    weight = positive(before)
    return Regression(basis(auxiliaries(columns, weight, controls, unit=unit), weight), weight, real(after))


def positive(weight: ArrayLike) -> Real:
    """Weights as numbers, shape (n,), all above zero. Raises CannotEstimate with the rows that are not."""
    found = real(weight)
    if (wrong := np.flatnonzero(~np.isfinite(found))).size:
        raise CannotEstimate("weight_null_or_nan", keys=wrong)
    if (wrong := np.flatnonzero(found <= 0)).size:
        raise CannotEstimate("weight_not_positive", keys=wrong)
    return found


def _calibrated(
    method: str,
    columns: Columns,
    controls: Controls,
    before: Real,
    factors: Real,
    rounds: int,
) -> Calibrated:
    after = before * factors
    return Calibrated(method, 1, after, factors, rounds, counted(columns, controls, before, after))


def counted(columns: Columns, controls: Controls, before: Real, after: Real) -> tuple[Reached, ...]:
    """What two sets of weights count of each control, whatever was done between them.

    >>> from learnin.compute.survey.calibration.controls import margin
    >>> known = Controls((margin("sex", {"f": 6, "m": 4}),))
    >>> counted({"sex": ["f", "m"]}, known, real([4, 4]), real([5, 5]))[0]
    Reached(name='sex=f', wanted=6.0, before=4.0, after=5.0)
    """
    found = []
    for one in controls.margins:
        matched = one.matched(columns)
        rows = zip(matched.names, matched.totals, matched.sums(before), matched.sums(after), strict=True)
        found += [Reached(name, float(total), float(was), float(now)) for name, total, was, now in rows]
    if controls.population is not None:
        found.append(Reached("population", controls.population, float(before.sum()), float(after.sum())))
    for name, total in controls.totals.items():
        values = numbers(name, columns)
        found.append(Reached(name, total, float(before @ values), float(after @ values)))
    return tuple(found)


def _reached(found: Calibrated, is_reached: bool) -> Calibrated:
    """The same, where all totals are reached; otherwise the refusal names those farthest off first."""
    if not is_reached:
        off = sorted(found.controls, key=lambda one: -abs(one.after - one.wanted) / max(abs(one.wanted), 1.0))
        raise CannotEstimate("calibration_infeasible", keys=[one.name for one in off])
    return found
