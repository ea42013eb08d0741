"""Results as an Excel workbook: numbers stay numbers with all their digits, words can never become a formula."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter

from learnin.journal.formats.sheet import LONGEST_CELL

LONGEST_NAME = 31  # letters of a sheet's name; Excel specifications and limits
NOT_IN_A_NAME = str.maketrans("[]:*?/\\'", "        ")
TITLE_ROWS = 2  # the title of a sheet and an empty row before its table


@dataclass(frozen=True)
class Share:
    """A number from 0 to 1 that is shown in percent."""

    value: float


Cell = str | float | Share | None


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, a title above, its columns with their widths in letters, its rows."""

    name: str
    title: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]


def written(sheets: Iterable[Sheet]) -> bytes:
    """The workbook. Two sheets of one name are told apart by a number."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    looks = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "number": book.add_format({"valign": "top"}),
        "share": book.add_format({"valign": "top", "num_format": "0.0%"}),
    }
    taken: set[str] = set()
    for sheet in sheets:
        page = book.add_worksheet(_name(sheet.name, taken))
        _write(page, sheet, looks)
    book.close()
    return out.getvalue()


def _name(wanted: str, taken: set[str]) -> str:
    """A name that Excel takes and no other sheet has."""
    plain = " ".join(wanted.translate(NOT_IN_A_NAME).split())[:LONGEST_NAME] or "-"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: LONGEST_NAME - 4]} {number}"
    taken.add(name.casefold())
    return name


def _write(page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, looks: dict[str, object]) -> None:
    page.write_string(0, 0, sheet.title[:LONGEST_CELL], looks["title"])
    for at, (heading, width) in enumerate(sheet.columns):
        page.set_column(at, at, width)
        page.write_string(TITLE_ROWS, at, heading, looks["head"])
    for line, row in enumerate(sheet.rows, start=TITLE_ROWS + 1):
        _write_row(page, line, row, looks)
    page.freeze_panes(TITLE_ROWS + 1, 0)
    if sheet.rows and sheet.columns:
        page.autofilter(TITLE_ROWS, 0, TITLE_ROWS + len(sheet.rows), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(TITLE_ROWS)


def _write_row(page: xlsxwriter.worksheet.Worksheet, line: int, row: Sequence[Cell], looks: dict[str, object]) -> None:
    for at, value in enumerate(row):
        if isinstance(value, Share):
            page.write_number(line, at, value.value, looks["share"])
        elif isinstance(value, int | float):
            page.write_number(line, at, value, looks["number"])
        elif value:
            page.write_string(line, at, value[:LONGEST_CELL], looks["text"])
