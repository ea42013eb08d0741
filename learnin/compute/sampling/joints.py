"""The chance of two units to be in one sample, which the variance of an estimate is made of."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from learnin.compute.sampling.arrays import Real, Whole, whole
from learnin.compute.sampling.draws import CENSUS, PPS_SYSTEMATIC, SAMPFORD, SIMPLE_RANDOM, SYSTEMATIC, Draw
from learnin.compute.sampling.refusals import CannotSample

MOST = 5_000  # units at a time: a table of 5,000 by 5,000 doubles takes 200 megabytes
NEGLIGIBLE = 50.0  # exp(-50) is 2e-22, a millionth of what a double can tell from nothing beside 1
ROWS = 4_096  # units at a time while products are taken, to keep memory small


def joint(draw: Draw, units: ArrayLike | None = None) -> Real:
    """The chance of every two units to be in the sample together, exactly, for any of our methods.

    A systematic draw leaves some pairs without any chance: their numbers are 0, and no unbiased estimate of the
    variance exists. The numbers say so, and are exact for the order that was walked.

    Args:
        draw: the draw; its method, sizes, strata and order decide.
        units: positions in the frame, shape (m,), from 0; the chosen units, without.
    Returns:
        Joint probabilities, shape (m, m), symmetric, in the order of `units`; the diagonal has the chance of each unit.
        Over all units of the frame, row i adds up to n times the chance of i.
    Raises:
        CannotSample: joint_too_many (above 5,000 units), out_of_range.
    Source: Särndal, Swensson and Wretman (1992), sections 2.4, 3.3, 3.4 and 3.7; Sampford (1967), Biometrika 54;
        docs/methods/pps-without-replacement.md.

    >>> from learnin.compute.sampling import generator, simple_random
    >>> joint(simple_random(5, 2, generator(7)), [0, 1]).round(3).tolist()
    [[0.4, 0.1], [0.1, 0.4]]
    """
    at = draw.chosen if units is None else whole(units)
    if len(at) > MOST:
        raise CannotSample("joint_too_many", given=len(at), most=MOST)
    if at.size and (at.min() < 0 or at.max() >= draw.population):
        raise CannotSample("out_of_range", what="A unit", given=int(at.max()), range=f"0 to {draw.population - 1}")
    found = np.outer(draw.probability[at], draw.probability[at])  # strata and certain units are independent of others
    inside = INSIDE[draw.method.removeprefix("stratified ")]
    walked = draw.order[np.argsort(draw.stratum[draw.order], kind="stable")]
    walked = walked[~draw.certain[walked]]
    bounds = np.cumsum(np.bincount(draw.stratum[walked], minlength=int(draw.stratum.max()) + 1))[:-1]
    place = np.empty(draw.population, dtype=np.int64)
    for stratum, members in enumerate(np.split(walked, bounds)):
        place[members] = np.arange(len(members))
        rows = np.flatnonzero((draw.stratum[at] == stratum) & ~draw.certain[at])
        if rows.size:
            block = inside(draw.probability[members], draw.size[members], place[at[rows]])
            found[np.ix_(rows, rows)] = (block + block.T) / 2
    same = at[:, None] == at[None, :]
    return np.where(same, draw.probability[at][:, None], found)


def _simple(chance: Real, size: Whole, at: Whole) -> Real:
    population, n = len(chance), round(float(chance.sum()))
    return np.full((len(at), len(at)), n * (n - 1) / (population * (population - 1)))


def _systematic(chance: Real, size: Whole, at: Whole) -> Real:
    """How much of the ring of starts leads to both: each unit is an arc of it, in whole numbers."""
    total, n = int(size.sum()), round(float(chance.sum()))
    ends = np.cumsum(size)
    # (end - size) * n modulo total, without numbers above 2 ** 63
    begin = np.array([int(one) * n % total for one in (ends - size)[at]], dtype=np.int64)
    length = size[at] * n
    found = np.zeros((len(at), len(at)), dtype=np.int64)
    for turn in (-total, 0, total):
        first = np.maximum(begin[:, None], begin[None, :] + turn)
        last = np.minimum((begin + length)[:, None], (begin + length)[None, :] + turn)
        found += np.maximum(last - first, 0)
    return found / total


def _sampford(chance: Real, size: Whole, at: Whole) -> Real:
    """Sampford's pairs from the generating function of the sample size, inverted on points of the unit circle.

    A set s has a chance in proportion to the sum of (1 - p) over it times the product of p over it and of (1 - p) over
    the rest (Bondesson, Traat and Lundqvist 2006). With a_k = 1 - p_k + p_k z, A the product of all a,
    b_k = p_k z / a_k and B the sum of (1 - p_k) b_k, the pair (i, j) has the coefficient of z^n in
    A b_i b_j (B + (1 - p_i)(1 - b_i) + (1 - p_j)(1 - b_j)), divided by that of A B. The probabilities add up to n, so
    z^n is where the mass is: nothing cancels. (The inversion is that of the Poisson binomial distribution: Hong 2013,
    Computational Statistics and Data Analysis 59.)
    """
    n = round(float(chance.sum()))
    if n == 1:
        return np.zeros((len(at), len(at)))
    points = _points(chance, n)
    circle = np.exp(2j * np.pi * np.arange(points // 2 + 1) / points)
    product, spread = np.ones_like(circle), np.zeros_like(circle)
    for start in range(0, len(chance), ROWS):
        part = chance[start : start + ROWS, None]
        steps = 1 - part + part * circle
        product *= steps.prod(axis=0)
        spread += ((1 - part) * part * circle / steps).sum(axis=0)
    twice = np.where(np.arange(len(circle)) == 0, 1, 2)  # the lower half of the circle mirrors the upper
    weight = circle**-n * product * twice
    own = chance[at, None]
    ratio = own * circle / (1 - own + own * circle)
    less = (1 - own) * (1 - ratio) * ratio
    cross = (less * weight) @ ratio.T
    pairs = (ratio * (weight * spread)) @ ratio.T + cross + cross.T
    found: Real = pairs.real / (weight * spread).sum().real
    return found


def _points(chance: Real, n: int) -> int:
    """Points enough that sizes which fall on one another have a chance below exp(-50), by Bernstein's inequality.

    An odd number, so that no point is -1, where a unit with the chance 1/2 would divide by zero.
    """
    variance = float((chance * (1 - chance)).sum())
    far = NEGLIGIBLE / 3 + math.sqrt((NEGLIGIBLE / 3) ** 2 + 2 * NEGLIGIBLE * variance)
    return min(max(n, len(chance) - n) + 1, math.ceil(far) + 4) | 1


def _none(chance: Real, size: Whole, at: Whole) -> Real:
    """Of a census no unit is left to chance."""
    return np.ones((len(at), len(at)))


INSIDE: dict[str, Callable[[Real, Whole, Whole], Real]] = {
    SIMPLE_RANDOM: _simple,
    SYSTEMATIC: _systematic,
    PPS_SYSTEMATIC: _systematic,
    SAMPFORD: _sampford,
    CENSUS: _none,
}
