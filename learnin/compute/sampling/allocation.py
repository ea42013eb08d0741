"""How many units each stratum gets: equal, proportional, Neyman and power allocation, in whole numbers that add up."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from learnin.compute.sampling.arrays import Real, Whole, closed, real, whole
from learnin.compute.sampling.refusals import CannotSample

LEAST = 2  # without two units a stratum has no variance of its own: Cochran (1977), chapter 5A
NOTHING = 1e-12  # of the largest share: a stratum with less would not get one unit of a million million


@dataclass(frozen=True, eq=False)
class Allocation:
    """How many units are drawn in each stratum.

    `units` are whole numbers with the exact total, shape (H,); `exact` what they were rounded from; `sizes` the units
    each stratum has; `method` and `version` say how it was done.
    """

    method: str
    version: int
    units: Whole
    exact: Real
    sizes: Whole

    def __post_init__(self) -> None:
        """Close the arrays."""
        closed(self.units, self.exact, self.sizes)

    @property
    def total(self) -> int:
        """The size of the whole sample."""
        return int(self.units.sum())


def equal(sizes: ArrayLike, total: int, *, least: int = LEAST) -> Allocation:
    """The same number in each stratum, to compare strata with one another.

    Args:
        sizes: units in each stratum, shape (H,), whole, 1 or more.
        total: units to draw in all, at most the sum of the sizes.
        least: units that each stratum gets at the least; all of it where it has fewer.
    Returns:
        Units for each stratum; never more than it has, what is left over goes to the others.
    Raises:
        CannotSample: stratum_empty, below_minimum, more_than_there_are.
    Source: Cochran (1977), Sampling Techniques, 3rd edition, chapter 5; docs/methods/stratified-allocation.md.

    >>> equal([500, 300, 4], 30).units.tolist()
    [13, 13, 4]
    """
    found = _strata(sizes)
    return _allocated("equal", found, np.ones(len(found)), total, least)


def proportional(sizes: ArrayLike, total: int, *, least: int = LEAST) -> Allocation:
    """The same share of each stratum: weights are nearly equal, and the whole is estimated well.

    Args:
        sizes: units in each stratum, shape (H,), whole, 1 or more.
        total: units to draw in all, at most the sum of the sizes.
        least: units that each stratum gets at the least; all of it where it has fewer.
    Returns:
        Units for each stratum.
    Raises:
        CannotSample: stratum_empty, below_minimum, more_than_there_are.
    Source: Cochran (1977), chapter 5; docs/methods/stratified-allocation.md.

    >>> proportional([500, 300, 200], 30).units.tolist()
    [15, 9, 6]
    """
    found = _strata(sizes)
    return _allocated("proportional", found, found.astype(np.float64), total, least)


def neyman(sizes: ArrayLike, spread: ArrayLike, total: int, *, least: int = LEAST) -> Allocation:
    """More where there are more units and where they differ more: the smallest variance of the whole.

    Args:
        sizes: units in each stratum, shape (H,), whole, 1 or more.
        spread: standard deviation of the answer inside each stratum, shape (H,), 0 or more, any one unit.
        total: units to draw in all, at most the sum of the sizes.
        least: units that each stratum gets at the least; all of it where it has fewer.
    Returns:
        Units for each stratum, in proportion to size times standard deviation.
    Raises:
        CannotSample: allocation_shape, share_not_positive, no_spread, stratum_empty, below_minimum,
            more_than_there_are.
    Source: Neyman (1934), Journal of the Royal Statistical Society 97; Cochran (1977), section 5.5;
        docs/methods/stratified-allocation.md.

    >>> neyman([500, 300, 200], [1, 2, 4], 38).units.tolist()
    [10, 12, 16]
    """
    found = _strata(sizes)
    return _allocated("neyman", found, found * _shares(spread, found), total, least)


def power(
    sizes: ArrayLike,
    total: int,
    *,
    exponent: float = 0.5,
    importance: ArrayLike | None = None,
    variation: ArrayLike | None = None,
    least: int = LEAST,
) -> Allocation:
    """Between equal and Neyman: small strata get more than their share, large ones stay the largest.

    Args:
        sizes: units in each stratum, shape (H,), whole, 1 or more.
        total: units to draw in all, at most the sum of the sizes.
        exponent: from 0 (every stratum as important as any other) to 1 (as important as it is large).
        importance: size or importance of each stratum, shape (H,), above 0; the units it has, without.
        variation: coefficient of variation of the answer inside each stratum, shape (H,); all alike, without.
        least: units that each stratum gets at the least; all of it where it has fewer.
    Returns:
        Units for each stratum, in proportion to variation times importance to the power of the exponent.
    Raises:
        CannotSample: out_of_range, allocation_shape, share_not_positive, no_spread, stratum_empty, below_minimum,
            more_than_there_are.
    Source: Bankier (1988), Power allocations, The American Statistician 42(3), 174-177;
        docs/methods/stratified-allocation.md.

    >>> power([900, 400, 100], 60).units.tolist()
    [30, 20, 10]
    """
    if not 0 <= exponent <= 1:
        raise CannotSample("out_of_range", what="The exponent", given=exponent, range="from 0 to 1")
    found = _strata(sizes)
    matters = found.astype(np.float64) if importance is None else _shares(importance, found)
    if (wrong := np.flatnonzero(matters <= 0)).size:
        raise CannotSample("share_not_positive", units=wrong)
    varies = np.ones(len(found)) if variation is None else _shares(variation, found)
    return _allocated("power", found, varies * matters**exponent, total, least)


def _strata(sizes: ArrayLike) -> Whole:
    found = whole(sizes)
    if not found.size:
        raise CannotSample("frame_empty")
    if (wrong := np.flatnonzero(found < 1)).size:
        raise CannotSample("stratum_empty", units=wrong)
    return found


def _shares(numbers: ArrayLike, sizes: Whole) -> Real:
    found = real(numbers)
    if len(found) != len(sizes):
        raise CannotSample("allocation_shape", given=len(found), strata=len(sizes))
    if (wrong := np.flatnonzero(~np.isfinite(found) | (found < 0))).size:
        raise CannotSample("share_not_positive", units=wrong)
    if not found.any():
        raise CannotSample("no_spread")
    ratios: Real = found / found.max()  # only these matter, and they do not overflow
    return ratios


def _allocated(method: str, sizes: Whole, shares: Real, total: int, least: int) -> Allocation:
    if least < 1:
        raise CannotSample("out_of_range", what="The least number of units", given=least, range="1 or more")
    low = np.minimum(sizes, least)
    shares = np.where(shares < NOTHING * shares.max(), 0, shares)
    if total > sizes.sum():
        raise CannotSample("more_than_there_are", wanted=total, there=int(sizes.sum()))
    if total < low.sum():
        raise CannotSample("below_minimum", wanted=total, least=least, needed=int(low.sum()))
    exact = _between(shares, low.astype(np.float64), sizes.astype(np.float64), total)
    return Allocation(method, 1, _rounded(exact, sizes, total), exact, sizes)


def _between(shares: Real, low: Real, high: Real, total: int) -> Real:
    """Numbers in proportion to the shares, but none below `low` or above `high`, that add up to the total.

    Strata without a share stay at `low` until all others are full; what is left they get by their size.
    """
    has = shares > 0
    found = low.copy()
    most = high[has].sum() + low[~has].sum()
    found[has] = high[has] if total >= most else _filled(shares[has], low[has], high[has], total - low[~has].sum())
    if total > most:
        found[~has] = _filled(high[~has], low[~has], high[~has], total - high[has].sum())
    return found


def _filled(shares: Real, low: Real, high: Real, total: float) -> Real:
    """The one factor at which the shares, cut to their bounds, add up: between two of the points where one is cut."""
    turns = np.unique(np.concatenate([low / shares, high / shares]))
    sums = np.array([np.clip(turn * shares, low, high).sum() for turn in turns])
    at = min(max(int(np.searchsorted(sums, total)), 1), len(turns) - 1)
    step = sums[at] - sums[at - 1]
    factor = turns[at] if step == 0 else turns[at - 1] + (turns[at] - turns[at - 1]) * (total - sums[at - 1]) / step
    found: Real = np.clip(factor * shares, low, high)
    return found


def _rounded(exact: Real, sizes: Whole, total: int) -> Whole:
    """Largest remainders: down, then one more where most was lost; of equals in the larger stratum, then in order."""
    near = np.rint(exact)
    exact = np.where(np.abs(exact - near) < 1e-9, near, exact)  # what differs by rounding alone is whole
    units = np.floor(exact).astype(np.int64)
    lost = exact - units  # nothing where a stratum is full, so nobody gets more than it has
    turn = np.lexsort((np.arange(len(exact)), -sizes, -np.round(lost, 9)))
    units[turn[: total - int(units.sum())]] += 1
    return units
