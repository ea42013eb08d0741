"""Who covers what: many initiatives counted in the cells of two ways to sort them, and what stands out."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

CROWDED_LEAST = 3
"""Fewer initiatives in a cell are no crowd: docs/methods/coverage.md."""
CROWDED_TIMES = 2.0
"""How many times the middle of the cells with any a crowded cell has."""


@dataclass(frozen=True, slots=True)
class Doing:
    """What one record says of an initiative.

    Args:
        key: which record.
        rows, columns: where it stands; in several rows or columns it stands in each.
        agencies: who takes part.
        planned, reached: people, >= 0; None where it does not say.
        own, whole: money of this reporter alone, and money of all partners together, in one currency; None where it
            does not say.
        planned_by, reached_by: the same people by column, where the record says it by column.
    """

    key: int
    rows: frozenset[str]
    columns: frozenset[str]
    agencies: frozenset[int] = frozenset()
    planned: int | None = None
    reached: int | None = None
    own: float | None = None
    whole: float | None = None
    planned_by: Mapping[str, int] = field(default_factory=dict)
    reached_by: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is told of a cell. None: nobody says it, which is not the same as 0.

    count: activities; several records of one joint activity are one. agencies: different ones.
    """

    count: int = 0
    agencies: int = 0
    planned: int | None = None
    reached: int | None = None
    money: float | None = None
    keys: tuple[int, ...] = ()


@dataclass(frozen=True)
class Matrix:
    """Cells by row and column, and the margins, each counted anew: a sum of cells would count some twice."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]
    by_row: Mapping[str, Cell]
    by_column: Mapping[str, Cell]
    whole: Cell

    def cell(self, row: str, column: str) -> Cell:
        """What is told of a cell; an empty one where nobody told us anything."""
        return self.cells.get((row, column), Cell())


def matrix(
    doings: Iterable[Doing], rows: Sequence[str], columns: Sequence[str], joint: Iterable[tuple[int, int]] = ()
) -> Matrix:
    """Count initiatives in the cells of two ways to sort them.

    Args:
        doings: records; a row or column that is not asked for is left out.
        rows, columns: what to show, in this order.
        joint: pairs of records that tell of one activity. They count as one: their people are the largest number
            that one of them tells, their money is what each gives by itself, or what one of them says all give, if
            that is more.
    Returns:
        Cells and margins.
    Raises:
        Nothing.
    Source: docs/methods/coverage.md.

    >>> one = Doing(1, frozenset({"skills"}), frozenset({"north", "south"}), frozenset({7}), planned=50, own=10.0)
    >>> two = Doing(2, frozenset({"skills"}), frozenset({"north"}), frozenset({8}), planned=40, own=5.0)
    >>> found = matrix([one, two], ["skills"], ["north", "south", "west"])
    >>> found.cell("skills", "north").count, found.by_row["skills"].count, found.cell("skills", "west").count
    (2, 2, 0)
    >>> matrix([one, two], ["skills"], ["north"], joint=[(1, 2)]).cell("skills", "north")
    Cell(count=1, agencies=2, planned=50, reached=None, money=15.0, keys=(1, 2))
    """
    told = list(doings)
    group = _groups([one.key for one in told], joint)
    cells: dict[tuple[str, str], list[Doing]] = defaultdict(list)
    by_row: dict[str, list[Doing]] = defaultdict(list)
    by_column: dict[str, list[Doing]] = defaultdict(list)
    whole: list[Doing] = []
    asked_rows, asked_columns = frozenset(rows), frozenset(columns)
    for one in told:
        here, there = one.rows & asked_rows, one.columns & asked_columns
        if not (here and there):
            continue
        whole.append(one)
        for row in here:
            by_row[row].append(one)
        for column in there:
            by_column[column].append(one)
        for row in here:
            for column in there:
                cells[row, column].append(one)
    return Matrix(
        tuple(rows),
        tuple(columns),
        {place: _cell(some, group, place[1]) for place, some in cells.items()},
        {row: _cell(by_row[row], group) for row in rows},
        {column: _cell(by_column[column], group, column) for column in columns},
        _cell(whole, group),
    )


def _groups(keys: Iterable[int], joint: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Which activity a joined record tells of: the smallest record of those that are joined, directly or not.

    A record that is joined to none is an activity of its own, and not named.
    """
    known = frozenset(keys)
    parent: dict[int, int] = {}

    def top(key: int) -> int:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for one, other in joint:
        if one in known and other in known:
            first, second = sorted((top(one), top(other)))
            parent[second] = first
    return {key: top(key) for key in parent}


def _cell(some: Collection[Doing], group: Mapping[int, int], column: str = "") -> Cell:
    if not some:
        return Cell()
    together: dict[int, list[Doing]] = defaultdict(list)
    alone = []
    for one in some:
        first = group.get(one.key)
        if first is None:
            alone.append(one)
        else:
            together[first].append(one)
    planned = [one.planned_by.get(column, one.planned) if one.planned_by else one.planned for one in alone]
    reached = [one.reached_by.get(column, one.reached) if one.reached_by else one.reached for one in alone]
    money = [max(one.own or 0.0, one.whole or 0.0) for one in alone if not (one.own is None and one.whole is None)]
    for few in together.values():
        planned.append(_most(one.planned_by.get(column, one.planned) for one in few))
        reached.append(_most(one.reached_by.get(column, one.reached) for one in few))
        money += _money(few)
    return Cell(
        count=len(alone) + len(together),
        agencies=len(frozenset[int]().union(*[one.agencies for one in some])),
        planned=_sum(planned),
        reached=_sum(reached),
        money=sum(money) if money else None,
        keys=tuple(sorted([one.key for one in some])),
    )


def _most(told: Iterable[int | None]) -> int | None:
    return max((one for one in told if one is not None), default=None)


def _sum(told: Iterable[int | None]) -> int | None:
    known = [one for one in told if one is not None]
    return sum(known) if known else None


def _money(few: Collection[Doing]) -> list[float]:
    """The money of one activity; nothing where no record of it tells any."""
    own = [one.own for one in few if one.own is not None]
    whole = [one.whole for one in few if one.whole is not None]
    return [max(sum(own), max(whole, default=0.0))] if own or whole else []


@dataclass(frozen=True, slots=True)
class Gap:
    """A row of which nobody told us anything in some columns."""

    row: str
    columns: tuple[str, ...]
    of: int

    @property
    def is_total(self) -> bool:
        """Whether nobody told us anything at all."""
        return len(self.columns) == self.of


def gaps(found: Matrix, *, rows: Sequence[str], columns: Sequence[str]) -> tuple[Gap, ...]:
    """Where nobody told us of any initiative, the emptiest row first.

    Args:
        rows, columns: where a gap means something: a column such as "the whole country" covers the others, so it is
            given in the matrix and left out here; a row that stands there is no gap.
    Source: docs/methods/coverage.md.

    >>> one = Doing(1, frozenset({"skills"}), frozenset({"north"}))
    >>> gaps(matrix([one], ["skills", "parents"], ["north", "south"]), rows=["skills", "parents"], columns=["north"])
    (Gap(row='parents', columns=('north',), of=1),)
    """
    covers = [column for column in found.columns if column not in columns]
    empty = []
    for place, row in enumerate(rows):
        if any(found.cell(row, column).count for column in covers):
            continue
        missing = tuple(column for column in columns if not found.cell(row, column).count)
        if missing:
            empty.append((-len(missing), place, Gap(row, missing, len(columns))))
    return tuple(gap for _many, _place, gap in sorted(empty, key=lambda one: one[:2]))


@dataclass(frozen=True, slots=True)
class Crowd:
    """A cell with far more initiatives than the middle one."""

    row: str
    column: str
    count: int
    agencies: int


def crowds(found: Matrix) -> tuple[Crowd, ...]:
    """Cells with many initiatives of several agencies, the fullest first.

    A crowd has at least CROWDED_LEAST activities of at least two agencies, and at least CROWDED_TIMES as many as the
    median of the cells with any. Source: docs/methods/coverage.md.

    >>> busy = [Doing(k, frozenset({"a"}), frozenset({"x"}), frozenset({k})) for k in range(4)]
    >>> quiet = [Doing(k, frozenset({"b"}), frozenset({"x", "y"}), frozenset({k})) for k in (8, 9)]
    >>> crowds(matrix([*busy, *quiet], ["a", "b"], ["x", "y"]))
    (Crowd(row='a', column='x', count=4, agencies=4),)
    """
    counts = [cell.count for cell in found.cells.values() if cell.count]
    if not counts:
        return ()
    least = max(CROWDED_LEAST, CROWDED_TIMES * median(counts))
    full = [
        Crowd(row, column, cell.count, cell.agencies)
        for (row, column), cell in found.cells.items()
        if cell.count >= least and cell.agencies > 1
    ]
    order: dict[Hashable, int] = {name: place for place, name in enumerate((*found.rows, *found.columns))}
    return tuple(sorted(full, key=lambda one: (-one.count, order[one.row], order[one.column])))
