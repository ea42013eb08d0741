"""Excel: for each table a sheet of values and a sheet of words, then what the columns mean. No cell is a formula."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from learnin.assessment.formats.exports import codebook
from learnin.assessment.formats.tables import Layout, Record, Table

ROWS = 1_048_576  # of a sheet (Excel specifications and limits)
LETTERS = 32_767  # of a cell


class TooManyRows(ValueError):
    """More rows than a sheet of Excel has."""


class _Sheet:
    """A sheet that grows downwards."""

    def __init__(self, book: xlsxwriter.Workbook, name: str, table: Table, styles: tuple[Any, Any, Any]) -> None:
        self.sheet = book.add_worksheet(name)
        self.date, self.moment, bold = styles
        self.sheet.freeze_panes(1, 1)
        for at, column in enumerate(table.columns):
            self.sheet.write_string(0, at, column.name[:LETTERS], bold)
        self.next = 1

    def add(self, values: Iterable[Any]) -> None:
        if self.next >= ROWS:
            raise TooManyRows
        for at, value in enumerate(values):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                self.sheet.write_string(self.next, at, value[:LETTERS])
            elif isinstance(value, datetime):
                self._when(at, value, self.moment)
            elif isinstance(value, date):
                self._when(at, value, self.date)
            else:
                self.sheet.write_number(self.next, at, value)
        self.next += 1

    def _when(self, at: int, value: date | datetime, style: Any) -> None:
        """Excel's calendar begins in 1900; what was before is text."""
        if value.year >= 1900:
            self.sheet.write_datetime(self.next, at, value, style)
        else:
            self.sheet.write_string(self.next, at, value.isoformat())


def workbook(
    layout: Layout,
    records: Iterable[Record],
    path: Path,
    *,
    language: str = "",
    names: tuple[str, str] = ("values", "labels"),
    more: Sequence[tuple[str, Sequence[Sequence[str]]]] = (),
) -> Path:
    """The tables twice, as values and in words; `more` sheets of text at the end. Raises TooManyRows."""
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(path, options) as book:
        styles = (
            book.add_format({"num_format": "yyyy-mm-dd"}),
            book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            book.add_format({"bold": True}),
        )
        taken: set[str] = set()
        sheets = []
        for at, table in enumerate(layout.tables):
            short = table.repeat[-1] if at else ""
            sheets.append(
                tuple(_Sheet(book, _sheet_name(f"{name} {short}".strip(), taken), table, styles) for name in names)
            )
        for record in records:
            _both(layout.main, layout.main_row(record), sheets[0], language)
            for at, row in layout.repeat_rows(record):
                _both(layout.repeats[at], row, sheets[at + 1], language)
        for name, rows in (*codebook.sheets(layout, language), *more):
            _text_sheet(book, _sheet_name(name, taken), rows, styles[2])
    return path


def book_of_text(sheets: Sequence[tuple[str, Sequence[Sequence[str]]]], path: Path) -> Path:
    """A workbook whose sheets hold text."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, taken = book.add_format({"bold": True}), set[str]()
        for name, rows in sheets:
            _text_sheet(book, _sheet_name(name, taken), rows, bold)
    return path


def _both(table: Table, row: Sequence[str], sheets: tuple[_Sheet, ...], language: str) -> None:
    values, words = sheets
    values.add(column.value(text) for column, text in zip(table.columns, row, strict=True))
    words.add(column.labelled(text, language) for column, text in zip(table.columns, row, strict=True))


def _text_sheet(book: xlsxwriter.Workbook, name: str, rows: Sequence[Sequence[str]], bold: Any) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows):
        for at, text in enumerate(row):
            if text:
                sheet.write_string(number, at, text[:LETTERS], *([bold] if number == 0 else []))


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel takes, and no sheet has yet."""
    plain = "".join("_" if letter in "[]:*?/\\'" else letter for letter in name)[:31]
    number, tried = 1, plain
    while tried.lower() in taken:
        number += 1
        tried = f"{plain[: 30 - len(str(number))]} {number}"
    taken.add(tried.lower())
    return tried
