"""Two stages: first units are drawn, schools say, and in each of them people by simple random sampling."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from learnin.compute.sampling.arrays import Real, Whole, closed, whole
from learnin.compute.sampling.draws import Draw
from learnin.compute.sampling.refusals import CannotSample

VERSION = 1  # goes up when the same seed would choose other people


@dataclass(frozen=True, eq=False)
class TwoStage:
    """Who was drawn in two stages, with the chance at each stage. One entry for each person that was chosen.

    Args:
        method, version: how it was drawn.
        first: the draw of the first stage.
        takes: people drawn in each chosen unit, shape (n,), in the order of `first.chosen`.
        counts: people there are in each chosen unit, shape (n,).
        psu: position of the unit in the frame, shape (m,).
        unit: place of the person in the list of that unit, shape (m,), from 0, rising within each unit.
        probability_first, probability_second: chance at each stage, shape (m,), above 0 and at most 1.
    """

    method: str
    version: int
    first: Draw
    takes: Whole
    counts: Whole
    psu: Whole
    unit: Whole
    probability_first: Real
    probability_second: Real

    def __post_init__(self) -> None:
        """Close the arrays."""
        closed(self.takes, self.counts, self.psu, self.unit, self.probability_first, self.probability_second)

    @property
    def probability(self) -> Real:
        """The chance of each chosen person over both stages, shape (m,)."""
        return self.probability_first * self.probability_second

    @property
    def weights(self) -> Real:
        """Base weights of the chosen people, shape (m,): people each stands for, one over the chance."""
        found: Real = 1 / self.probability
        return found


def fixed_take(counts: ArrayLike, take: int) -> Whole:
    """The same number of people in each unit, all of them where there are fewer.

    After a first stage by size every person has nearly the same chance, and every interviewer the same work.

    Args:
        counts: people in each unit, shape (n,), whole, 1 or more.
        take: people to draw in each, 1 or more.
    Returns:
        People to draw in each unit, shape (n,).
    Raises:
        CannotSample: psu_empty, not_whole, out_of_range.
    Source: Kish (1965), Survey Sampling, chapter 7; Valliant, Dever and Kreuter (2018), chapter 9;
        docs/methods/two-stage.md.

    >>> fixed_take([40, 8, 15], 10).tolist()
    [10, 8, 10]
    """
    if take < 1:
        raise CannotSample("out_of_range", what="The number of people in each unit", given=take, range="1 or more")
    return np.minimum(_people(counts), take)


def proportional_take(counts: ArrayLike, share: float, *, least: int = 1) -> Whole:
    """The same share of the people in each unit, rounded up, and a least number.

    After a first stage with equal chances every person has nearly the same chance.

    Args:
        counts: people in each unit, shape (n,), whole, 1 or more.
        share: above 0, at most 1.
        least: people to draw in each at the least, all of them where there are fewer.
    Returns:
        People to draw in each unit, shape (n,).
    Raises:
        CannotSample: psu_empty, not_whole, out_of_range.
    Source: Cochran (1977), chapter 11; docs/methods/two-stage.md.

    >>> proportional_take([40, 8, 15], 0.25, least=3).tolist()
    [10, 3, 4]
    """
    if not 0 < share <= 1:
        raise CannotSample("out_of_range", what="The share", given=share, range="above 0, at most 1")
    people = _people(counts)
    return np.minimum(people, np.maximum(np.ceil(np.round(people * share, 9)).astype(np.int64), least))


def two_stage(first: Draw, counts: ArrayLike, takes: ArrayLike, rng: Generator) -> TwoStage:
    """Choose people by simple random sampling in each unit of the first stage.

    Where the lists of people come in one by one, draw each when it comes: `simple_random(count, take,
    generator(seed, "people", key of the unit))`; the chances are the same.

    Args:
        first: the draw of the units.
        counts: people in each chosen unit, shape (n,), in the order of `first.chosen`, 1 or more.
        takes: people to draw in each, shape (n,), from 1 to the count; see `fixed_take` and `proportional_take`.
        rng: stream of chance; as many numbers as there are people are taken from it.
    Returns:
        Who was chosen, with the chance at each stage.
    Raises:
        CannotSample: psu_empty, not_whole, out_of_range, stratum_without_sample, more_than_there_are.
    Source: Särndal, Swensson and Wretman (1992), section 4.3; Cochran (1977), chapter 11; docs/methods/two-stage.md.

    >>> from learnin.compute.sampling import generator, pps_systematic
    >>> schools = pps_systematic([40, 8, 15, 37], 2, generator(7, "schools"))
    >>> people = [[40, 8, 15, 37][at] for at in schools.chosen]
    >>> two_stage(schools, people, fixed_take(people, 5), generator(7, "people")).weights.round(6).tolist()
    [10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0]
    """
    people, drawn = _people(counts), whole(takes)
    if not len(people) == len(drawn) == first.n:
        raise CannotSample("out_of_range", what="The number of counts", given=len(people), range=first.n)
    if (none := np.flatnonzero(drawn < 1)).size:
        raise CannotSample("stratum_without_sample", units=none)
    if (many := np.flatnonzero(drawn > people)).size:
        raise CannotSample("more_than_there_are", units=many, wanted=int(drawn[many[0]]), there=int(people[many[0]]))
    starts = np.cumsum(people) - people
    psu = np.repeat(np.arange(first.n), people)
    luck = rng.random(len(psu))
    turn = np.lexsort((luck, psu))
    picked = np.sort(turn[np.arange(len(psu)) - starts[psu] < drawn[psu]])
    of = psu[picked]
    return TwoStage(
        f"{first.method}, then simple-random",
        VERSION,
        first,
        drawn,
        people,
        first.chosen[of],
        picked - starts[of],
        first.probability[first.chosen[of]],
        drawn[of] / people[of],
    )


def _people(counts: ArrayLike) -> Whole:
    found = whole(counts)
    if (none := np.flatnonzero(found < 1)).size:
        raise CannotSample("psu_empty", units=none)
    return found
