"""A table as an XLSX file of texts and days: what people wrote can never become a formula."""

import io
from collections.abc import Iterable, Sequence
from datetime import date

import xlsxwriter

LONGEST_CELL = 32_767  # characters; Excel specifications and limits
FIRST_DAY = date(1900, 3, 1)  # before it, Excel counts days in a way of its own


def write(headings: Sequence[str], rows: Iterable[Sequence[str | date]], *, name: str, widths: Sequence[int]) -> bytes:
    """One sheet with a head that stays and filters.

    Args:
        headings: names of the columns.
        rows: texts and days, as many as columns; a text longer than a cell holds is cut. Days can be sorted.
        name: of the sheet, at most 31 letters.
        widths: of the columns, in letters.
    Returns:
        The file's bytes.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet(name[:31])
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    days = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, told in enumerate(row):
            if isinstance(told, date) and told >= FIRST_DAY:
                sheet.write_datetime(last, column, told, days)
            else:
                sheet.write_string(last, column, str(told)[:LONGEST_CELL], wrapped)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(headings) - 1)
    book.close()
    return out.getvalue()
