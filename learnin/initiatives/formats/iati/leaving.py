"""What is left out of a record on its way out, and told."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from typing import Any, TypeVar

from learnin.initiatives.formats.iati.doubts import Doubt, shown
from learnin.initiatives.formats.iati.pieces import FIRST, LAST
from learnin.initiatives.formats.record import Level, Problem

T = TypeVar("T")

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no way to write."""


@dataclass
class Left:
    """What is left out, in words."""

    identifier: str
    problems: list[Problem] = field(default_factory=list)

    def out(self, doubt: Doubt, place: str, said: object = "", level: Level = Level.WARNING) -> None:
        """Tell what is left out; an error leaves out the record."""
        self.problems.append(Problem(doubt.value, 0, place, shown(str(said)), level, self.identifier))

    def unless(self, holds: bool, doubt: Doubt, place: str, said: object = "") -> bool:
        """Tell what is left out unless this holds; whether it does."""
        if not holds:
            self.out(doubt, place, said)
        return holds


def clean(value: T, place: str, left: Left) -> T:
    """The same without characters that XML cannot write and blanks around; on one line, except for descriptions."""
    found: Any = value
    if isinstance(value, str) and type(value) is str:
        lines = place == "descriptions/words"
        found = _NOT_XML.sub("", value).replace("\r\n", "\n").replace("\r", "\n")
        if _NOT_XML.search(value):
            left.out(Doubt.WRITE_CHARACTERS, place, found)
        found = found.strip() if lines else " ".join(found.split())
    elif isinstance(value, tuple):
        found = tuple(clean(one, place, left) for one in value)
    elif is_dataclass(value) and not isinstance(value, type):
        parts = {one.name: getattr(value, one.name) for one in fields(value)}
        found = replace(
            value, **{name: clean(part, f"{place}/{name}".lstrip("/"), left) for name, part in parts.items()}
        )
    result: T = found
    return result


def said(values: Iterable[T], what: Callable[[T], str], place: str, left: Left) -> tuple[T, ...]:
    """Those that say something."""
    return tuple(one for one in values if left.unless(bool(what(one)), Doubt.WRITE_EMPTY, place))


def code(said: str, known: Callable[[str], bool], place: str, left: Left, *, empty: bool = True) -> str:
    """The code if it is known, else none."""
    return said if (empty and not said) or left.unless(known(said), Doubt.WRITE_CODE, place, said) else ""


def day(on: date | None, place: str, left: Left) -> date | None:
    """The day if programs do not write it for "unknown"."""
    return on if on is None or left.unless(FIRST <= on <= LAST, Doubt.DATE_FAR, place, on) else None
