"""A look at the weights and the columns of numbers: how large, how many places after the point, how full."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from ibis.expr.types import NumericValue, Table
from numpy.typing import NDArray

from learnin.compute.survey.arrays import Flags, Real
from learnin.compute.survey.scales import BITS, DECIMALS, Seen, finite, is_whole
from learnin.compute.survey.sources import batches, pulled, streams, unboxed

FIRST = 1_000  # rows from which an engine elsewhere guesses the places: a wrong guess costs a pass, never the answer
BATCH = 1 << 16  # rows that are handed over at once: so many numbers stay in the cache of a processor
GUESS = 1 << 13  # rows from which everything is guessed where rows are handed over

Known = Flags | None
"""Which rows of a batch have a number; nothing where all have."""


def looked_at(table: Table, weight: str, columns: Sequence[str], first: int | None = None) -> tuple[Seen, bool]:
    """What kind of numbers the weights and the columns hold, and whether all rows were seen.

    Only an engine in this process is asked for the `first` rows alone; an engine elsewhere goes over all.
    """
    columns = list(dict.fromkeys([weight, *columns]))
    if not streams(table):
        return _asked_for(table, weight, columns), True
    looks = Looks(table, weight, columns)
    rows = table.select(**looks.asked)
    for batch in batches(rows if first is None else rows.limit(first), BATCH):
        for column, at in looks.places.items():
            if column == weight:
                looks.take_weights(batch.column(at))
            else:
                looks.take(column, batch.column(at))
        looks.rows += batch.num_rows
    return looks.seen, first is None or looks.rows < first


class Looks:
    """What has been seen of the weights and the columns of numbers, batch after batch."""

    def __init__(self, table: Table, weight: str, columns: Sequence[str]) -> None:
        self.rows, self.is_over_weights = 0, False
        self.weight = weight
        self.columns = {column: Look() for column in columns if is_counted(table, column)}
        self.others = [column for column in columns if column not in self.columns]
        self.weights = WeightLook()
        self.asked = {f"c{at}": plain(table, column) for at, column in enumerate(self.columns)}
        self.places = {column: at for at, column in enumerate(self.columns)}

    def take(self, column: str, values: pa.Array) -> tuple[NDArray[Any], Known]:
        """Look at a column of a batch; its numbers, zero where there is none, and where there is one."""
        return self.columns[column].take(*unboxed(values))

    def take_weights(self, values: pa.Array) -> tuple[NDArray[Any], Known]:
        """The same of the weights: they are handed over with each of several parts, and looked at in the first."""
        if self.is_over_weights:
            return Look().take(*unboxed(values))
        found, known = self.take(self.weight, values)
        self.weights.take(found, known)
        return found, known

    @property
    def seen(self) -> Seen:
        """What all of it says, in the words of an engine that was asked."""
        found: Seen = {"rows": self.rows, **self.weights.seen}
        for column, look in self.columns.items():
            found |= {f"{name}:{column}": value for name, value in look.seen.items()}
        return {**found, **{f"known:{column}": -1 for column in self.others}}


class Look:
    """What has been seen of one column."""

    def __init__(self) -> None:
        self.known, self.has_nan = 0, False
        self.least, self.most = math.inf, -math.inf
        self.places: tuple[int, ...] | None = None

    def take(self, values: NDArray[Any], known: Known) -> tuple[NDArray[Any], Known]:
        """Look at a batch; its numbers, zero where there is none, and where there is one."""
        is_real = values.dtype.kind == "f"
        if known is not None:
            values = np.where(known, values, 0.0) if is_real else values * known
        if not len(values):
            return values, known
        least = values.min()
        if is_real and math.isnan(least):
            self.has_nan, there = True, ~np.isnan(values)
            known = there if known is None else known & there
            values = np.where(known, values, 0.0)
            least = values.min()
        self.least, self.most = min(self.least, float(least)), max(self.most, float(values.max()))
        self.known += len(values) if known is None else int(np.count_nonzero(known))
        if is_real:
            left = DECIMALS if self.places is None else self.places
            self.places = next((left[at:] for at in range(len(left)) if _is_enough(values, left[at])), ())
        return values, known

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


def _is_enough(values: Real, places: int) -> bool:
    """Whether so many places after the point are enough for all."""
    power = 10.0**places
    with np.errstate(over="ignore", invalid="ignore"):
        return bool((np.rint(values * power) / power == values).all())


class WeightLook:
    """What has been seen of the weights, beside what is seen of any numbers."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys(("missing", "infinite", "negative", "zero"), 0)
        self.least, self.most = math.inf, -math.inf
        self.n, self.mean, self.apart = 0, 0.0, 0.0

    def take(self, values: NDArray[Any], known: Known) -> None:
        """Look at the weights of a batch."""
        if known is not None:
            self.counts["missing"] += len(values) - int(np.count_nonzero(known))
            values = values[known]
        if not len(values):
            return
        values = values.astype(np.float64)
        least, most = float(values.min()), float(values.max())
        self.most = max(self.most, most)
        if least <= 0 or math.isinf(most):
            self.counts["infinite"] += int(np.isinf(values).sum())
            self.counts["negative"] += int((values < 0).sum())
            self.counts["zero"] += int((values == 0).sum())
            least = float(values.min(where=values > 0, initial=math.inf))
        self.least = min(self.least, least)
        self._spread(values)

    def _spread(self, values: Real) -> None:
        """Mean and squares around it, batch joined to batch (Chan, Golub and LeVeque 1983)."""
        n = len(values)
        with np.errstate(invalid="ignore"):
            mean = float(values.mean())
            apart = float(((values - mean) ** 2).sum())
        step, both = mean - self.mean, self.n + n
        self.apart += apart + step**2 * self.n * n / both
        self.mean += step * n / both
        self.n = both

    @property
    def seen(self) -> Seen:
        """What an engine would say."""
        spread = math.sqrt(self.apart / self.n) if self.n and self.apart >= 0 else math.nan
        ends = {"least": self.least, "most": self.most, "mean": self.mean, "spread": spread}
        return {**self.counts, **ends}


def is_counted(table: Table, column: str) -> bool:
    """Whether a column holds numbers, or yes and no."""
    kind = table[column].type()
    return bool(kind.is_numeric() or kind.is_boolean())


def plain(table: Table, column: str) -> NumericValue:
    """A column of numbers as it is handed over: whole numbers, yes and no as they are, all others as doubles."""
    kind = table[column].type()
    return table[column] if kind.is_integer() or kind.is_boolean() else table[column].cast("float64")


def _asked_for(table: Table, weight: str, columns: Sequence[str]) -> Seen:
    """What an engine elsewhere says, in one pass.

    How many decimals there are is guessed from the first rows: it cannot be fewer. Where others have more, they are
    looked at once again.
    """
    wanted = [column for column in columns if table[column].type().is_numeric()]
    guessed = _guessed(table, [column for column in wanted if not table[column].type().is_integer()])
    asked = {name: value for column in wanted for name, value in _asked(table, column).items()}
    asked |= {f"known:{column}": table[column].count() for column in columns if column not in wanted}
    whole = {f"{at}:{column}": _whole(table, column, at) for column, ats in guessed.items() for at in ats[:1]}
    seen = _row(table, {"rows": table.count(), **_of_weights(table, weight), **asked, **whole})
    further = [column for column, ats in guessed.items() if ats and not is_whole(seen, column, ats[0])]
    return seen | _row(table, {f"{at}:{one}": _whole(table, one, at) for one in further for at in guessed[one][1:]})


def _of_weights(table: Table, weight: str) -> dict[str, NumericValue]:
    raw = table[weight].cast("float64")
    missing = table[weight].isnull() | raw.isnan()
    value = missing.ifelse(None, raw)
    return {
        "missing": missing.cast("int64").sum(),
        "infinite": value.isinf().cast("int64").sum(),
        "negative": (value < 0).cast("int64").sum(),
        "zero": (value == 0).cast("int64").sum(),
        "least": (value > 0).ifelse(value, None).min(),
        "most": value.max(),
        "mean": value.mean(),
        "spread": value.std(how="pop"),
    }


def _asked(table: Table, column: str) -> dict[str, NumericValue]:
    raw = finite(table, column)
    asked = {f"least:{column}": raw.min(), f"most:{column}": raw.max(), f"known:{column}": raw.count()}
    if raw.type().is_integer():
        return asked
    return {**asked, f"said:{column}": table[column].count()}


def _whole(table: Table, column: str, places: int) -> NumericValue:
    """Whether so many places after the point are enough for all; what is larger is no whole number of 64 bits."""
    raw, power = finite(table, column), 10.0**places
    small = ((raw * power).abs() < 2.0**BITS).ifelse(raw * power, None)
    return (small.round() / power == raw).fill_null(raw.isnull()).cast("int64").min()


def _guessed(table: Table, columns: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """The places after the point, of those that are tried, which can be enough after a look at the first rows."""
    if not columns:
        return {}
    rows = pulled(table.select(**{f"c{at}": table[one].cast("float64") for at, one in enumerate(columns)}).limit(FIRST))
    return {one: _enough(unboxed(rows[f"c{at}"].drop_null().combine_chunks())[0]) for at, one in enumerate(columns)}


def _enough(values: Real) -> tuple[int, ...]:
    values = values[~np.isnan(values)]
    with np.errstate(over="ignore"):
        small = [bool((np.abs(values * 10.0**at) < 2.0**BITS).all()) for at in DECIMALS]
    return next((DECIMALS[at:] for at, one in enumerate(DECIMALS) if small[at] and _is_enough(values, one)), ())


def _row(table: Table, asked: Mapping[str, NumericValue]) -> Seen:
    if not asked:
        return {}
    [found] = pulled(table.aggregate(**{f"c{at}": value for at, value in enumerate(asked.values())})).to_pylist()
    return dict(zip(asked, found.values(), strict=True))
