"""The sheets of a file as rows of values, from Excel (.xlsx, .xlsm, .xls) or CSV. Nothing in it is run."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from learnin.initiatives.formats.fivew import guard
from learnin.initiatives.formats.record import NotReadable
from learnin.journal.formats.encodings import decoded

Cell = str | float | date
Row = tuple[Cell, ...]

MOST_BYTES = 100_000_000
MOST_ROWS = 300_000
MOST_COLUMNS = 300
MOST_MERGED = 1_000
"""Merged cells that are filled downwards, and rows of each of them."""
LONGEST_CELL = 100_000
"""Characters; three times what Excel holds."""
_SAMPLE_OF_LINES = 50
_DELIMITERS = ",;\t|"
_OLE, _PACKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"
_NO_TABLES = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")
GUARDED = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows` may be walked through again and again."""

    name: str
    rows: Callable[[], Iterator[Row]]


def sheets(content: bytes, name: str) -> list[Sheet]:
    """The sheets of a file that hold anything, checked to the end.

    Args:
        content: the file's bytes; what it is, is seen from them.
        name: its name, for the sheet of a CSV file.
    Raises:
        NotReadable: "too_large", "not_a_table", "encrypted", "no_rows", "too_many_rows", "too_many_columns",
            "too_many_cells", "cell_too_long", "zip_bomb", "doctype", "broken_workbook", "broken_text".
    """
    if len(content) > MOST_BYTES:
        raise NotReadable("too_large")
    if content.startswith(_NO_TABLES):
        raise NotReadable("not_a_table")
    found = [one for one in _opened(content, name) if _holds_anything(one)]
    if not found:
        raise NotReadable("no_rows")
    return found


def _opened(content: bytes, name: str) -> Sequence[Sheet]:
    if content.startswith(_PACKED):
        guard.check(content)
        return _workbook(content)
    return _old_workbook(content) if content.startswith(_OLE) else [_text(content, name)]


def _holds_anything(sheet: Sheet) -> bool:
    """Whether any cell does. Raises NotReadable where a limit is passed."""
    number, holds = 0, False
    for number, row in enumerate(sheet.rows(), 1):
        if len(row) > MOST_COLUMNS and any(cell != "" for cell in row[MOST_COLUMNS:]):
            raise NotReadable("too_many_columns")
        for cell in row:
            if isinstance(cell, str) and len(cell) > LONGEST_CELL:
                raise NotReadable("cell_too_long", f"{number}")
            holds = holds or cell != ""
    if number > MOST_ROWS:
        raise NotReadable("too_many_rows")
    return holds


def _workbook(content: bytes) -> list[Sheet]:
    """A workbook in which nothing is computed: of a formula, the value that was last shown."""
    from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

    def rows(sheet: CalamineSheet) -> Callable[[], Iterator[Row]]:
        _, left = sheet.start or (0, 0)
        merged = _merged(sheet.merged_cell_ranges or [])
        return lambda: _filled(_placed(left, sheet.iter_rows()), merged)

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = [book.get_sheet_by_index(at) for at in range(len(book.sheet_names))]
    except (CalamineError, OSError, ValueError):
        raise NotReadable("broken_workbook") from None
    return [Sheet(one.name, rows(one)) for one in found]


def _placed(left: int, rows: Iterable[Sequence[object]]) -> Iterator[Row]:
    """The rows with the empty columns left of them, which the library passes over, unlike the rows above."""
    for row in rows:
        yield ("",) * left + tuple(_value(cell) for cell in row)


def _merged(ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> dict[int, list[tuple[int, int]]]:
    """For each row, the columns that hold what stands further up in a merged cell, with the row it stands in."""
    found = defaultdict[int, list[tuple[int, int]]](list)
    for (top, left), (bottom, _) in islice(ranges, MOST_MERGED):
        for row in range(top + 1, min(bottom, top + MOST_MERGED) + 1):
            found[row].append((left, top))
    return found


def _filled(rows: Iterator[Row], merged: Mapping[int, Sequence[tuple[int, int]]]) -> Iterator[Row]:
    """The rows with merged cells filled downwards."""
    tops = {top for below in merged.values() for _, top in below}
    kept = dict[int, Row]()
    for number, row in enumerate(rows):
        if number in tops:
            kept[number] = row
        if number in merged:
            cells = list(row)
            for column, top in merged[number]:
                above = kept.get(top, ())
                if column < min(len(cells), len(above)) and cells[column] == "":
                    cells[column] = above[column]
            row = tuple(cells)
        yield row


def _value(cell: object) -> Cell:
    if isinstance(cell, datetime):
        return cell if cell.time() != time.min else cell.date()
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, (date, float)):
        return cell
    if isinstance(cell, int):
        return float(cell)
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell).strip()


def _old_workbook(content: bytes) -> list[Sheet]:
    """A workbook of Excel 97; a new one that is encrypted looks like one."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise NotReadable("encrypted")
    import xlrd  # type: ignore[import-untyped]  # others make room for all cells between the first and the last

    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), ragged_rows=True)
        return [_old_sheet(sheet, book.datemode) for sheet in book.sheets()]
    except xlrd.XLRDError as error:
        raise NotReadable("encrypted" if "encrypted" in str(error) else "broken_workbook") from None
    except Exception as error:  # broken files end in any error there is: IndexError, struct.error, AssertionError ...
        raise NotReadable("broken_workbook") from error


def _old_sheet(sheet: Any, datemode: int) -> Sheet:
    from xlrd import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_EMPTY, XL_CELL_ERROR, xldate

    def value(kind: int, said: object) -> Cell:
        if kind == XL_CELL_DATE:
            return _value(xldate.xldate_as_datetime(said, datemode))
        return "" if kind in (XL_CELL_EMPTY, XL_CELL_ERROR) else _value(bool(said) if kind == XL_CELL_BOOLEAN else said)

    lines = [sheet.row(at) for at in range(sheet.nrows)]
    found = [tuple(value(cell.ctype, cell.value) for cell in line) for line in lines]
    return Sheet(sheet.name, lambda: iter(found))


def _text(content: bytes, name: str) -> Sheet:
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16") if is_wide else decoded(content)
    except UnicodeDecodeError:
        raise NotReadable("broken_text") from None
    if "\0" in text:
        raise NotReadable("broken_text")
    delimiter = _delimiter(text)

    def rows() -> Iterator[Row]:
        try:
            for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
                yield tuple(_unguarded(cell.strip()) for cell in line)
        except csv.Error:
            raise NotReadable("cell_too_long" if len(text) > csv.field_size_limit() else "broken_text") from None

    return Sheet(name, rows)


def _delimiter(text: str) -> str:
    """What parts most lines into as many cells: the header of some tables stands under a title without any."""
    if text[:4].lower() == "sep=" and text[4:5] in _DELIMITERS:
        return text[4]
    sample = "\n".join(text[: 1 << 16].splitlines()[:_SAMPLE_OF_LINES])
    return max(_DELIMITERS, key=lambda sign: _evenness(sample, sign))


def _evenness(sample: str, sign: str) -> tuple[int, int]:
    try:
        widths = Counter(len(line) for line in csv.reader(io.StringIO(sample), delimiter=sign))
    except csv.Error:
        return 0, 0
    wide = [(lines * (width - 1), width) for width, lines in widths.items() if width > 1]
    return max(wide, default=(0, 0))


def _unguarded(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from taking a text for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in (*GUARDED, "'") else cell
