"""The calibration equations, and the regression that their variance rests on, in a basis that loses no digits."""

from dataclasses import dataclass

import numpy as np

from learnin.compute.sampling.arrays import Real, closed
from learnin.compute.survey.calibration.controls import Auxiliaries
from learnin.compute.survey.calibration.distances import Distance
from learnin.compute.survey.refusals import CannotEstimate

DEPENDENT = 1e-10  # of the largest: a combination of controls with less variance is another said again
REACHED = 1e-12  # of the totals: how exactly weights must count them
STALLED = 1e-9  # of the totals: accepted where rounding lets nothing better be found
ROUNDS = 200
HALVINGS = 30


@dataclass(frozen=True, eq=False)
class Basis:
    """The controls turned so that their weighted sums of squares are 1 and of products 0; those said twice are gone.

    `turn` (K, r) makes it of the auxiliaries; `values` are turned already, shape (n, r); `totals` (r,).
    """

    turn: Real
    values: Real
    totals: Real

    def __post_init__(self) -> None:
        """Close the arrays."""
        closed(self.turn, self.values, self.totals)

    def gap(self, weight: Real) -> Real:
        """What the weights still lack of each total."""
        found: Real = self.totals - self.values.T @ weight
        return found


def basis(given: Auxiliaries, weight: Real) -> Basis:
    """Turn the controls, and leave out those that follow from others.

    Args:
        given: columns and totals.
        weight: weights before, shape (n,), above 0.
    Returns:
        The basis; it has a column less for each margin after the first, whose sum is known.
    Raises:
        CannotEstimate: control_totals_disagree, where a control follows from others in the sample but not in its total.

    >>> from learnin.compute.sampling.arrays import real
    >>> twice = Auxiliaries(("a", "b"), real([[1, 2], [1, 2]]), real([3, 6]))
    >>> basis(twice, real([1, 1])).totals.size
    1
    """
    turn, idle = turned(given.values.T @ (weight[:, None] * given.values))
    size = np.abs(given.totals).max(initial=1.0)
    if (wrong := np.abs(idle.T @ given.totals) > STALLED * size * 1e3).any():
        named = np.flatnonzero((np.abs(idle[:, wrong]) > STALLED).any(axis=1))
        raise CannotEstimate("control_totals_disagree", keys=[given.names[one] for one in named])
    return Basis(turn, given.values @ turn, turn.T @ given.totals)


def turned(products: Real) -> tuple[Real, Real]:
    """The directions in which the controls vary, each scaled to 1, and the directions in which they do not.

    Args:
        products: weighted sums of products of the controls, shape (K, K).
    Returns:
        Two matrices of K rows.
    """
    values, vectors = np.linalg.eigh(products)
    varies = values > DEPENDENT * max(values.max(initial=0.0), 0.0)
    scaled: Real = vectors[:, varies] / np.sqrt(values[varies])
    return scaled, vectors[:, ~varies]


@dataclass(frozen=True, eq=False)
class Solution:
    """The factors, shape (n,), the rounds it took, and whether the totals are reached."""

    factors: Real
    rounds: int
    is_reached: bool


def solved(found: Basis, weight: Real, distance: Distance) -> Solution:
    """The factors at which the weights reach all totals, by Newton's method with halved steps.

    Args:
        found: the controls.
        weight: weights before, shape (n,), above 0.
        distance: how factors follow from the sum over the controls.
    Returns:
        The factors; the nearest that were found where the totals cannot be reached.
    Source: Deville and Särndal (1992), section 2; docs/methods/calibration.md.
    """
    size = float(np.linalg.norm(found.totals)) or 1.0
    pull, factors = np.zeros(len(weight)), np.ones(len(weight))
    for rounds in range(ROUNDS):
        gap = found.gap(weight * factors)
        lacks = float(np.linalg.norm(gap))
        if lacks <= REACHED * size:
            return Solution(factors, rounds, True)
        step = found.values @ _step(found.values, weight * distance.slope(pull), gap)
        for _halving in range(HALVINGS):
            nearer = distance.factor(pull + step)
            if np.linalg.norm(found.gap(weight * nearer)) < lacks:
                break
            step = step / 2
        else:
            return Solution(factors, rounds, lacks <= STALLED * size)
        pull, factors = pull + step, nearer
    return Solution(factors, ROUNDS, lacks <= STALLED * size)


def _step(values: Real, slope: Real, gap: Real) -> Real:
    found: Real = np.linalg.pinv(values.T @ (slope[:, None] * values), hermitian=True) @ gap
    return found


@dataclass(frozen=True, eq=False)
class Regression:
    """What the controls say of an answer, and what they leave: the variance of a calibrated estimate rests on the rest.

    `basis` holds the controls, `before` the weights before, `after` those after calibration, both of shape (n,).
    """

    basis: Basis
    before: Real
    after: Real

    def coefficients(self, answers: Real) -> Real:
        """How much of each control is in the answers: shape (r,) for answers (n,), and (r, m) for (n, m)."""
        found: Real = self.basis.values.T @ (self.before * answers.T).T
        return found

    def residuals(self, answers: Real) -> Real:
        """What is left of the answers, of the same shape; for a domain, answers are 0 outside of it."""
        left: Real = answers - self.basis.values @ self.coefficients(answers)
        return left

    def scores(self, answers: Real) -> Real:
        """What each row adds to the total, as far as it varies: weight times residual, of the shape of the answers."""
        found: Real = (self.after * self.residuals(answers).T).T
        return found
