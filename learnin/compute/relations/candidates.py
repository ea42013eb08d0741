"""Which records are worth comparing: of each the nearest few, by letters of the title and by facts."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from learnin.compute.relations.cards import Numbers
from learnin.compute.relations.tables import Floats, Mask, Tables

HELD = 30  # of each row, the rarest letters or facts that look for others: more finds little and costs much
LEAST = 0.12  # a likeness below this is chance
COMMON = 2_000  # what more rows share than this finds nobody by itself
ROWS = 2_000  # of one product at a time, which keeps its result small
Pairs = tuple[Numbers, Numbers]


def near(sides: Sequence[Tables], query: Tables, allowed: Sequence[Mask], k: int) -> list[Numbers]:
    """The rows of a register that are nearest to one record that need not be in it.

    Args:
        sides: the tables of the register; one, or several with one rarity.
        query: tables of the one record, with that rarity.
        allowed: of each table, which rows may be found.
        k: how many by each of letters and facts.
    Returns:
        Of each table some rows, ascending; altogether at most 2 k.
    Raises:
        Nothing.
    Source: docs/methods/relations.md, step 2.
    """
    may = np.concatenate(allowed)
    letters = np.concatenate([_by_letters(tables, query) for tables in sides])
    facts = np.concatenate([_dot(tables.facts, query.facts, 0) for tables in sides])
    found = np.unique(np.concatenate([_top(np.where(may, likeness, 0), k) for likeness in (letters, facts)]))
    ends = np.cumsum([len(tables.cards) for tables in sides])
    starts = np.concatenate([[0], ends[:-1]])
    return [found[(found >= low) & (found < high)] - low for low, high in zip(starts, ends, strict=True)]


def _by_letters(tables: Tables, query: Tables) -> Floats:
    """Of each record, the likeness of its likest title."""
    best = np.zeros(len(tables.cards))
    for title in range(query.grams.shape[0]):
        np.maximum.at(best, tables.owner, _dot(tables.grams, query.grams, title))
    return best


def within(tables: Tables, rows: Numbers, k: int) -> Pairs:
    """Pairs of records of which one is among the k nearest of the other.

    Args:
        tables: the register.
        rows: the rows to compare with each other, ascending.
        k: how many of each, by letters and again by facts.
    Returns:
        Two arrays of rows; the first of a pair is the smaller, and no pair comes twice.
    Raises:
        Nothing.
    Source: docs/methods/relations.md, step 2.
    """
    titles, itself = np.flatnonzero(np.isin(tables.owner, rows)), np.arange(len(tables.cards))
    codes = [_pairs(tables.grams, titles, tables.owner, k), _pairs(tables.facts, rows, itself, k)]
    return _parted(tables, codes)


def joined(tables: Tables, *found: Pairs) -> Pairs:
    """Pairs of several findings, each once and in order."""
    return _parted(tables, [i * len(tables.cards) + j for i, j in found])


def _parted(tables: Tables, codes: Sequence[Numbers]) -> Pairs:
    both = np.unique(np.concatenate(codes))
    return both // len(tables.cards), both % len(tables.cards)


def _pairs(table: sparse.csr_array, rows: Numbers, owner: Numbers, k: int) -> Numbers:
    """Pairs of owners as one number each: smaller times the number of owners, plus larger."""
    short = _held(table[rows])
    turned = short.T.tocsr()
    found = [np.empty(0, dtype=np.int64)]
    for start in range(0, len(rows), ROWS):
        part = short[start : start + ROWS] @ turned
        for row, column in _nearest(part, start, k):
            one, other = owner[rows[row]], owner[rows[column]]
            small, large = np.minimum(one, other), np.maximum(one, other)
            found.append((small * (owner[-1] + 1) + large)[small < large])
    return np.unique(np.concatenate(found))


def _held(table: sparse.csr_array) -> sparse.csr_array:
    """Only what is shared by two rows or more, and by few; of that the weightiest of each row. Columns are packed."""
    columns, packed, counts = np.unique(table.indices, return_inverse=True, return_counts=True)
    row = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    data = table.data
    kept = (counts[packed] > 1) & (counts[packed] <= COMMON)
    row, packed, data = row[kept], packed[kept], data[kept]
    order = np.lexsort((packed, -np.round(data, 9), row))
    row, packed, data = row[order], packed[order], data[order]
    starts = np.searchsorted(row, np.arange(table.shape[0]))
    rank = np.arange(len(row)) - starts[row]
    row, packed, data = row[rank < HELD], packed[rank < HELD], data[rank < HELD]
    return sparse.csr_array((data, (row, packed)), shape=(table.shape[0], max(1, len(columns))))


def _nearest(part: sparse.csr_array, start: int, k: int) -> Iterator[Pairs]:
    """Of each row of a product the k largest cells but its own; of equal ones those with the smaller column."""
    row = np.repeat(np.arange(part.shape[0]), np.diff(part.indptr))
    column, data = part.indices, np.round(part.data, 9)
    kept = (data >= LEAST) & (column != row + start)
    row, column, data = row[kept], column[kept], data[kept] - column[kept] * 1e-12
    edges = np.searchsorted(row, np.arange(part.shape[0] + 1))
    chosen = [
        low + np.argpartition(-data[low:high], k)[:k] if high - low > k else np.arange(low, high)
        for low, high in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)
        if high > low
    ]
    if chosen:
        at = np.concatenate(chosen)
        yield (row[at] + start).astype(np.int64), column[at].astype(np.int64)


def _dot(table: sparse.csr_array, query: sparse.csr_array, row: int) -> Floats:
    low, high = query.indptr[row], query.indptr[row + 1]
    dense = np.zeros(table.shape[1])
    dense[query.indices[low:high]] = query.data[low:high]
    return np.asarray(table @ dense)


def _top(likeness: NDArray[np.float64], k: int) -> Numbers:
    rows = np.flatnonzero(likeness >= LEAST)
    order = np.lexsort((rows, -np.round(likeness[rows], 9)))
    return rows[order[:k]]
