"""What weights look like, and what a step did to them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from learnin.compute.sampling.arrays import Real, Whole, closed, real
from learnin.compute.survey.refusals import CannotEstimate

VARIATION = 1.0  # coefficient of variation above which half of the answers are lost to the weights: Kish (1992)
LARGEST = 10.0  # times the median: above, single people speak for whole groups
OFF = 0.05  # share by which the sum may miss the known population
BINS = 20  # of a histogram: enough to see a tail, few enough to print


@dataclass(frozen=True, eq=False)
class Spread:
    """How weights differ.

    Args:
        n: weights above zero.
        total: people they stand for.
        mean: their mean.
        cv: coefficient of variation, with n below the line.
        kish: how many times the variance grows because weights differ: 1 + cv squared.
        n_effective: answers of equal weight that would say as much.
        least, median, most: the smallest, the middle and the largest.
        edges: limits of the bins, shape (k + 1,).
        counts: weights in each bin, shape (k,).
        warnings: `weight_variation`, `weight_largest`, `weight_sum` where a limit is passed.
    """

    n: int
    total: float
    mean: float
    cv: float
    kish: float
    n_effective: float
    least: float
    median: float
    most: float
    edges: Real
    counts: Whole
    warnings: tuple[str, ...]

    def __post_init__(self) -> None:
        """Close the arrays."""
        closed(self.edges, self.counts)

    @property
    def most_to_median(self) -> float:
        """How many times the middle weight the largest is."""
        return self.most / self.median


def spread(weight: ArrayLike, *, population: float | None = None, edges: ArrayLike | None = None) -> Spread:
    """How weights differ, and what to be careful about.

    Args:
        weight: weights, shape (n,), 0 or more; zeros do not count.
        population: known number of people, to compare the sum with.
        edges: limits of the bins, rising, shape (k + 1,); without, equal bins over the range.
    Returns:
        The numbers.
    Raises:
        CannotEstimate: weight_null_or_nan, weight_negative, weight_all_zero.
    Source: Kish (1965), Survey Sampling, chapter 11; Kish (1992), Weighting for unequal P_i, Journal of Official
        Statistics 8, 183-200; docs/methods/trimming.md.

    >>> found = spread([1, 1, 1, 5])
    >>> found.total, found.kish, found.n_effective, found.most_to_median
    (8.0, 1.75, 2.2857142857142856, 5.0)
    """
    given = real(weight)
    if (wrong := np.flatnonzero(~np.isfinite(given))).size:
        raise CannotEstimate("weight_null_or_nan", keys=wrong)
    if (wrong := np.flatnonzero(given < 0)).size:
        raise CannotEstimate("weight_negative", keys=wrong)
    found = given[given > 0]
    if not found.size:
        raise CannotEstimate("weight_all_zero")
    mean = float(found.mean())
    cv = float(found.std()) / mean
    counts, limits = np.histogram(found, BINS if edges is None else real(edges))
    median, most, total = float(np.median(found)), float(found.max()), float(found.sum())
    warned = {
        "weight_variation": cv > VARIATION,
        "weight_largest": most > LARGEST * median,
        "weight_sum": population is not None and abs(total - population) > OFF * population,
    }
    return Spread(
        n=len(found),
        total=total,
        mean=mean,
        cv=cv,
        kish=1 + cv**2,
        n_effective=len(found) / (1 + cv**2),
        least=float(found.min()),
        median=median,
        most=most,
        edges=real(limits),
        counts=counts.astype(np.int64),
        warnings=tuple(code for code, is_so in warned.items() if is_so),
    )


def step(before: ArrayLike, after: ArrayLike, *, population: float | None = None) -> tuple[Spread, Spread]:
    """The weights before and after a step, in the same bins.

    >>> was, now = step([1, 1, 6], [2, 2, 4])
    >>> was.edges.tolist() == now.edges.tolist(), was.kish > now.kish
    (True, True)
    """
    both = np.concatenate([real(before), real(after)])
    edges = np.histogram_bin_edges(both[both > 0], BINS)
    return spread(before, population=population, edges=edges), spread(after, population=population, edges=edges)
