"""Sums of every number with every replicate weight, in one walk over the rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from ibis.expr.types import Table

from learnin.compute.survey.arrays import Flags, Real, Whole
from learnin.compute.survey.refusals import CannotEstimate
from learnin.compute.survey.sources import pulled
from learnin.compute.survey.sums import Level, Sums

BATCH = 20_000  # rows at once: with a few hundred replicates some tens of megabytes
SAME = 9  # decimals in which the factors of two rows agree that were in the same unit


@dataclass(frozen=True, eq=False)
class Crossed:
    """Sums by the finest groups of people that the estimates ask for.

    Args:
        columns: what makes the groups.
        keys: values of each group, in the order of the columns.
        sums: by name, sums of the number times each replicate weight, shape (groups, R).
        patterns: factors of replicate over full weight, each once, shape (patterns, R).
        holders: which groups have rows of each pattern, shape (groups, patterns).
    """

    columns: tuple[str, ...]
    keys: tuple[tuple[Level, ...], ...]
    sums: Mapping[str, Real]
    patterns: Real
    holders: Flags


def crossed(
    table: Table, by: Sequence[str], names: Iterable[str], sums: Sums, weight: str, replicates: Sequence[str]
) -> Crossed:
    """Walk over the rows once, and add up every number with every replicate weight.

    Args:
        table: the rows.
        by: columns that make groups.
        names: of the sums that are needed.
        sums: what they are sums of.
        weight: column of the full weight.
        replicates: columns of the replicate weights.
    Raises:
        CannotEstimate: replicate_shape, where a replicate weight is missing.
    """
    wanted = list(dict.fromkeys(names))
    asked = {f"n{at}": _number(sums, name) for at, name in enumerate(wanted)}
    asked |= {f"k{at}": table[column] for at, column in enumerate(by)}
    asked |= {f"r{at}": table[column].cast("float64") for at, column in enumerate(replicates)}
    walk = _Walk(len(wanted), len(by), tuple(replicates))
    for batch in pulled(table.select(w=table[weight].cast("float64"), **asked)).to_batches(max_chunksize=BATCH):
        walk.add(batch)
    return walk.done(tuple(by), wanted)


def _number(sums: Sums, name: str) -> object:
    """A number of each row, zero where it is missing."""
    if name in sums.weighted:
        return sums.weighted[name].raw.cast("float64").coalesce(0.0)
    answered = sums.answered[name]
    return 1.0 if answered is None else answered.ifelse(1.0, 0.0)


class _Walk:
    """What has been added up so far."""

    def __init__(self, numbers: int, keys: int, replicates: tuple[str, ...]) -> None:
        self.numbers, self.keys, self.replicates = numbers, keys, replicates
        self.groups: dict[tuple[Level, ...], Real] = {}
        self.patterns: dict[float, Real] = {}
        self.held: set[tuple[tuple[Level, ...], float]] = set()
        self.mixing = np.sin(np.arange(1.0, len(replicates) + 1))  # tells patterns apart by one number of each row

    def add(self, batch: pa.RecordBatch) -> None:
        weights = self._columns(batch, "r", len(self.replicates))
        if (wrong := np.flatnonzero(~np.isfinite(weights).all(axis=0))).size:
            raise CannotEstimate("replicate_shape", keys=[self.replicates[one] for one in wrong])
        full = batch["w"].to_numpy(zero_copy_only=False)
        factors = weights / np.where(full > 0, full, 1.0)[:, None]
        marks = np.round(factors @ self.mixing, SAME)
        numbers = self._columns(batch, "n", self.numbers)
        for key, rows in self._grouped(batch):
            zero = np.zeros((self.numbers, len(self.replicates)))
            self.groups[key] = self.groups.get(key, zero) + numbers[rows].T @ weights[rows]
            active = rows[full[rows] > 0]
            new, first = np.unique(marks[active], return_index=True)
            self.held |= {(key, mark) for mark in new.tolist()}
            self.patterns |= dict(zip(new.tolist(), factors[active[first]], strict=True))

    def done(self, columns: tuple[str, ...], names: list[str]) -> Crossed:
        keys = sorted(self.groups, key=repr)
        marks = sorted(self.patterns)
        place = {mark: at for at, mark in enumerate(marks)}
        holders = np.zeros((len(keys), len(marks)), dtype=np.bool_)
        for at, key in enumerate(keys):
            holders[at, [place[mark] for held, mark in self.held if held == key]] = True
        sums = {name: np.stack([self.groups[key][at] for key in keys]) for at, name in enumerate(names)}
        return Crossed(columns, tuple(keys), sums, np.stack([self.patterns[mark] for mark in marks]), holders)

    def _grouped(self, batch: pa.RecordBatch) -> list[tuple[tuple[Level, ...], Whole]]:
        """The groups that stand in the batch, each with its rows."""
        codes = np.zeros(len(batch), dtype=np.int64)
        values: list[tuple[Level, ...]] = [()]
        for at in range(self.keys):
            coded = batch[f"k{at}"].dictionary_encode()
            words = [*coded.dictionary.to_pylist(), None]
            more = coded.indices.fill_null(len(words) - 1).to_numpy(zero_copy_only=False).astype(np.int64)
            pairs, codes = np.unique(codes * len(words) + more, return_inverse=True)
            values = [(*values[pair // len(words)], words[pair % len(words)]) for pair in pairs.tolist()]
        order = np.argsort(codes, kind="stable")
        cuts = np.flatnonzero(np.diff(codes[order])) + 1
        return list(zip(values, np.split(order, cuts), strict=True))

    @staticmethod
    def _columns(batch: pa.RecordBatch, kind: str, count: int) -> Real:
        columns = [batch[f"{kind}{at}"].to_numpy(zero_copy_only=False).astype(np.float64) for at in range(count)]
        return np.column_stack(columns) if columns else np.empty((len(batch), 0))
