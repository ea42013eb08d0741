"""The groups of people an estimate is asked for: sub-populations of the design, never rows cut out of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from learnin.compute.survey.arrays import Real, Whole, numbered, within
from learnin.compute.survey.cells import Cells
from learnin.compute.survey.frame import Frame
from learnin.compute.survey.items import Level

Domain = tuple[tuple[str, Level], ...]
"""A group of people: pairs of column and value; none is everybody."""


@dataclass(frozen=True, eq=False)
class Groups:
    """All groups that some columns make. An entry is one unit of the last stage in one group that has rows there.

    Args:
        domains: the groups in order.
        domain: group of each entry, shape (entries,).
        unit: unit of the last stage of each entry.
        entry: entry of each cell, -1 where a value is missing.
    """

    domains: tuple[Domain, ...]
    domain: Whole
    unit: Whole
    entry: Whole
    cells: Cells

    def sums(self, name: str) -> Real:
        """A weighted sum in each entry, still as whole numbers."""
        return self._added(self.cells.sums[name])

    def answers(self, name: str) -> Real:
        """How many answered in each entry."""
        return self._added(self.cells.answers[name])

    @property
    def active(self) -> Real:
        """Rows with a weight above zero in each entry."""
        return self._added(self.cells.active)

    def totals(self, name: str) -> Real:
        """A weighted sum in each group, in its own unit."""
        return within(self.domain, self.sums(name), len(self.domains)) / self.cells.scales[name]

    def _added(self, values: Real) -> Real:
        kept = self.entry >= 0
        return within(self.entry[kept], values[kept], len(self.domain))


def grouped(cells: Cells, frame: Frame, by: Sequence[str], levels: Mapping[str, Sequence[Level]]) -> Groups:
    """The groups by some columns: those that have rows, and every combination of `levels` where they are given."""
    codes = [cells.keys[column].code for column in by]
    kept = np.flatnonzero(np.all([code >= 0 for code in codes], axis=0)) if by else np.arange(len(cells.rows))
    domain, first = numbered(np.zeros(len(kept), dtype=np.int64), *(code[kept] for code in codes))
    seen: list[Domain] = [
        tuple((column, cells.keys[column].values[code[kept[cell]]]) for column, code in zip(by, codes, strict=True))
        for cell in first
    ]
    domains = _with(seen, by, levels)
    place = np.array([domains.index(one) for one in seen], dtype=np.int64) if domains != seen else np.arange(len(seen))
    entry, start = numbered(place[domain], frame.unit[kept])
    where = np.full(len(cells.rows), -1, dtype=np.int64)
    where[kept] = entry
    return Groups(tuple(domains), place[domain][start], frame.unit[kept][start], where, cells)


def _with(seen: list[Domain], by: Sequence[str], levels: Mapping[str, Sequence[Level]]) -> list[Domain]:
    if not by or not all(column in levels for column in by):
        return seen
    wanted = [tuple(zip(by, values, strict=True)) for values in product(*(levels[column] for column in by))]
    return [*wanted, *(one for one in seen if one not in set(wanted))]
