"""All tables of one assessment as one system: cells, and the smallest groups of respondents they are sums of."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import isclose, prod
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from learnin.compute.disclosure.refusals import CannotProtect

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
Flags = NDArray[np.bool_]

Cell = frozenset[tuple[str, str]]
"""A group of respondents, by column and value: region North and sex f. The empty one is everybody."""

NOTHING: Mapping[str, str] = MappingProxyType({})
MOST_GROUPS = 4_000  # beyond it only groups that somebody is in: the attack then knows more than an outsider does


@dataclass(frozen=True, eq=False)
class Answers:
    """Respondents, and the tables that are shown of them.

    Args:
        columns: by name, the value of each respondent, shape (n,): places, kinds of people, answers. Whoever did not
            answer a question has a value of its own there, so that every respondent is in every table.
        psus: the PSU of each respondent, shape (n,), unique in all strata.
        weights: people each respondent stands for, shape (n,), 0 or more.
        tables: the columns of each table; none for the one number of everybody. Margins are tables too.
    """

    columns: Mapping[str, Sequence[str]]
    psus: Sequence[Hashable]
    weights: ArrayLike
    tables: Sequence[Sequence[str]]

    @property
    def used(self) -> tuple[str, ...]:
        """The columns of all tables."""
        return tuple(dict.fromkeys(column for table in self.tables for column in table))


@dataclass(frozen=True, eq=False)
class Tables:
    """The cells of all tables and how they are added up.

    Args:
        cells: each cell once, in a fixed order.
        is_shown: whether a table has the cell, shape (cells,). The others tie the groups of two table sets together.
        n, psus: respondents and PSUs of each cell, shape (cells,).
        totals: weighted total of each cell, shape (cells,).
        groups, weighed: respondents and weights of the smallest groups, shape (groups,), one table set after the other.
        sums: which groups a cell is the sum of, shape (rows, groups), 0 or 1.
        row_cell, row_set: the cell of each row, and the table set whose groups it adds, shape (rows,). A cell that
            several table sets have in common has a row in each.
        group_set: the table set of each group, shape (groups,).
    """

    cells: tuple[Cell, ...]
    is_shown: Flags
    n: Whole
    psus: Whole
    totals: Real
    groups: Real
    weighed: Real
    sums: sparse.csr_array
    row_cell: Whole
    row_set: Whole
    group_set: Whole

    def place(self, cell: Cell) -> int:
        """Where a cell stands."""
        return self.cells.index(cell)


def tabulated(answers: Sequence[Answers], *, within: Mapping[str, str] = NOTHING) -> Tables:
    """The cells of all tables, and the groups they are sums of.

    Args:
        answers: one set of tables for each question or so, all of the same respondents.
        within: for a column that is nested, the coarser column it lies within: district to region, answer to its half.
    Returns:
        The system. Within a set the smallest groups are all combinations of the values, also those nobody is in: an
        outsider cannot know that. Where a set has more than 4,000 combinations, only those that somebody is in.
    Raises:
        CannotProtect: columns of unequal length, a table of an unknown column, a value that lies within two others,
            sets that disagree on a cell they share.
    Source: docs/methods/disclosure.md.

    >>> found = tabulated([Answers({"sex": "ffm"}, psus="abc", weights=[1, 2, 3], tables=[(), ("sex",)])])
    >>> [(sorted(cell), n) for cell, n in zip(found.cells, found.n.tolist())]
    [([], 3), ([('sex', 'f')], 2), ([('sex', 'm')], 1)]
    """
    choices = [_choices(one, within) for one in answers]
    is_open = all(prod(map(len, own.values())) <= MOST_GROUPS for own in choices)
    sets = [_TableSet.of(one, own, is_open) for one, own in zip(answers, choices, strict=True)]
    facts: dict[Cell, _Facts] = {}
    rows: list[tuple[int, int, Whole]] = []
    places: dict[Cell, int] = {}
    begins = 0
    for number, one in enumerate(sets):
        for cell, members, fact in one.cells(_ties(number, answers)):
            facts[cell] = fact.beside(facts.get(cell), cell)
            rows.append((places.setdefault(cell, len(places)), number, members + begins))
        begins += one.n.size
    lengths = [members.size for _cell, _number, members in rows]
    at = np.repeat(np.arange(len(rows)), lengths), np.concatenate([np.zeros(0, np.int64), *(row[2] for row in rows)])
    return Tables(
        cells=tuple(places),
        is_shown=np.array([facts[cell].is_shown for cell in places], np.bool_),
        n=np.array([facts[cell].n for cell in places], np.int64),
        psus=np.array([facts[cell].psus for cell in places], np.int64),
        totals=np.array([facts[cell].total for cell in places], np.float64),
        groups=np.concatenate([np.zeros(0), *(one.n for one in sets)]),
        weighed=np.concatenate([np.zeros(0), *(one.weight for one in sets)]),
        sums=sparse.csr_array((np.ones(at[0].size), at), shape=(len(rows), begins)),
        row_cell=np.array([row[0] for row in rows], np.int64),
        row_set=np.array([row[1] for row in rows], np.int64),
        group_set=np.repeat(np.arange(len(sets)), [one.n.size for one in sets]),
    )


def named(cell: Cell) -> str:
    """A cell in words for errors."""
    return ", ".join(f"{column} {value}" for column, value in sorted(cell)) or "everybody"


def _ties(number: int, answers: Sequence[Answers]) -> list[tuple[str, ...]]:
    """The columns that a set shares with each other set: there both must count the same people."""
    own = answers[number].used
    others = [{*one.used} for place, one in enumerate(answers) if place != number]
    return list(dict.fromkeys(tuple(column for column in own if column in other) for other in others))


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is counted in one cell."""

    is_shown: bool
    n: int
    psus: int
    total: float

    def beside(self, known: "_Facts | None", cell: Cell) -> "_Facts":
        """The same, shown where one of both is. Raises CannotProtect where another set counted other people."""
        if known is None:
            return self
        if (known.n, known.psus) != (self.n, self.psus) or not isclose(known.total, self.total, rel_tol=1e-9):
            raise CannotProtect(f"Two sets of tables disagree on {named(cell)}: {known.n} and {self.n} respondents.")
        return replace(known, is_shown=known.is_shown or self.is_shown)


Choices = Mapping[tuple[int, ...], list[tuple[str, ...]]]
"""By the places of columns that lie within each other: the combinations of their values."""


def _choices(answers: Answers, within: Mapping[str, str]) -> Choices:
    """The values that go together, of columns that lie within each other, as they are found."""
    columns = answers.used
    if missing := [column for column in columns if column not in answers.columns]:
        raise CannotProtect(f"There is no column {', '.join(missing)}.")
    for child, parent in within.items():
        if child in columns and parent in columns:
            pairs = {*zip(answers.columns[child], answers.columns[parent], strict=True)}
            if len(pairs) > len({value for value, _above in pairs}):
                raise CannotProtect(f"A value of {child} lies within two values of {parent}.")
    families: dict[str, list[int]] = {}
    for place, column in enumerate(columns):
        families.setdefault(_coarsest(column, within), []).append(place)
    return {
        tuple(places): sorted({*zip(*(answers.columns[columns[place]] for place in places), strict=True)})
        for places in families.values()
    }


def _coarsest(column: str, within: Mapping[str, str]) -> str:
    seen = {column}
    while (column := within.get(column, column)) not in seen:
        seen.add(column)
    return column


@dataclass(frozen=True, eq=False)
class _TableSet:
    """One set of tables: its smallest groups, who is in which, how many, and how many people they stand for."""

    answers: Answers
    groups: list[tuple[str, ...]]
    of_row: Whole
    psu: Whole
    n: Real
    weight: Real

    @classmethod
    def of(cls, answers: Answers, choices: Choices, is_open: bool) -> "_TableSet":
        weights = np.asarray(answers.weights, np.float64)
        lengths = {len(answers.columns[column]) for column in answers.used} | {weights.size, len(answers.psus)}
        if len(lengths) > 1:
            raise CannotProtect("Each column, the PSUs and the weights have one value for each respondent.")
        if not (np.isfinite(weights) & (weights >= 0)).all():
            raise CannotProtect("A weight is missing or negative.")
        rows = list(zip(*(answers.columns[column] for column in answers.used), strict=True)) or [()] * weights.size
        groups = _every(choices) if is_open else sorted({*rows})
        places = {group: place for place, group in enumerate(groups)}
        of_row = np.array([places[row] for row in rows], np.int64)
        numbers: dict[Hashable, int] = {}
        psu = np.array([numbers.setdefault(one, len(numbers)) for one in answers.psus], np.int64)
        n = np.bincount(of_row, minlength=len(groups)).astype(np.float64)
        weight = np.bincount(of_row, weights, minlength=len(groups)).astype(np.float64)
        return cls(answers, groups, of_row, psu, n, weight)

    def cells(self, ties: Sequence[tuple[str, ...]]) -> Iterator[tuple[Cell, Whole, _Facts]]:
        """Each cell once, with its groups: those of tables, then those that only tie sets together."""
        seen: set[Cell] = set()
        shown = len(self.answers.tables)
        for number, table in enumerate([*self.answers.tables, *ties]):
            at = [self.answers.used.index(column) for column in table]
            values = [tuple(group[place] for place in at) for group in self.groups]
            distinct = {value: place for place, value in enumerate(sorted({*values}))}
            of_group = np.array([distinct[value] for value in values], np.int64)
            pairs = np.unique(np.stack([of_group[self.of_row], self.psu]), axis=1)
            psus = np.bincount(pairs[0], minlength=len(distinct))
            for value, place in distinct.items():
                cell = frozenset(zip(table, value, strict=True))
                if cell not in seen:
                    seen.add(cell)
                    members = np.flatnonzero(of_group == place)
                    n, total = int(self.n[members].sum()), float(self.weight[members].sum())
                    yield cell, members, _Facts(number < shown, n, int(psus[place]), total)


def _every(choices: Choices) -> list[tuple[str, ...]]:
    """Every combination that can be, each value at the place of its column."""
    order = np.argsort([place for places in choices for place in places])
    flat = (tuple(value for part in parts for value in part) for parts in product(*choices.values()))
    return [tuple(values[place] for place in order) for values in flat]
