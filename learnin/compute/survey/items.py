"""What can be estimated of one column or two: means, totals, variances, shares of yes, counts, ratios, quantiles."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from learnin.compute.survey.refusals import CannotEstimate
from learnin.compute.survey.scales import Numbers
from learnin.compute.survey.sums import Item, Named, Part, Sums, everybody, where, yes_sum


@dataclass(frozen=True)
class Mean(Named):
    """The mean of a column of numbers among those who answered."""

    column: str
    name: str = ""
    kind: ClassVar[str] = "mean"

    @property
    def columns(self) -> tuple[str, ...]:
        """The column."""
        return (self.column,)

    def parts(self, data: Numbers, sums: Sums) -> tuple[Part, ...]:
        """Sum of the answers over the sum of the weights of those who answered."""
        top, square, people = _column(self.column, data, sums)
        return (Part(self.label, None, self.kind, top, people, people, (square, top, people)),)


class Total(Mean):
    """The total of a column of numbers in the population; who did not answer counts as nothing."""

    kind: ClassVar[str] = "total"

    def parts(self, data: Numbers, sums: Sums) -> tuple[Part, ...]:
        """Sum of the answers."""
        top, square, people = _column(self.column, data, sums)
        return (Part(self.label, None, "total", top, None, people, (square, top, people)),)


class Variance(Mean):
    """The variance of a column of numbers in the population, with n - 1."""

    kind: ClassVar[str] = "variance"

    def parts(self, data: Numbers, sums: Sums) -> tuple[Part, ...]:
        """Sum of the squares over people, less the square of the mean."""
        top, square, people = _column(self.column, data, sums)
        return (Part(self.label, None, "variance", square, people, people, (square, top, people)),)


class Proportion(Mean):
    """The share of yes in a column of yes and no (or 1 and 0) among those who answered."""

    kind: ClassVar[str] = "proportion"

    def parts(self, data: Numbers, sums: Sums) -> tuple[Part, ...]:
        """Sum of the weights of yes over the sum of the weights of those who answered."""
        top, people = yes_sum(self.column, data, sums)
        return (Part(self.label, None, "proportion", top, people, people, (top, top, people)),)


@dataclass(frozen=True)
class Count(Named):
    """How many people of the population say yes; without a column, how many there are."""

    column: str | None = None
    name: str = ""
    kind: ClassVar[str] = "count"

    @property
    def columns(self) -> tuple[str, ...]:
        """The column, if any."""
        return (self.column,) if self.column else ()

    def parts(self, data: Numbers, sums: Sums) -> tuple[Part, ...]:
        """Sum of the weights of yes."""
        if self.column:
            top, people = yes_sum(self.column, data, sums)
        else:
            top = people = everybody(sums)
        return (Part(self.label, None, "total", top, None, people, (top, top, people)),)


@dataclass(frozen=True)
class Ratio(Named):
    """The total of one column over the total of another, among those who answered both."""

    above: str
    below: str
    name: str = ""
    kind: ClassVar[str] = "ratio"

    @property
    def columns(self) -> tuple[str, ...]:
        """Both columns."""
        return (self.above, self.below)

    def parts(self, data: Numbers, sums: Sums) -> tuple[Part, ...]:
        """One sum over the other."""
        y, x = data[self.above], data[self.below]
        both = y.raw.notnull() & x.raw.notnull()
        y, x = where(both, y), where(both, x)
        key = f"{self.above}|{self.below}"
        people = sums.people(f"people:{key}", both)
        top, below = sums.of(f"above:{key}", y), sums.of(f"below:{key}", x)
        squares = (sums.of(f"yy:{key}", y * y), sums.of(f"xy:{key}", y * x), sums.of(f"xx:{key}", x * x))
        return (Part(self.label, None, "mean", top, below, people, squares),)


@dataclass(frozen=True)
class Quantile(Named):
    """Values below which these shares of the population are, each between 0 and 1.

    `rule` says by which definition, one of `quantiles.RULES`: `math` is the smallest value with at least that share at
    or below it.
    """

    column: str
    shares: tuple[float, ...] = (0.5,)
    rule: str = "math"
    name: str = ""
    kind: ClassVar[str] = "quantile"

    @property
    def columns(self) -> tuple[str, ...]:
        """The column."""
        return (self.column,)

    def parts(self, data: Numbers, sums: Sums) -> tuple[Part, ...]:
        """No sums: a quantile has a pass of its own."""
        return ()


def labelled(items: Sequence[Item]) -> None:
    """Raise CannotEstimate where two items have the same name."""
    names = [item.label for item in items]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise CannotEstimate("item_twice", keys=twice)


def _column(name: str, data: Numbers, sums: Sums) -> tuple[str, str, str]:
    """Sum, sum of squares, and people of a column of numbers."""
    number = data[name]
    top = sums.of(f"sum:{name}", number)
    square = sums.of(f"square:{name}", number * number)
    return top, square, sums.of_column(name, data)
