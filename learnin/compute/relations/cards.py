"""A record made ready for comparing: its texts folded, its words and codes as numbers. Made once for each record."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from learnin.compute.folding import sounds
from learnin.compute.relations import words
from learnin.compute.relations.described import Described

Numbers = NDArray[np.int64]
GRAM = 4  # letters of one run
LETTERS = 37  # a-z, 0-9 and the space: all that folding leaves
GRAMS = LETTERS**GRAM
WORDS = 2**21  # places for words and codes; of 50,000 words about one in forty shares its place with another
LONG = 600  # letters of a description that are read: what comes later is mostly the programme's own words
FIELDS = ("places", "themes", "audiences", "components", "sectors", "identifiers")
EMPTY = np.empty(0, dtype=np.int64)
_PLACE_OF = np.zeros(256, dtype=np.int64)
_PLACE_OF[[ord(letter) for letter in " abcdefghijklmnopqrstuvwxyz0123456789"]] = np.arange(LETTERS)


@dataclass(frozen=True, slots=True)
class Card:
    """What comparing needs of a record. Arrays hold sorted places of `GRAMS` or `WORDS`, without repetition."""

    record: Described
    titles: tuple[str, ...]
    ordered: tuple[str, ...]  # the titles with their words in alphabetical order
    reporter: str
    grams: tuple[Numbers, ...]  # of each title
    tokens: tuple[str, ...]  # the words of all titles
    places: Numbers  # where each of them is, in their order
    words: Numbers  # the same sorted, as of everything below
    names: Numbers  # those of them that mean nothing in the list of terms: names of places, schools, projects
    description: Numbers
    facts: Numbers  # what is the same in every language
    sets: dict[str, Numbers]
    begins: float  # days since year 1; not a number where it is not told
    ends: float
    budget: float


def card(record: Described) -> Card:
    """Make a record ready.

    Args:
        record: one description; a title is enough.
    Returns:
        Its card.
    Raises:
        Nothing.
    Source: docs/methods/relations.md.

    >>> one = card(Described("a", titles=("Обнова школа, фаза II",)))
    >>> one.titles, len(one.sets["numbers"]), len(one.sets["concepts"])
    (('obnova skola faza i',), 1, 3)
    """
    folded = tuple(sounds(title) for title in record.titles) or ("",)
    every = dict.fromkeys(word for title in folded for word in title.split())
    means = {word: words.concepts(word) for word in every}
    names = [word for word, concepts in means.items() if not concepts and len(word) > 2 and not word.isdigit()]
    told = _sets(record, [concept for concepts in means.values() for concept in concepts])
    budget = record.budget if record.budget and record.budget > 0 else np.nan
    return Card(
        record=record,
        titles=folded,
        ordered=tuple(" ".join(sorted(title.split())) for title in folded),
        reporter=words.organisation(record.reporter.split("\n")[0]) if record.reporter.strip() else "",
        grams=tuple(_grams(title) for title in folded),
        tokens=tuple(every),
        places=np.array([_place("word", word) for word in every], dtype=np.int64),
        words=_places("word", every),
        names=_places("word", names),
        description=_description(record),
        facts=_facts(record, told, names, budget),
        sets={field: _places(field, found) for field, found in told.items()},
        begins=_day(record.begins),
        ends=_day(record.ends),
        budget=budget,
    )


def _sets(record: Described, concepts: list[str]) -> dict[str, frozenset[str]]:
    """Everything that is a set, folded where people wrote it."""
    found = {field: frozenset(map(_code, getattr(record, field))) for field in FIELDS}
    reporters = frozenset(words.organisations(record.reporter))
    partners = frozenset(one for _role, name in record.organisations for one in words.organisations(name))
    return {
        **found,
        "concepts": frozenset(concepts) - {"project"},
        "numbers": frozenset[str]().union(*map(words.numbers, record.titles)),
        "reporters": reporters,
        "partners": partners - reporters,
        "organisations": reporters | partners | frozenset[str]().union(*map(words.named, record.titles)),
    }


def _description(record: Described) -> Numbers:
    text = sounds(" ".join(record.descriptions)[:LONG])
    return _places("word", [word for word in text.split() if len(word) > 2])


def _facts(record: Described, told: dict[str, frozenset[str]], names: list[str], budget: float) -> Numbers:
    """Concepts, names, numbers, organisations, codes, the months of beginning and end, the budget in steps of 5 %."""
    found = [_place(field, one) for field, codes in told.items() if field != "reporters" for one in codes]
    found += [_place("word", name) for name in names]
    days = (("begins", record.begins), ("ends", record.ends))
    found += [_place(what, f"{day:%Y-%m}") for what, day in days if day]
    if not np.isnan(budget):
        step = int(np.log(budget) * 20)
        found += [_place("budget", f"{record.currency}{near}") for near in (step, step + 1)]
    return np.array(sorted({*found}), dtype=np.int64)


def _grams(folded: str) -> Numbers:
    """Runs of four letters, a space before and after the text."""
    at = _PLACE_OF[np.frombuffer(f"  {folded}  ".encode("ascii"), dtype=np.uint8)]
    run = at[: len(at) - GRAM + 1].copy()
    for shift in range(1, GRAM):
        run = run * LETTERS + at[shift : len(at) - GRAM + 1 + shift]
    return np.unique(run)


def _places(field: str, found: "frozenset[str] | list[str] | dict[str, None]") -> Numbers:
    return np.array(sorted({_place(field, one) for one in found}), dtype=np.int64) if found else EMPTY


@lru_cache(maxsize=2**18)
def _place(field: str, text: str) -> int:
    """The same place for the same text in every process."""
    return crc32(f"{field}:{text}".encode()) % WORDS


@lru_cache(maxsize=2**16)
def _code(text: str) -> str:
    return sounds(text)


def _day(day: date | None) -> float:
    return float(day.toordinal()) if day else np.nan
