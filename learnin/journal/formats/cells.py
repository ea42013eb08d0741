"""Cells of an Excel workbook that people filled in, and what is wrong in them. Pure: bytes in, values out."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile


class NoWorkbook(ValueError):
    """The bytes are no Excel workbook."""


@dataclass(frozen=True)
class Problem:
    """What is wrong in a cell. `reason` is a key of the words that the page has; `said` is what stands there."""

    row: int
    column: str
    reason: str
    said: str = ""


@dataclass(frozen=True)
class Line:
    """One line of a sheet; the first has the number 1."""

    number: int
    values: tuple[object, ...]


def lines(content: bytes, name: str, *, columns: int, most: int) -> Iterator[Line]:
    """The lines of the sheet of this name, or else of the first; at most so many. Raises NoWorkbook."""
    from openpyxl import load_workbook  # takes memory, and few pages need it
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        sheet = book[name] if name in book.sheetnames else book.worksheets[0]
        rows = sheet.iter_rows(max_row=most, max_col=columns, values_only=True)
        found = [(*cells, *[None] * (columns - len(cells))) for cells in rows]
        book.close()
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError):
        raise NoWorkbook from None
    for number, values in enumerate(found, start=1):
        yield Line(number, values)


def text(value: object) -> str:
    """What stands in a cell, as text."""
    return "" if value is None else str(value).strip()
