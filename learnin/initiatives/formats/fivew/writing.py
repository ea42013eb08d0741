"""Write records as a 5W table, Excel or CSV, and the template that people fill in. Texts never become formulas."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from learnin.initiatives.formats.fivew.grid import GUARDED
from learnin.initiatives.formats.fivew.layout import Column, Value, Words, columns, rows
from learnin.initiatives.formats.fivew.meanings import Meaning, Use, tag
from learnin.initiatives.formats.record import Record

LONGEST_CELL = 32_767  # characters; Excel specifications and limits
FIRST_DAY = date(1901, 1, 1)
"""Excel counts days from 1900, with a 29 February that never was."""
TEMPLATE_ROWS = 1_000
"""Rows of the template that offer choices."""

_M = Meaning
TEMPLATE: Sequence[Meaning] = (
    *(_M.IDENTIFIER, _M.TITLE, _M.DESCRIPTION, _M.REPORTER, _M.FUNDER, _M.IMPLEMENTER, _M.COUNTRY, _M.AREA, _M.PLACE),
    *(_M.STATUS, _M.PLANNED_START, _M.PLANNED_END, _M.THEME, _M.AUDIENCE, _M.COMPONENT, _M.PLANNED, _M.REACHED),
    *(_M.BUDGET, _M.CURRENCY, _M.LINK, _M.CONTACT_PERSON, _M.CONTACT_EMAIL),
)
"""The columns of the template."""
CHOICES = {_M.STATUS: "status", _M.THEME: "theme", _M.AUDIENCE: "audience", _M.COMPONENT: "component", _M.AREA: "area"}
"""Columns of the template with choices, and the list each takes them from."""


def write_workbook(records: Iterable[Record], words: Words) -> bytes:
    """An Excel workbook with a row of HXL hashtags under the heading; the file's bytes."""
    kept = list(records)
    out, book = _book()
    bold, grey = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"font_color": "#595959"})
    sheet, shapes = book.add_worksheet(words.sheet[:31]), _shapes(book)
    every = columns(kept, words)
    for at, column in enumerate(every):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.heading, bold)
        sheet.write_string(1, at, column.hashtag, grey)
    last = 1
    for last, values in enumerate(_values(kept, every), start=2):
        for at, value in enumerate(values):
            _write(sheet, last, at, value, shapes)
    sheet.freeze_panes(2, 1)
    sheet.autofilter(1, 0, last, len(every) - 1)
    book.close()
    return out.getvalue()


def write_csv(records: Iterable[Record], words: Words) -> bytes:
    """The same table as CSV in UTF-8, for programs and spreadsheets alike; the file's bytes."""
    kept = list(records)
    every = columns(kept, words)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([guarded(column.heading) for column in every])
    writer.writerow([column.hashtag for column in every])
    writer.writerows([_plain(value) for value in values] for values in _values(kept, every))
    return out.getvalue().encode("utf-8-sig")


def _values(records: Iterable[Record], every: Sequence[Column]) -> Iterable[list[Value]]:
    return ([column.said(row) for column in every] for record in records for row in rows(record))


def _plain(value: Value) -> str:
    if isinstance(value, Decimal):
        return _amount(value)
    if isinstance(value, date):
        return value.isoformat()
    return guarded(value) if isinstance(value, str) else "" if value is None else str(value)


def _amount(value: Decimal) -> str:
    """An amount with a point; never three decimals, which others would take for thousands."""
    text = format(value, "f")
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    >>> guarded("=1+1"), guarded("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{text}" if text.startswith((*GUARDED, "'")) else text


def _book() -> tuple[io.BytesIO, Any]:
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return out, xlsxwriter.Workbook(out, options)


@dataclass(frozen=True)
class _Shapes:
    """How cells look: days, amounts and texts."""

    day: Any
    number: Any
    text: Any


def _shapes(book: Any) -> _Shapes:
    top = {"valign": "top"}
    return _Shapes(
        book.add_format({**top, "num_format": "yyyy-mm-dd"}),
        book.add_format({**top, "num_format": "#,##0.##"}),
        book.add_format({**top, "text_wrap": True}),
    )


def _write(sheet: Any, row: int, at: int, value: Value, shapes: _Shapes) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date) and value >= FIRST_DAY:
        sheet.write_datetime(row, at, value, shapes.day)
    elif isinstance(value, Decimal) and Decimal(repr(float(value))) != value:  # a cell holds 15 digits
        sheet.write_string(row, at, _amount(value), shapes.text)
    elif isinstance(value, (int, Decimal)):
        sheet.write_number(row, at, float(value), shapes.number)
    elif isinstance(value, float):
        sheet.write_number(row, at, value)
    else:
        sheet.write_string(row, at, str(value)[:LONGEST_CELL], shapes.text)


def write_template(words: Words, lists: Mapping[str, Sequence[str]]) -> bytes:
    """An empty workbook to fill in: headings with hashtags, choices where there are lists, and a guide.

    Args:
        words: of the language.
        lists: names to choose from, by list: "status", "theme", "audience", "component", "area".
    """
    out, book = _book()
    bold, grey = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"font_color": "#595959"})
    sheet = book.add_worksheet(words.sheet[:31])
    for at, meaning in enumerate(TEMPLATE):
        sheet.set_column(at, at, 22)
        sheet.write_string(0, at, words.heading(Use(meaning)), bold)
        sheet.write_string(1, at, tag(Use(meaning)), grey)
    sheet.freeze_panes(2, 1)
    _guide(book.add_worksheet(words.guide[:31]), words, bold)
    _choices(book.add_worksheet(words.lists[:31]), sheet, words, lists)
    book.close()
    return out.getvalue()


def _guide(sheet: Any, words: Words, bold: Any) -> None:
    sheet.set_column(0, 1, 28)
    sheet.set_column(2, 2, 90)
    for number, meaning in enumerate(TEMPLATE):
        sheet.write_string(number, 0, words.heading(Use(meaning)), bold)
        sheet.write_string(number, 1, tag(Use(meaning)))
        sheet.write_string(number, 2, words.hints.get(meaning, ""))


def _choices(sheet: Any, table: Any, words: Words, lists: Mapping[str, Sequence[str]]) -> None:
    """Names to choose from. A cell may hold other words too: several names, or one that the reader will ask about."""
    offered = [(meaning, lists[name]) for meaning, name in CHOICES.items() if lists.get(name)]
    for at, (meaning, names) in enumerate(offered):
        sheet.set_column(at, at, 30)
        sheet.write_string(0, at, words.heading(Use(meaning)))
        for number, name in enumerate(names, start=1):
            sheet.write_string(number, at, name)
        column, letter = TEMPLATE.index(meaning), chr(ord("A") + at)
        source = f"='{words.lists[:31].replace(chr(39), chr(39) * 2)}'!${letter}$2:${letter}${len(names) + 1}"
        rule = {"validate": "list", "source": source, "error_type": "information"}
        table.data_validation(2, column, TEMPLATE_ROWS + 1, column, rule)
