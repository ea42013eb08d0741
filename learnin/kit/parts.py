"""What pages hand to the larger components."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Level:
    """A state in a matrix: its look, its word on a desk, its sign on a phone, what it means."""

    look: str
    word: Any
    sign: str
    meaning: Any


LEVELS = {
    "done": Level("4", pgettext_lazy("matrix", "done"), "●", pgettext_lazy("matrix", "All steps")),
    "most": Level("3", pgettext_lazy("matrix", "most"), "◕", pgettext_lazy("matrix", "Half or more")),
    "some": Level("2", pgettext_lazy("matrix", "some"), "◑", pgettext_lazy("matrix", "Under half")),
    "begun": Level("1", pgettext_lazy("matrix", "begun"), "◔", pgettext_lazy("matrix", "First step")),
    "no": Level("0", pgettext_lazy("matrix", "no"), "○", pgettext_lazy("matrix", "Not begun")),
    "unsure": Level("unsure", "?", "?", pgettext_lazy("matrix", "Reported, not checked")),
    "unknown": Level("na", "-", "-", pgettext_lazy("matrix", "No data")),
}


@dataclass(frozen=True)
class MatrixRow:
    """One row of a matrix: who, and the level of each column. A page may bring levels of its own."""

    name: Any
    levels: Sequence[str]
    url: str = ""
    known: Mapping[str, Level] = field(default_factory=lambda: LEVELS, kw_only=True)

    @property
    def cells(self) -> list[Level]:
        """The levels with their words and signs."""
        return [self.known[level] for level in self.levels]
