"""Different initiatives that meet: one region, the same people, one theme, one time, and not the same text."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from learnin.compute.relations import words
from learnin.compute.relations.described import Described, Key
from learnin.compute.relations.naming import TEXT, shared_days


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two initiatives that meet, with what they share; `rank` from 0 to 1 says how much of both it is."""

    first: Key
    second: Key
    rank: float
    places: tuple[str, ...]
    audiences: tuple[str, ...]
    themes: tuple[str, ...]
    days: int


def overlaps(records: Iterable[Described], most: int = 1_000) -> list[Overlap]:
    """All overlaps among records that have codes, those that share most first.

    Args:
        records: one register; records without places, themes, audiences or a beginning overlap with none.
        most: how many to give.
    Returns:
        Overlaps, by falling rank, then by keys.
    Raises:
        Nothing.
    Source: docs/methods/relations.md, overlaps.

    >>> from datetime import date
    >>> shared = {"country": "RS", "begins": date(2024, 1, 1), "ends": date(2024, 12, 31),
    ...           "places": frozenset({"RS-00"}), "themes": frozenset({"tools"}), "audiences": frozenset({"teachers"})}
    >>> pair = [Described(1, titles=("Tablets",), **shared), Described(2, titles=("Courses online",), **shared)]
    >>> [(found.first, found.second, found.rank, found.days) for found in overlaps(pair)]
    [(1, 2, 1.0, 366)]
    """
    ready = {record.key: record for record in records}
    found = [one for pair in _meeting(ready) if (one := _overlap(ready[pair[0]], ready[pair[1]]))]
    return sorted(found, key=lambda one: (-one.rank, order(one.first), order(one.second)))[:most]


def _meeting(ready: dict[Key, Described]) -> Iterator[tuple[Key, Key]]:
    """Pairs that share a country, a region, a theme and an audience, each once."""
    cells: dict[tuple[str, str, str, str], list[Key]] = defaultdict(list)
    for record in ready.values():
        if record.begins:
            for place in record.places:
                for theme in record.themes:
                    for audience in record.audiences:
                        cells[record.country, place, theme, audience].append(record.key)
    for cell, keys in cells.items():
        for one, other in combinations(sorted(keys, key=order), 2):
            if cell == _first_cell(ready[one], ready[other]):
                yield one, other


def _first_cell(one: Described, other: Described) -> tuple[str, str, str, str]:
    """The cell in which a pair that meets in several is looked at."""
    return (
        one.country,
        min(one.places & other.places),
        min(one.themes & other.themes),
        min(one.audiences & other.audiences),
    )


def _overlap(one: Described, other: Described) -> Overlap | None:
    days = shared_days(one, other)
    if not days or _same_text(one, other):
        return None
    fields = ((one.places, other.places), (one.themes, other.themes), (one.audiences, other.audiences))
    shares = [len(mine & theirs) / len(mine | theirs) for mine, theirs in fields]
    spans = [shared_days(record, record) for record in (one, other) if record.ends]
    shares.append(days / min(spans) if len(spans) == 2 else 0.5)  # without an end, half is as good as known
    rank = 1.0
    for share in shares:
        rank *= share
    places, themes, audiences = (tuple(sorted(mine & theirs)) for mine, theirs in fields)
    return Overlap(one.key, other.key, rank ** (1 / len(shares)), places, audiences, themes, days)


def _same_text(one: Described, other: Described) -> bool:
    from rapidfuzz import fuzz

    titles = [[words.folded(title) for title in record.titles] for record in (one, other)]
    return any(fuzz.token_sort_ratio(mine, theirs) >= 100 * TEXT for mine in titles[0] for theirs in titles[1])


def order(key: Key) -> tuple[bool, int, str]:
    """How keys are ordered: numbers first, then words."""
    return (isinstance(key, str), key if isinstance(key, int) else 0, str(key))
