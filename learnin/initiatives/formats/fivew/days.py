"""Days as people write them in tables: of a year, a quarter, a month or a day, in any usual order and language."""

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from babel import Locale
from babel.core import UnknownLocaleError

from learnin.initiatives.formats.fivew.grid import Cell

FIRST_YEAR, LAST_YEAR = 1900, 2100
_EXCEL_BEGINS = date(1899, 12, 30)  # day 0 of Excel's count, with its 29 February 1900: ECMA-376 part 1, 18.17.4.1
_SERIALS = (20_000, 73_050)
"""1954 to 2099: smaller numbers are more likely years."""
_LOCALES = (
    *("en", "ro", "sr", "sr_Latn", "hr", "bs", "ru", "uk", "be", "tr", "ka", "sq", "mk", "bg", "hy", "az", "az_Cyrl"),
    *("kk", "uz", "uz_Cyrl", "ky", "tg", "tk", "el", "es", "fr", "de", "it"),
)

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?")
_PARTS = re.compile(r"(\d{1,2})([-/.])\s*(\d{1,2})[-/.]\s*(\d{4}|\d{2})(?:[T ]\d{1,2}:\d{2}.*)?")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_YEAR = re.compile(r"(\d{4})(?:\.0)?")
_YEARS = re.compile(r"(\d{4})\s*[-–—/]\s*(\d{4})")
_INTERVAL = re.compile(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_QUARTER = re.compile(
    r"(?:(?P<a>[1-4]|IV|I{1,3})\s*[-.]?\s*)?(?:trim\w*|kvartal\w*|quarter|çeyrek|ceyrek|квартал\w*|тоқсан|чорак|кв|kv|q|t|k)"
    r"\.?\s*(?P<b>[1-4]|IV|I{1,3})?",
    re.IGNORECASE,
)
_OF_YEAR = re.compile(r"\b(?:г|год|года|году|р|рік|року|god|godine|year|an|anul|yil)$", re.IGNORECASE)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}


@dataclass(frozen=True)
class Span:
    """The days that a cell means, from the first to the last; `doubt` is a code of a problem, or empty."""

    first: date
    last: date
    doubt: str = ""


def span(cell: Cell, *, day_first: bool | None = None) -> Span | None:
    """The days that a cell means; nothing where it holds none.

    Args:
        cell: what stands there.
        day_first: whether 03/04/2024 is the 3rd of April in this column; None: nobody knows, so it is, with a doubt.

    >>> span("Q1 2024").last.isoformat(), span("1 марта 2024 г.").first.isoformat(), span("03/04/2024").doubt
    ('2024-03-31', '2024-03-01', 'day_or_month_first')
    """
    if isinstance(cell, datetime):
        return Span(cell.date(), cell.date())
    if isinstance(cell, date):
        return Span(cell, cell)
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    return _of_text(" ".join(text.split()).strip(" .,"), day_first)


@lru_cache(maxsize=20_000)
def _of_text(text: str, day_first: bool | None) -> Span | None:
    try:
        return _interval(text) or _numbers(text, day_first) or _quarter(text) or _words(text)
    except ValueError:  # no such day
        return None


def _interval(text: str) -> Span | None:
    """Two days with a stroke between them (ISO 8601, section 4.4.1)."""
    found = _INTERVAL.fullmatch(text)
    return Span(date.fromisoformat(found[1]), date.fromisoformat(found[2])) if found else None


def _numbers(text: str, day_first: bool | None) -> Span | None:
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _PARTS.fullmatch(text):
        return _parts(int(found[1]), int(found[3]), found[4], day_first, found[2])
    if found := _YEAR.fullmatch(text):
        return _months(int(found[1]), 1, 12)
    if found := _YEAR_MONTH.fullmatch(text):
        return _months(int(found[1]), int(found[2]), int(found[2]))
    if found := _MONTH_YEAR.fullmatch(text):
        return _months(int(found[2]), int(found[1]), int(found[1]))
    if found := _YEARS.fullmatch(text):
        return Span(_months(int(found[1]), 1, 12).first, _months(int(found[2]), 1, 12).last)
    if _SERIAL.fullmatch(text) and _SERIALS[0] <= float(text) <= _SERIALS[1]:
        day = _EXCEL_BEGINS + timedelta(days=int(float(text)))
        return Span(day, day)
    return None


def _parts(first: int, second: int, year: str, day_first: bool | None, sign: str) -> Span:
    """A day and a month in either order; points are written between them only where the day comes first."""
    full = int(year) if len(year) == 4 else 2000 + int(year) if int(year) < 70 else 1900 + int(year)
    doubt = "" if len(year) == 4 else "year_of_two_digits"
    if first > 12 or second > 12 or first == second or sign == ".":
        day, month = (second, first) if second > 12 else (first, second)
    else:
        day, month = (second, first) if day_first is False else (first, second)
        doubt = doubt if day_first is not None else "day_or_month_first"
    return _day(full, month, day, doubt)


def _day(year: int, month: int, day: int, doubt: str = "") -> Span:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError
    return Span(date(year, month, day), date(year, month, day), doubt)


def _months(year: int, first: int, last: int) -> Span:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= first <= last <= 12):
        raise ValueError
    return Span(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _quarter(text: str) -> Span | None:
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", text)
    if len(years) != 1:
        return None
    found = _QUARTER.fullmatch(_OF_YEAR.sub("", text.replace(years[0], " ").strip(" -/.,")).strip(" -/.,"))
    said = found and (found["a"] or found["b"])
    if not said or (found and found["a"] and found["b"]):
        return None
    quarter = _ROMAN.get(said.upper()) or int(said)
    return _months(int(years[0]), 3 * quarter - 2, 3 * quarter)


def _words(text: str) -> Span | None:
    """A month by its name, with a year, and perhaps a day."""
    tokens = re.findall(r"[^\W\d_]+|\d+", text)
    months = {month for token in tokens if (month := month_names().get(token.lower()))}
    numbers = [token for token in tokens if token.isdecimal()]
    years = [int(number) for number in numbers if len(number) == 4]
    others = [int(number) for number in numbers if len(number) < 3]
    if len(months) != 1 or len(years) != 1 or len(years) + len(others) < len(numbers) or len(others) > 1:
        return None
    month = months.pop()
    return _day(years[0], month, others[0]) if others else _months(years[0], month, month)


@lru_cache(maxsize=1)
def month_names() -> dict[str, int]:
    """Names of months, whole and short, in the languages of the region; those that mean two months are left out."""
    found = defaultdict[str, set[int]](set)
    for language in _LOCALES:
        for number, name in _names(language):
            found[name.lower().strip(".")].add(number)
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1 and len(name) > 2}


def _names(language: str) -> Iterable[tuple[int, str]]:
    try:
        months = Locale.parse(language).months
    except UnknownLocaleError:
        return
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            yield from months[context][width].items()


def is_day_first(cells: Iterable[Cell]) -> bool | None:
    """Whether days stand before months in a column: what its clear cells show; None where they show nothing or both.

    >>> is_day_first(["03/04/2024", "25/12/2024"]), is_day_first(["03/04/2024"])
    (True, None)
    """
    shown = set[bool]()
    for cell in cells:
        found = _PARTS.fullmatch(cell) if isinstance(cell, str) else None
        if found and found[2] != ".":
            first, second = int(found[1]), int(found[3])
            if (first > 12) != (second > 12):
                shown.add(first > 12)
    return shown.pop() if len(shown) == 1 else None
