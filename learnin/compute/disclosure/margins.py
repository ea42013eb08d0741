"""The same rules from counts alone: a run of estimates keeps how many answered in each group, and not who.

Groups are told by one way to split people, or by one inside another. Two such splits have no more in common than the
margin they share, so each is a table set of its own, and questions that leave the same groups small share one answer.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from learnin.compute.disclosure.refusals import CannotProtect
from learnin.compute.disclosure.rules import DEFAULT, Rules, Why
from learnin.compute.disclosure.suppression import Protection, protect
from learnin.compute.disclosure.tables import Cell, Tables

EVERYBODY: Cell = frozenset()
Columns = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A group of people in which a question was answered.

    Args:
        cell: its columns with their values, none for everybody, at most two.
        n, psus: respondents and the PSUs they come from, 0 or more.
        total: people they stand for, 0 or more.
    """

    cell: Cell
    n: int
    psus: int
    total: float


def protected(questions: Sequence[Sequence[Group]], *, rules: Rules = DEFAULT) -> list[Mapping[Cell, Why]]:
    """Which groups to withhold of each question.

    Args:
        questions: of each the groups that are told, everybody among them; no column stands inside two others, and each
            column that is told inside another is told by itself too.
        rules: in which groups people could be recognised.
    Returns:
        Of each question, in its order, the cells that are withheld and why. What cannot be protected otherwise is
        withheld in all its groups. Questions of the same groups agree: what the one that most people answered withholds
        to protect, the others withhold too.
    Raises:
        CannotProtect: a question without everybody, a group of three columns, or groups larger than their whole.
    Source: docs/methods/disclosure.md. Tables that share one margin alone always extend to one table of all columns
        (Lauritzen 1996, Graphical Models, chapter 4), so nothing more is known of either from the other.

    >>> north, south = frozenset({("place", "N")}), frozenset({("place", "S")})
    >>> groups = [Group(frozenset(), 34, 13, 340.0), Group(north, 30, 9, 300.0), Group(south, 4, 4, 40.0)]
    >>> [(cell == south, str(why)) for cell, why in protected([groups])[0].items()]
    [(False, 'complement'), (True, 'few_answers')]
    """
    book = _Book(rules)
    order = sorted(range(len(questions)), key=lambda one: (-max((of.n for of in questions[one]), default=0), one))
    found = {place: book.withheld(questions[place]) for place in order}
    return [found[place] for place in range(len(questions))]


def of_groups(groups: Sequence[Group]) -> Tables:
    """The tables of one question, for `protect` and `attack`. Raises CannotProtect, as `protected`."""
    known = {one.cell: one for one in groups}
    if EVERYBODY not in known or any(len(cell) > 2 for cell in known):
        raise CannotProtect("A question has a number of everybody, and groups of at most two columns.")
    sets = [_TableSet.of(columns, known) for columns in _sets(known)]
    places = {cell: place for place, cell in enumerate(known)}
    rows = [(places[cell], number, members) for number, one in enumerate(sets) for cell, members in one.members()]
    begins = np.cumsum([0, *(len(one.parts) for one in sets)])
    at = (
        np.repeat(np.arange(len(rows)), [len(members) for _place, _number, members in rows]),
        np.concatenate([np.array(members, np.int64) + begins[number] for _place, number, members in rows]),
    )
    return Tables(
        cells=tuple(known),
        is_shown=np.ones(len(known), np.bool_),
        n=np.array([one.n for one in known.values()], np.int64),
        psus=np.array([one.psus for one in known.values()], np.int64),
        totals=np.array([one.total for one in known.values()], np.float64),
        groups=np.array([part.n for one in sets for part in one.parts], np.float64),
        weighed=np.array([part.total for one in sets for part in one.parts], np.float64),
        sums=sparse.csr_array((np.ones(at[0].size), at), shape=(len(rows), int(begins[-1]))),
        row_cell=np.array([place for place, _number, _members in rows], np.int64),
        row_set=np.array([number for _place, number, _members in rows], np.int64),
        group_set=np.repeat(np.arange(len(sets)), [len(one.parts) for one in sets]),
    )


class _Book:
    """What was found for questions before: tables of one shape with the same small groups are solved once."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.found: dict[tuple[bytes, ...], Protection] = {}

    def withheld(self, groups: Sequence[Group]) -> Mapping[Cell, Why]:
        """Which groups of a question to withhold."""
        if not groups:
            return {}
        tables = of_groups(groups)
        small = [self.rules.why(one.n, one.psus) is not None for one in groups]
        if not any(small) and not self.found:
            return {}
        shape = _shape(tables)
        key = (*shape, np.packbits(small).tobytes())
        like = self.found.get(key) or self.found.get(shape)
        try:
            found = protect(tables, rules=self.rules, like=like)
        except CannotProtect:
            return {one.cell: self.rules.why(one.n, one.psus) or Why.COMPLEMENT for one in groups}
        self.found.setdefault(key, found)
        self.found.setdefault(shape, found)
        return found.withheld


def _shape(tables: Tables) -> tuple[bytes, ...]:
    """Equal for tables of the same cells that are sums of the same groups."""
    names = "\x1f".join("\x1e".join(map("\x1d".join, sorted(cell))) for cell in tables.cells)
    parts = (tables.sums.indices, tables.sums.indptr, tables.row_cell, tables.row_set, tables.group_set)
    return (names.encode(), *(part.astype(np.int64).tobytes() for part in parts))


def _sets(known: Iterable[Cell]) -> list[Columns]:
    """The columns of each table set: two that are told together, or one that stands alone; everybody by itself."""
    together = {tuple(sorted(column for column, _value in cell)): None for cell in known}
    pairs = [columns for columns in together if len(columns) == 2]
    held = {column for pair in pairs for column in pair}
    return pairs + [columns for columns in together if len(columns) == 1 and columns[0] not in held] or [()]


@dataclass(frozen=True, slots=True)
class _Part:
    """The people of one smallest group: of a cell, or those of it whose other value is not known."""

    cell: Cell
    n: int
    total: float


@dataclass(frozen=True, eq=False)
class _TableSet:
    """The cells of a table set, and the smallest groups they are sums of."""

    cells: Sequence[Cell]
    parts: Sequence[_Part]

    @classmethod
    def of(cls, columns: Columns, known: Mapping[Cell, Group]) -> "_TableSet":
        """The finest cells, then what is left of each coarser one. Raises CannotProtect."""
        cells = [cell for cell in known if {column for column, _value in cell} <= {*columns}]
        parts: list[_Part] = []
        for cell in sorted(cells, key=lambda one: -len(one)):
            inside = [part for part in parts if cell < part.cell]
            left = known[cell].n - sum(part.n for part in inside)
            if left < 0:
                raise CannotProtect("The groups of a question are larger than their whole.")
            if left or len(cell) == len(columns):
                total = known[cell].total - sum(part.total for part in inside)
                parts.append(_Part(cell, left, max(total, 0.0)))
        return cls(cells, parts)

    def members(self) -> Iterator[tuple[Cell, list[int]]]:
        """Of each cell its smallest groups, by their place."""
        for cell in self.cells:
            yield cell, [place for place, part in enumerate(self.parts) if cell <= part.cell]
