"""A table as an XLSX file, in which every cell is text: what people wrote can never become a formula."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

LONGEST_CELL = 32_767  # characters; Excel specifications and limits


def write(headings: Sequence[str], rows: Iterable[Sequence[str]], *, name: str, widths: Sequence[int]) -> bytes:
    """One sheet with a head that stays and filters.

    Args:
        headings: names of the columns.
        rows: texts, as many as columns; longer ones than a cell holds are cut.
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
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            sheet.write_string(last, column, text[:LONGEST_CELL], wrapped)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(headings) - 1)
    book.close()
    return out.getvalue()
