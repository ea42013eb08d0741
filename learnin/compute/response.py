"""How many of those who were asked have answered, and how many will by the last day."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of those who were asked, in AAPOR's groups. `unknown` holds everybody nothing was heard of yet."""

    complete: int = 0
    partial: int = 0
    refusal: int = 0
    non_contact: int = 0
    other: int = 0
    unknown: int = 0
    not_eligible: int = 0

    @property
    def asked(self) -> int:
        """Everybody who belongs to the population, or may belong to it."""
        return self.complete + self.partial + self.refusal + self.non_contact + self.other + self.unknown


def rr1(outcomes: Outcomes) -> float | None:
    """The smallest response rate: complete answers among all who were asked.

    Args:
        outcomes: counts, each >= 0.
    Returns:
        I / ((I + P) + (R + NC + O) + UH/UO), from 0 to 1; nothing where nobody was asked.
    Source: AAPOR (2023), Standard Definitions, 10th edition, RR1; docs/methods/response-rate.md.

    >>> rr1(Outcomes(complete=6, partial=1, refusal=1, unknown=4))
    0.5
    """
    return outcomes.complete / outcomes.asked if outcomes.asked else None


def rr2(outcomes: Outcomes) -> float | None:
    """The response rate that counts partial answers too.

    Args:
        outcomes: counts, each >= 0.
    Returns:
        (I + P) / ((I + P) + (R + NC + O) + UH/UO), from 0 to 1; nothing where nobody was asked.
    Source: AAPOR (2023), Standard Definitions, 10th edition, RR2; docs/methods/response-rate.md.

    >>> rr2(Outcomes(complete=6, partial=3, refusal=1, unknown=2))
    0.75
    """
    return (outcomes.complete + outcomes.partial) / outcomes.asked if outcomes.asked else None


def forecast(answers: int, *, days: float, days_left: float, most: int | None = None) -> int | None:
    """How many answers there will be on the last day if they keep coming as they came so far.

    Args:
        answers: answers so far, >= 0.
        days: days since the round opened, >= 0.
        days_left: days until it closes, >= 0.
        most: how many there can be at all; nothing where anybody may answer.
    Returns:
        answers + answers / days * days_left, rounded down, at most `most`; nothing in the first day, which tells too
        little.
    Source: a straight line through the start; docs/methods/response-rate.md.

    >>> forecast(30, days=10, days_left=5)
    45
    >>> forecast(30, days=10, days_left=5, most=40)
    40
    """
    if days < 1:
        return None
    expected = int(answers + answers / days * max(days_left, 0))
    return expected if most is None else min(expected, max(most, answers))
