"""Trimming: no weight above a cap; what is cut off is carried by the others, so that the sum stays."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from learnin.compute.sampling.arrays import Flags, Real, closed
from learnin.compute.survey.calibration.fitting import Calibrated, positive
from learnin.compute.survey.refusals import CannotEstimate

ROUNDS = 50  # of trimming and calibrating by turns: each undoes less of the other
ABOVE = 1e-6  # of the cap: less than the six decimals that weights carry


@dataclass(frozen=True, eq=False)
class Trimmed:
    """Weights after trimming.

    Args:
        method: how it was done.
        version: of the method.
        weights: shape (n,), in the order of the rows.
        cap: the largest weight allowed.
        cut: which weights were above it at the beginning, shape (n,).
        moved: people whom the cut weights no longer stand for, and the others do.
        rounds: how often trimming and calibration took turns; 1 where weights were only trimmed.
        above: weights that are still above the cap, because calibration needs them.
        calibrated: the last calibration, where there was one.
    """

    method: str
    version: int
    weights: Real
    cap: float
    cut: Flags
    moved: float
    rounds: int
    above: int
    calibrated: Calibrated | None = None

    def __post_init__(self) -> None:
        """Close the arrays."""
        closed(self.weights, self.cut)


def median_cap(weight: ArrayLike, times: float = 5.0) -> float:
    """A cap of so many times the middle weight.

    >>> median_cap([1, 2, 3, 40], times=4)
    10.0
    """
    if not times > 1:
        raise CannotEstimate("out_of_range", what="The multiple of the median", given=times, range="above 1")
    return times * float(np.median(positive(weight)))


def quantile_cap(weight: ArrayLike, share: float = 0.99) -> float:
    """The weight that so large a share of weights does not pass.

    >>> quantile_cap([1, 2, 3, 4, 50], share=0.75)
    4.0
    """
    if not 0 < share < 1:
        raise CannotEstimate("out_of_range", what="The share of weights", given=share, range="above 0 and below 1")
    return float(np.quantile(positive(weight), share))


def trimmed(weight: ArrayLike, cap: float, *, groups: ArrayLike | None = None) -> Trimmed:
    """Cut weights at the cap; the others of the group grow by one factor, so that its sum stays.

    Args:
        weight: weights, shape (n,), above 0.
        cap: the largest weight allowed; above the mean of every group.
        groups: group of each row, shape (n,), whose sum stays; all rows together, without.
    Returns:
        Weights of which none is above the cap.
    Raises:
        CannotEstimate: weight_null_or_nan, weight_not_positive, trim_too_low.
    Source: Potter (1990), A study of procedures to identify and trim extreme sampling weights, Proceedings of the
        Section on Survey Research Methods, American Statistical Association, 225-230; docs/methods/trimming.md.

    >>> found = trimmed([1, 1, 2, 8], 6)
    >>> found.weights.tolist(), found.moved
    ([1.5, 1.5, 3.0, 6.0], 2.0)
    """
    before = positive(weight)
    codes = np.zeros(len(before), dtype=np.int64) if groups is None else np.unique(groups, return_inverse=True)[1]
    after = before.copy()
    for group in np.unique(codes[before > cap]):
        rows = codes == group
        after[rows] = _cut(before[rows], cap)
    above = before > cap
    return Trimmed("trimming", 1, after, cap, above, float((before - cap)[above].sum()), 1, 0)


def trimmed_and_calibrated(weight: ArrayLike, cap: float, calibrate: Callable[[Real], Calibrated]) -> Trimmed:
    """Trim and calibrate by turns, until the totals are reached and no weight is above the cap.

    Args:
        weight: weights, shape (n,), above 0.
        cap: the largest weight allowed.
        calibrate: calibration of weights of shape (n,) to what is known.
    Returns:
        Weights that reach all totals; `above` says how many are above the cap after many rounds.
    Raises:
        CannotEstimate: as `trimmed`, and as the calibration.
    Source: Potter (1990); Kish (1992), Journal of Official Statistics 8, 183-200; docs/methods/trimming.md.

    >>> from learnin.compute.survey.calibration import margin, post_stratified
    >>> sample, known = {"sex": list("ffmm")}, margin("sex", {"f": 6, "m": 6})
    >>> found = trimmed_and_calibrated([1, 9, 1, 1], 4, lambda weight: post_stratified(weight, sample, known))
    >>> found.weights.round(3).tolist(), found.above
    ([2.4, 3.6, 3.0, 3.0], 0)
    """
    first = trimmed(weight, cap)
    made = calibrate(first.weights)
    rounds = 1
    while rounds < ROUNDS and (made.weights > cap * (1 + ABOVE)).any():
        made = calibrate(trimmed(made.weights, cap).weights)
        rounds += 1
    return Trimmed(
        method="trimming and calibration",
        version=1,
        weights=made.weights,
        cap=cap,
        cut=first.cut,
        moved=first.moved,
        rounds=rounds,
        above=int((made.weights > cap * (1 + ABOVE)).sum()),
        calibrated=made,
    )


def _cut(weight: Real, cap: float) -> Real:
    """The one factor at which weights, cut at the cap, keep their sum; the largest are cut first."""
    if cap * len(weight) <= weight.sum():
        raise CannotEstimate("trim_too_low", cap=f"{cap:.6g}", mean=f"{weight.mean():.6g}")
    falling = np.sort(weight)[::-1]
    held = np.arange(len(falling))
    rest = np.cumsum(falling[::-1])[::-1]
    factor = (weight.sum() - held * cap) / rest
    at = int(np.argmax(factor * falling <= cap))
    cut: Real = np.minimum(factor[at] * weight, cap)
    return cut
