"""Numbers of a run as files and papers may tell them: what is withheld carries no number here any more."""

from collections.abc import Iterable
from dataclasses import dataclass

from learnin.assessment import finding_words, weight_words
from learnin.assessment.queries import reading
from learnin.assessment.queries.estimates import Number
from learnin.assessment.queries.reading import Reading
from learnin.assessment.saying import reasons
from learnin.kit.charts import Mark, Unit


@dataclass(frozen=True)
class Marked:
    """A number with the mark that may be shown of it."""

    number: Number
    mark: Mark
    reasons: tuple[str, ...]

    @property
    def unit(self) -> Unit:
        """How it is written."""
        return finding_words.unit(self.number)

    @property
    def name(self) -> str:
        """The indicator, and the value of it where it has several."""
        return self.number.name

    @property
    def low(self) -> float | None:
        """The lower end of its interval; none where nobody was drawn, for then no interval says how sure it is."""
        return self.mark.low if self.number.is_probability else None

    @property
    def high(self) -> float | None:
        """The upper end of its interval, likewise."""
        return self.mark.high if self.number.is_probability else None

    @property
    def value(self) -> str:
        """The number, with its sign where it has one, or what stands in its place."""
        return f"{self.mark.sign} {self.mark.said(self.unit)}".strip()

    @property
    def interval(self) -> str:
        """The ends of the interval."""
        return self.mark.interval(self.unit) if self.number.is_probability else ""

    @property
    def said(self) -> str:
        """The number and its interval in one."""
        return f"{self.value} ({self.interval})" if self.interval else self.value

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know: not of a sample, why it is unsure or not there, what the engine warns of."""
        sample = () if self.number.is_probability else (str(weight_words.NOT_PROBABILITY),)
        return (*sample, *self.reasons, *(self.number.careful if self.mark.is_seen else ()))


def marked(numbers: Iterable[Number]) -> list[Marked]:
    """These numbers as the reading rules let them be told."""
    every = list(numbers)
    read = reading.readings(every)
    return [of(one, read[one.pk]) for one in every]


def of(one: Number, read: Reading) -> Marked:
    """One number as it may be told."""
    mark = finding_words.mark(one, read)
    if read.why is not None:
        return Marked(one, mark, (reasons.withheld(read.why, read.hiding),))
    return Marked(one, mark, tuple(reasons.reason(broken) for broken in read.reliability.reasons))
