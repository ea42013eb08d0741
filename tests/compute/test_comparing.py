"""Comparisons: the worked lines of their page, and what must hold for any two groups."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnin.compute.comparing import Difference, compare
from tests.compute.worked import number, table

LINES = (
    "First",
    "Second",
    "SE first",
    "SE second",
    "Covariance",
    "df",
    "Together",
    "Difference",
    "SE",
    "Low",
    "High",
    "Verdict",
)
values, errors = st.floats(-10, 10), st.floats(0.001, 5)


@pytest.mark.parametrize("row", table("comparing.md", *LINES), ids=str)
def test_the_page_works_out_the_difference(row: dict[str, str]) -> None:
    found = compare(
        number(row["First"]),
        number(row["Second"]),
        variances=(number(row["SE first"]) ** 2, number(row["SE second"]) ** 2),
        covariance=number(row["Covariance"]),
        df=number(row["df"]),
        together=int(row["Together"]),
    )
    for head, value in (
        ("Difference", found.difference),
        ("SE", found.se),
        ("Low", found.low),
        ("High", found.high),
    ):
        assert value == pytest.approx(number(row[head]), abs=0.00006), head
    assert found.verdict == row["Verdict"]


@given(values, values, errors, errors, st.floats(-1, 1), st.floats(1, 200), st.integers(1, 50))
def test_turning_the_groups_round_turns_the_answer_round(first, second, one, other, together, df, many) -> None:
    covariance = together * one * other
    there = compare(first, second, variances=(one**2, other**2), covariance=covariance, df=df, together=many)
    back = compare(second, first, variances=(other**2, one**2), covariance=covariance, df=df, together=many)
    assert (there.difference, there.low, there.high) == pytest.approx((-back.difference, -back.high, -back.low))
    assert there.p == pytest.approx(back.p)
    turned = {
        Difference.HIGHER: Difference.LOWER,
        Difference.LOWER: Difference.HIGHER,
        Difference.CANNOT_TELL: Difference.CANNOT_TELL,
    }
    assert back.verdict is turned[there.verdict]


@given(values, values, errors, errors, st.floats(3, 200))
def test_the_interval_and_the_p_value_say_the_same(first, second, one, other, df) -> None:
    found = compare(first, second, variances=(one**2, other**2), df=df)
    if abs(found.p - 0.05) > 1e-9:
        assert (found.verdict is not Difference.CANNOT_TELL) == (found.p < 0.05)


@given(values, values, errors, errors, st.integers(2, 100))
def test_comparisons_that_are_read_together_are_less_sure_each(first, second, one, other, many) -> None:
    alone = compare(first, second, variances=(one**2, other**2), df=20)
    among = compare(first, second, variances=(one**2, other**2), df=20, together=many)
    assert among.low < alone.low < alone.high < among.high


def test_estimates_that_always_go_together_differ_for_certain() -> None:
    found = compare(0.5, 0.4, variances=(0.01, 0.01), covariance=0.01)
    assert found.verdict is Difference.HIGHER
    assert (found.se, found.p) == (0.0, 0.0)
    assert compare(0.5, 0.5, variances=(0.01, 0.01), covariance=0.01).p == 1.0


@pytest.mark.parametrize(
    "wrong",
    [
        {"variances": (-0.1, 0.1)},
        {"variances": (0.1, 0.1), "covariance": 0.2},
        {"variances": (0.1, 0.1), "df": 0},
        {"variances": (0.1, 0.1), "level": 1.0},
        {"variances": (0.1, 0.1), "together": 0},
        {"variances": (0.1, math.nan)},
    ],
    ids=str,
)
def test_what_cannot_be_is_refused(wrong: dict) -> None:
    with pytest.raises(ValueError):
        compare(0.5, 0.4, **wrong)
