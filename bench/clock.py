"""Time of the processor, measured side by side with a floor."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles

REQUESTS = 5  # in one round: long enough for the clock, short enough that floor and page share the same weather


@dataclass(frozen=True)
class Cost:
    """Milliseconds of processor time for one go: the middle of all rounds, and between what half of them lie."""

    rounds: tuple[float, ...]

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.rounds)

    @property
    def half(self) -> tuple[float, float]:
        """The lower and the upper quarter."""
        if len(self.rounds) < 2:
            return self.rounds[0], self.rounds[0]
        low, _middle, high = quantiles(self.rounds, n=4, method="inclusive")
        return low, high


def side_by_side(one: Callable[[], object], floor: Callable[[], object], rounds: int) -> tuple[Cost, Cost]:
    """The cost of one thing and of its floor, in turns, after a warm-up that does not count."""
    _round(one)
    _round(floor)
    times = [(_round(one), _round(floor)) for _round_number in range(rounds)]
    mine, theirs = zip(*times, strict=True)
    return Cost(mine), Cost(theirs)


def _round(action: Callable[[], object]) -> float:
    began = time.process_time()
    for _request in range(REQUESTS):
        action()
    return (time.process_time() - began) * 1000 / REQUESTS
