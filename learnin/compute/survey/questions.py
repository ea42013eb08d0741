"""What can be estimated of questions with several answers or several parts: shares, several answers, indices."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import ClassVar

from learnin.compute.survey.scales import Number, Numbers, flag, said
from learnin.compute.survey.sources import pulled
from learnin.compute.survey.sums import Alpha, Level, Named, Part, Sums, where, yes_sum


@dataclass(frozen=True)
class Shares(Named):
    """The share of each answer to a question among those who answered it.

    `levels` are the answers, in their order; without them, those that stand in the data. An answer that is not among
    the levels counts as given.
    """

    column: str
    levels: tuple[Level, ...] = ()
    name: str = ""
    totals: bool = False
    kind: ClassVar[str] = "shares"

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
        column = said(data.table, self.column)
        people = sums.of_column(self.column, data)
        levels = self.levels or tuple(found(data, self.column))
        tops = [sums.of(f"{self.column}={level!r}", flag(column == level)) for level in levels]
        below = None if self.totals else people
        kind = "total" if self.totals else "proportion"
        return tuple(
            Part(self.label, level, kind, top, below, people, (top, top, people))
            for level, top in zip(levels, tops, strict=True)
        )


@dataclass(frozen=True)
class Multi(Named):
    """A question with several answers: the share of each among those who answered the question at all.

    Each answer is a column of yes and no; who has nothing in all of them did not answer.
    """

    options: tuple[str, ...]
    name: str = ""
    kind: ClassVar[str] = "multi"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the answers."""
        return self.options

    def parts(self, data: Numbers, sums: Sums) -> tuple[Part, ...]:
        """For each answer, the sum of the weights of yes over that of all who answered the question."""
        answered = reduce(lambda a, b: a | b, (said(data.table, option).notnull() for option in self.options))
        people = sums.people(f"people:{'|'.join(self.options)}", answered)
        tops = [yes_sum(option, data, sums)[0] for option in self.options]
        return tuple(
            Part(self.label, option, "proportion", top, people, people, (top, top, people))
            for option, top in zip(self.options, tops, strict=True)
        )


@dataclass(frozen=True)
class Index(Named):
    """The mean of several questions of each person, and of those the mean; with its reliability alpha.

    `least` is how many of the questions somebody must have answered; without it, all of them.
    """

    questions: tuple[str, ...]
    least: int | None = None
    name: str = ""
    kind: ClassVar[str] = "index"

    @property
    def columns(self) -> tuple[str, ...]:
        """The questions."""
        return self.questions

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
        asked = [where(complete, question) for question in questions]
        return Alpha(
            sums.people(f"complete:{key}", complete),
            (sums.of(f"whole:{key}", whole), sums.of(f"whole2:{key}", whole * whole)),
            tuple(
                (sums.of(f"{name} in {key}", one), sums.of(f"{name}2 in {key}", one * one))
                for name, one in zip(self.questions, asked, strict=True)
            ),
        )


def found(data: Numbers, column: str) -> Iterable[Level]:
    """The different answers in a column, in their order."""
    answers = data.table.select(**{column: said(data.table, column)})
    return sorted(pulled(answers.filter(answers[column].notnull()).distinct())[column].to_pylist())


def _score(questions: list[Number], least: int) -> Number:
    """Mean of the questions each person answered, where these are enough; exact where the questions are whole."""
    count = reduce(lambda a, b: a + b, (question.raw.notnull().cast("int64") for question in questions))
    total = reduce(lambda a, b: a + b, (question.raw.coalesce(0) for question in questions))
    largest = max(question.largest for question in questions)
    scale = max(question.scale for question in questions) * math.lcm(*range(least, len(questions) + 1))
    score = (count >= least).ifelse(total.cast("float64") / count, None)
    return Number(score, largest, scale)
