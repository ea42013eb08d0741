"""The groups of people an estimate is asked for: sub-populations of the design, never rows cut out of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from learnin.compute.survey.arrays import Bins, Real, Whole, numbered, within
from learnin.compute.survey.cells import Cells
from learnin.compute.survey.frame import Drawn, Frame
from learnin.compute.survey.sums import Level

FEW = 6  # sums by entry that are remembered: as many as one number is made of

Domain = tuple[tuple[str, Level], ...]
"""A group of people: pairs of column and value; none is everybody."""

Levels = Mapping[str, Sequence[Level]]
"""Values of columns that must be there even if nobody has them."""


@dataclass(frozen=True, eq=False)
class Answered:
    """How many answered in each group, and in how many first-stage units and strata they are, shape (groups,)."""

    n: Real
    psus: Real
    strata: Real


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
    frame: Frame

    def answered(self, name: str) -> "Answered":
        """Who answered, in each group."""
        if name not in self._answered:
            rows = self.answers(name)
            where = self._everywhere if rows.all() else self.present(rows)
            self._answered[name] = Answered(self.in_domains.sums(rows), *where)
        return self._answered[name]

    @cached_property
    def _answered(self) -> "dict[str, Answered]":
        return {}

    def present(self, rows: Real) -> tuple[Real, Real]:
        """How many first-stage units and how many strata each group has rows in; `rows` are those of each entry."""
        k = len(self.domains)
        *later, first = self.steps
        for step in later:
            if step.above is not None:
                rows = step.above.sums(rows)
        parts = first.in_parts.sums(rows)
        are_there = rows > 0
        units = np.bincount(first.domain if are_there.all() else first.domain[are_there], minlength=k)
        return units.astype(np.float64), np.bincount(first.of[parts > 0], minlength=k).astype(np.float64)

    @cached_property
    def _everywhere(self) -> tuple[Real, Real]:
        """How many there are where somebody answered in every entry: the same for most numbers."""
        return self.present(np.ones(len(self.domain)))

    @cached_property
    def steps(self) -> tuple["Step", ...]:
        """The entries stage by stage, the last stage first."""
        found: list[Step] = []
        domain, unit = self.domain, self.unit
        for depth in reversed(range(len(self.frame.stages))):
            drawn = self.frame.stages[depth]
            part, start = numbered(domain, drawn.group[unit])
            here = (drawn, len(self.domains), domain, unit, part, drawn.group[unit][start], domain[start])
            if not depth:
                found.append(Step(*here, None))
                break
            above = self.frame.above[depth - 1][unit]
            place, at = numbered(domain, above)
            found.append(Step(*here, Bins(place, len(at))))
            domain, unit = domain[at], above[at]
        return tuple(found)

    def sums(self, name: str) -> Real:
        """A weighted sum in each entry, still as whole numbers."""
        return self._latest(f"sums {name}", lambda: self._added(self.cells.sums[name]))

    def answers(self, name: str) -> Real:
        """How many answered in each entry."""
        return self._latest(f"answers {name}", lambda: self._added(self.cells.answers[name]))

    @cached_property
    def active(self) -> Real:
        """Rows with a weight above zero in each entry."""
        return self._added(self.cells.active)

    def totals(self, name: str) -> Real:
        """A weighted sum in each group, in its own unit."""
        if name not in self._totals:
            self._totals[name] = self.in_domains.sums(self.sums(name)) / self.cells.scales[name]
        return self._totals[name]

    @cached_property
    def _totals(self) -> dict[str, Real]:
        """Totals that were asked for: each is needed several times, and they are few."""
        return {}

    @cached_property
    def rows(self) -> Real:
        """Rows with a weight above zero in each group."""
        return self.in_domains.sums(self.active)

    @cached_property
    def _few(self) -> dict[str, Real]:
        return {}

    def _latest(self, name: str, made: Callable[[], Real]) -> Real:
        """What was made for one name, remembered until a few others were asked for."""
        if name not in self._few:
            if len(self._few) == FEW:
                del self._few[next(iter(self._few))]
            self._few[name] = made()
        return self._few[name]

    @property
    def together(self) -> "Groups":
        """All who are in any of the groups, as one group."""
        entry, start = numbered(self.unit)
        where = np.where(self.entry >= 0, entry[self.entry], -1)
        return Groups(((),), np.zeros(len(start), dtype=np.int64), self.unit[start], where, self.cells, self.frame)

    @cached_property
    def in_domains(self) -> Bins:
        """Adds entries up in their groups."""
        return Bins(self.domain, len(self.domains))

    @cached_property
    def _kept(self) -> tuple[Whole, Bins]:
        """The cells that belong to an entry, and what adds them up in their entries."""
        kept = np.flatnonzero(self.entry >= 0)
        return kept, Bins(self.entry[kept], len(self.domain))

    def _added(self, values: Real) -> Real:
        kept, entries = self._kept
        return entries.sums(values if len(kept) == len(values) else values.take(kept))


@dataclass(frozen=True, eq=False)
class Step:
    """One stage of some groups: units that have rows in a group, and the groups' parts of strata they stand in.

    Args:
        drawn: the stage. domains: how many groups of people there are.
        domain: group of people of each unit here, shape (entries,). unit: the unit. part: its part of a stratum.
        where: stratum (or unit of the stage above) of each part. of: group of people of each part.
        above: adds entries up in those of the stage above; nothing at the first.
    """

    drawn: Drawn
    domains: int
    domain: Whole
    unit: Whole
    part: Whole
    where: Whole
    of: Whole
    above: Bins | None

    @cached_property
    def in_parts(self) -> Bins:
        """Adds entries up in their parts of strata."""
        return Bins(self.part, len(self.of))

    @cached_property
    def in_domains(self) -> Bins:
        """Adds parts of strata up in the groups of people."""
        return Bins(self.of, self.domains)

    @cached_property
    def left(self) -> Real:
        """Share not drawn of each entry's unit."""
        return self.drawn.left[self.unit]

    @cached_property
    def absent(self) -> Real:
        """Shares not drawn, added up over the units of each part's stratum that have no entry in its group."""
        of_all = within(self.drawn.group, self.drawn.left, len(self.drawn.n))[self.where]
        are_all = np.bincount(self.part, minlength=len(self.of)) == self.drawn.n[self.where]
        return np.where(are_all, 0.0, of_all - self.in_parts.sums(self.left))


def grouped(cells: Cells, frame: Frame, by: Sequence[str], levels: Levels) -> Groups:
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
    return Groups(tuple(domains), place[domain][start], frame.unit[kept][start], where, cells, frame)


def _with(seen: list[Domain], by: Sequence[str], levels: Levels) -> list[Domain]:
    if not by or not all(column in levels for column in by):
        return seen
    wanted = [tuple(zip(by, values, strict=True)) for values in product(*(levels[column] for column in by))]
    return [*wanted, *(one for one in seen if one not in set(wanted))]
