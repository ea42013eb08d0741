"""From numbers to places on a strip."""

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

STEPS = (1, 2, 5)  # an axis that counts in these, and in tens of them, is read without thinking
ONE_POINT = 1e-6  # values that lie nearer together than this, beside their size, are one
NEAR_END = 3.0  # percent: a number so near an end would stick out


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from `low` to `high`, with the numbers that stand at it."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """Where a number lies, in percent of the axis; what lies outside stands at the end."""
        return 100 * min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)

    def anchor(self, value: float) -> str:
        """How the number at the axis stands above its place."""
        place = self.at(value)
        return "start" if place < NEAR_END else "end" if place > 100 - NEAR_END else "middle"

    def band(self, value: float) -> int:
        """Between which two ticks a number lies, from 0; the last band holds its upper end too."""
        return min(max(bisect_right(self.ticks, value) - 1, 0), len(self.ticks) - 2)


def scale(values: Iterable[float], *, with_zero: bool = False, most_ticks: int = 6) -> Scale:
    """The shortest axis with round numbers that holds all values.

    >>> scale([0.18, 0.59]).ticks
    (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
    """
    given = [*values]
    held = [*given, *([0.0] if with_zero else [])] if given else [0.0, 1.0]
    low, high = min(held), max(held)
    if high - low <= ONE_POINT * max(1.0, abs(low), abs(high)):
        low, high = (low, high + 1.0) if with_zero and low >= 0 else (low - 0.5, high + 0.5)  # no share is below 0
    steps = (size * 10.0**power for power in count(math.floor(math.log10(high - low)) - 2) for size in STEPS)
    for step in steps:
        first, last = math.floor(round(low / step, 9)), math.ceil(round(high / step, 9))
        if last - first < most_ticks:
            digits = max(0, 3 - math.floor(math.log10(step)))
            ticks = tuple(round(step * place, digits) for place in range(first, last + 1))
            return Scale(ticks[0], ticks[-1], ticks)
    raise AssertionError("There is always a larger step.")
