"""Made records of activities that nobody has: what a larger register holds besides the real ones.

A larger register has more of everything, so strangers must crowd as real records do: no more twins, no fewer
neighbours. `docs/decisions/0023-made-strangers.md` says how that was measured.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from learnin.compute.relations import Described
from learnin.compute.relations.words import folded
from make.relations import copies

PIECES = (2, 3, 4)  # titles of which a stranger's title is put together
PARTS = 0.03  # of the strangers that are another phase or site of a programme: as many real records have one so near
TRIES = 50  # draws for each stranger that is wanted; fewer than two are needed on real records
Title = tuple[str, str]


class TooFewRecords(Exception):
    """There is not enough to make so many different strangers of."""


def strangers(found: Sequence[Described], count: int, chance: random.Random) -> list[Described]:
    """So many new activities of the kind of these records.

    Args:
        found: records of which no two have one country and title.
        count: how many are wanted.
        chance: where luck comes from.
    Returns:
        Records of which none has the country and title of another one or of a found one.
    Raises:
        TooFewRecords: so many different ones cannot be made.
    Source: docs/decisions/0023-made-strangers.md.
    """
    taken, made = {_title(record) for record in found}, list[Described]()
    drawn = _drawn(found, made, chance)
    for _try in range(TRIES * count):
        if len(made) == count:
            break
        one = next(drawn)
        if len(_title(one)[1]) > 3 and _title(one) not in taken:  # as in `task.single`
            taken.add(_title(one))
            made.append(one)
    if len(made) < count:
        raise TooFewRecords(f"{len(made)} of {count} strangers out of {len(found)} records.")
    return made


def _drawn(found: Sequence[Described], made: Sequence[Described], chance: random.Random) -> Iterator[Described]:
    """Draws without an end, good or not."""
    homes: dict[str, list[Described]] = defaultdict(list)
    for record in found:
        homes[record.country].append(record)
    places = sorted({place for record in found for place in record.places}) or ["Novi"]
    while True:
        if made and chance.random() < PARTS:
            yield copies.part(chance.choice(made), 0, chance, places)
        else:
            yield _stranger(homes[chance.choice(found).country], chance)


def _stranger(home: Sequence[Described], chance: random.Random) -> Described:
    """A title in pieces out of some records of a country; reporter, days, money and places of one other of it."""
    pieces = chance.choice(PIECES)
    *said, told = chance.sample(home, min(pieces + 1, len(home))) if len(home) > 1 else (home[0], home[0])
    words = [_piece(record.titles[0].split(), at / len(said), (at + 1) / len(said)) for at, record in enumerate(said)]
    return replace(
        told,
        key=0,
        titles=(" ".join(word for piece in words for word in piece),),
        descriptions=told.descriptions if chance.random() < 0.5 else (),
        budget=told.budget * chance.lognormvariate(0, 0.3) if told.budget else None,
        identifiers=frozenset(),
    )


def _piece(words: Sequence[str], low: float, high: float) -> Sequence[str]:
    return words[round(len(words) * low) : round(len(words) * high)]


def _title(record: Described) -> Title:
    return record.country, folded(record.titles[0])
