"""What a draw is: who was chosen, with what chance, by which method. Each kind of draw is a function here."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from learnin.compute.sampling import picks
from learnin.compute.sampling.allocation import Allocation
from learnin.compute.sampling.arrays import Flags, Real, Whole, closed, sizes, whole
from learnin.compute.sampling.chances import sample_fits
from learnin.compute.sampling.refusals import CannotSample
from learnin.compute.sampling.strata import Strata

SIMPLE_RANDOM, SYSTEMATIC, PPS_SYSTEMATIC, SAMPFORD, CENSUS = (
    "simple-random", "systematic", "pps-systematic", "pps-sampford", "census",
)  # fmt: skip
VERSIONS: Mapping[str, int] = {SIMPLE_RANDOM: 1, SYSTEMATIC: 1, PPS_SYSTEMATIC: 1, SAMPFORD: 1, CENSUS: 1}
"""A version goes up when the same seed would choose other units: what was drawn names the version it was drawn with."""

PICKS: Mapping[str, picks.Pick] = {
    SIMPLE_RANDOM: picks.simple_random,
    SYSTEMATIC: picks.systematic,
    PPS_SYSTEMATIC: picks.pps_systematic,
    SAMPFORD: picks.sampford,
    CENSUS: picks.census,
}
WALKS = {SYSTEMATIC, PPS_SYSTEMATIC}  # methods that walk the frame in its order
BY_SIZE = {PPS_SYSTEMATIC, SAMPFORD}


@dataclass(frozen=True, eq=False)
class Draw:
    """A sample of units of a frame, with the chance that every unit of the frame had.

    Built again from stored values it answers the same: nothing else is kept inside.

    Args:
        method, version: how it was drawn.
        chosen: positions of the chosen units in the frame, shape (n,), from 0, rising.
        probability: chance of every unit to be chosen, shape (N,), above 0 and at most 1; adds up to n.
        certain: units that are in every sample, shape (N,).
        size: size of every unit as the draw took it, shape (N,), whole; 1 where sizes do not matter.
        stratum: number of the stratum of every unit, shape (N,), from 0; 0 where there are no strata.
        order: positions in the order the list was walked, shape (N,).
    """

    method: str
    version: int
    chosen: Whole
    probability: Real
    certain: Flags
    size: Whole
    stratum: Whole
    order: Whole

    def __post_init__(self) -> None:
        """Close the arrays."""
        closed(self.chosen, self.probability, self.certain, self.size, self.stratum, self.order)

    @property
    def n(self) -> int:
        """How many units were chosen."""
        return len(self.chosen)

    @property
    def population(self) -> int:
        """How many units the frame has."""
        return len(self.probability)

    @property
    def is_chosen(self) -> Flags:
        """For every unit of the frame, whether it was chosen; shape (N,)."""
        found = np.zeros(self.population, dtype=np.bool_)
        found[self.chosen] = True
        return found

    @property
    def weights(self) -> Real:
        """Base weights of the chosen units, shape (n,): units of the frame each stands for, one over its chance.

        Not rounded; whoever stores them keeps six decimals.
        """
        found: Real = 1 / self.probability[self.chosen]
        return found


def simple_random(population: int, n: int, rng: Generator) -> Draw:
    """Choose n units so that every set of n units has the same chance.

    Args:
        population: units in the frame, N, 1 or more.
        n: units to draw, from 1 to N.
        rng: stream of chance; N numbers are taken from it.
    Returns:
        The draw; every unit has the chance n / N.
    Raises:
        CannotSample: frame_empty, out_of_range, more_than_there_are.
    Source: Cochran (1977), chapter 2; Tillé (2006), Sampling Algorithms, chapter 4 (random sort);
        docs/methods/simple-random.md.

    >>> from learnin.compute.sampling import generator
    >>> draw = simple_random(10, 3, generator(7))
    >>> draw.n, float(draw.probability[0]), draw.weights.round(3).tolist()
    (3, 0.3, [3.333, 3.333, 3.333])
    """
    return _draw(SIMPLE_RANDOM, _alike(population), n, rng)


def systematic(population: int, n: int, rng: Generator, *, order: ArrayLike | None = None) -> Draw:
    """Walk the list from a random start and take every (N / n)th unit; the step need not be whole.

    A list that is sorted, say by area and size, is spread over areas and sizes (implicit stratification).

    Args:
        population: units in the frame, N, 1 or more.
        n: units to draw, from 1 to N.
        rng: stream of chance; one number is taken from it.
        order: positions in the order to walk, shape (N,), see `walk`; the frame's own order, without.
    Returns:
        The draw; every unit has exactly the chance n / N.
    Raises:
        CannotSample: frame_empty, out_of_range, more_than_there_are, not_an_order.
    Source: Cochran (1977), chapter 8; Särndal, Swensson and Wretman (1992), section 3.4 (fractional interval);
        docs/methods/systematic.md.

    >>> from learnin.compute.sampling import generator
    >>> np.diff(systematic(10, 4, generator(7)).chosen).tolist() in ([2, 3, 2], [3, 2, 3], [2, 3, 3], [3, 2, 2])
    True
    """
    return _draw(SYSTEMATIC, _alike(population), n, rng, order)


def census(population: int) -> Draw:
    """Take every unit: nothing is left to chance, every weight is 1.

    Args:
        population: units in the frame, N, 1 or more.
    Returns:
        The draw; every unit is certain.
    Raises:
        CannotSample: frame_empty.
    Source: Särndal, Swensson and Wretman (1992), chapter 1; docs/methods/simple-random.md.

    >>> census(3).weights.tolist()
    [1.0, 1.0, 1.0]
    """
    size = _alike(population)
    whole_list = np.arange(population)
    ones = np.ones(population)
    return Draw(
        CENSUS, VERSIONS[CENSUS], whole_list, ones, ones.astype(np.bool_), size, np.zeros_like(size), whole_list.copy()
    )


def pps_systematic(size: ArrayLike, n: int, rng: Generator, *, order: ArrayLike | None = None) -> Draw:
    """Walk the list from a random start in steps of size: large units are drawn more often.

    Units as large as a whole step are certain; they are taken out first, again and again until none is left.

    Args:
        size: size of each unit, shape (N,), above 0, any unit; whole, or taken in millionths.
        n: units to draw, from 1 to N.
        rng: stream of chance; one number is taken from it.
        order: positions in the order to walk, shape (N,), see `walk`; the frame's own order, without.
    Returns:
        The draw; chances in proportion to size (chance of every unit: see `by_size`).
    Raises:
        CannotSample: size_missing, size_not_positive, size_too_large, frame_empty, out_of_range, more_than_there_are,
            not_an_order.
    Source: Madow (1949), Annals of Mathematical Statistics 20; Särndal, Swensson and Wretman (1992), section 3.6;
        docs/methods/pps-systematic.md.

    >>> from learnin.compute.sampling import generator
    >>> pps_systematic([10, 20, 30, 140], 2, generator(7)).probability.round(3).tolist()
    [0.167, 0.333, 0.5, 1.0]
    """
    return _draw(PPS_SYSTEMATIC, sizes(size), n, rng, order)


def sampford(size: ArrayLike, n: int, rng: Generator) -> Draw:
    """Choose n units by size, without replacement, so that the chance of every pair is known exactly.

    It is above 0 where two or more are drawn beside the certain ones.

    Args:
        size: size of each unit, shape (N,), above 0, any unit; whole, or taken in millionths.
        n: units to draw, from 1 to N.
        rng: stream of chance; how much is taken from it depends on chance too.
    Returns:
        The draw; chances in proportion to size, large units certain; `joint` gives those of pairs exactly.
    Raises:
        CannotSample: size_missing, size_not_positive, size_too_large, frame_empty, out_of_range, more_than_there_are.
    Source: Sampford (1967), Biometrika 54, 499-513; Bondesson, Traat and Lundqvist (2006), Scandinavian Journal of
        Statistics 33, 699-720;
        docs/methods/pps-without-replacement.md.

    >>> from learnin.compute.sampling import generator
    >>> sampford([10, 20, 30, 140], 2, generator(7)).probability.round(3).tolist()
    [0.167, 0.333, 0.5, 1.0]
    """
    return _draw(SAMPFORD, sizes(size), n, rng)


def stratified(
    strata: Strata,
    units: Allocation | ArrayLike,
    rng: Generator,
    *,
    method: str = SIMPLE_RANDOM,
    size: ArrayLike | None = None,
    order: ArrayLike | None = None,
) -> Draw:
    """Draw in each stratum on its own, so that each has exactly the units it was given.

    Args:
        strata: the stratum of every unit, see `strata`.
        units: units to draw in each stratum, shape (H,), in the order of `strata.names`, 1 or more; or an allocation.
        rng: stream of chance; strata take from it one after the other, in their order.
        method: "simple-random", "systematic", "pps-systematic" or "pps-sampford".
        size: size of each unit, shape (N,), for the methods by size.
        order: positions in the order to walk inside strata, shape (N,), for the methods that walk.
    Returns:
        The draw; chances are those of the method inside each stratum.
    Raises:
        CannotSample: unknown_method, allocation_shape, stratum_without_sample, more_than_there_are, not_an_order,
            and what the sizes raise.
    Source: Cochran (1977), chapter 5; Särndal, Swensson and Wretman (1992), section 3.7;
        docs/methods/stratified-allocation.md.

    >>> from learnin.compute.sampling import generator, strata
    >>> places = strata(["north", "south", "north", "north", "south"])
    >>> draw = stratified(places, [2, 1], generator(7))
    >>> draw.probability.round(3).tolist(), draw.method
    ([0.667, 0.5, 0.667, 0.667, 0.5], 'stratified simple-random')
    """
    if method not in PICKS or method == CENSUS:
        raise CannotSample("unknown_method", given=method)
    wanted = whole(units.units if isinstance(units, Allocation) else units)
    if len(wanted) != len(strata.names):
        raise CannotSample("allocation_shape", given=len(wanted), strata=len(strata.names))
    if (none := np.flatnonzero(wanted < 1)).size:
        raise CannotSample("stratum_without_sample", units=none)
    measure = sizes(size) if method in BY_SIZE and size is not None else _alike(len(strata.code))
    if method in BY_SIZE and size is None:
        raise CannotSample("size_missing", units=np.arange(len(strata.code)))
    if len(measure) != len(strata.code):
        raise CannotSample("out_of_range", what="The number of sizes", given=len(measure), range=len(strata.code))
    return _in_strata(method, strata, wanted, measure, rng, order)


def _in_strata(
    method: str, strata: Strata, wanted: Whole, measure: Whole, rng: Generator, order: ArrayLike | None
) -> Draw:
    walked = _order(order, len(measure))
    grouped = walked[np.argsort(strata.code[walked], kind="stable")]
    probability, certain = np.empty(len(measure)), np.empty(len(measure), dtype=np.bool_)
    chosen = []
    for members, n in zip(np.split(grouped, np.cumsum(strata.sizes)[:-1]), wanted.tolist(), strict=True):
        sample_fits(n, len(members))
        picked = PICKS[method](measure[members], n, rng)
        probability[members], certain[members] = picked.probability, picked.certain
        chosen.append(members[picked.at])
    return Draw(
        f"stratified {method}",
        VERSIONS[method],
        np.sort(np.concatenate(chosen)),
        probability,
        certain,
        measure,
        strata.code.copy(),
        walked,
    )


def _draw(method: str, measure: Whole, n: int, rng: Generator, order: ArrayLike | None = None) -> Draw:
    sample_fits(n, len(measure))
    walked = _order(order, len(measure))
    picked = PICKS[method](measure[walked], n, rng)
    probability, certain = np.empty(len(measure)), np.empty(len(measure), dtype=np.bool_)
    probability[walked], certain[walked] = picked.probability, picked.certain
    chosen, stratum = np.sort(walked[picked.at]), np.zeros(len(measure), dtype=np.int64)
    return Draw(method, VERSIONS[method], chosen, probability, certain, measure, stratum, walked)


def _alike(population: int) -> Whole:
    if population < 1:
        raise CannotSample("frame_empty")
    return np.ones(population, dtype=np.int64)


def _order(order: ArrayLike | None, population: int) -> Whole:
    if order is None:
        return np.arange(population)
    found = whole(order)
    if len(found) != population or not np.array_equal(np.sort(found), np.arange(population)):
        raise CannotSample("not_an_order", there=population)
    return found
