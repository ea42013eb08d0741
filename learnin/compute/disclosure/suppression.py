"""Complementary suppression: which further cells to withhold, so that no withheld one can be worked out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

from learnin.compute.disclosure.attacker import same_rows
from learnin.compute.disclosure.refusals import CannotProtect
from learnin.compute.disclosure.rules import DEFAULT, Rules, Span, Why
from learnin.compute.disclosure.tables import Cell, Flags, Real, Tables, named

RESPONDENTS, PEOPLE = 0, 1
TINY = 1e-7  # of the change that was asked for: less is a rounding error of the solver
ENOUGH = 1 - 1e-6
MOST_STEPS = 1e9  # where no group gets smaller there is no end
APART = 1e-6  # makes the price of no two cells equal, so that there is one cheapest choice


@dataclass(frozen=True, eq=False)
class Protection:
    """The cells that are withheld, each with the reason, in the order of the tables."""

    withheld: Mapping[Cell, Why]
    rules: Rules
    moves: "tuple[_Move, ...]" = ()
    """How the groups may change with all that is shown staying as it is: what `like` begins with."""


def protect(
    tables: Tables, *, hidden: Collection[Cell] = (), rules: Rules = DEFAULT, like: Protection | None = None
) -> Protection:
    """Which cells to withhold.

    Args:
        tables: all tables of one assessment together.
        hidden: cells that are not shown anyway, because they are too inexact. They cost nothing and need no protection.
        rules: in which cells people could be recognised, and how far those must stay unknown.
        like: what was found for tables of the same cells and groups, with the same cells hidden. What it withholds is
            withheld here too, and only what that leaves too well known costs a search.
    Returns:
        Those cells, and the complements they need. For each there are groups that fit every shown cell and in which it
        is larger, and others in which it is smaller, by the span of the rules; of a complement at least larger by one
        respondent.
    Raises:
        CannotProtect: no choice of complements protects a cell.
    Source: Kelly, Golden and Assad (1992), Cell suppression: disclosure protection for sensitive tabular data, Networks
        22, 397-417; Fischetti and Salazar (2001), as in `attack`; docs/methods/disclosure.md.

    >>> from learnin.compute.disclosure.tables import Answers, tabulated
    >>> places, sexes = "N" * 9 + "S" * 15, "f" * 8 + "m" + "f" * 9 + "m" * 6
    >>> shown = Answers({"place": places, "sex": sexes}, psus=range(24), weights=[1] * 24,
    ...     tables=[(), ("place",), ("sex",), ("place", "sex")])
    >>> found = protect(tabulated([shown])).withheld
    >>> sorted(("".join(sorted(value for _column, value in cell)), str(why)) for cell, why in found.items())
    [('Nf', 'complement'), ('Nm', 'few_answers'), ('Sf', 'complement'), ('Sm', 'complement')]
    """
    choice = _Choice(tables, hidden)
    for place in sorted(range(len(tables.cells)), key=lambda one: (-int(tables.n[one]), one)):
        why = rules.why(int(tables.n[place]), int(tables.psus[place]))
        if why and tables.is_shown[place]:
            choice.why[place] = why
    small = [*choice.why]
    if like is not None:
        choice.begin_like(like)
    for place in small:
        n, total = int(tables.n[place]), float(tables.totals[place])
        choice.keep_unknown(place, RESPONDENTS, rules.of_respondents(n), at=n)
        choice.keep_unknown(place, PEOPLE, rules.of_total(total), at=total)
    mean = float(tables.totals.max(initial=0.0)) / max(int(tables.n.max(initial=0)), 1)
    while waiting := [place for place in sorted(choice.why) if place not in choice.done]:
        for place in waiting:
            choice.keep_unknown(place, RESPONDENTS, Span(down=0, up=1), at=0)
            choice.keep_unknown(place, PEOPLE, Span(down=0, up=mean), at=0)
    withheld = {tables.cells[place]: choice.why[place] for place in sorted(choice.why)}
    return Protection(MappingProxyType(withheld), rules, tuple(choice.moves))


class _Choice:
    """What is withheld so far, how far it leaves each cell unknown, and the cheapest way to leave one unknown further.

    `up` and `down`, shape (2, cells): by how much respondents and people of a cell may change, with all that is shown
    staying as it is.
    """

    def __init__(self, tables: Tables, hidden: Collection[Cell]) -> None:
        self.tables = tables
        self.amounts = (tables.groups, tables.weighed)
        self.why: dict[int, Why] = {}
        self.done: set[int] = set()
        self.problems: dict[frozenset[int], _Problem] = {}
        self.moves: list[_Move] = []
        self.up, self.down = np.zeros((2, tables.n.size)), np.zeros((2, tables.n.size))
        free = ~tables.is_shown | np.array([cell in hidden for cell in tables.cells])
        self.price = np.where(free, 0.0, 1.0 + tables.n * (1 + APART * np.arange(tables.n.size)))

    def begin_like(self, like: Protection) -> None:
        """Withhold what tables of the same shape withhold, and see how far that goes with the numbers of these."""
        places = {cell: place for place, cell in enumerate(self.tables.cells)}
        for cell in like.withheld:
            self.why.setdefault(places[cell], Why.COMPLEMENT)
        for move in like.moves:
            self._note(move)

    def keep_unknown(self, place: int, what: int, span: Span, *, at: float) -> None:
        """Withhold what lets this cell be larger and smaller by the span."""
        self.done.add(place)
        if self.up[what, place] < span.up * ENOUGH:
            self._withhold_with(place, what, span.up)
        down = min(span.down, at)
        if self.down[what, place] < down * ENOUGH:
            self._withhold_with(place, what, -down)

    def _withhold_with(self, place: int, what: int, change: float) -> None:
        """The cells that must change along, first among the tables that have this cell, else among all."""
        rows = self.tables.row_cell == place
        near, every = frozenset(self.tables.row_set[rows].tolist()), frozenset(self.tables.row_set.tolist())
        price = self.price.copy()
        price[[*self.why]] = 0
        for sets in dict.fromkeys((near, every)):
            if sets not in self.problems:
                self.problems[sets] = _Problem.of(self.tables, sets)
            problem = self.problems[sets]
            move = problem.solved(place, self.amounts[what], change, price)
            if move is not None:
                changes = problem.changes(move)
                for more in problem.cells[(changes != 0) & (price[problem.cells] > 0)].tolist():
                    self.why.setdefault(more, Why.COMPLEMENT)
                self._note(_Move(problem.groups, problem.cells, move, changes))
                return
        raise CannotProtect(f"Nothing can be withheld that would keep {named(self.tables.cells[place])} unknown.")

    def _note(self, move: "_Move") -> None:
        """How far this move can go, either way, before a group would be below zero."""
        self.moves.append(move)
        at = move.cells
        rises, falls = np.clip(move.changes, 0, None), np.clip(-move.changes, 0, None)
        for what, amounts in enumerate(self.amounts):
            there = amounts[move.groups]
            onward, back = _steps(there, -move.of_groups), _steps(there, move.of_groups)
            self.up[what, at] = np.maximum.reduce([self.up[what, at], onward * rises, back * falls])
            self.down[what, at] = np.maximum.reduce([self.down[what, at], onward * falls, back * rises])


@dataclass(frozen=True, eq=False)
class _Move:
    """Which groups change by how much, and the cells with them; shapes (groups,) and (cells,) by their places."""

    groups: NDArray[np.int64]
    cells: NDArray[np.int64]
    of_groups: Real
    changes: Real


def _steps(there: Real, taken: Real) -> float:
    """How many times this much can be taken from what is there."""
    needs = taken > 0
    return min(float((there[needs] / taken[needs]).min(initial=np.inf)), MOST_STEPS)


@dataclass(frozen=True, eq=False)
class _Problem:
    """Changes of the groups of some table sets that leave every cell they share with other sets as it is."""

    groups: NDArray[np.int64]
    cells: NDArray[np.int64]
    sums: sparse.csr_array
    fixed: sparse.csr_array
    limits: sparse.csr_array

    @classmethod
    def of(cls, tables: Tables, sets: frozenset[int]) -> "_Problem":
        inside: Flags = np.isin(tables.row_set, [*sets])
        rows, groups = np.flatnonzero(inside), np.flatnonzero(np.isin(tables.group_set, [*sets]))
        cells, first = np.unique(tables.row_cell[rows], return_index=True)
        sums = tables.sums[rows[first]][:, groups]
        outside = np.isin(cells, tables.row_cell[~inside])
        fixed = sparse.vstack([sums[outside], same_rows(tables, rows)[:, groups]], format="csr")
        one = sparse.eye_array(cells.size)
        limits = sparse.vstack([sparse.hstack([sums, -one]), sparse.hstack([-sums, -one])], format="csr")
        return cls(groups, cells, sums, fixed, limits)

    def solved(self, place: int, amounts: Real, change: float, price: Real) -> Real | None:
        """How the groups change, at the lowest price, when one cell changes by so much; nothing where none can."""
        here, size = int(np.searchsorted(self.cells, place)), self.cells.size
        scale = abs(change)
        equal = sparse.vstack([self.sums[[here]], self.fixed], format="csr")
        costs = price[self.cells]
        costs[here] = 0
        lowest = np.concatenate([-amounts[self.groups] / scale, np.zeros(size)])
        found = linprog(
            np.concatenate([np.zeros(self.groups.size), costs]),
            A_ub=self.limits,
            b_ub=np.zeros(2 * size),
            A_eq=sparse.hstack([equal, sparse.csr_array((equal.shape[0], size))], format="csr"),
            b_eq=np.concatenate([[change / scale], np.zeros(self.fixed.shape[0])]),
            bounds=np.stack([lowest, np.full(lowest.size, np.inf)], axis=1),
            method="highs",
        )
        if found.status == 2:
            return None
        if found.status != 0:
            raise ArithmeticError(f"The search for complements did not end: {found.message}")
        move: Real = found.x[: self.groups.size]
        return np.where(np.abs(move) > TINY, move, 0.0) * scale

    def changes(self, move: Real) -> Real:
        """How the cells change, without the rounding errors of the solver."""
        changes: Real = self.sums @ move
        return np.where(np.abs(changes) > TINY * np.abs(move).max(initial=0.0), changes, 0.0)
