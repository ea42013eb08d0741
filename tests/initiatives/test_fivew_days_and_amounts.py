"""Days, numbers and amounts as people write them."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnin.initiatives.formats.fivew.amounts import currency_of_cell, decimal_sign, number
from learnin.initiatives.formats.fivew.days import is_day_first, month_names, span
from learnin.initiatives.formats.fivew.grid import Cell
from learnin.initiatives.formats.fivew.writing import guarded


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("2024-03-05", "2024-03-05", "2024-03-05"),
        ("2024-03-05 00:00:00", "2024-03-05", "2024-03-05"),
        ("2024-03-05/2024-06-01", "2024-03-05", "2024-06-01"),
        ("5.3.2024", "2024-03-05", "2024-03-05"),
        ("25/03/2024", "2024-03-25", "2024-03-25"),
        ("03/25/2024", "2024-03-25", "2024-03-25"),
        ("2024-03", "2024-03-01", "2024-03-31"),
        ("02/2024", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024.0", "2024-01-01", "2024-12-31"),
        (2024.0, "2024-01-01", "2024-12-31"),
        (45000.0, "2023-03-15", "2023-03-15"),
        ("45000", "2023-03-15", "2023-03-15"),
        ("2019–2021", "2019-01-01", "2021-12-31"),
        ("Q1 2024", "2024-01-01", "2024-03-31"),
        ("2024Q4", "2024-10-01", "2024-12-31"),
        ("II квартал 2024 г.", "2024-04-01", "2024-06-30"),
        ("Trim. III 2024", "2024-07-01", "2024-09-30"),
        ("2. çeyrek 2024", "2024-04-01", "2024-06-30"),
        ("March 25, 2009", "2009-03-25", "2009-03-25"),
        ("1 марта 2024 г.", "2024-03-01", "2024-03-01"),
        ("15 березня 2024", "2024-03-15", "2024-03-15"),
        ("15. ožujka 2024.", "2024-03-15", "2024-03-15"),
        ("5. марта 2024.", "2024-03-05", "2024-03-05"),
        ("12 Mart 2023", "2023-03-12", "2023-03-12"),
        ("1 მარტი, 2024", "2024-03-01", "2024-03-01"),
        ("iunie 2022", "2022-06-01", "2022-06-30"),
        ("листопад 2020", "2020-11-01", "2020-11-30"),
        ("listopad 2020", "2020-10-01", "2020-10-31"),
        (date(2024, 2, 29), "2024-02-29", "2024-02-29"),
        (datetime(2024, 2, 29, 12, 30), "2024-02-29", "2024-02-29"),  # noqa: DTZ001  # cells have no zone
    ],
)
def test_days_are_read_in_any_usual_form(said: Cell, first: str, last: str) -> None:
    found = span(said)
    assert found
    assert (found.first.isoformat(), found.last.isoformat(), found.doubt) == (first, last, "")


@pytest.mark.parametrize(
    "said", ["soon", "31.02.2024", "2024-13", "0000-00-00", "99999", 12.0, "1/2", "May", "Q5 2024", "3 2024 4 2025"]
)
def test_what_is_no_day_is_none(said: Cell) -> None:
    assert span(said) is None


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    for said in (day.isoformat(), f"{day.day}.{day.month}.{day.year}", f"{day.day} {day:%B} {day.year}"):
        found = span(said)
        assert found
        assert (found.first, found.last) == (day, day)
    found = span(f"{day:%m/%d/%Y}", day_first=False)
    assert found
    assert found.first == day


def test_a_column_shows_its_order_only_where_its_cells_agree() -> None:
    assert is_day_first(["01/02/2024", "13/02/2024"]) is True
    assert is_day_first(["01/02/2024", "02/13/2024"]) is False
    assert is_day_first(["13/02/2024", "02/13/2024"]) is None
    assert is_day_first(["13.02.2024", 45000.0]) is None


def test_names_of_months_mean_one_month_each() -> None:
    names = month_names()
    assert {
        names[one] for one in ("january", "ianuarie", "јануар", "siječanj", "января", "січня", "ocak", "იანვარი")
    } == {1}
    assert {names[one] for one in ("august", "avgust", "kolovoz", "серпня", "ağustos", "აგვისტო", "gusht")} == {8}


@pytest.mark.parametrize(
    ("said", "value", "is_doubtful"),
    [
        ("658.000,00 kn", "658000", False),
        ("1,234,567.89", "1234567.89", False),
        ("1 200", "1200", False),
        ("1’200.50", "1200.5", False),
        ("12 345 678,90 €", "12345678.9", False),
        ("1.234", "1234", True),
        ("1,234", "1234", True),
        ("1234.567", "1234.567", False),
        ("0.125", "0.125", False),
        ("(500)", "-500", False),
        ("−5", "-5", False),
        ("1.2 million", "1200000", False),
        ("3,5 млн евро", "3500000", False),
        ("250 тыс. руб.", "250000", False),
        (1e6, "1000000", False),
    ],
)
def test_numbers_are_read_whatever_parts_them(said: Cell, value: str, is_doubtful: bool) -> None:
    found = number(said)
    assert found
    assert (found.value, found.is_doubtful) == (Decimal(value), is_doubtful)


@pytest.mark.parametrize("said", ["", "much", "100-200", "1.234.56", "12/2024", "1,2,3", 1e20, "9" * 20])
def test_what_is_no_number_is_none(said: Cell) -> None:
    assert number(said) is None


def test_a_column_shows_its_decimal_sign_only_where_its_cells_agree() -> None:
    assert decimal_sign(["1.234", "1.5"]) == "."
    assert decimal_sign(["1.234", "1.234.567"]) == ","
    assert decimal_sign(["1.234", "1,5", "1.5"]) == ""
    found = number("1.234", decimal=".")
    assert found
    assert (found.value, found.is_doubtful) == (Decimal("1.234"), False)


@pytest.mark.parametrize(
    ("said", "country", "code", "times"),
    [
        ("USD", "", "USD", 1),
        ("USD(m)", "", "USD", 10**6),
        ("тыс. грн", "", "UAH", 1000),
        ("lei", "RO", "RON", 1),
        ("lei", "MD", "MDL", 1),
        ("lei", "", "", 1),
        ("сум", "UZ", "UZS", 1),
        ("Евро", "", "EUR", 1),
        ("!Mixed currency", "", "", 1),
        ("$", "", "", 1),
    ],
)
def test_currencies_are_known_by_code_sign_and_word(said: str, country: str, code: str, times: int) -> None:
    assert currency_of_cell(said, country) == (code, times)


@given(st.text(max_size=20))
def test_no_text_becomes_a_formula(text: str) -> None:
    assert guarded(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}
