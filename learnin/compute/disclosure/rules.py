"""Which cells people could be recognised in, and how far a withheld number must stay unknown."""

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why a cell is withheld."""

    FEW_ANSWERS = "few_answers"
    FEW_PSUS = "few_psus"
    COMPLEMENT = "complement"
    """Nobody could be recognised in it, but it would give another cell away."""


@dataclass(frozen=True, slots=True)
class Span:
    """How far from the truth a withheld number must stay possible, at least, in its own unit."""

    down: float
    up: float


@dataclass(frozen=True, slots=True)
class Rules:
    """From where on people could be recognised. A country may set its own, with a reason.

    Args:
        least_answers: a cell with fewer respondents, but not none, is withheld. 1 or more.
        least_psus: a cell whose respondents come from fewer PSUs (schools) is withheld. 1 or more.
        span: part of a withheld number that must stay possible to either side, above 0 and at most 1.
    Raises:
        ValueError: a rule out of range.
    Source: Hundepool et al. (2012), Statistical Disclosure Control, chapter 4 (threshold and p % rules);
        docs/methods/disclosure.md.
    """

    least_answers: int = 5
    least_psus: int = 3
    span: float = 0.2

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        if self.least_answers < 1 or self.least_psus < 1 or not 0 < self.span <= 1:
            raise ValueError("Respondents and PSUs are 1 or more, the span above 0 and at most 1.")

    def why(self, n: int, psus: int) -> Why | None:
        """The rule that withholds a cell by itself; a cell of nobody has nobody to recognise."""
        if 0 < n < self.least_answers:
            return Why.FEW_ANSWERS
        return Why.FEW_PSUS if 0 < psus < self.least_psus else None

    def of_respondents(self, n: int) -> Span:
        """Of a number of respondents: at least one fewer, and as many as would be enough."""
        return Span(down=max(1.0, self.span * n), up=max(1.0, self.span * n, float(self.least_answers - n)))

    def of_total(self, total: float) -> Span:
        """Of a weighted total: the span to either side."""
        return Span(down=self.span * total, up=self.span * total)


DEFAULT = Rules()
