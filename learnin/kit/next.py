"""What waits for a person. Each app that knows of something registers a source from `ready()`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Next:
    """One thing to do: a verb first, why, and by when. The smaller the rank, the sooner it is shown."""

    do: str
    url: str
    why: str = ""
    due_on: date | None = None
    rank: int = 50


Source = Callable[[Any, Any, date], Iterable[Next]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Add a source: given a person, a place and today, it tells what waits for this person there."""
    if source not in _sources:
        _sources.append(source)
    return source


def for_person(person: Any, place: Any, today: date, *, most: int = 3) -> list[Next]:
    """What waits for the person here: late things first, then by rank and day."""
    waiting = [thing for source in _sources for thing in source(person, place, today)]
    waiting.sort(
        key=lambda thing: (
            not (thing.due_on and thing.due_on < today),
            thing.rank,
            thing.due_on or date.max,
            thing.do,
        )
    )
    return waiting[:most]
