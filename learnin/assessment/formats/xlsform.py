"""A questionnaire comes in as a workbook (.xlsx, .xls) and goes out as one (.xlsx), with nothing lost on the way."""

import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any, cast

import xlrd  # type: ignore[import-untyped]
import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter.utility import xl_col_to_name

from learnin.assessment.formats.workbook import Book, Sheet

MOST_BYTES = 10_000_000
MOST_UNPACKED = 150_000_000  # what a packed workbook may become in memory
MOST_PARTS = 2_000
MOST_SHEETS = 60
MOST_ROWS = 60_000
MOST_COLUMNS = 300
MOST_CELLS = 1_500_000
LONGEST_CELL = 32_767  # the limit of the spreadsheet programs themselves
KNOWN_SHEETS = ("survey", "choices", "settings", "external_choices", "osm", "entities")
XLSX_START, XLS_START = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FILLED_CELL = re.compile(
    rb"<(?:[\w.-]{1,20}:)?c\s[^<>]{0,400}?\br\s{0,9}=\s{0,9}[\"']([A-Z]{1,3})(\d{1,7})[\"'][^<>]{0,400}?(?<!/)>"
)
_ODD_CELL = re.compile(rb"<(?:[\w.-]{1,20}:)?c\s[^<>]{400}")  # longer than any program writes: it hides something
_MARK = re.compile(r"(?P<head>.*?) ?\[(?P<column>[A-Z]{1,3})\]", re.DOTALL)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class NotReadable(Exception):
    """This file is no workbook we can read. The code says why; the values fill the sentence.

    Codes: not_a_workbook, too_large, too_many_sheets, too_many_rows, too_many_columns, too_many_cells, long_cell.
    """

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def read(data: bytes, name: str = "") -> Book:
    """The questionnaire in a workbook: every sheet, column and cell, known or not, as text. Raises NotReadable.

    Cells read as the converter reads them: whole numbers without a point, TRUE and FALSE, dates as year-month-day and
    time. A column without a name, or with the name of an earlier one, is kept under its letter: `[D]`, `label [D]`.
    """
    if len(data) > MOST_BYTES:
        raise NotReadable("too_large", most=MOST_BYTES // 1_000_000)
    if data.startswith(XLSX_START):
        tables = _xlsx(data)
    elif data.startswith(XLS_START):
        tables = _xls(data)
    else:
        raise NotReadable("not_a_workbook")
    book: dict[str, Sheet] = {}
    for title, rows in tables:
        sheet = _sheet(title, rows)
        known = title.lower() if title.lower() in KNOWN_SHEETS else title
        book.setdefault(known if known not in book else title, Sheet(known, sheet.columns, sheet.rows))
    if len(book) == 1 and "survey" not in book:
        only = next(iter(book.values()))
        book = {"survey": Sheet("survey", only.columns, only.rows)}
    return Book(book)


Table = tuple[str, Sequence[Sequence[str]]]


def _xlsx(data: bytes) -> list[Table]:
    _require_harmless(data)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        names = workbook.sheet_names
        _require("too_many_sheets", len(names), MOST_SHEETS)
        return [
            (name, _texts(name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))) for name in names
        ]
    except (CalamineError, OSError, ValueError) as problem:
        raise NotReadable("not_a_workbook") from problem


def _require_harmless(data: bytes) -> None:
    """Unpack once, counting: a small file that becomes a huge one, or spans a huge table, is refused unread."""
    unpacked = 0
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            _require("too_large", len(parts), MOST_PARTS, most=MOST_BYTES // 1_000_000)
            for part in parts:
                content = bytearray()
                with archive.open(part) as stream:
                    while piece := stream.read(1 << 20):
                        unpacked += len(piece)
                        _require("too_large", unpacked, MOST_UNPACKED, most=MOST_BYTES // 1_000_000)
                        content += piece
                if part.filename.endswith((".xml", ".bin")):
                    _require_span(bytes(content))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error) as problem:
        raise NotReadable("not_a_workbook") from problem


def _require_span(content: bytes) -> None:
    rows, columns = 0, 0
    if _ODD_CELL.search(content):
        raise NotReadable("not_a_workbook")
    for letters, number in _FILLED_CELL.findall(content):
        rows = max(rows, int(number))
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        columns = max(columns, column)
    _require("too_many_rows", rows, MOST_ROWS)
    _require("too_many_columns", columns, MOST_COLUMNS)


def _xls(data: bytes) -> list[Table]:
    tables: list[Table] = []
    try:
        with xlrd.open_workbook(file_contents=data, on_demand=True, ragged_rows=True, logfile=_Silence()) as workbook:
            names = workbook.sheet_names()
            _require("too_many_sheets", len(names), MOST_SHEETS)
            for name in names:
                sheet = workbook.sheet_by_name(name)
                _require("too_many_rows", sheet.nrows, MOST_ROWS, sheet=name)
                rows = [[_xls_value(cell, workbook.datemode) for cell in sheet.row(at)] for at in range(sheet.nrows)]
                tables.append((name, _texts(name, rows)))
                workbook.unload_sheet(name)
    except NotReadable:
        raise
    except Exception as problem:  # the reader of old workbooks raises whatever a broken file makes it stumble over
        raise NotReadable("not_a_workbook") from problem
    return tables


class _Silence:
    """Where the reader of old workbooks may write its remarks."""

    def write(self, _text: str) -> None: ...
    def flush(self) -> None: ...


def _xls_value(cell: Any, datemode: int) -> object:
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            moment = xlrd.xldate_as_tuple(cell.value, datemode)
        except xlrd.XLDateError:
            return cast("object", cell.value)
        return time(*moment[3:]) if moment[:3] == (0, 0, 0) else datetime(*moment)  # noqa: DTZ001  cells have no zone
    return "" if cell.ctype == xlrd.XL_CELL_ERROR else cast("object", cell.value)


def _texts(sheet: str, rows: Iterable[Sequence[object]]) -> list[list[str]]:
    """Every cell as text; trailing empty cells and rows are gone."""
    texts: list[list[str]] = []
    cells = 0
    for number, row in enumerate(rows, start=1):
        line = [_text(value) for value in row]
        while line and not line[-1]:
            line.pop()
        for text in line:
            if len(text) > LONGEST_CELL:
                raise NotReadable("long_cell", sheet=sheet, row=number, most=LONGEST_CELL)
        cells += len(line)
        _require("too_many_columns", len(line), MOST_COLUMNS, sheet=sheet)
        _require("too_many_cells", cells, MOST_CELLS, sheet=sheet)
        texts.append(line)
    while texts and not texts[-1]:
        texts.pop()
    _require("too_many_rows", len(texts), MOST_ROWS, sheet=sheet)
    return texts


def _require(code: str, found: int, limit: int, **values: str | int) -> None:
    if found > limit:
        raise NotReadable(code, **{"most": limit, **values})


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date) and not isinstance(value, datetime):
        return str(datetime(value.year, value.month, value.day))  # noqa: DTZ001  cells have no zone
    if isinstance(value, timedelta):
        return str((datetime(1900, 1, 1) + value).time())  # noqa: DTZ001  cells have no zone
    text = _UNPRINTABLE.sub("", str(value)).replace("\r\n", "\n").replace("\r", "\n")
    return "" if not text or text.isspace() else text


def _sheet(title: str, table: Sequence[Sequence[str]]) -> Sheet:
    if not table:
        return Sheet(title)
    width = max(len(line) for line in table)
    heads = [" ".join(head.split()) for head in [*table[0], *[""] * (width - len(table[0]))]]
    columns: list[str] = []
    for at, head in enumerate(heads):
        letter = xl_col_to_name(at)
        columns.append(f"{head} [{letter}]".strip() if not head or head in columns else head)
    rows = tuple({columns[at]: text for at, text in enumerate(line) if text} for line in table[1:])
    return Sheet(title, tuple(columns), rows)


def head_of(column: str, at: int) -> str:
    """What stands at the top of this column in the workbook: its name, without the letter we keep it under."""
    marked = _MARK.fullmatch(column)
    return marked["head"] if marked and marked["column"] == xl_col_to_name(at) else column


def is_marked(column: str) -> bool:
    """Whether this column has no name of its own, or the name of an earlier one."""
    return _MARK.fullmatch(column) is not None


def write(book: Book) -> bytes:
    """The questionnaire as an Excel workbook, every cell as the text it is. Raises ValueError for a cell too long."""
    out = BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = workbook.add_format({"bold": True, "bg_color": "#e8eef8", "num_format": "@", "valign": "top"})
    plain = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for sheet in book.sheets.values():
        page = workbook.add_worksheet(sheet.name)
        sheet = sheet.with_rows(sheet.rows)  # a cell whose column is not named yet gets one, at the end
        places = {column: at for at, column in enumerate(sheet.columns)}
        for column, at in places.items():
            page.set_column(at, at, _width(sheet, column), plain)
            if title := head_of(column, at):
                _write(page, 0, at, title, head)
        for line, row in enumerate(sheet.rows, start=1):
            for column, text in row.items():
                _write(page, line, places[column], text, plain)
        if sheet.columns:
            page.freeze_panes(1, 0)
            page.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(len(places) - 1)}{len(sheet.rows) + 1}"})
    if not book.sheets:
        workbook.add_worksheet("survey")
    workbook.close()
    return out.getvalue()


def _write(page: Any, line: int, at: int, text: str, style: Any) -> None:
    if len(text) > LONGEST_CELL:
        raise ValueError(f"A cell of {page.name} is longer than {LONGEST_CELL} characters")
    page.write_string(line, at, text, style)


def _width(sheet: Sheet, column: str) -> int:
    longest = max((len(row.get(column, "")) for row in sheet.rows[:200]), default=0)
    return min(max(len(column), longest, 8) + 2, 50)
