"""What is seen of one column of numbers, and of the weights, batch after batch."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learnin.compute.survey.arrays import Flags, Real, Room, Whole
from learnin.compute.survey.scales import BITS, DECIMALS, Seen


@dataclass(frozen=True, eq=False)
class Taken:
    """The numbers of a column in a batch, until the next is taken.

    Args:
        values: the numbers, zero where there is none.
        gaps: the rows without a number; nothing where all have one.
        rounded: a power of ten, and the numbers times that, rounded; where it was tried last.
        are_flags: whether they lie there as ones and zeros, a byte each.
    """

    values: NDArray[Any]
    gaps: Whole | None
    rounded: tuple[float, Real] | None = None
    are_flags: bool = False


class Look:
    """What has been seen of one column."""

    def __init__(self) -> None:
        self.known, self.has_nan = 0, False
        self.least, self.most = math.inf, -math.inf
        self.places: tuple[int, ...] | None = None

    def take(self, values: NDArray[Any], known: Flags | None, room: Room) -> Taken:
        """Look at a batch; its numbers, in room that the next batch takes again."""
        gaps = None if known is None else np.flatnonzero(np.logical_not(known, out=room.of("gaps", bool, len(known))))
        is_real = values.dtype.kind == "f"
        if gaps is not None or (is_real and values.dtype != np.float64):
            values = _copied(values, gaps, room, np.float64 if is_real else values.dtype)
        if not len(values):
            return Taken(values, gaps)
        least = values.min()
        if is_real and math.isnan(least):
            self.has_nan, more = True, np.flatnonzero(np.isnan(values))
            gaps = more if gaps is None else np.union1d(gaps, more)
            values = _copied(values, gaps, room, np.float64)
            least = values.min()
        most = values.max()
        self.least, self.most = min(self.least, float(least)), max(self.most, float(most))
        self.known += len(values) - (0 if gaps is None else len(gaps))
        if is_real:
            return Taken(values, gaps, self._tried(values, room))
        return Taken(values, gaps, are_flags=values.itemsize == 1 and bool(least >= 0 and most <= 1))

    def _tried(self, values: Real, room: Room) -> tuple[float, Real] | None:
        """How many places are enough for all numbers so far; and these rounded to so many."""
        left = DECIMALS if self.places is None else self.places
        for at, places in enumerate(left):
            power = 10.0**places
            rounded = times(values, power, room)
            back = np.divide(rounded, power, out=room.of("back", np.float64, len(values)))
            if np.equal(back, values, out=room.of("enough", bool, len(values))).all():
                self.places = left[at:]
                return power, rounded
        self.places = ()
        return None

    @property
    def seen(self) -> Seen:
        """What an engine would say; the least and the most may be a zero that stands for nothing."""
        if not self.known:
            nothing: Seen = {"known": 0, "said": int(self.has_nan), "least": 0, "most": 0}
            return nothing | {str(at): 1 for at in DECIMALS}
        largest = max(abs(self.least), abs(self.most))
        fitting = [at for at in self.places or () if largest * 10.0**at < 2.0**BITS]
        found = {"known": self.known, "said": self.known + self.has_nan, "least": self.least, "most": self.most}
        return found | {str(at): 1 for at in fitting[:1]}


def _copied(values: NDArray[Any], gaps: Whole | None, room: Room, kind: Any) -> NDArray[Any]:
    """The numbers with zeros in their gaps."""
    copy = room.of("values", kind, len(values))
    np.copyto(copy, values)
    if gaps is not None:
        copy[gaps] = 0
    return copy


def times(values: Real, scale: float, room: Room) -> Real:
    """The numbers times a scale, rounded."""
    found = room.of("rounded", np.float64, len(values))
    with np.errstate(over="ignore", invalid="ignore"):
        np.rint(np.multiply(values, scale, out=found), out=found)
    return np.asarray(found)


def away(values: Real, scale: float) -> Real:
    """The numbers times a scale, rounded as engines do: a half goes away from zero. Of exact decimals there is none."""
    with np.errstate(over="ignore", invalid="ignore"):
        product = values * scale
        rounded = np.rint(product)
        is_half = np.abs(product - np.trunc(product)) == 0.5
        return np.where(is_half, np.trunc(product) + np.copysign(1.0, product), rounded)


class WeightLook:
    """What has been seen of the weights, beside what is seen of any numbers."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys(("missing", "infinite", "negative", "zero"), 0)
        self.least, self.most = math.inf, -math.inf
        self.n, self.mean, self.apart = 0, 0.0, 0.0

    def take(self, taken: Taken, room: Room) -> None:
        """Look at the weights of a batch."""
        values = taken.values.astype(np.float64, copy=False)
        if taken.gaps is not None:
            self.counts["missing"] += len(taken.gaps)
            values = np.delete(values, taken.gaps)
        if not len(values):
            return
        least, most = float(values.min()), float(values.max())
        self.most = max(self.most, most)
        if least <= 0 or math.isinf(most):
            self.counts["infinite"] += int(np.isinf(values).sum())
            self.counts["negative"] += int((values < 0).sum())
            self.counts["zero"] += int((values == 0).sum())
            least = float(values.min(where=values > 0, initial=math.inf))
        self.least = min(self.least, least)
        self._spread(values, room)

    def _spread(self, values: Real, room: Room) -> None:
        """Mean and squares around it, batch joined to batch (Chan, Golub and LeVeque 1983)."""
        n = len(values)
        with np.errstate(invalid="ignore", over="ignore"):
            mean = float(values.mean())
            from_mean = np.subtract(values, mean, out=room.of("back", np.float64, n))
            apart = float(np.multiply(from_mean, from_mean, out=from_mean).sum())
        step, both = mean - self.mean, self.n + n
        self.apart += apart + step * step * self.n * n / both  # a power of a float would raise where it is too large
        self.mean += step * n / both
        self.n = both

    @property
    def seen(self) -> Seen:
        """What an engine would say."""
        spread = math.sqrt(self.apart / self.n) if self.n and self.apart >= 0 else math.nan
        ends = {"least": self.least, "most": self.most, "mean": self.mean, "spread": spread}
        return {**self.counts, **ends}
