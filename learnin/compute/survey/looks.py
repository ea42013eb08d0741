"""A look at the weights and the columns of numbers: how large, how many places after the point, how full."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

import numpy as np
import pyarrow as pa
from ibis.expr.types import NumericValue, Table

from learnin.compute.survey.arrays import Real, Room
from learnin.compute.survey.columns import NUMBERS, UNREADABLE
from learnin.compute.survey.scales import BITS, DECIMALS, Seen, finite, is_whole
from learnin.compute.survey.seen import Look, Taken, WeightLook
from learnin.compute.survey.sources import batches, lying, pulled, streams, unboxed

FIRST = 1_000  # rows from which an engine elsewhere guesses the places: a wrong guess costs a pass, never the answer
BATCH = 1 << 16  # rows that are handed over at once: so many numbers stay in the cache of a processor
GUESS = 1 << 13  # rows from which everything is guessed where rows are handed over


def looked_at(table: Table, weight: str, columns: Sequence[str], first: int | None = None) -> tuple[Seen, bool]:
    """What kind of numbers the weights and the columns hold, and whether all rows were seen.

    Only an engine in this process is asked for the `first` rows alone; an engine elsewhere goes over all.
    """
    columns = list(dict.fromkeys([weight, *columns]))
    if not streams(table):
        return _asked_for(table, weight, columns), True
    looks, here = Looks(table, weight, columns), lying(table)
    if first is not None and here and here.hold(list(looks.columns), *NUMBERS):
        with suppress(*UNREADABLE):
            looks.take_all(here.first(list(looks.columns), first))
            return looks.seen, looks.rows == here.rows
    rows = table.select(**{f"c{at}": plain(table, column) for at, column in enumerate(looks.columns)})
    for batch in batches(rows if first is None else rows.limit(first), BATCH):
        looks.take_all(batch.columns)
    return looks.seen, first is None or looks.rows < first


class Looks:
    """What has been seen of the weights and the columns of numbers, batch after batch."""

    def __init__(self, table: Table, weight: str, columns: Sequence[str]) -> None:
        self.rows, self.is_over_weights, self.room = 0, False, Room()
        self.weight = weight
        self.columns = {column: Look() for column in columns if is_counted(table, column)}
        self.others = [column for column in columns if column not in self.columns]
        self.weights = WeightLook()

    def take_all(self, columns: Sequence[pa.Array]) -> None:
        """Look at all columns of a batch, in the order in which they were asked for."""
        for column, values in zip(self.columns, columns, strict=True):
            if column == self.weight:
                self.take_weights(values)
            else:
                self.take(column, values)
        self.rows += len(columns[0])

    def take(self, column: str, values: pa.Array) -> Taken:
        """Look at a column of a batch; its numbers, until the next is taken."""
        return self.columns[column].take(*unboxed(values), self.room)

    def take_weights(self, values: pa.Array) -> Taken:
        """The same of the weights: they are handed over with each of several parts, and looked at in the first."""
        if self.is_over_weights:
            return self.passed(values)
        taken = self.take(self.weight, values)
        self.weights.take(taken, self.room)
        return taken

    def passed(self, values: pa.Array) -> Taken:
        """The numbers of a column that was looked at before."""
        return Look().take(*unboxed(values), self.room)

    @property
    def seen(self) -> Seen:
        """What all of it says, in the words of an engine that was asked."""
        found: Seen = {"rows": self.rows, **self.weights.seen}
        for column, look in self.columns.items():
            found |= {f"{name}:{column}": value for name, value in look.seen.items()}
        return {**found, **{f"known:{column}": -1 for column in self.others}}


def is_counted(table: Table, column: str) -> bool:
    """Whether a column holds numbers, or yes and no."""
    kind = table.schema()[column]
    return bool(kind.is_numeric() or kind.is_boolean())


def plain(table: Table, column: str) -> NumericValue:
    """A column of numbers as it is handed over: whole numbers, yes and no as they are, all others as doubles."""
    kind = table.schema()[column]
    return table[column] if kind.is_integer() or kind.is_boolean() else table[column].cast("float64")


def _asked_for(table: Table, weight: str, columns: Sequence[str]) -> Seen:
    """What an engine elsewhere says, in one pass.

    How many decimals there are is guessed from the first rows: it cannot be fewer. Where others have more, they are
    looked at once again.
    """
    wanted = [column for column in columns if table.schema()[column].is_numeric()]
    guessed = _guessed(table, [column for column in wanted if not table.schema()[column].is_integer()])
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
    return next(
        (
            DECIMALS[at:]
            for at, one in enumerate(DECIMALS)
            if small[at] and (np.rint(values * 10.0**one) / 10.0**one == values).all()
        ),
        (),
    )


def _row(table: Table, asked: Mapping[str, NumericValue]) -> Seen:
    if not asked:
        return {}
    [found] = pulled(table.aggregate(**{f"c{at}": value for at, value in enumerate(asked.values())})).to_pylist()
    return dict(zip(asked, found.values(), strict=True))
