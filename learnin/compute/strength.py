"""How much a finding rests on, by one rule for all findings."""

from dataclasses import dataclass
from enum import StrEnum

LEAST_PIECES = 3  # of other evidence, of two kinds, in place of a reliable number


class Strength(StrEnum):
    """What a finding rests on."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"
    NONE = "none"


class Ground(StrEnum):
    """The line of the rule that says so."""

    NUMBER_AND_MORE = "number_and_more"
    NUMBER_ALONE = "number_alone"
    SEVERAL_KINDS = "several_kinds"
    LITTLE = "little"
    NOTHING = "nothing"

    @property
    def strength(self) -> Strength:
        """What follows from it."""
        return _FOLLOWS[self]


_FOLLOWS = {
    Ground.NUMBER_AND_MORE: Strength.STRONG,
    Ground.NUMBER_ALONE: Strength.MODERATE,
    Ground.SEVERAL_KINDS: Strength.MODERATE,
    Ground.LITTLE: Strength.WEAK,
    Ground.NOTHING: Strength.NONE,
}


@dataclass(frozen=True, slots=True)
class Basis:
    """What was counted under a finding, each 0 or more.

    Args:
        sure: numbers of a probability sample or census that may be read without a warning.
        doubtful: numbers that carry a warning, or that come from people who chose themselves to answer.
        documents: documents of the desk review that are cited, each once, however many facts it gives.
        conversations: interviews and focus groups that are cited, each once, however many statements it gives.
        resources: entries of the inventory that are cited.
    Raises:
        ValueError: a count below zero.
    """

    sure: int = 0
    doubtful: int = 0
    documents: int = 0
    conversations: int = 0
    resources: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be counted."""
        if min(self.sure, *self.others) < 0:
            raise ValueError("Evidence is counted from zero.")

    @property
    def others(self) -> tuple[int, int, int, int]:
        """Everything that is no reliable number, by kind."""
        return (self.doubtful, self.documents, self.conversations, self.resources)


def ground(basis: Basis) -> Ground:
    """The line of the rule that a finding falls under.

    Args:
        basis: what it rests on. Withheld numbers are left out: nobody may read them.
    Returns:
        The first line that fits. A second kind of evidence counts more than a second piece of the same kind: two
        numbers of one survey share its mistakes, a survey and a focus group do not.
    Source: after the idea of triangulation in Denzin (1978), The Research Act, chapter 10; docs/methods/strength.md.

    >>> ground(Basis(sure=1, conversations=1)).strength
    <Strength.STRONG: 'strong'>
    >>> ground(Basis(conversations=2, documents=1))
    <Ground.SEVERAL_KINDS: 'several_kinds'>
    """
    kinds = sum(count > 0 for count in basis.others)
    if basis.sure:
        other_kinds = kinds - (basis.doubtful > 0)  # a doubtful number is of the same kind
        return Ground.NUMBER_AND_MORE if other_kinds else Ground.NUMBER_ALONE
    if kinds > 1 and sum(basis.others) >= LEAST_PIECES:
        return Ground.SEVERAL_KINDS
    return Ground.LITTLE if kinds else Ground.NOTHING
