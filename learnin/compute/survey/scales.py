"""Numbers as whole numbers, so that sums do not depend on the order in which they are added."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import ibis
from ibis.expr.types import BooleanValue, NumericValue, Table, Value

from learnin.compute.survey.refusals import CannotEstimate

BITS = 50  # of a number: weight, value and 2**26 rows together fit the 126 bits of a decimal of 38 digits
LARGEST = 1e60  # of a number: squares of squares, times the weights of everybody, are numbers too
NARROW = 62  # bits of a product that fit a 64-bit whole number with its sign
DECIMALS = (0, 1, 2, 3, 4, 6, 8, 9)  # places after the point that are tried before a number is cut to BITS bits

Seen = dict[str, float]
"""What a pass over the data found, by question and column; nothing (None) where there was nothing to find."""


@dataclass(frozen=True)
class Number:
    """A number of each row: `raw` as it stands, nothing where it is missing; whole numbers once multiplied by `scale`.

    `largest` is the largest it can be, without its sign. `column` is the column that holds just these numbers, if one
    does; `root` the number that this is the square of, where its whole numbers are the squares of those.
    """

    raw: NumericValue
    largest: float
    scale: float
    column: str = ""
    root: "Number | None" = None

    @property
    def bits(self) -> int:
        """Bits of the largest of the whole numbers."""
        return math.ceil(self.largest * self.scale + 1).bit_length()

    @property
    def whole(self) -> NumericValue:
        """The whole numbers. Rounding is exact where the scale is one of decimals."""
        if self.raw.type().is_integer():
            return self.raw.cast("int64") if self.scale == 1 else self.raw.cast("int64") * int(self.scale)
        return (self.raw * self.scale).round().cast("int64")

    def __mul__(self, other: "Number") -> "Number":
        """The product, cut to BITS bits where it would have more."""
        largest, scale = self.largest * other.largest, self.scale * other.scale
        kept = _fitting(largest, scale)
        root = self if self is other and kept == scale else None
        one, two = (_float(number.raw, largest) for number in (self, other))
        return Number(one * two, largest, kept, root=root)


def flag(condition: BooleanValue) -> Number:
    """One where a condition holds, zero where not, nothing where it is not known."""
    return Number(condition.cast("int64"), 1.0, 1.0)


def measured(raw: NumericValue, largest: float, bits: int = BITS) -> Number:
    """Any numbers up to the largest, with so many bits."""
    return Number(raw, largest, 2.0 ** (bits - 1 - math.frexp(largest)[1]))


def _float(raw: NumericValue, largest: float) -> NumericValue:
    """A factor as it is multiplied: whole where the largest product is a whole number of 64 bits."""
    return raw.cast("int64" if raw.type().is_integer() and largest < 2**NARROW else "float64")


def _fitting(largest: float, scale: float) -> float:
    """The scale, or the largest power of two at which the number keeps to BITS bits."""
    if largest * scale < 2**BITS:
        return scale
    return 2.0 ** (BITS - 1 - math.frexp(largest)[1])


@dataclass(frozen=True)
class Numbers:
    """The columns of numbers that the items use, each with the scale at which it is whole."""

    table: Table
    by_name: Mapping[str, Number]
    flags: frozenset[str]
    infinite: frozenset[str]
    filled: frozenset[str]

    def __getitem__(self, column: str) -> Number:
        """The numbers of a column. Raises CannotEstimate: non_numeric_item, item_nonfinite."""
        if column not in self.by_name:
            raise CannotEstimate("non_numeric_item", keys=[column])
        if column in self.infinite:
            raise CannotEstimate("item_nonfinite", keys=[column])
        return self.by_name[column]

    def answered(self, column: str) -> BooleanValue | None:
        """Who answered a column; nothing where everybody did."""
        if column in self.filled:
            return None
        return (self.by_name[column].raw if column in self.by_name else said(self.table, column)).notnull()

    def yes_or_no(self, column: str) -> Number:
        """One for yes, zero for no. Raises CannotEstimate: not_a_flag."""
        return self[column] if column in self.flags else flag(self.yes(column))

    def yes(self, column: str) -> BooleanValue:
        """Whether a column of yes or no says yes. Raises CannotEstimate: not_a_flag."""
        raw = self.table[column]
        if raw.type().is_boolean():
            return raw
        if column not in self.flags:
            raise CannotEstimate("not_a_flag", keys=[column])
        return raw == 1


def numbered(table: Table, columns: Sequence[str], seen: Seen) -> Numbers:
    """The columns of numbers, from what was seen of them; columns of yes and no need none."""
    found = {column: _number(table, column, seen) for column in columns if table.schema()[column].is_numeric()}
    for column in columns:
        if table.schema()[column].is_boolean():
            found[column] = replace(flag(table[column]), column=column)
    flags = {
        name for name, number in found.items() if number.scale == 1 and number.largest <= 1 and _least(seen, name) >= 0
    }
    infinite = frozenset(name for name, number in found.items() if number.largest > LARGEST)
    filled = frozenset(column for column in columns if seen.get(f"known:{column}") == seen["rows"])
    return Numbers(table, found, frozenset(flags), infinite, filled)


def _least(seen: Seen, column: str) -> float:
    return seen.get(f"least:{column}") or 0


def finite(table: Table, column: str) -> NumericValue:
    """A column of numbers where what is not a number is missing."""
    raw = table[column]
    if raw.type().is_integer():
        return raw
    raw = raw.cast("float64")
    return raw if table.schema()[column].is_decimal() else ibis.ifelse(raw.isnan(), None, raw)


def said(table: Table, column: str) -> Value:
    """A column of any kind, where what is not a number is missing."""
    return finite(table, column) if table.schema()[column].is_floating() else table[column]


def is_whole(seen: Seen, column: str, places: int) -> bool:
    """Whether so many places after the point are enough; of a column that nobody filled in it is true."""
    return seen.get(f"{places}:{column}", 0) != 0


def _number(table: Table, column: str, seen: Seen) -> Number:
    has_nan = seen.get(f"said:{column}", seen[f"known:{column}"]) != seen[f"known:{column}"]
    raw = finite(table, column) if has_nan else table[column]
    largest = float(max(abs(seen[f"least:{column}"] or 0), abs(seen[f"most:{column}"] or 0)))
    if raw.type().is_integer():
        return Number(raw, largest, 1.0, column)
    exact = (10.0**places for places in DECIMALS if is_whole(seen, column, places))
    scale = next(exact, 2.0**BITS)
    return Number(raw.cast("float64"), largest, _fitting(largest, scale), column)
