"""The attack: what somebody who reads every table, and can add and subtract, learns of a withheld cell."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

from learnin.compute.disclosure.tables import Cell, Flags, Real, Tables


@dataclass(frozen=True, slots=True)
class Known:
    """Between which numbers a withheld cell must lie: respondents, and people they stand for."""

    n: tuple[float, float]
    total: tuple[float, float]


def attack(tables: Tables, withheld: Collection[Cell], cell: Cell) -> Known:
    """What can be worked out of one withheld cell from all cells that are shown.

    Args:
        tables: all tables of the assessment.
        withheld: cells that are not shown.
        cell: the one to find out about, one of them.
    Returns:
        The smallest and the largest number of respondents, and of people, that fit all shown cells; infinite where
        nothing holds it. Numbers are taken as shown exactly, and as parts of groups that are 0 or more.
    Source: Fischetti and Salazar (2001), Solving the cell suppression problem on tabular data with linear constraints,
        Management Science 47, 1008-1027; docs/methods/disclosure.md.

    >>> from learnin.compute.disclosure.tables import Answers, tabulated
    >>> tables = tabulated([Answers({"sex": "ffm"}, psus="abc", weights=[1, 2, 3], tables=[(), ("sex",)])])
    >>> man, woman = frozenset({("sex", "m")}), frozenset({("sex", "f")})
    >>> attack(tables, {man}, man)
    Known(n=(1.0, 1.0), total=(3.0, 3.0))
    >>> attack(tables, {man, woman}, man)
    Known(n=(0.0, 3.0), total=(0.0, 6.0))
    """
    hidden = ~tables.is_shown | np.array([one in withheld for one in tables.cells])
    place = tables.place(cell)
    return Known(
        n=_bounds(tables, hidden, place, tables.groups),
        total=_bounds(tables, hidden, place, tables.weighed),
    )


def _bounds(tables: Tables, hidden: Flags, place: int, amounts: Real) -> tuple[float, float]:
    """The smallest and the largest sum of the cell's groups."""
    rows, scale = tables.sums, max(float(amounts.max(initial=0.0)), 1.0)
    shown = np.flatnonzero(~hidden[tables.row_cell])
    same = same_rows(tables, np.flatnonzero(hidden[tables.row_cell]))
    equal = sparse.vstack([rows[shown], same], format="csr")
    known = np.concatenate([(rows[shown] @ amounts) / scale, np.zeros(same.shape[0])])
    aim = rows[[int(np.flatnonzero(tables.row_cell == place)[0])]].toarray().ravel()
    ends = []
    for sign in (1, -1):
        found = linprog(sign * aim, A_eq=equal, b_eq=known, bounds=(0, None), method="highs")
        if found.status not in {0, 3}:
            raise ArithmeticError(f"The attack did not end: {found.message}")
        ends.append(float(sign * found.fun * scale) if found.status == 0 else float("inf"))
    return ends[0], ends[1]


def same_rows(tables: Tables, rows: NDArray[np.int64]) -> sparse.csr_array:
    """For each cell with several of these rows: the first less each other, which is zero."""
    _cells, first, inverse = np.unique(tables.row_cell[rows], return_index=True, return_inverse=True)
    others = np.setdiff1d(np.arange(rows.size), first)
    return tables.sums[rows[first[inverse[others]]]] - tables.sums[rows[others]]
