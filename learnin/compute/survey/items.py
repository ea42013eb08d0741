"""What can be estimated: an item says which sums of the rows it is made of."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Protocol

from ibis.expr.types import BooleanValue, NumericValue

from learnin.compute.survey.refusals import CannotEstimate
from learnin.compute.survey.scales import Number, Numbers, flag

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
    """The sums that all items together ask for, each once: of what (nothing: one for each row), and of which rows."""

    weighted: dict[str, Number] = field(default_factory=dict)
    answered: dict[str, BooleanValue | None] = field(default_factory=dict)

    def of(self, name: str, number: Number) -> str:
        """Ask for the weighted sum of a number; its name."""
        self.weighted.setdefault(name, number)
        return name

    def people(self, name: str, answered: BooleanValue | None) -> str:
        """Ask for the sum of the weights and the number of those who answered (nothing: of all); its name."""
        self.answered.setdefault(name, answered)
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


@dataclass(frozen=True)
class Mean:
    """The mean of a column of numbers among those who answered."""

    column: str
    name: str = ""
    kind = "mean"

    @property
    def label(self) -> str:
        """Its name in the table."""
        return self.name or f"{self.kind}({self.column})"

    @property
    def columns(self) -> tuple[str, ...]:
        """The column."""
        return (self.column,)

    @property
    def numeric(self) -> tuple[str, ...]:
        """The column."""
        return (self.column,)

    def parts(self, data: Numbers, sums: Sums) -> tuple[Part, ...]:
        """Sum of the answers over the sum of the weights of those who answered."""
        top, square, people = _column(self.column, data, sums)
        return (Part(self.label, None, self.kind, top, people, people, (square, top, people)),)


class Total(Mean):
    """The total of a column of numbers in the population; who did not answer counts as nothing."""

    kind = "total"

    def parts(self, data: Numbers, sums: Sums) -> tuple[Part, ...]:
        """Sum of the answers."""
        top, square, people = _column(self.column, data, sums)
        return (Part(self.label, None, "total", top, None, people, (square, top, people)),)


class Variance(Mean):
    """The variance of a column of numbers in the population, with n - 1."""

    kind = "variance"

    def parts(self, data: Numbers, sums: Sums) -> tuple[Part, ...]:
        """Sum of the squares over people, less the square of the mean."""
        top, square, people = _column(self.column, data, sums)
        return (Part(self.label, None, "variance", square, people, people, (square, top, people)),)


class Proportion(Mean):
    """The share of yes in a column of yes and no (or 1 and 0) among those who answered."""

    kind = "proportion"

    def parts(self, data: Numbers, sums: Sums) -> tuple[Part, ...]:
        """Sum of the weights of yes over the sum of the weights of those who answered."""
        top, people = _flag(self.column, data, sums)
        return (Part(self.label, None, "proportion", top, people, people, (top, top, people)),)


@dataclass(frozen=True)
class Count:
    """How many people of the population say yes; without a column, how many there are."""

    column: str | None = None
    name: str = ""

    @property
    def label(self) -> str:
        """Its name in the table."""
        return self.name or (f"count({self.column})" if self.column else "count")

    @property
    def columns(self) -> tuple[str, ...]:
        """The column, if any."""
        return (self.column,) if self.column else ()

    numeric = columns

    def parts(self, data: Numbers, sums: Sums) -> tuple[Part, ...]:
        """Sum of the weights of yes."""
        if self.column:
            top, people = _flag(self.column, data, sums)
        else:
            top = people = everybody(sums)
        return (Part(self.label, None, "total", top, None, people, (top, top, people)),)


@dataclass(frozen=True)
class Shares:
    """The share of each answer to a question among those who answered it.

    `levels` are the answers, in their order; without them, those that stand in the data. An answer that is not among
    the levels counts as given.
    """

    column: str
    levels: tuple[Level, ...] = ()
    name: str = ""
    totals: bool = False

    @property
    def label(self) -> str:
        """Its name in the table."""
        return self.name or f"{'counts' if self.totals else 'shares'}({self.column})"

    @property
    def columns(self) -> tuple[str, ...]:
        """The column."""
        return (self.column,)

    @property
    def numeric(self) -> tuple[str, ...]:
        """Any answers will do."""
        return ()

    def parts(self, data: Numbers, sums: Sums) -> tuple[Part, ...]:
        """For each answer, the sum of the weights of those who gave it over that of those who answered."""
        column = data.table[self.column]
        people = sums.people(f"people:{self.column}", column.notnull())
        levels = self.levels or tuple(found(data, self.column))
        tops = [sums.of(f"{self.column}={level!r}", flag(column == level)) for level in levels]
        below = None if self.totals else people
        kind = "total" if self.totals else "proportion"
        return tuple(
            Part(self.label, level, kind, top, below, people, (top, top, people))
            for level, top in zip(levels, tops, strict=True)
        )


@dataclass(frozen=True)
class Ratio:
    """The total of one column over the total of another, among those who answered both."""

    above: str
    below: str
    name: str = ""

    @property
    def label(self) -> str:
        """Its name in the table."""
        return self.name or f"ratio({self.above}, {self.below})"

    @property
    def columns(self) -> tuple[str, ...]:
        """Both columns."""
        return (self.above, self.below)

    numeric = columns

    def parts(self, data: Numbers, sums: Sums) -> tuple[Part, ...]:
        """One sum over the other."""
        y, x = data[self.above], data[self.below]
        both = y.raw.notnull() & x.raw.notnull()
        y, x = _where(both, y), _where(both, x)
        key = f"{self.above}|{self.below}"
        people = sums.people(f"people:{key}", both)
        top, below = sums.of(f"above:{key}", y), sums.of(f"below:{key}", x)
        squares = (sums.of(f"yy:{key}", y * y), sums.of(f"xy:{key}", y * x), sums.of(f"xx:{key}", x * x))
        return (Part(self.label, None, "mean", top, below, people, squares),)


@dataclass(frozen=True)
class Quantile:
    """Values below which these shares of the population are, each between 0 and 1.

    `rule` says by which definition, one of `quantiles.RULES`: `math` is the smallest value with at least that share at
    or below it.
    """

    column: str
    shares: tuple[float, ...] = (0.5,)
    rule: str = "math"
    name: str = ""

    @property
    def label(self) -> str:
        """Its name in the table."""
        return self.name or f"quantile({self.column})"

    @property
    def columns(self) -> tuple[str, ...]:
        """The column."""
        return (self.column,)

    @property
    def numeric(self) -> tuple[str, ...]:
        """The column."""
        return (self.column,)

    def parts(self, data: Numbers, sums: Sums) -> tuple[Part, ...]:
        """No sums: a quantile has a pass of its own."""
        return ()


@dataclass(frozen=True)
class Multi:
    """A question with several answers: the share of each among those who answered the question at all.

    Each answer is a column of yes and no; who has nothing in all of them did not answer.
    """

    options: tuple[str, ...]
    name: str = ""

    @property
    def label(self) -> str:
        """Its name in the table."""
        return self.name or f"multi({', '.join(self.options)})"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the answers."""
        return self.options

    numeric = columns

    def parts(self, data: Numbers, sums: Sums) -> tuple[Part, ...]:
        """For each answer, the sum of the weights of yes over that of all who answered the question."""
        answered = reduce(lambda a, b: a | b, (data.table[option].notnull() for option in self.options))
        people = sums.people(f"people:{'|'.join(self.options)}", answered)
        tops = [_flag(option, data, sums)[0] for option in self.options]
        return tuple(
            Part(self.label, option, "proportion", top, people, people, (top, top, people))
            for option, top in zip(self.options, tops, strict=True)
        )


@dataclass(frozen=True)
class Index:
    """The mean of several questions of each person, and of those the mean; with its reliability alpha.

    `least` is how many of the questions somebody must have answered; without it, all of them.
    """

    questions: tuple[str, ...]
    least: int | None = None
    name: str = ""

    @property
    def label(self) -> str:
        """Its name in the table."""
        return self.name or f"index({', '.join(self.questions)})"

    @property
    def columns(self) -> tuple[str, ...]:
        """The questions."""
        return self.questions

    numeric = columns

    def parts(self, data: Numbers, sums: Sums) -> tuple[Part, ...]:
        """Sum of the scores over the sum of the weights of those who have one."""
        questions = [data[question] for question in self.questions]
        key = f"{'|'.join(self.questions)}/{self.least or len(questions)}"
        score = _score(questions, self.least or len(questions))
        people = sums.people(f"people:{key}", score.raw.notnull())
        top, square = sums.of(f"score:{key}", score), sums.of(f"score2:{key}", score * score)
        alpha = self._alpha(questions, sums)
        return (Part(self.label, None, "mean", top, people, people, (square, top, people), alpha),)

    def _alpha(self, questions: list[Number], sums: Sums) -> Alpha:
        key = "|".join(self.questions)
        complete = reduce(lambda a, b: a & b, (question.raw.notnull() for question in questions))
        whole = _score(questions, len(questions))
        asked = [_where(complete, question) for question in questions]
        return Alpha(
            sums.people(f"complete:{key}", complete),
            (sums.of(f"whole:{key}", whole), sums.of(f"whole2:{key}", whole * whole)),
            tuple(
                (sums.of(f"{name} in {key}", one), sums.of(f"{name}2 in {key}", one * one))
                for name, one in zip(self.questions, asked, strict=True)
            ),
        )


EVERYBODY = "people:"
"""The name of the sum over all rows, whatever they answered."""


def everybody(sums: Sums) -> str:
    """Ask for the sum over all rows; its name."""
    return sums.people(EVERYBODY, None)


def found(data: Numbers, column: str) -> Iterable[Level]:
    """The different answers in a column, in their order."""
    table = data.table
    values = table.filter(table[column].notnull()).select(column).distinct().to_pyarrow()[column].to_pylist()
    return sorted(values)


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
    return top, square, sums.people(f"people:{name}", number.raw.notnull())


def _flag(name: str, data: Numbers, sums: Sums) -> tuple[str, str]:
    """Sum of yes, and people of a column of yes and no."""
    yes = data.yes(name)
    return sums.of(f"yes:{name}", flag(yes)), sums.people(f"people:{name}", data.table[name].notnull())


def _where(condition: BooleanValue, number: Number) -> Number:
    value: NumericValue = condition.ifelse(number.raw, None)
    return Number(value, number.largest, number.scale)


def _score(questions: list[Number], least: int) -> Number:
    """Mean of the questions each person answered, where these are enough; exact where the questions are whole."""
    count = reduce(lambda a, b: a + b, (question.raw.notnull().cast("int64") for question in questions))
    total = reduce(lambda a, b: a + b, (question.raw.coalesce(0) for question in questions))
    largest = max(question.largest for question in questions)
    scale = max(question.scale for question in questions) * math.lcm(*range(least, len(questions) + 1))
    score = (count >= least).ifelse(total.cast("float64") / count, None)
    return Number(score, largest, scale)
