"""The records of a country or a region, kept ready: whatever comes is compared without beginning again."""

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from learnin.compute.relations import candidates as nearest
from learnin.compute.relations.cards import Card, Numbers, card
from learnin.compute.relations.cells import order
from learnin.compute.relations.described import Contribution, Described, Key, Related, Relation
from learnin.compute.relations.features import NAMES, hopeful
from learnin.compute.relations.naming import LEAST, named
from learnin.compute.relations.reasons import reasons
from learnin.compute.relations.scoring import Scores, is_hopeful, scored
from learnin.compute.relations.series import Series
from learnin.compute.relations.tables import Tables
from learnin.compute.relations.weights import Weights, shipped

NEAREST = 10
BESIDE = 200  # changes that stand beside what was laid before all is laid anew
SHARE = 20  # or as soon as they are a twentieth of the register: rarity has moved then
FORM = 1  # of what `save` writes; another number cannot be loaded


class Register:
    """Records that can be compared with each other and with new ones. The order in which they came does not matter."""

    def __init__(self, weights: Weights | None = None) -> None:
        self.weights: Weights = weights or shipped()
        self._cards: dict[Key, Card] = {}
        self._laid: Tables | None = None  # all records as they were when last laid side by side
        self._beside: Tables | None = None  # those that came since, weighed as the others are
        self._moved: set[Key] = set()  # what came, went or changed since

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
        """Take a record in, in place of the one with its key. What was laid before it stays as it is."""
        self._cards[record.key] = card(record)
        self._move(record.key)

    def discard(self, key: Key) -> None:
        """Let a record go; nothing happens where it is not there."""
        if self._cards.pop(key, None):
            self._move(key)

    @property
    def tables(self) -> Tables:
        """All records side by side; laid anew when asked for after a change."""
        if self._laid is None or self._moved:
            self._laid = Tables([self._cards[key] for key in sorted(self._cards, key=order)])
            self._beside, self._moved = None, set()
        return self._laid

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
        found = self._near(self._query(record), record, k, across)
        keys = [tables.keys[row] for tables, rows in found for row in rows.tolist()]
        return sorted(keys, key=order)

    def related(self, record: Described, least: float = LEAST, *, across: bool = False) -> list[Related]:
        """Those that belong together with a record, which need not be in the register.

        Until changes are `BESIDE` or a twentieth of the register, a word counts as rare as before them.

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
        near = self._near(query, record, NEAREST, across)
        found = _scored(
            [_compared(query, np.zeros_like(rows), tables, rows, self.weights, least) for tables, rows in near],
            self.weights,
            least,
        )
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

    def _move(self, key: Key) -> None:
        if self._laid is not None:
            self._moved.add(key)
            self._beside = None

    def _sides(self) -> list[Tables]:
        """All records as they are now: those laid before, and those that came since."""
        if self._laid is None or not self._moved or len(self._moved) > min(BESIDE, len(self._cards) / SHARE):
            return [self.tables]
        if self._beside is None:
            came = sorted((key for key in self._moved if key in self._cards), key=order)
            self._beside = Tables([self._cards[key] for key in came], self._laid.rarity)
        return [self._laid, self._beside]

    def _query(self, record: Described) -> Tables:
        return Tables([card(record)], self._sides()[0].rarity)

    def _near(self, query: Tables, record: Described, k: int, across: bool) -> list[tuple[Tables, Numbers]]:
        """The rows nearest to a record, of those that were laid before and of those that came since."""
        country = "" if across else record.country
        sides = self._sides()
        gone = [{*self._moved, record.key}, {record.key}]
        allowed = [tables.others(but, country) for tables, but in zip(sides, gone, strict=False)]
        return [*zip(sides, nearest.near(sides, query, allowed, k), strict=True)]


def pairs(register: Register, least: float = LEAST, *, across: bool = False) -> Iterator[Related]:
    """All pairs of a register that belong together; of a series only each with the next.

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
            series = Series.of(tables, rows)
            i, j = nearest.joined(tables, nearest.within(tables, rows, NEAREST), series.links())
            compared = _compared(tables, i, tables, j, register.weights, least)
            yield from _scored([compared], register.weights, least, series)


@dataclass(frozen=True)
class _Compared:
    """Pairs of records of two tables, with their features."""

    first: Tables
    i: Numbers
    second: Tables
    j: Numbers
    values: NDArray[np.float32]


def _compared(first: Tables, i: Numbers, second: Tables, j: Numbers, weights: Weights, least: float) -> _Compared:
    """The pairs that may come to a score."""
    kept, values = hopeful(first, i, second, j, lambda at_best: is_hopeful(weights, at_best, least))
    return _Compared(first, i[kept], second, j[kept], values)


def _scored(
    parts: Sequence[_Compared], weights: Weights, least: float, series: Series | None = None
) -> Iterator[Related]:
    """Those pairs whose score is high enough, with their names and reasons.

    A record has the same number in all parts on its first side, and one of its own on the second side of each part,
    unless both sides are one register.
    """
    values = np.concatenate([part.values for part in parts])
    i, j = np.concatenate([part.i for part in parts]), np.concatenate([*_numbered(parts)])
    cards = [pair for part in parts for pair in zip(part.i.tolist(), part.j.tolist(), repeat(part))]
    scores = scored(weights, values, i, j)
    told_of = series.tells(i, j) if series else np.ones(len(i), dtype=bool)
    kept = np.flatnonzero((scores.score >= least) & told_of)
    for at, said, added in zip(kept.tolist(), values[kept].tolist(), _rows(weights, values[kept]), strict=True):
        told = dict(zip(NAMES, said, strict=True))
        one, other, part = cards[at]
        yield _related(part.first.cards[one], part.second.cards[other], told, added, scores, at)


def _numbered(parts: Sequence[_Compared]) -> Iterator[Numbers]:
    start = 0
    for part in parts:
        if part.first is not part.second:
            start = start or len(part.first.cards)
            yield part.j + start
            start += len(part.second.cards)
        else:
            yield part.j


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
