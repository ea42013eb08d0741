"""Rows that stand out in microdata: the worked table, and what must hold for any rows."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnin.compute.disclosure import Advice, CannotProtect, anonymity
from tests.compute.worked import table

LINES = ("Sex", "Place", "Post", "Stands out")
rows = st.lists(st.tuples(*[st.sampled_from("abc")] * 3), max_size=40)


def test_the_page_works_out_who_stands_out() -> None:
    page = table("disclosure.md", *LINES)
    columns = {head: [row[head] for row in page] for head in LINES[:3]}
    found = anonymity(columns, k=2)
    assert found.rows == tuple(place for place, row in enumerate(page) if row["Stands out"] == "yes")
    assert found.values == {"Place": ("South",), "Post": ("principal",)}
    assert found.k == 1


@given(rows, st.integers(1, 6))
def test_rows_stand_out_where_fewer_share_their_values(given_rows: list, k: int) -> None:
    columns = {name: [row[at] for row in given_rows] for at, name in enumerate("xyz")}
    found = anonymity(columns, k=k)
    sizes = Counter(given_rows)
    assert found.rows == tuple(at for at, row in enumerate(given_rows) if sizes[row] < k)
    assert found.is_safe == (found.k >= k or not given_rows)


@given(rows, st.integers(1, 6), st.integers(1, 3))
def test_variety_only_adds_rows(given_rows: list, k: int, variety: int) -> None:
    columns = {name: [row[at] for row in given_rows] for at, name in enumerate("xy")}
    answers = [row[2] for row in given_rows]
    without, asked = anonymity(columns, k=k), anonymity(columns, k=k, sensitive=answers, variety=variety)
    assert {*without.rows} <= {*asked.rows}
    if asked.variety is not None and asked.variety >= variety:
        assert asked.rows == without.rows


@given(rows, st.integers(2, 6))
def test_advice_says_what_it_leaves(given_rows: list, k: int) -> None:
    columns = {name: [row[at] for row in given_rows] for at, name in enumerate("xyz")}
    coarser = {"x": ["*"] * len(given_rows)}
    found = anonymity(columns, k=k, coarser=coarser)
    assert [advice.rows_left for advice in found.advice] == sorted(advice.rows_left for advice in found.advice)
    for advice in found.advice:
        others = {name: values for name, values in columns.items() if name != advice.column}
        assert advice.rows_left == len(anonymity(others, k=k).rows)
        assert advice.rows_left <= len(found.rows)


def test_all_the_same_answer_gives_it_away() -> None:
    columns, answers = {"school": "aaabbb"}, "yyyyny"
    found = anonymity(columns, k=3, sensitive=answers, variety=2, coarser={"school": "******"})
    assert (found.k, found.variety, found.rows) == (3, 1, (0, 1, 2))
    assert found.advice[0] == Advice("school", "coarsen", 0)


@pytest.mark.parametrize(
    "wrong",
    [{"k": 0}, {"variety": 0}, {"sensitive": "xy"}, {"coarser": {"b": "xyz"}}, {"coarser": {"a": "xy"}}],
    ids=str,
)
def test_what_cannot_be_checked_is_refused(wrong: dict) -> None:
    with pytest.raises(CannotProtect):
        anonymity({"a": "xyz"}, **wrong)
    assert anonymity({"a": "xxx"}, k=3).is_safe
