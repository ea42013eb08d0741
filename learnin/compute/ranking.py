"""Which needs come first, and how sure that is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Real = NDArray[np.float64]
Whole = NDArray[np.int64]

DRAWS = 10_000  # a probability near one half is then exact to one point (standard error 0.005)
ROUNDING = 1e-9  # an eigenvalue so far below zero, beside the largest, is zero with rounding errors


class CannotRank(ValueError):
    """Needs cannot be ranked from what was given; the words say why."""


@dataclass(frozen=True, eq=False)
class Ranking:
    """Each need with its burden and its rank, in the order given; every array has the shape (k,).

    Args:
        burden: severity times people: how many people the need weighs on, in full.
        low, high: where the burden likely lies, in people.
        rank: 1 for the largest burden; equal burdens share the better rank.
        expected: mean rank over the draws, from 1 to k.
        best, worst: where the rank likely lies.
        in_top: how likely the need is among the first `top`, from 0 to 1.
        top: of how many.
        level: the confidence of both intervals.
        draws: how many draws the last five rest on.
    """

    burden: Real
    low: Real
    high: Real
    rank: Whole
    expected: Real
    best: Whole
    worst: Whole
    in_top: Real
    top: int
    level: float
    draws: int


def rank_needs(
    severity: ArrayLike,
    covariance: ArrayLike,
    people: ArrayLike,
    *,
    top: int,
    generator: np.random.Generator,
    draws: int = DRAWS,
    level: float = 0.95,
) -> Ranking:
    """Needs by how many people they weigh on, with how far that order can be trusted.

    Args:
        severity: estimates, shape (k,), from 0 (no need) to 1 (full need).
        covariance: of these estimates, shape (k, k), symmetric, without negative eigenvalues.
        people: how many people each need can concern, shape (k,), 0 or more, taken as known.
        top: how many first places matter, from 1 to k.
        generator: where chance comes from.
        draws: how often the survey is imagined again, 1 or more.
        level: confidence of the intervals, above 0 and below 1.
    Returns:
        Burdens, ranks, and what imagined repetitions of the survey say about both.
    Raises:
        CannotRank: shapes that do not fit, numbers out of range, a covariance that is none.
    Source: Goldstein and Spiegelhalter (1996), League tables and their limitations, Journal of the Royal Statistical
        Society A 159, 385-443; docs/methods/ranking.md.

    >>> found = rank_needs([0.6, 0.5], np.diag([1e-4, 1e-4]), [100, 300], top=1, generator=np.random.default_rng(1))
    >>> found.burden.tolist(), found.rank.tolist(), found.in_top.tolist()
    ([60.0, 150.0], [2, 1], [0.0, 1.0])
    """
    centre, spread, crowd = (np.asarray(given, dtype=np.float64) for given in (severity, covariance, people))
    _check(centre, spread, crowd, top=top, draws=draws, level=level)
    noise = generator.standard_normal((draws, centre.size)) @ _root(spread)
    imagined = np.clip(centre + noise, 0, 1) * crowd
    ranks = _ranks(imagined)
    tails = [(1 - level) / 2, (1 + level) / 2]
    low, high = np.quantile(imagined, tails, axis=0)
    best, worst = np.quantile(ranks, tails, axis=0, method="inverted_cdf")
    burden = centre * crowd
    return Ranking(
        burden=burden,
        low=low,
        high=high,
        rank=_ranks(burden[np.newaxis])[0],
        expected=ranks.mean(axis=0),
        best=best.astype(np.int64),
        worst=worst.astype(np.int64),
        in_top=(ranks <= top).mean(axis=0),
        top=top,
        level=level,
        draws=draws,
    )


def _check(centre: Real, spread: Real, crowd: Real, *, top: int, draws: int, level: float) -> None:
    k = centre.size
    if not k or centre.shape != (k,) or crowd.shape != (k,) or spread.shape != (k, k):
        raise CannotRank("One severity and one number of people for each need, and a covariance for each pair.")
    if not all(np.isfinite(given).all() for given in (centre, spread, crowd)):
        raise CannotRank("A number is missing. Leave out what has no estimate.")
    if centre.min() < 0 or centre.max() > 1 or crowd.min() < 0:
        raise CannotRank("A severity is from 0 to 1, and people are 0 or more.")
    if not 1 <= top <= k or draws < 1 or not 0 < level < 1:
        raise CannotRank("The first places are from 1 to all, the draws 1 or more, the level between 0 and 1.")
    if not np.allclose(spread, spread.T, rtol=ROUNDING, atol=0):
        raise CannotRank("A covariance is the same in both directions.")


def _root(spread: Real) -> Real:
    """The symmetric square root: there is only one, so the same seed gives the same draws on every machine."""
    values, vectors = np.linalg.eigh(spread)
    if values.min() < -ROUNDING * max(values.max(), 0.0):
        raise CannotRank("A covariance has no direction in which the variance is negative.")
    root: Real = (vectors * np.sqrt(np.clip(values, 0, None))) @ vectors.T
    return root


def _ranks(burdens: Real) -> Whole:
    """Within each row: 1 and how many burdens are larger."""
    ordered = np.sort(burdens, axis=1)
    k = burdens.shape[1]
    not_larger = [np.searchsorted(row, own, side="right") for row, own in zip(ordered, burdens, strict=True)]
    ranks: Whole = 1 + k - np.asarray(not_larger, dtype=np.int64)
    return ranks
