"""Base weights: how many each answer stands for by the chance it had, before anybody's silence is made up for."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from learnin.compute.sampling.arrays import Flags, Real, Whole, closed, real, whole

DECIMALS = 6  # a weight in millionths is a whole number, so sums of weights are exact (ESTIMATION, integer weights)


class NoChance(ValueError):
    """An answer has no chance that could be turned round: a stable code, and the rows (from 0) that are wrong."""

    def __init__(self, code: str, rows: ArrayLike = ()) -> None:
        self.code = code
        self.rows = tuple(int(row) for row in np.asarray(rows, dtype=np.int64)[:10])
        super().__init__(f"{code}: {', '.join(map(str, self.rows))}")


def inverse_chances(chance: ArrayLike) -> Real:
    """The base weight of each row: one divided by the chance it had.

    Args:
        chance: probability of being drawn, all stages multiplied, shape (n,), above 0 and at most 1.
    Returns:
        Weights, shape (n,), 1 or more, in units of the population.
    Raises:
        NoChance: chance_missing, chance_out_of_range.
    Source: Horvitz and Thompson (1952), Journal of the American Statistical Association 47;
        docs/methods/base-weights.md.

    >>> inverse_chances([0.5, 0.1, 1.0]).tolist()
    [2.0, 10.0, 1.0]
    """
    found = real(chance)
    if (missing := np.flatnonzero(np.isnan(found))).size:
        raise NoChance("chance_missing", missing)
    if (wrong := np.flatnonzero((found <= 0) | (found > 1))).size:
        raise NoChance("chance_out_of_range", wrong)
    return np.asarray(1 / found, dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Within:
    """Selection inside units. `factor` and `there` of each row; `raised`, the units whose number was below its answers.

    `factor` is the people of the unit divided by its answers; `there` the people of the unit; `unknown` the units of
    which nobody said how many people they have.
    """

    factor: Real
    there: Real
    raised: Whole
    unknown: Whole


def within_units(unit: ArrayLike, eligible: ArrayLike) -> Within:
    """How many people of its unit each answer stands for: those who are there, shared among those who answered.

    What several answers say of one unit may differ: their median counts. A unit of which nothing is known gets the
    mean of the others. A unit with more answers than people has as many people as answers.

    Args:
        unit: unit of each answer, whole numbers, shape (n,).
        eligible: people of that unit who could have answered, as this answer or the list says, shape (n,); NaN where
            it is not known.
    Returns:
        Factors of 1 or more, shape (n,); they add up to the people of each unit.
    Raises:
        NoChance: eligible_unknown (of no unit at all), eligible_not_positive.
    Source: Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, section 4.3, with answers in place of
        the second-stage sample; docs/methods/base-weights.md.

    >>> within_units([0, 0, 1], [30, 34, 5]).factor.tolist()
    [16.0, 16.0, 5.0]
    """
    said = real(eligible)
    if (wrong := np.flatnonzero(said <= 0)).size:
        raise NoChance("eligible_not_positive", wrong)
    names, code = np.unique(whole(unit), return_inverse=True)
    answers = np.bincount(code, minlength=len(names)).astype(np.float64)
    there = _medians(code, said, len(names))
    unknown = np.isnan(there)
    if len(names) and unknown.all():
        raise NoChance("eligible_unknown")
    there[unknown] = there[~unknown].mean() if len(names) else 0
    raised = there < answers
    there = np.maximum(there, answers)
    found = Within(there[code] / answers[code], there[code], names[raised], names[unknown])
    closed(found.factor, found.there, found.raised, found.unknown)
    return found


def _medians(code: Whole, said: Real, units: int) -> Real:
    """The median of what was said of each unit; NaN where nothing was."""
    found = np.full(units, np.nan)
    known = np.flatnonzero(~np.isnan(said))
    order = known[np.lexsort((said[known], code[known]))]
    names, start, count = np.unique(code[order], return_index=True, return_counts=True)
    values = said[order]
    found[names] = (values[start + (count - 1) // 2] + values[start + count // 2]) / 2
    return found


@dataclass(frozen=True, eq=False)
class Joined:
    """The stratum of each row for the variance, shape (n,), and which strata became one: pairs of (from, into)."""

    stratum: Whole
    joined: tuple[tuple[int, int], ...]


def joined_strata(stratum: ArrayLike, psu: ArrayLike, certain: ArrayLike | None = None) -> Joined:
    """Strata with a single unit that answered, joined to a neighbour, so that their spread can be told.

    Each such stratum joins the one before it in order, the first one the one after it. Units that are in every sample
    stay alone: they add nothing to the variance of the draw.

    Args:
        stratum: stratum of each row, whole numbers in an order in which neighbours are alike, shape (n,).
        psu: sampled unit of each row, whole numbers, unique over strata, shape (n,).
        certain: rows whose unit is in every sample, shape (n,).
    Returns:
        Strata numbered as before, fewer of them.
    Source: Cochran (1977), Sampling Techniques, section 5A.12 (collapsed strata; the variance comes out too large
        rather than too small); docs/methods/base-weights.md.

    >>> joined_strata([0, 0, 1, 2, 2], [0, 1, 2, 3, 4]).stratum.tolist()
    [0, 0, 0, 2, 2]
    """
    of, unit = whole(stratum).copy(), whole(psu)
    alone: Flags = np.zeros(len(of), dtype=np.bool_) if certain is None else np.asarray(certain, dtype=np.bool_)
    units = {int(name): len(np.unique(unit[(of == name) & ~alone])) for name in np.unique(of[~alone])}
    open_ = sorted(units)
    pairs: list[tuple[int, int]] = []
    while len(open_) > 1 and (lonely := next((name for name in open_ if units[name] == 1), None)) is not None:
        at = open_.index(lonely)
        into = open_[at - 1] if at else open_[1]
        of[(of == lonely) & ~alone] = into
        units[into] += units.pop(lonely)
        open_.remove(lonely)
        pairs.append((lonely, into))
    return Joined(of, tuple(pairs))


def rounded(weight: ArrayLike) -> Real:
    """Weights with six decimals, none of them zero.

    >>> rounded([1.23456789, 1e-9]).tolist()
    [1.234568, 1e-06]
    """
    return np.maximum(np.round(real(weight), DECIMALS), 10.0**-DECIMALS)
