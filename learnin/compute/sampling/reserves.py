"""Who stands in for a unit that cannot take part: reserves named before the fieldwork begins, by a stated rule."""

from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from learnin.compute.sampling.arrays import Flags, Whole, closed, sizes
from learnin.compute.sampling.draws import Draw
from learnin.compute.sampling.refusals import CannotSample

NOBODY = -1
_Pair = tuple[int, int, float, int, int]  # difference in size, places between, lot, who asks, place of the reserve
VERSION = 1  # goes up when the same seed would name other reserves


@dataclass(frozen=True, eq=False)
class Reserves:
    """The reserves of every chosen unit.

    `unit` has a row for each unit of `draw.chosen` and a column for each reserve in turn, shape (n, each): a position
    in the frame, or -1 where the stratum has nobody left.
    """

    version: int
    unit: Whole

    def __post_init__(self) -> None:
        """Close the array."""
        closed(self.unit)


def replacements(draw: Draw, rng: Generator, *, each: int = 1, size: ArrayLike | None = None) -> Reserves:
    """Name the reserves of every chosen unit: those of its stratum that are nearest to it in size.

    In each stratum the units stand by size, then in the order of the frame. The nearest pair of a chosen unit and one
    that was not chosen comes first: nearest in size, then in the list, then by lot. That unit is taken; so on until
    each chosen unit has its first reserve, then again for the second.

    Args:
        draw: the sample.
        rng: stream of chance; one number for each chosen unit and turn is taken from it.
        each: reserves for each unit, 1 or more.
        size: size of every unit of the frame, shape (N,), above 0; as the draw took it, without.
    Returns:
        The reserves; no unit is in the sample or twice among them.
    Raises:
        CannotSample: out_of_range, size_missing, size_not_positive, size_too_large.
    Source: the rule is ours, after the neighbours in a list sorted by size that PISA names: OECD, PISA 2018 Technical
        Report, chapter 4; docs/methods/replacements.md.

    >>> from learnin.compute.sampling import generator, census, sampford
    >>> draw = sampford([30, 31, 90, 92, 300, 310], 3, generator(1, "schools"))
    >>> draw.chosen.tolist(), replacements(draw, generator(1, "reserves")).unit[:, 0].tolist()
    ([2, 4, 5], [3, 1, 0])
    >>> replacements(census(3), generator(1)).unit.tolist()
    [[-1], [-1], [-1]]
    """
    if each < 1:
        raise CannotSample("out_of_range", what="The number of reserves", given=each, range="1 or more")
    measure = draw.size if size is None else sizes(size)
    if len(measure) != draw.population:
        raise CannotSample("out_of_range", what="The number of sizes", given=len(measure), range=draw.population)
    rank = np.empty(draw.population, dtype=np.int64)
    rank[draw.order] = np.arange(draw.population)
    line = np.lexsort((rank, measure, draw.stratum))  # everybody: by stratum, size, and the order of the frame
    place = np.empty_like(line)
    place[line] = np.arange(draw.population)
    large, stratum = measure[line].tolist(), draw.stratum[line].tolist()
    free = _Free(draw.is_chosen[line])
    asking = place[draw.chosen].tolist()

    def nearest(one: int, luck: float) -> _Pair | None:
        """The nearest free place of the same stratum, and how far it is."""
        here = asking[one]
        near = [at for at in (free.below(here), free.above(here)) if at is not None and stratum[at] == stratum[here]]
        if luck < 0.5:
            near.reverse()  # `min` takes the first of two that are equally near
        far = [(abs(large[at] - large[here]), abs(at - here), luck, one, at) for at in near]
        return min(far, key=lambda pair: pair[:2], default=None)

    found = np.full((draw.n, each), NOBODY, dtype=np.int64)
    for turn in range(each):
        pairs = [pair for one, luck in enumerate(rng.random(draw.n).tolist()) if (pair := nearest(one, luck))]
        heapify(pairs)
        while pairs:
            _size, _list, luck, one, best = heappop(pairs)
            if free.is_free(best):
                free.take(best)
                found[one, turn] = line[best]
            elif pair := nearest(one, luck):
                heappush(pairs, pair)
    return Reserves(VERSION, found)


class _Free:
    """Places in a line, some of them taken; the next free one on either side is found in nearly no time.

    Each taken place points on towards a free one, and every search shortens the way for those after it
    (Tarjan and van Leeuwen 1984, Journal of the ACM 31).
    """

    def __init__(self, taken: Flags) -> None:
        at = np.arange(len(taken) + 2)  # one place before the line and one after it are always free
        closed_too = np.concatenate([[False], taken, [False]])
        self._down: list[int] = np.where(closed_too, at - 1, at).tolist()
        self._up: list[int] = np.where(closed_too, at + 1, at).tolist()
        self._end = len(taken) + 1

    def take(self, place: int) -> None:
        self._down[place + 1], self._up[place + 1] = place, place + 2

    def is_free(self, place: int) -> bool:
        return self._down[place + 1] == place + 1

    def below(self, place: int) -> int | None:
        found = self._follow(self._down, place + 1)
        return found - 1 if found > 0 else None

    def above(self, place: int) -> int | None:
        found = self._follow(self._up, place + 1)
        return found - 1 if found < self._end else None

    @staticmethod
    def _follow(steps: list[int], at: int) -> int:
        while steps[at] != at:
            steps[at] = steps[steps[at]]
            at = steps[at]
        return at
