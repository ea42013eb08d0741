"""How far a questionnaire is in each language, text by text."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnin.assessment.formats.definition import Definition, definition
from learnin.assessment.formats.words import Line, Word, words
from learnin.assessment.formats.workbook import Book
from learnin.assessment.models import Version, WordState

STATES: dict[str, str | Promise] = {
    "missing": _("Missing"),
    "stale": _("Source has changed"),
    "check": _("To check"),
    "done": _("Done"),
}
LOOKS = {"missing": "late", "stale": "wait", "check": "doing", "done": "done"}


@dataclass(frozen=True)
class Entry:
    """One text in two languages."""

    word: Word
    source: str
    target: str
    state: str
    by: str = ""

    @property
    def look(self) -> str:
        """How its state is drawn."""
        return LOOKS[self.state]

    @property
    def said(self) -> str | Promise:
        """Its state in words."""
        return STATES[self.state]


class Workbench:
    """A draft from one language into another."""

    def __init__(self, version: Version, source: str = "", target: str = "") -> None:
        self.version = version
        self.asked: Definition = definition(Book.from_json(version.book))
        languages = self.asked.languages
        self.source = source if source in languages else self.asked.default_language
        others = [one for one in languages if one != self.source]
        self.target = target if target in others else (others[0] if others else "")

    @cached_property
    def entries(self) -> list[Entry]:
        """Every text that the source language has, in order."""
        kept = self.version.instrument.words.filter(language=self.target).select_related("by")
        states = {one.key: one for one in kept}
        return [self._entry(one, states.get(one.key)) for one in words(self.asked) if self.source in one.texts]

    def _entry(self, one: Word, kept: WordState | None) -> Entry:
        target = one.texts.get(self.target, "")
        state = "check"
        if not target:
            state = "missing"
        elif kept is not None:
            state = {"stale": "stale", "checked": "done"}.get(kept.state, "check")
        return Entry(one, one.texts[self.source], target, state, str(kept.by) if kept and target else "")

    def of(self, state: str) -> list[Entry]:
        """The texts in this state; all without one."""
        return [one for one in self.entries if state in {"", one.state}]

    @property
    def counts(self) -> Counter[str]:
        """How many texts are in each state."""
        return Counter(one.state for one in self.entries)

    @property
    def lines(self) -> list[Line]:
        """The texts as a file for translators has them."""
        return [Line(one.word.key, one.source, one.target, one.state, one.word.place) for one in self.entries]

    def changes(self, lines: Iterable[Line]) -> tuple[list[tuple[Entry, str]], list[Line]]:
        """What a file that came back would change, and its lines whose source is no longer the same or not there."""
        known = {one.word.key: one for one in self.entries}
        found: dict[str, tuple[Entry, str]] = {}
        other: list[Line] = []
        for line in lines:
            entry, text = known.get(line.key), line.target.strip()
            if not text:
                continue
            if entry is None or (line.source and line.source.strip() != entry.source):
                other.append(line)
            elif text != entry.target:
                found[line.key] = (entry, text)
        return list(found.values()), other
