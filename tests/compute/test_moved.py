"""Numbers that moved after a later run: the worked lines of their page, and what must hold for any number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnin.compute.moved import Change, as_written, change
from tests.compute.worked import number, table

LINES = ("Share", "Was", "Low", "High", "Now", "Change")
shares = st.floats(0, 1)


def _maybe(cell: str) -> float | None:
    return None if cell == "-" else number(cell)


@pytest.mark.parametrize("row", table("moved.md", *LINES), ids=str)
def test_the_page_works_out_the_change(row: dict[str, str]) -> None:
    was, low, high, now = (_maybe(row[head]) for head in ("Was", "Low", "High", "Now"))
    expected = Change.NONE if row["Change"] == "none" else Change(row["Change"])
    assert change(was, low, high, now, is_share=row["Share"] == "yes") == expected


@given(shares, shares, shares)
def test_a_number_has_not_moved_from_itself(was: float, low: float, high: float) -> None:
    assert change(was, low, high, was, is_share=True) is Change.NONE


@given(shares, shares)
def test_a_change_is_one_that_people_can_read(was: float, now: float) -> None:
    found = change(was, 0.0, 1.0, now, is_share=True)
    is_other = as_written(was, is_share=True) != as_written(now, is_share=True)
    assert found is (Change.ROUNDING if is_other else Change.NONE)


@given(shares, st.floats(0, 0.1), shares)
def test_only_what_left_the_interval_is_beyond_it(was: float, reach: float, now: float) -> None:
    if change(was, was - reach, was + reach, now, is_share=True) is Change.INTERVAL:
        assert abs(now - was) > reach


def test_a_number_that_was_none_can_become_one() -> None:
    assert change(None, None, None, 0.5, is_share=True) is Change.ROUNDING
    assert change(None, None, None, None, is_share=True) is Change.NONE
