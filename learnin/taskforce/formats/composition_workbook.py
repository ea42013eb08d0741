"""The composition of a task force as an Excel workbook: written with drop-downs, read back with problems by cell.

Pure: rows in, bytes out; bytes in, rows and problems out. Knows nothing of tables.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO

import xlsxwriter

from learnin.journal.formats import cells
from learnin.journal.formats.cells import Problem

COLUMNS = (
    "number",
    "constituency",
    "seat",
    "institution",
    "faces_region",
    "deputy",
    "name",
    "email",
    "organisation",
    "position",
    "english",
    "sex",
    "area",
    "nominated_on",
    "appointed_on",
    "term_ends_on",
)
DAYS = ("nominated_on", "appointed_on", "term_ends_on")
MOST_ROWS = 500


@dataclass(frozen=True)
class Row:
    """One line: a seat, and who is in it (or its deputy). Empty texts mean nothing is known."""

    number: int
    constituency: str
    seat: str
    institution: str = ""
    faces_region: bool = False
    deputy: bool = False
    name: str = ""
    email: str = ""
    organisation: str = ""
    position: str = ""
    english: str = ""
    sex: str = ""
    area: str = ""
    nominated_on: date | None = None
    appointed_on: date | None = None
    term_ends_on: date | None = None


@dataclass(frozen=True)
class Choices:
    """What may stand in a cell: words people see -> ids we keep."""

    constituencies: Mapping[str, str]
    english: Sequence[str]
    sexes: Mapping[str, str]
    areas: Mapping[str, str]
    yes: str
    no: str


@dataclass
class Reading:
    """What a workbook says."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def write(rows: Sequence[Row], choices: Choices, headings: Mapping[str, str], *, guide: Sequence[str]) -> bytes:
    """A workbook with these rows, a drop-down where a list is closed, and a sheet that explains it."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, lists = book.add_worksheet("composition"), book.add_worksheet("lists")
    notes = book.add_worksheet("guide")
    head = book.add_format({"bold": True, "bg_color": "#e8eef8", "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, column in enumerate(COLUMNS):
        sheet.write_string(0, at, headings[column], head)
        sheet.set_column(at, at, 14 if column in DAYS or column in {"number", "english"} else 24)
    for line, row in enumerate(rows, start=1):
        for at, column in enumerate(COLUMNS):
            _write_cell(sheet, line, at, _shown(row, column, choices), day)
    for at, (column, words) in enumerate(_closed(choices).items()):
        lists.write_string(0, at, headings[column], head)
        lists.write_column(1, at, words)
        letter = chr(ord("A") + at)
        source = f"=lists!${letter}$2:${letter}${len(words) + 1}"
        place = COLUMNS.index(column)
        sheet.data_validation(1, place, MOST_ROWS, place, {"validate": "list", "source": source})
    for column in DAYS:
        place = COLUMNS.index(column)
        sheet.data_validation(
            1, place, MOST_ROWS, place, {"validate": "date", "criteria": ">", "value": date(1990, 1, 1)}
        )
    for line, text in enumerate(guide):
        notes.write_string(line, 0, text)
    notes.set_column(0, 0, 100)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)
    book.close()
    return out.getvalue()


def _closed(choices: Choices) -> dict[str, list[str]]:
    yes_no = [choices.yes, choices.no]
    return {
        "constituency": list(choices.constituencies),
        "faces_region": yes_no,
        "deputy": yes_no,
        "english": list(choices.english),
        "sex": list(choices.sexes),
        "area": list(choices.areas),
    }


def _shown(row: Row, column: str, choices: Choices) -> object:
    value = getattr(row, column)
    if isinstance(value, bool):
        return choices.yes if value else choices.no
    words: Mapping[str, str] = {
        "constituency": choices.constituencies,
        "sex": choices.sexes,
        "area": choices.areas,
    }.get(column, {})
    return next((word for word, known in words.items() if known == value), value)


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, line: int, at: int, value: object, day: object) -> None:
    if isinstance(value, date):
        sheet.write_datetime(line, at, datetime.combine(value, datetime.min.time()), day)
    elif isinstance(value, int):
        sheet.write_number(line, at, value)
    elif value:
        sheet.write_string(line, at, str(value))


def read(content: bytes, choices: Choices) -> Reading:
    """The rows of a workbook and every problem with its row and column. Nothing is guessed."""
    found = Reading()
    try:
        _head, *lines = cells.lines(content, "composition", columns=len(COLUMNS), most=MOST_ROWS + 2)
    except (cells.NoWorkbook, ValueError):
        found.problems.append(Problem(0, "", "no_workbook"))
        return found
    for line in lines:
        values = dict(zip(COLUMNS, line.values, strict=True))
        if all(value in (None, "") for value in values.values()):
            continue
        if line.number > MOST_ROWS + 1:
            found.problems.append(Problem(line.number, "", "too_many", str(MOST_ROWS)))
            break
        row, problems = _row(line.number, values, choices)
        found.problems += problems
        if row:
            found.rows.append(row)
    _agree(found)
    return found


def _row(line: int, values: Mapping[str, object], choices: Choices) -> tuple[Row | None, list[Problem]]:
    problems: list[Problem] = []

    def wrong(column: str, reason: str) -> None:
        problems.append(Problem(line, column, reason, str(values.get(column) or "")))

    def text(column: str, most: int) -> str:
        said = str(values.get(column) or "").strip()
        if len(said) > most:
            wrong(column, "too_long")
        return said[:most]

    def chosen(column: str, words: Mapping[str, str]) -> str:
        said = text(column, 400)
        folded = {word.casefold(): kept for word, kept in words.items()} | {
            kept.casefold(): kept for kept in words.values()
        }
        if said and said.casefold() not in folded:
            wrong(column, "not_in_list")
        return folded.get(said.casefold(), "")

    yes_no = {choices.yes: "yes", choices.no: ""}
    kept: dict[str, object] = {
        "number": _number(values.get("number"), wrong),
        "constituency": chosen("constituency", choices.constituencies),
        "seat": text("seat", 160),
        "institution": text("institution", 200),
        "faces_region": bool(chosen("faces_region", yes_no)),
        "deputy": bool(chosen("deputy", yes_no)),
        "name": text("name", 120),
        "email": text("email", 254).lower(),
        "organisation": text("organisation", 160),
        "position": text("position", 160),
        "english": chosen("english", {level: level for level in choices.english}),
        "sex": chosen("sex", choices.sexes),
        "area": chosen("area", choices.areas),
        **{column: _day(column, values.get(column), wrong) for column in DAYS},
    }
    if not kept["constituency"] and not str(values.get("constituency") or "").strip():
        wrong("constituency", "missing")
    if not kept["seat"]:
        wrong("seat", "missing")
    _person(kept, wrong)
    return (None if problems else Row(**kept)), problems  # type: ignore[arg-type]


def _number(value: object, wrong: object) -> int:
    try:
        number = int(str(value).removesuffix(".0"))
    except ValueError:
        number = 0
    if not 1 <= number <= 999:
        wrong("number", "no_number")  # type: ignore[operator]
    return number


def _day(column: str, value: object, wrong: object) -> date | None:
    if value in (None, ""):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        wrong(column, "no_day")  # type: ignore[operator]
        return None


def _person(kept: Mapping[str, object], wrong: object) -> None:
    """Whoever has an address, a day or a level also has a name; days follow each other."""
    say = wrong
    if kept["email"] and ("@" not in str(kept["email"]) or " " in str(kept["email"])):
        say("email", "no_address")  # type: ignore[operator]
    about = ("email", "organisation", "position", "english", "sex", *DAYS)
    if not kept["name"] and any(kept[column] for column in about):
        say("name", "missing")  # type: ignore[operator]
    nominated, appointed, ends = (kept[column] for column in DAYS)
    if nominated and appointed and appointed < nominated:  # type: ignore[operator]
        say("appointed_on", "before_nomination")  # type: ignore[operator]
    if ends and (appointed or nominated) and ends < (appointed or nominated):  # type: ignore[operator]
        say("term_ends_on", "before_appointment")  # type: ignore[operator]


def _agree(found: Reading) -> None:
    """One member and one deputy a seat; the lines of a seat say the same about it."""
    seats: dict[int, Row] = {}
    for line, row in enumerate(found.rows, start=2):
        twin = seats.setdefault(row.number if not row.deputy else -row.number, row)
        if twin is not row:
            found.problems.append(Problem(line, "number", "twice", str(row.number)))
