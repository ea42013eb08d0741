"""One record out of two of the same initiative, part by part as somebody chose, and back again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from learnin.initiatives.formats.record import Identifier, Record


class From(StrEnum):
    """Which of the two a part is taken from."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"


@dataclass(frozen=True)
class Part:
    """Fields that are chosen together. `may_both`: those of one are added to those of the other without harm."""

    fields: tuple[str, ...]
    may_both: bool = False


PARTS: Mapping[str, Part] = {
    "titles": Part(("titles", "language"), may_both=True),
    "descriptions": Part(("descriptions",), may_both=True),
    "reporter": Part(("reporter", "is_secondary")),
    "parties": Part(("parties",), may_both=True),
    "status": Part(("status",)),
    "dates": Part(("planned_start", "actual_start", "planned_end", "actual_end")),
    "scope": Part(("scope", "countries", "regions")),
    "places": Part(("places",), may_both=True),
    "themes": Part(("themes",), may_both=True),
    "audiences": Part(("audiences",), may_both=True),
    "components": Part(("components",), may_both=True),
    "sectors": Part(("sectors",)),
    "isced": Part(("isced",), may_both=True),
    "sdg": Part(("sdg",), may_both=True),
    "people": Part(("people",)),
    "money": Part(("money",)),
    "links": Part(("links",), may_both=True),
    "contact": Part(("contact",)),
    "related": Part(("related",), may_both=True),
}
"""Shares, people and money of the two are never added up: they are the same ones, told twice."""


def differing(first: Record, second: Record) -> list[str]:
    """The parts in which two records differ, in the order of `PARTS`."""
    return [name for name, part in PARTS.items() if _values(first, part) != _values(second, part)]


def usual(first: Record, second: Record, name: str) -> From:
    """What is chosen where nobody chooses: the first, or where the second tells all of it and more, the second.

    Where each tells something that the other does not, both, if they may be put together.
    """
    part = PARTS[name]
    mine, theirs = _values(first, part), _values(second, part)
    both = tuple(_both(*pair) for pair in zip(mine, theirs, strict=True))
    if part.may_both and both != mine:
        return From.SECOND if both == theirs else From.BOTH
    return From.SECOND if mine == _values(Record(), part) else From.FIRST


def is_more(first: Record, second: Record, name: str) -> bool:
    """Whether both together tell more than either alone, and may be put together."""
    return usual(first, second, name) is From.BOTH


def merged(first: Record, second: Record, chosen: Mapping[str, From]) -> Record:
    """The first record with those parts of the second that were chosen, and the numbers of both."""
    changes: dict[str, Any] = {}
    for name in differing(first, second):
        part, side = PARTS[name], chosen.get(name, usual(first, second, name))
        for field in part.fields:
            mine, theirs = getattr(first, field), getattr(second, field)
            both = _both(mine, theirs) if part.may_both else mine
            changes[field] = {From.FIRST: mine, From.SECOND: theirs, From.BOTH: both}[side]
    return replace(first, **changes, identifiers=_numbers(first, second))


def undone(now: Record, before: Record, after: Record) -> Record:
    """The record as it was before a merge; a field that somebody changed since the merge stays as it is now."""
    fields = Record.__dataclass_fields__
    kept = {name: getattr(before, name) for name in fields if getattr(now, name) == getattr(after, name)}
    return replace(now, **kept)


def _values(record: Record, part: Part) -> tuple[object, ...]:
    return tuple(getattr(record, field) for field in part.fields)


def _both(mine: Any, theirs: Any) -> Any:
    """The first one's things, then those that only the second has; of texts in one language the first one's."""
    if not isinstance(mine, tuple):
        return mine or theirs
    here = {_what(one) for one in mine}
    return (*mine, *(one for one in theirs if _what(one) not in here))


def _what(one: Any) -> Any:
    """What makes two things of a list the same: texts by their language and purpose."""
    return (getattr(one, "purpose", ""), one.language) if hasattr(one, "words") else one


def _numbers(first: Record, second: Record) -> tuple[Identifier, ...]:
    """The other numbers of both, and the own number of the second, so that it is still found by it."""
    found = [*first.identifiers, *second.identifiers]
    if second.identifier and second.identifier != first.identifier:
        found.append(Identifier(second.identifier, "A9", second.reporter.name))
    known = {first.identifier, ""}
    return tuple({one.value: one for one in reversed(found) if one.value not in known}.values())[::-1]
