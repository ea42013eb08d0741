"""The records of a country or a region, kept ready: whatever comes is compared without beginning again."""

import pickle
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from learnin.compute.relations import candidates as nearest
from learnin.compute.relations.cards import Card, Numbers, card
from learnin.compute.relations.cells import order
from learnin.compute.relations.described import Contribution, Described, Key, Related, Relation
from learnin.compute.relations.features import NAMES, features
from learnin.compute.relations.naming import LEAST, named
from learnin.compute.relations.reasons import reasons
from learnin.compute.relations.scoring import Scores, scored
from learnin.compute.relations.tables import Tables
from learnin.compute.relations.weights import Weights, shipped

NEAREST = 10
FORM = 1  # of what `save` writes; another number cannot be loaded


class Register:
    """Records that can be compared with each other and with new ones. The order in which they came does not matter."""

    def __init__(self, weights: Weights | None = None, *, beside: "Register | None" = None) -> None:
        """`beside`: a large register; this small one, of what changed since, counts a word as rare as that one does."""
        self.weights: Weights = weights or (beside.weights if beside else shipped())
        self._rarity = beside.tables.rarity if beside else None
        self._cards: dict[Key, Card] = {}
        self._tables: Tables | None = None

    @classmethod
    def of(cls, records: Iterable[Described], weights: Weights | None = None) -> "Register":
        """A register of these records; of two with one key the later one stays."""
        register = cls(weights)
        for record in records:
            register.add(record)
        return register

    def __len__(self) -> int:
        return len(self._cards)

    def __contains__(self, key: Key) -> bool:
        return key in self._cards

    def add(self, record: Described) -> None:
        """Take a record in, in place of the one with its key."""
        self._cards[record.key] = card(record)
        self._tables = None

    def discard(self, key: Key) -> None:
        """Let a record go; nothing happens where it is not there."""
        if self._cards.pop(key, None):
            self._tables = None

    @property
    def tables(self) -> Tables:
        """All records side by side; made when first asked for after a change."""
        if self._tables is None:
            self._tables = Tables([self._cards[key] for key in sorted(self._cards, key=order)], self._rarity)
        return self._tables

    def candidates(self, record: Described, k: int = NEAREST, *, across: bool = False) -> list[Key]:
        """The keys of those worth comparing with a record, which need not be in the register.

        Args:
            record: one description, perhaps only a title.
            k: how many by the letters of titles, and again by facts.
            across: also those of other countries.
        Returns:
            At most 2 k keys, in order; never that of the record itself.
        Raises:
            Nothing.
        Source: docs/methods/relations.md, step 2.
        """
        return [self.tables.keys[row] for row in self._near(record, self._query(record), k, across)]

    def related(self, record: Described, least: float = LEAST, *, across: bool = False) -> list[Related]:
        """Those that belong together with a record, which need not be in the register.

        Args:
            record: one description, perhaps only a title, an organisation and a place.
            least: score from which a pair is given, 0 to 1.
            across: also those of other countries.
        Returns:
            Pairs with the record first, the highest score first, then by keys.
        Raises:
            Nothing.
        Source: docs/methods/relations.md.
        """
        query = self._query(record)
        rows = self._near(record, query, NEAREST, across)
        found = _scored(query, np.zeros(len(rows), dtype=np.int64), self.tables, rows, self.weights, least)
        return sorted(found, key=lambda one: (-one.score, order(one.second)))

    def save(self) -> bytes:
        """The records as bytes for a cache of our own: they are pickled, so never load a stranger's."""
        return pickle.dumps((FORM, list(self._cards.values())))

    @classmethod
    def load(cls, saved: bytes, weights: Weights | None = None) -> "Register":
        """What `save` wrote. Raises ValueError where another version wrote it."""
        form, cards = pickle.loads(saved)  # noqa: S301 (our own cache; see `save`)
        if form != FORM:
            raise ValueError(f"Saved in form {form}; this is form {FORM}.")
        register = cls(weights)
        register._cards = {held.record.key: held for held in cards}
        return register

    def _query(self, record: Described) -> Tables:
        return Tables([card(record)], self.tables.rarity)

    def _near(self, record: Described, query: Tables, k: int, across: bool) -> Numbers:
        allowed = np.array([key != record.key for key in self.tables.keys], dtype=bool)
        if record.country and not across:
            allowed &= self.tables.country == record.country
        return nearest.near(self.tables, query, np.flatnonzero(allowed), k)


def pairs(register: Register, least: float = LEAST, *, across: bool = False) -> Iterator[Related]:
    """All pairs of a register that belong together.

    Args:
        register: the records.
        least: score from which a pair is given, 0 to 1.
        across: also pairs of two countries.
    Returns:
        Each pair once, the smaller key first, country by country in the order of keys.
    Raises:
        Nothing.
    Source: docs/methods/relations.md.
    """
    tables = register.tables
    countries = tables.country.astype(str)
    blocks = (
        [np.arange(len(countries))] if across else [np.flatnonzero(countries == one) for one in np.unique(countries)]
    )
    for rows in blocks:
        if len(rows) > 1:
            i, j = nearest.within(tables, rows, NEAREST)
            yield from _scored(tables, i, tables, j, register.weights, least)


def _scored(first: Tables, i: Numbers, second: Tables, j: Numbers, weights: Weights, least: float) -> Iterator[Related]:
    """Those of some pairs whose score is high enough, with their names and reasons."""
    values = features(first, i, second, j)
    beside = j + (0 if first is second else len(first.cards))  # numbers of their own where two tables meet
    scores = scored(weights, values, i, beside)
    kept = np.flatnonzero(scores.score >= least)
    for at, said, added in zip(kept.tolist(), values[kept].tolist(), _rows(weights, values[kept]), strict=True):
        told = dict(zip(NAMES, said, strict=True))
        yield _related(first.cards[i[at]], second.cards[j[at]], told, added, scores, at)


def _rows(weights: Weights, values: NDArray[np.float32]) -> list[list[float]]:
    """What each feature of each pair adds to the log-odds."""
    rows: list[list[float]] = weights.contributions(values).tolist()
    return rows


def _related(one: Card, other: Card, told: Mapping[str, float], added: list[float], scores: Scores, at: int) -> Related:
    score, same, one_text = float(scores.score[at]), float(scores.same[at]), bool(scores.one_text[at])
    relation: Relation = named(one.record, other.record, told, score=score, same=same, one_text=one_text)
    spoke = (Contribution(name, told[name], part) for name, part in zip(NAMES, added, strict=True) if part)
    contributions = tuple(sorted(spoke, key=lambda part: (-abs(part.log_odds), part.feature)))
    why = reasons(one, other, told)
    return Related(one.record.key, other.record.key, score, same, relation, why, contributions)
