"""The chance of each unit when units are drawn by size, with those that are certain taken out first."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from learnin.compute.sampling.arrays import Flags, Real, Whole, sizes
from learnin.compute.sampling.refusals import CannotSample


@dataclass(frozen=True, eq=False)
class Chances:
    """The chance of each unit, shape (N,), which of them are certain, and how many are drawn among the others."""

    probability: Real
    certain: Flags
    drawn: int


def by_size(size: ArrayLike, n: int) -> Chances:
    """The chance of each unit to be among n, in proportion to its size; large units may be certain.

    Where n times the size reaches the sum of all sizes, the unit is certain. It is taken out, and the rule
    is asked again of the others with what is left of n, until no further unit is certain.

    Args:
        size: size of each unit, shape (N,), above 0, any unit; taken as whole numbers or in millionths.
        n: units to draw, from 1 to N.
    Returns:
        Probabilities above 0 and at most 1 that add up to n; certain units have 1.
    Raises:
        CannotSample: size_missing, size_not_positive, size_too_large, frame_empty, out_of_range, more_than_there_are.
    Source: Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, section 3.6; Tillé (2006),
        Sampling Algorithms, chapter 2; docs/methods/pps-systematic.md.

    >>> found = by_size([10, 20, 30, 140], 3)
    >>> found.probability.round(3).tolist(), found.certain.tolist(), found.drawn
    ([0.333, 0.667, 1.0, 1.0], [False, False, True, True], 1)
    """
    measure = sizes(size)
    sample_fits(n, len(measure))
    return chances(measure, n)


def sample_fits(n: int, population: int) -> None:
    """Refuse to draw from an empty frame, fewer than one unit, or more units than there are."""
    if population < 1:
        raise CannotSample("frame_empty")
    if n < 1:
        raise CannotSample("out_of_range", what="The sample size", given=n, range="1 or more")
    if n > population:
        raise CannotSample("more_than_there_are", wanted=n, there=population)


def chances(size: Whole, n: int) -> Chances:
    """The same for sizes that are whole numbers already, and an n that fits."""
    certain = np.zeros(len(size), dtype=np.bool_)
    left, total = n, int(size.sum())
    while left and (new := ~certain & (size >= -(-total // left))).any():  # left * size >= total, without overflow
        certain |= new
        left, total = n - int(certain.sum()), int(size[~certain].sum())
    probability = np.ones(len(size))
    if left:
        probability[~certain] = size[~certain] / total * left
    return Chances(probability, certain, left)
