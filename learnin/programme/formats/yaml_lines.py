"""YAML text as plain data that remembers the line of every key.

A small, safe part of YAML: mappings, lists, text, whole numbers. No tags, no anchors, no second document. A bare `no`,
`NO` or `on` stays text, so that Norway and Norwegian can be written without quotes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from .problems import Path, Problem, ProgrammeUnreadable, key_of

MOST_BYTES = 1_000_000  # fifteen times the file that ships
DEEPEST = 12  # the schema needs four

# The C scanner where PyYAML has it: the same events, ten times sooner. The stubs do not know it.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Document:
    """The data of a file, and the line where each key or list item starts."""

    file: str
    data: object = None
    lines: dict[Path, int] = field(default_factory=dict)
    twice: list[tuple[Path, int, str]] = field(default_factory=list)

    def repeated_keys(self) -> Iterator[Problem]:
        """Keys that stand twice in the same place."""
        for path, line, reason in self.twice:
            yield self.problem(path, reason, line=line)

    def problem(self, path: Path, reason: str, *, line: int | None = None) -> Problem:
        """A problem at this place; where the place is missing, at the line of what should hold it."""
        near = path
        while near and near not in self.lines:
            near = near[:-1]
        return Problem(self.file, line or self.lines.get(near, 1), key_of(self.data, path), reason)


def read(text: str, *, file: str) -> Document:
    """The document in this text. Raises ProgrammeUnreadable when it is too large or not this part of YAML."""
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise ProgrammeUnreadable([Problem(file, 1, "", f"The file is larger than {MOST_BYTES:,} bytes.")])
    document = Document(file)
    try:
        events = _Events(yaml.parse(text, Loader=_Loader))
        document.data = _document(events, document)
    except _NotAllowed as refused:
        raise ProgrammeUnreadable([Problem(file, refused.line, "", str(refused))]) from refused
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        reason = f"This is not YAML: {broken.problem or broken.context}."
        raise ProgrammeUnreadable([Problem(file, mark.line + 1 if mark else 1, "", reason)]) from broken
    except yaml.YAMLError as broken:
        line = text.count("\n", 0, getattr(broken, "position", 0)) + 1
        raise ProgrammeUnreadable(
            [Problem(file, line, "", "Here stands a character that YAML does not allow.")]
        ) from broken
    return document


class _NotAllowed(Exception):
    """YAML, but not the part of it we read."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


class _Events:
    """The scanner's events, one at a time, with tags and anchors refused."""

    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events

    def next(self) -> Any:
        event = next(self._events)
        line = event.start_mark.line + 1
        if getattr(event, "anchor", None):
            raise _NotAllowed(line, "Anchors (&name, *name) are not used here: write the text again.")
        if getattr(event, "tag", None):
            raise _NotAllowed(line, f"Tags are not used here: remove {event.tag}.")
        return event


def _document(events: _Events, document: Document) -> object:
    """The one document of the stream."""
    events.next()  # the stream starts
    if isinstance(events.next(), yaml.StreamEndEvent):
        return None
    data = _value(events.next(), events, document, ())
    events.next()  # the document ends
    after = events.next()
    if not isinstance(after, yaml.StreamEndEvent):
        raise _NotAllowed(after.start_mark.line + 1, "A second document starts here: keep one in the file.")
    return data


def _value(event: Any, events: _Events, document: Document, path: Path) -> object:
    """What this event begins: a mapping, a list, a number or a text."""
    line = event.start_mark.line + 1
    document.lines.setdefault(path, line)
    if len(path) > DEEPEST:
        raise _NotAllowed(line, f"It is nested more than {DEEPEST} deep.")
    if isinstance(event, yaml.MappingStartEvent):
        return _mapping(events, document, path)
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(events, document, path)
    return _scalar(event)


def _mapping(events: _Events, document: Document, path: Path) -> dict[str, object]:
    """Keys and values; a key that comes twice is a problem, not a silent replacement."""
    found: dict[str, object] = {}
    while not isinstance(event := events.next(), yaml.MappingEndEvent):
        line = event.start_mark.line + 1
        if not isinstance(event, yaml.ScalarEvent):
            raise _NotAllowed(line, "A key has to be a plain word.")
        inner = (*path, event.value)
        if event.value in found:
            first = document.lines[inner]
            document.twice.append((inner, line, f"This key stands twice here, first in line {first}."))
            _value(events.next(), events, document, inner)
            continue
        document.lines[inner] = line
        found[event.value] = _value(events.next(), events, document, inner)
    return found


def _sequence(events: _Events, document: Document, path: Path) -> list[object]:
    """The items of a list."""
    found: list[object] = []
    while not isinstance(event := events.next(), yaml.SequenceEndEvent):
        found.append(_value(event, events, document, (*path, len(found))))
    return found


def _scalar(event: Any) -> object:
    """A whole number or nothing when written without quotes, else the text as it stands."""
    value: str = event.value
    if event.style:
        return value
    if value in {"", "~", "null"}:
        return None
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else value
