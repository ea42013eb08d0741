"""Which sums of the rows the numbers of an item are made of."""

from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from ibis.expr.types import BooleanValue, NumericValue

from learnin.compute.survey.scales import Number, Numbers

Level = str | int | float | bool | None


@dataclass(frozen=True)
class Part:
    """One number of an item for each group of people: a sum, or one sum over another.

    Args:
        item: label of the item.
        level: which of its numbers: an answer, a column; nothing where there is one.
        kind: total, mean, proportion, variance or quantile; says how it is made and which intervals fit.
        top: weighted sum above.
        below: weighted sum below; nothing for a total.
        people: sum of the weights of those who answered.
        squares: weighted sums of top x top, top x below, below x below of each row.
    """

    item: str
    level: Level
    kind: str
    top: str
    below: str | None
    people: str
    squares: tuple[str, str, str]
    alpha: "Alpha | None" = None

    @property
    def sums(self) -> tuple[str, ...]:
        """The sums its estimate is made of."""
        if self.kind == "variance":
            return self.squares
        return (self.top,) if self.below is None else (self.top, self.below)


@dataclass(frozen=True)
class Alpha:
    """The sums that the reliability of an index is made of, over those who answered all of its questions."""

    people: str
    scores: tuple[str, str]
    questions: tuple[tuple[str, str], ...]


@dataclass
class Sums:
    """The sums that all items together ask for, each once: of what (nothing: one for each row), and of which rows.

    `columns` names, for those who answered a single column of numbers, that column.
    """

    weighted: dict[str, Number] = field(default_factory=dict)
    answered: dict[str, BooleanValue | None] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)

    def of(self, name: str, number: Number) -> str:
        """Ask for the weighted sum of a number; its name."""
        self.weighted.setdefault(name, number)
        return name

    def people(self, name: str, answered: BooleanValue | None) -> str:
        """Ask for the sum of the weights and the number of those who answered (nothing: of all); its name."""
        name = EVERYBODY if answered is None else name
        self.answered.setdefault(name, answered)
        return name

    def of_column(self, column: str, data: Numbers) -> str:
        """Ask for the sum of the weights and the number of those who answered a column; its name."""
        name = self.people(f"people:{column}", data.answered(column))
        if name != EVERYBODY and column in data.by_name:
            self.columns[name] = column
        return name


class Item(Protocol):
    """Something to estimate."""

    @property
    def label(self) -> str:
        """Its name in the table."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it reads."""

    @property
    def numeric(self) -> tuple[str, ...]:
        """Those of them that must hold numbers or yes and no."""

    def parts(self, data: Numbers, sums: Sums) -> tuple[Part, ...]:
        """Its numbers, and which sums they need."""


class Named:
    """An item that has a name of its own, or is called by its kind and its columns."""

    kind: ClassVar[str]
    name: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it reads."""
        raise NotImplementedError

    @property
    def label(self) -> str:
        """Its name in the table."""
        return self.name or (f"{self.kind}({', '.join(self.columns)})" if self.columns else self.kind)

    @property
    def numeric(self) -> tuple[str, ...]:
        """Those of its columns that must hold numbers or yes and no."""
        return self.columns


EVERYBODY = "people:"
"""The name of the sum over all rows, whatever they answered."""


def everybody(sums: Sums) -> str:
    """Ask for the sum over all rows; its name."""
    return sums.people(EVERYBODY, None)


def yes_sum(name: str, data: Numbers, sums: Sums) -> tuple[str, str]:
    """Sum of yes, and people of a column of yes and no."""
    return sums.of(f"yes:{name}", data.yes_or_no(name)), sums.of_column(name, data)


def where(condition: BooleanValue, number: Number) -> Number:
    """A number where a condition holds, nothing where not."""
    value: NumericValue = condition.ifelse(number.raw, None)
    return Number(value, number.largest, number.scale)
