"""How far a weight may be moved, and what it costs: the factor as a function of a sum over the controls.

Source: Deville and Särndal (1992), Calibration estimators in survey sampling, Journal of the American Statistical
Association 87, 376-382, section 2; docs/methods/calibration.md.
"""

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from learnin.compute.sampling.arrays import Real
from learnin.compute.survey.refusals import CannotEstimate

MOST = 50.0  # exp(50) is five thousand million million million: no factor is near it, and nothing overflows


class Distance(Protocol):
    """A way to measure how far weights are moved: gives the factor, and how fast it grows."""

    def factor(self, pull: Real) -> Real:
        """The factor of each row; 1 where the pull is 0."""
        ...

    def slope(self, pull: Real) -> Real:
        """The derivative of the factor; 1 where the pull is 0."""
        ...


@dataclass(frozen=True)
class Linear:
    """The generalised regression estimator: any factor, also below zero, unless limits are given."""

    low: float = -math.inf
    high: float = math.inf

    def __post_init__(self) -> None:
        """Refuse limits that 1 is not between."""
        _around_one(self.low, self.high)

    def factor(self, pull: Real) -> Real:
        """One plus the pull, cut at the limits."""
        return np.clip(1 + pull, self.low, self.high)

    def slope(self, pull: Real) -> Real:
        """One between the limits, nothing outside."""
        return ((1 + pull > self.low) & (1 + pull < self.high)).astype(np.float64)


@dataclass(frozen=True)
class Exponential:
    """The distance of raking: factors stay above zero."""

    def factor(self, pull: Real) -> Real:
        """The exponential of the pull."""
        found: Real = np.exp(np.clip(pull, -MOST, MOST))
        return found

    def slope(self, pull: Real) -> Real:
        """The exponential is its own derivative."""
        return self.factor(pull)


@dataclass(frozen=True)
class Logit:
    """Factors stay between two limits, and come close to them smoothly.

    Args:
        low: the smallest factor, 0 or more and below 1.
        high: the largest factor, above 1.
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse limits that 1 is not between."""
        _around_one(self.low, self.high)
        if not (self.low >= 0 and math.isfinite(self.high)):
            raise CannotEstimate("calibration_limits", low=self.low, high=self.high)

    def factor(self, pull: Real) -> Real:
        """From the low limit to the high one, as a logistic curve through 1."""
        grown = self._grown(pull)
        above, below = self.high - 1, 1 - self.low
        found: Real = (self.low * above + self.high * below * grown) / (above + below * grown)
        return found

    def slope(self, pull: Real) -> Real:
        """Steepest near the middle, nearly nothing close to the limits."""
        grown = self._grown(pull)
        above, below = self.high - 1, 1 - self.low
        found: Real = grown * ((self.high - self.low) / (above + below * grown)) ** 2
        return found

    def _grown(self, pull: Real) -> Real:
        rate = (self.high - self.low) / ((1 - self.low) * (self.high - 1))
        found: Real = np.exp(np.clip(rate * pull, -MOST, MOST))
        return found


def _around_one(low: float, high: float) -> None:
    if not low < 1 < high:
        raise CannotEstimate("calibration_limits", low=low, high=high)
