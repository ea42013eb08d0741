"""Coverage: the worked tables of its page, and what must hold for any initiatives."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnin.compute.coverage import Cell, Doing, Gap, crowds, gaps, matrix

METHODS = Path(__file__).parents[2] / "docs" / "methods"
ROWS, AREAS = ["skills", "parents", "devices"], ["north", "south", "west"]


def tables():
    """The tables of the page: records, and what their cells tell."""
    found = []
    for part in (METHODS / "coverage.md").read_text(encoding="utf-8").split("\n\n"):
        lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in part.split("\n") if line[:1] == "|"]
        if lines:
            found.append(lines[2:])
    return found


def number(text):
    return None if text == "-" else int(text)


@pytest.fixture(scope="module")
def worked():
    records, _cells = tables()
    doings = [
        Doing(
            ord(key), frozenset({theme}), frozenset(areas.split(", ")), frozenset(map(int, agencies.split(", "))),
            planned=number(people), own=number(own), whole=number(whole),
        )
        for key, theme, areas, agencies, people, own, whole in records
    ]  # fmt: skip
    return matrix(doings, ROWS, ["whole", *AREAS], joint=[(ord("A"), ord("B"))])


def test_the_worked_cells(worked):
    _records, cells = tables()
    assert len(cells) == 6
    for theme, area, count, agencies, people, money in cells:
        cell = worked.by_row[theme] if area == "all" else worked.cell(theme, area)
        told = (cell.count, cell.agencies, cell.planned, cell.money)
        assert told == (int(count), int(agencies), number(people), number(money)), (theme, area)


def test_the_worked_gaps_and_crowd(worked):
    found = gaps(worked, rows=ROWS, columns=AREAS)
    assert found == (Gap("devices", ("north", "west"), 3), Gap("skills", ("west",), 3))
    assert [(one.row, one.column, one.count) for one in crowds(worked)] == [("skills", "north", 3)]


SOME = st.frozensets(st.sampled_from("abc"), max_size=3)
DOINGS = st.lists(
    st.builds(
        lambda rows, columns, agencies, planned, own, whole: (rows, columns, agencies, planned, own, whole),
        SOME, SOME, st.frozensets(st.integers(1, 5), max_size=3), st.none() | st.integers(0, 1000),
        st.none() | st.integers(0, 100), st.none() | st.integers(0, 100),
    ),
    max_size=12,
)  # fmt: skip
PAIRS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=6)


def made(told, pairs=()):
    doings = [Doing(key, *facts[:3], planned=facts[3], own=facts[4], whole=facts[5]) for key, facts in enumerate(told)]
    return matrix(doings, "abc", "abc", pairs)


@given(DOINGS, PAIRS)
def test_a_margin_lies_between_its_largest_cell_and_their_sum(told, pairs):
    found = made(told, pairs)
    for row in "abc":
        cells = [found.cell(row, column) for column in "abc"]
        for what in ("count", "agencies"):
            numbers = [getattr(cell, what) for cell in cells]
            assert max(numbers) <= getattr(found.by_row[row], what) <= sum(numbers)
    assert found.whole.count <= len(told)


@given(DOINGS, PAIRS)
def test_joining_records_never_counts_or_sums_more(told, pairs):
    alone, joined = made(told), made(told, pairs)
    for place in alone.cells:
        before, after = alone.cells[place], joined.cells[place]
        assert after.count <= before.count
        assert after.agencies == before.agencies
        assert after.keys == before.keys
        assert (after.planned is None) == (before.planned is None)
        assert (after.planned or 0) <= (before.planned or 0)


@given(DOINGS)
def test_a_cell_nobody_told_us_of_says_nothing_and_is_a_gap(told):
    found = made(told)
    missing = {(gap.row, column) for gap in gaps(found, rows="abc", columns="abc") for column in gap.columns}
    for row in "abc":
        for column in "abc":
            cell = found.cell(row, column)
            assert (cell == Cell()) == (cell.count == 0) == ((row, column) in missing)


@given(DOINGS, PAIRS)
def test_the_order_of_records_and_pairs_does_not_matter(told, pairs):
    one = made(told, pairs)
    doings = [Doing(key, *facts[:3], planned=facts[3], own=facts[4], whole=facts[5]) for key, facts in enumerate(told)]
    other = matrix(reversed(doings), "abc", "abc", [(second, first) for first, second in reversed(pairs)])
    assert {place: cell.count for place, cell in one.cells.items()} == {
        place: cell.count for place, cell in other.cells.items()
    }
    assert one.whole.planned == other.whole.planned
