"""Cards as sparse tables: one row for each title or record, weighted by how rare a word or a run of letters is."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from learnin.compute.relations.cards import FIELDS, GRAMS, WORDS, Card, Numbers
from learnin.compute.relations.described import Key

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
SETS = (*FIELDS, "concepts", "numbers", "partners", "organisations")


@dataclass(frozen=True)
class Rarity:
    """How much it says that two records share a run of letters, a word, or a fact: ln((1 + n) / (1 + in how many)) + 1.

    Source: the smoothed inverse document frequency of Manning, Raghavan and Schütze (2008), Introduction to Information
    Retrieval, section 6.2, with one added so that what everybody has still counts.
    """

    count: int
    held: Numbers  # in how many rows each place is

    @classmethod
    def of(cls, rows: Sequence[Numbers], width: int) -> "Rarity":
        """Counted among these rows."""
        return cls(len(rows), np.bincount(_joined(rows), minlength=width))

    def __call__(self, places: Numbers) -> Floats:
        """The rarity of each of these places."""
        return np.log((1 + self.count) / (1 + self.held[places])) + 1


@dataclass(frozen=True)
class Rarities:
    """Of runs of letters among titles, of words and of facts among records."""

    grams: Rarity
    words: Rarity
    facts: Rarity

    @classmethod
    def of(cls, cards: Sequence[Card]) -> "Rarities":
        """Counted among these records."""
        return cls(
            Rarity.of([grams for card in cards for grams in card.grams], GRAMS),
            Rarity.of([np.union1d(card.words, card.description) for card in cards], WORDS),
            Rarity.of([card.facts for card in cards], WORDS),
        )


class Tables:
    """The cards of some records, in the order of their keys."""

    def __init__(self, cards: Sequence[Card], rarity: Rarities | None = None) -> None:
        self.cards = cards
        self.rarity = rarity or Rarities.of(cards)
        self.keys: list[Key] = [card.record.key for card in cards]
        self.titles = [title for card in cards for title in card.titles]
        self.ordered = [title for card in cards for title in card.ordered]
        counts = np.array([len(card.titles) for card in cards], dtype=np.int64)
        self.first = np.concatenate([[0], np.cumsum(counts)])[:-1].astype(np.int64)  # row of the first title
        self.several = counts
        self.owner = np.repeat(np.arange(len(cards)), counts)
        self.bags = [dict(zip(card.tokens, self._rare(card), strict=True)) for card in cards]
        self.reporters = [card.reporter for card in cards]
        self.begins = np.array([card.begins for card in cards], dtype=np.float64)
        self.ends = np.array([card.ends for card in cards], dtype=np.float64)
        self.budget = np.array([card.budget for card in cards], dtype=np.float64)
        self.currency = np.array([card.record.currency for card in cards], dtype=object)
        self.country = np.array([card.record.country for card in cards], dtype=object)
        self._countries: dict[str, Mask] = {}

    def _rare(self, card: Card) -> list[float]:
        """The rarity of the words of a record's titles, in their order."""
        return [float(one) for one in self.rarity.words(card.places).tolist()]

    def others(self, but: Collection[Key], country: str) -> Mask:
        """Which records may be found: of this country, or of any where it is "", and none of these keys."""
        found = self._of(country).copy() if country else np.ones(len(self.cards), dtype=bool)
        found[[self.row[key] for key in but if key in self.row]] = False
        return found

    def _of(self, country: str) -> Mask:
        """Which records are of a country."""
        if country not in self._countries:
            self._countries[country] = np.asarray(self.country == country, dtype=bool)
        return self._countries[country]

    @cached_property
    def row(self) -> dict[Key, int]:
        """Where each record stands."""
        return {key: row for row, key in enumerate(self.keys)}

    @cached_property
    def grams(self) -> sparse.csr_array:
        """Titles by runs of letters, each row of length one."""
        return _unit(_table([grams for card in self.cards for grams in card.grams], GRAMS, self.rarity.grams))

    @cached_property
    def words(self) -> sparse.csr_array:
        """Records by words of their titles: the square root of rarity, so that a product sums rarities."""
        return _table([card.words for card in self.cards], WORDS, lambda at: np.sqrt(self.rarity.words(at)))

    @cached_property
    def names(self) -> sparse.csr_array:
        """Records by those words that have no meaning of their own."""
        return _table([card.names for card in self.cards], WORDS, lambda at: np.sqrt(self.rarity.words(at)))

    @cached_property
    def descriptions(self) -> sparse.csr_array:
        """Records by words of their descriptions, each row of length one."""
        return _unit(_table([card.description for card in self.cards], WORDS, self.rarity.words))

    @cached_property
    def facts(self) -> sparse.csr_array:
        """Records by what is the same in every language, each row of length one."""
        return _unit(_table([card.facts for card in self.cards], WORDS, self.rarity.facts))

    @cached_property
    def meaning(self) -> sparse.csr_array:
        """Records by concepts, each row of length one."""
        return _unit(_table([card.sets["concepts"] for card in self.cards], WORDS, self.rarity.facts))

    @cached_property
    def sets(self) -> dict[str, sparse.csr_array]:
        """Records by codes, one table for each field."""
        return {field: _table([card.sets[field] for card in self.cards], WORDS, _one) for field in SETS}

    @cached_property
    def weights(self) -> dict[str, Floats]:
        """For each table of words or codes, what each record has in it altogether."""
        sums = {"words": _total(self.words), "names": _total(self.names), "descriptions": _told(self.descriptions)}
        return sums | {field: _total(table) for field, table in self.sets.items()}


def product(first: sparse.csr_array, i: Numbers, second: sparse.csr_array, j: Numbers) -> Floats:
    """Of each pair of rows, the sum of the products of their cells."""
    return np.asarray(first[i].multiply(second[j]).sum(axis=1), dtype=np.float64).ravel()


def _joined(rows: Sequence[Numbers]) -> Numbers:
    return np.concatenate([np.empty(0, dtype=np.int64), *rows])


def _one(places: Numbers) -> Floats:
    return np.ones(len(places))


def _table(rows: Sequence[Numbers], width: int, weight: Callable[[Numbers], Floats]) -> sparse.csr_array:
    lengths = np.fromiter((len(row) for row in rows), dtype=np.int64, count=len(rows))
    places = _joined(rows)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    narrow = np.int32 if len(places) < 2**31 else np.int64
    parts = (weight(places), places.astype(narrow), starts.astype(narrow))
    return sparse.csr_array(parts, shape=(len(rows), width))


def _unit(table: sparse.csr_array) -> sparse.csr_array:
    """Every row divided by its length; an empty row stays empty."""
    per_row = np.diff(table.indptr)
    lengths = np.ones(table.shape[0])
    lengths[per_row > 0] = np.sqrt(np.add.reduceat(np.append(table.data**2, 0.0), table.indptr[:-1])[per_row > 0])
    return sparse.csr_array((table.data / np.repeat(lengths, per_row), table.indices, table.indptr), shape=table.shape)


def _total(table: sparse.csr_array) -> Floats:
    return np.asarray(table.multiply(table).sum(axis=1), dtype=np.float64).ravel()


def _told(table: sparse.csr_array) -> Floats:
    return np.asarray(np.diff(table.indptr) > 0, dtype=np.float64)
