"""Replicates made from the design: what the weight of each first-stage unit is multiplied by in each smaller sample."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from learnin.compute.sampling.arrays import Real, Whole, closed, real
from learnin.compute.survey.refusals import CannotEstimate
from learnin.compute.survey.replicates.hadamard import hadamard


@dataclass(frozen=True, eq=False)
class Factors:
    """Smaller samples out of one sample.

    Args:
        method: how they were made.
        version: of the method.
        factors: of each first-stage unit in each replicate, shape (units, R).
        scale: what the sum of squares is multiplied by.
        rscales: what the square of each replicate is multiplied by, shape (R,).
        is_mse: whether squares are taken around the estimate of the whole sample, not around the replicates' mean.
    """

    method: str
    version: int
    factors: Real
    scale: float
    rscales: Real
    is_mse: bool = False

    def __post_init__(self) -> None:
        """Close the arrays."""
        closed(self.factors, self.rscales)


def jackknife(exist: ArrayLike, units: int) -> Factors:
    """JK1: each unit is left out once, and the others stand for it; the sample has no strata.

    Args:
        exist: units that exist; infinity, where they were drawn with replacement.
        units: units drawn, 2 or more.
    Returns:
        As many replicates as units.
    Raises:
        CannotEstimate: single_psu.
    Source: Wolter (2007), Introduction to Variance Estimation, chapter 4; docs/methods/jackknife.md.

    >>> found = jackknife(np.inf, 3)
    >>> found.factors.tolist(), found.scale
    ([[0.0, 1.5, 1.5], [1.5, 0.0, 1.5], [1.5, 1.5, 0.0]], 0.6666666666666666)
    """
    if units < 2:
        raise CannotEstimate("single_psu", keys=["1"])
    factors = (1 - np.eye(units)) * units / (units - 1)
    scale = (units - 1) / units * float(1 - units / real(exist)[0])
    return Factors("JK1", 1, factors, scale, np.ones(units))


def stratified_jackknife(stratum: ArrayLike, exist: ArrayLike = np.inf) -> Factors:
    """JKn: each unit is left out once, and the others of its stratum stand for it.

    Args:
        stratum: stratum of each unit, shape (units,).
        exist: units that exist in the stratum of each unit, shape (units,) or one number; infinity without limit.
    Returns:
        As many replicates as units; none for a stratum of which everything was drawn.
    Raises:
        CannotEstimate: single_psu.
    Source: Wolter (2007), chapter 4; Rust and Rao (1996), Statistical Methods in Medical Research 5, 283-310;
        docs/methods/jackknife.md.

    >>> found = stratified_jackknife(["a", "a", "b", "b"])
    >>> found.factors.tolist(), found.rscales.tolist()
    ([[0.0, 2.0, 1.0, 1.0], [2.0, 0.0, 1.0, 1.0], [1.0, 1.0, 0.0, 2.0], [1.0, 1.0, 2.0, 0.0]], [0.5, 0.5, 0.5, 0.5])
    """
    strata = _Strata(stratum, exist)
    out = np.flatnonzero(strata.left[strata.codes] > 0)
    strata.refuse(strata.n[strata.codes[out]] < 2, strata.codes[out], "single_psu")
    n = strata.n[strata.codes]
    same = strata.codes[:, None] == strata.codes[None, out]
    factors = np.where(same, (n / np.maximum(n - 1, 1))[:, None], 1.0)
    factors[out, np.arange(len(out))] = 0.0
    rscales = ((n - 1) / n * strata.left[strata.codes])[out]
    return Factors("JKn", 1, factors, 1.0, rscales)


def half_samples(stratum: ArrayLike, *, fay: float = 0.0) -> Factors:
    """BRR: one of the two units of each stratum counts twice, the other not at all, in balanced turns.

    Args:
        stratum: stratum of each unit, shape (units,); each has two.
        fay: what is left of the weight of the other unit, 0 or more and below 1; the one has 2 less that (Fay).
    Returns:
        Replicates in the number of the next Hadamard matrix with a column for each stratum beside its first.
    Raises:
        CannotEstimate: half_samples_need_pairs, out_of_range.
    Source: McCarthy (1969), Pseudo-replication: half samples, Review of the International Statistical Institute 37,
        239-264; Judkins (1990), Fay's method for variance estimation, Journal of Official Statistics 6, 223-239;
        docs/methods/brr.md.

    >>> found = half_samples([1, 1, 2, 2], fay=0.5)
    >>> found.factors[:, 1].tolist(), found.scale
    ([0.5, 1.5, 1.5, 0.5], 1.0)
    """
    if not 0 <= fay < 1:
        raise CannotEstimate("out_of_range", what="Fay's factor", given=fay, range="0 or more and below 1")
    strata = _Strata(stratum, np.inf)
    strata.refuse(strata.n != 2, np.arange(len(strata.n)), "half_samples_need_pairs")
    turns = hadamard(len(strata.n) + 1)[:, 1 : len(strata.n) + 1].T
    first = np.unique(strata.codes, return_index=True)[1]
    sign = np.where(np.isin(np.arange(len(strata.codes)), first), 1, -1)
    factors = 1 + (1 - fay) * sign[:, None] * turns[strata.codes]
    many = factors.shape[1]
    return Factors("Fay" if fay else "BRR", 1, factors, 1 / (many * (1 - fay) ** 2), np.ones(many))


def rao_wu(stratum: ArrayLike, replicates: int, generator: Generator, *, exist: ArrayLike = np.inf) -> Factors:
    """The rescaled bootstrap: of n units in a stratum n - 1 are drawn with replacement, and their factors rescaled.

    Args:
        stratum: stratum of each unit, shape (units,); each has two or more, or everything was drawn.
        replicates: samples to draw, 2 or more.
        generator: where chance comes from.
        exist: units that exist in the stratum of each unit, shape (units,) or one number; infinity without limit.
    Returns:
        Factors of zero or more.
    Raises:
        CannotEstimate: bootstrap_too_few, out_of_range.
    Source: Rao and Wu (1988), Journal of the American Statistical Association 83, 231-241; Rao, Wu and Yue (1992),
        Survey Methodology 18, 209-217; docs/methods/bootstrap.md.

    >>> from learnin.compute.sampling import generator
    >>> rao_wu([1, 1, 1], 2, generator(1)).factors.sum(axis=0).tolist()
    [3.0, 3.0]
    """
    strata = _Strata(stratum, exist)
    _enough(strata, replicates)
    factors = np.ones((len(strata.codes), replicates))
    for one in np.flatnonzero(strata.left > 0).tolist():
        rows, n = strata.rows(one), int(strata.n[one])
        shrink = np.sqrt(strata.left[one])
        counts = _counts(_integers(generator, n, (n - 1, replicates)), n)
        factors[rows] = 1 - shrink + shrink * n / (n - 1) * counts
    return Factors("Rao-Wu", 1, factors, 1 / (replicates - 1), np.ones(replicates))


def canty_davison(stratum: ArrayLike, replicates: int, generator: Generator, *, exist: ArrayLike = np.inf) -> Factors:
    """The bootstrap of whole strata: as many units as there were, drawn from a population made of copies of them.

    Where more exist than were drawn, every unit is copied until there are as many, the last copies by lot, and units
    are drawn from these without replacement; otherwise with replacement from the units themselves.

    Args:
        stratum: stratum of each unit, shape (units,); each has two or more, or everything was drawn.
        replicates: samples to draw, 2 or more.
        generator: where chance comes from.
        exist: units that exist in the stratum of each unit, shape (units,) or one number; infinity without limit.
    Returns:
        Factors that are whole numbers; the scale makes good what is lost by drawing from n instead of n - 1, by the
        harmonic mean of n over the strata.
    Raises:
        CannotEstimate: bootstrap_too_few, out_of_range.
    Source: Canty and Davison (1999), Resampling-based variance estimation for labour force surveys, The Statistician
        48, 379-391; docs/methods/bootstrap.md.

    >>> from learnin.compute.sampling import generator
    >>> canty_davison([1, 1, 1], 2, generator(1), exist=9).factors.sum(axis=0).tolist()
    [3.0, 3.0]
    """
    strata = _Strata(stratum, exist)
    _enough(strata, replicates)
    factors = np.ones((len(strata.codes), replicates))
    drawn = np.flatnonzero(strata.left > 0)
    for one in drawn.tolist():
        n, there = int(strata.n[one]), strata.exist[one]
        if np.isinf(there):
            found = _integers(generator, n, (n, replicates))
        else:
            found = np.column_stack([_from_copies(generator, n, round(there)) for _one in range(replicates)])
        factors[strata.rows(one)] = _counts(found, n)
    mean = len(drawn) / (1 / strata.n[drawn]).sum() if drawn.size else np.inf
    scale = 1 / (replicates - 1) * (mean / (mean - 1) if np.isfinite(mean) else 1.0)
    return Factors("Canty-Davison", 1, factors, float(scale), np.ones(replicates))


class _Strata:
    """The strata of the units: how many were drawn in each, how many exist, what share was not drawn."""

    def __init__(self, stratum: ArrayLike, exist: ArrayLike) -> None:
        self.names, self.codes = np.unique(np.asarray(stratum), return_inverse=True)
        self.n = np.bincount(self.codes).astype(np.float64)
        self.exist = np.full(len(self.n), np.inf)
        self.exist[self.codes] = real(exist)
        self.left = 1 - self.n / self.exist

    def rows(self, one: int) -> Whole:
        return np.flatnonzero(self.codes == one)

    def refuse(self, wrong: ArrayLike, where: Whole, code: str) -> None:
        if (found := np.unique(where[np.asarray(wrong)])).size:
            raise CannotEstimate(code, keys=self.names[found])


def _enough(strata: _Strata, replicates: int) -> None:
    strata.refuse((strata.n < 2) & (strata.left > 0), np.arange(len(strata.n)), "bootstrap_too_few")
    if replicates < 2:
        raise CannotEstimate("out_of_range", what="The number of replicates", given=replicates, range="2 or more")


def _integers(generator: Generator, below: int, shape: tuple[int, int]) -> Whole:
    """Whole numbers from 0, each as likely: from the stream as it is promised to stay."""
    return (generator.random(shape) * below).astype(np.int64)


def _counts(drawn: Whole, n: int) -> Real:
    """How often each of n units was drawn in each column."""
    columns = drawn.shape[1]
    flat = np.bincount((drawn + n * np.arange(columns)).ravel(), minlength=n * columns)
    return flat.reshape(columns, n).T.astype(np.float64)


def _from_copies(generator: Generator, n: int, there: int) -> Whole:
    whole, more = divmod(there, n)
    last = np.argsort(generator.random(n), kind="stable")[:more]
    copies = np.concatenate([np.repeat(np.arange(n), whole), last])
    chosen: Whole = copies[np.argsort(generator.random(there), kind="stable")[:n]]
    return chosen
