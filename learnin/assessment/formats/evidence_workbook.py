"""Evidence as an Excel workbook: one sheet for each kind. What people wrote can never become a formula."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import xlsxwriter

from learnin.journal.formats.sheet import LONGEST_CELL

Cell = str | int | Decimal | date | None


@dataclass(frozen=True)
class Table:
    """One sheet: its name, its columns with their widths in letters, its rows."""

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]


def write(tables: Iterable[Table]) -> bytes:
    """The workbook; numbers and days stay numbers and days, everything else is text."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    for table in tables:
        sheet = book.add_worksheet(table.name[:31])
        for at, (heading, width) in enumerate(table.columns):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, heading, bold)
        for line, row in enumerate(table.rows, start=1):
            _write_row(sheet, line, row, wrapped, day)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    book.close()
    return out.getvalue()


def _write_row(
    sheet: xlsxwriter.worksheet.Worksheet, line: int, row: Sequence[Cell], wrapped: object, day: object
) -> None:
    for at, value in enumerate(row):
        if isinstance(value, date):
            sheet.write_datetime(line, at, value, day)
        elif isinstance(value, int | Decimal):
            sheet.write_number(line, at, float(value), wrapped)
        else:
            sheet.write_string(line, at, (value or "")[:LONGEST_CELL], wrapped)
