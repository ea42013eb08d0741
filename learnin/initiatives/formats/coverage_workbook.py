"""Tables of coverage as an Excel workbook: numbers are numbers, and nothing that people wrote becomes a formula."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from learnin.journal.formats.sheet import LONGEST_CELL

Value = str | float | None


def write(sheets: Iterable[tuple[str, Sequence[str], Sequence[Sequence[Value]]]]) -> bytes:
    """A workbook with a sheet for each: name (at most 31 letters), heads, rows; texts longer than a cell are cut."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    number = book.add_format({"num_format": "#,##0"})
    for name, heads, rows in sheets:
        sheet = book.add_worksheet(name[:31])
        sheet.set_column(0, len(heads) - 1, 24)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(line, column, value[:LONGEST_CELL])
                elif value is not None:
                    sheet.write_number(line, column, value, number)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
    book.close()
    return out.getvalue()
