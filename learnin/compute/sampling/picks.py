"""How units of one list are picked: sizes in the order of the list, a number and a stream of chance go in."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from learnin.compute.sampling.arrays import Flags, Real, Whole
from learnin.compute.sampling.chances import chances

BLOCK = 65_536  # random numbers at a time at the most while Sampford's tries go on: half a megabyte


@dataclass(frozen=True, eq=False)
class Picked:
    """Places in the list that were picked; for the whole list the chance of each place, and whether it is certain."""

    at: Whole
    probability: Real
    certain: Flags


Pick = Callable[[Whole, int, Generator], Picked]


def census(size: Whole, n: int, rng: Generator) -> Picked:
    """Every place of the list."""
    return _alike(np.arange(len(size)), len(size))


def simple_random(size: Whole, n: int, rng: Generator) -> Picked:
    """Every place gets a random number; the n smallest are picked, the first of them where two are equal."""
    luck = rng.random(len(size))
    last = np.partition(luck, n - 1)[n - 1]
    below = np.flatnonzero(luck < last)
    ties = np.flatnonzero(luck == last)
    return _alike(np.concatenate([below, ties[: n - len(below)]]), len(size))


def systematic(size: Whole, n: int, rng: Generator) -> Picked:
    """A random start among N points of a ring, then n steps; each place of the list is n points of N * n wide."""
    population = len(size)
    start = int(rng.random() * population)
    return _alike((start + np.arange(n) * population) // n, population)


def pps_systematic(size: Whole, n: int, rng: Generator) -> Picked:
    """The same on a list where each place is as wide as its size, after the certain ones were taken out.

    The ring has as many points as all sizes together, in whole numbers: no place can be met twice, none is lost.
    """
    found = chances(size, n)
    luck = rng.random()
    open_to_chance = np.flatnonzero(~found.certain)
    if not found.drawn:
        return Picked(np.flatnonzero(found.certain), found.probability, found.certain)
    ends = np.cumsum(size[open_to_chance])
    total = int(ends[-1])
    start = int(luck * total)
    # A point lies at (start + step * total) / drawn; the ends of the places are whole, so rounding down loses nothing.
    points = np.array([(start + step * total) // found.drawn for step in range(found.drawn)], dtype=np.int64)
    met = np.searchsorted(ends, points, side="right")
    return Picked(
        np.concatenate([np.flatnonzero(found.certain), open_to_chance[met]]), found.probability, found.certain
    )


def sampford(size: Whole, n: int, rng: Generator) -> Picked:
    """One place by lot, in proportion to p (1 - p); a coin for each other, with its own chance p; until n came up.

    A set s then comes in proportion to the sum of (1 - p) over it times the product of p over it and of (1 - p) over
    the rest, as in Sampford's procedure; but tries succeed soon, also where n is large or some chances are nearly 1.
    """
    found = chances(size, n)
    certain = np.flatnonzero(found.certain)
    open_to_chance = np.flatnonzero(~found.certain)
    if not found.drawn:
        return Picked(certain, found.probability, found.certain)
    met = _accepted(found.probability[open_to_chance], found.drawn, rng)
    return Picked(np.concatenate([certain, open_to_chance[met]]), found.probability, found.certain)


def _accepted(chance: Real, n: int, rng: Generator) -> Whole:
    tries = max(1, min(BLOCK // len(chance), 4 * (1 + math.isqrt(n))))  # one of sqrt(2 pi n), or fewer, has size n
    lot = np.cumsum(chance * (1 - chance))
    while True:
        first = np.searchsorted(lot[:-1], rng.random(tries) * lot[-1], side="right")
        came = rng.random((tries, len(chance))) < chance
        came[np.arange(tries), first] = True
        right = np.flatnonzero(np.count_nonzero(came, axis=1) == n)
        if right.size:
            return np.flatnonzero(came[right[0]])


def _alike(at: Whole, population: int) -> Picked:
    n = len(at)
    return Picked(at, np.full(population, n / population), np.full(population, n == population))
