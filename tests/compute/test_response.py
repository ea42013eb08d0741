"""The response rate and the forecast: the worked numbers of their page, and what must hold for any counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnin.compute import response
from learnin.compute.response import Outcomes
from tests.compute.worked import number, table

RATES = ("I", "P", "R", "NC", "O", "U", "NE", "RR1", "RR2")
FORECASTS = ("Answers", "Days so far", "Days left", "At most", "Expected")
counts = st.integers(0, 10_000)
outcomes = st.builds(Outcomes, counts, counts, counts, counts, counts, counts, counts)


def _maybe(cell: str) -> float | None:
    return None if cell == "-" else number(cell)


@pytest.mark.parametrize("row", table("response-rate.md", *RATES), ids=str)
def test_the_page_works_out_the_rates(row: dict[str, str]) -> None:
    found = Outcomes(*(int(row[head]) for head in RATES[:7]))
    assert response.rr1(found) == (pytest.approx(number(row["RR1"])) if row["RR1"] != "-" else None)
    assert response.rr2(found) == (pytest.approx(number(row["RR2"])) if row["RR2"] != "-" else None)


@pytest.mark.parametrize("row", table("response-rate.md", *FORECASTS), ids=str)
def test_the_page_works_out_the_forecast(row: dict[str, str]) -> None:
    answers, days, left, most, expected = (_maybe(row[head]) for head in FORECASTS)
    assert (
        response.forecast(int(answers or 0), days=days or 0, days_left=left or 0, most=most and int(most)) == expected
    )


@given(outcomes)
def test_rates_are_shares_and_the_first_is_the_smaller(found: Outcomes) -> None:
    first, second = response.rr1(found), response.rr2(found)
    if first is None or second is None:
        assert found.asked == 0
    else:
        assert 0 <= first <= second <= 1


@given(st.integers(0, 1000), st.floats(1, 100), st.floats(0, 100), st.integers(1000, 2000))
def test_a_forecast_is_never_less_than_what_is_there_or_more_than_can_be(answers, days, left, most) -> None:
    expected = response.forecast(answers, days=days, days_left=left, most=most)
    assert expected is not None
    assert answers <= expected <= most
