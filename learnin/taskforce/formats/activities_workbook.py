"""The matrix of countries and regional activities as an Excel workbook, out and in again.

Two columns for each activity: the answer, from a list, and a note. Pure: knows nothing of tables.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from learnin.journal.formats import cells
from learnin.journal.formats.cells import Problem

FIRST = 2  # after the code and the name of the country
MOST_ROWS = 300
LONGEST_NOTE = 500
SHEET = "matrix"


@dataclass(frozen=True)
class Cell:
    """What a country answered to an activity: a state, and its reason or plan."""

    country: str
    activity: int
    state: str
    note: str = ""


@dataclass(frozen=True)
class Said:
    """A cell that was read, with the address of its answer and of its note."""

    cell: Cell
    at: str
    note_at: str


@dataclass
class Reading:
    """What a workbook says; an empty answer says nothing."""

    said: list[Said] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def write(
    countries: Mapping[str, str],
    activities: Mapping[int, str],
    known: Sequence[Cell],
    states: Mapping[str, str],
    *,
    words: Mapping[str, str],
    guide: Sequence[str],
) -> bytes:
    """A workbook with a row for each country, and a drop-down wherever the country was invited.

    Args:
        countries: names by code; activities: titles by number.
        states: words that people see -> ids we keep.
        words: `code`, `country`, `note`: heads of columns.
    """
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, notes = book.add_worksheet(SHEET), book.add_worksheet("guide")
    head = book.add_format({"bold": True, "bg_color": "#e8eef8", "text_wrap": True, "valign": "top"})
    grey, plain = book.add_format({"bg_color": "#eceae4"}), book.add_format({"text_wrap": True, "valign": "top"})
    rows = {code: line for line, code in enumerate(countries, start=1)}
    columns = {activity: FIRST + 2 * at for at, activity in enumerate(activities)}
    sheet.write_string(0, 0, words["code"], head)
    sheet.write_string(0, 1, words["country"], head)
    sheet.set_column(0, 0, 7)
    sheet.set_column(1, 1, 26)
    for code, name in countries.items():
        sheet.write_string(rows[code], 0, code)
        sheet.write_string(rows[code], 1, name)
    there = {(cell.country, cell.activity): cell for cell in known}
    shown = {kept: word for word, kept in states.items()}
    for activity, title in activities.items():
        column = columns[activity]
        sheet.write_string(0, column, f"{activity}: {title}", head)
        sheet.write_string(0, column + 1, f"{activity}: {words['note']}", head)
        sheet.set_column(column, column, 16)
        sheet.set_column(column + 1, column + 1, 30)
        for code in countries:
            cell = there.get((code, activity))
            if cell is None:
                sheet.write_blank(rows[code], column, None, grey)
                sheet.write_blank(rows[code], column + 1, None, grey)
                continue
            sheet.write_string(rows[code], column, shown[cell.state], plain)
            if cell.note:
                sheet.write_string(rows[code], column + 1, cell.note, plain)
            sheet.data_validation(rows[code], column, rows[code], column, {"validate": "list", "source": list(states)})
    for line, text in enumerate(guide):
        notes.write_string(line, 0, text)
    notes.set_column(0, 0, 100)
    sheet.freeze_panes(1, FIRST)
    book.close()
    return out.getvalue()


def read(
    content: bytes, *, countries: Sequence[str], activities: Sequence[int], invited: Sequence[tuple[str, int]],
    states: Mapping[str, str],
) -> Reading:  # fmt: skip
    """What the workbook says about invited countries, and every problem with its cell. Nothing is guessed."""
    found = Reading()
    try:
        head, *lines = cells.lines(content, SHEET, columns=FIRST + 2 * len(activities) + 2, most=MOST_ROWS)
    except (cells.NoWorkbook, ValueError):
        found.problems.append(Problem(0, "", "no_workbook"))
        return found
    columns = _columns(head.values, activities, found)
    seen: set[str] = set()
    for line in lines:
        code = cells.text(line.values[0]).upper()
        if not code and not any(cells.text(value) for value in line.values):
            continue
        if code not in countries or code in seen:
            found.problems.append(Problem(line.number, "A", "twice" if code in seen else "no_country", code))
            continue
        seen.add(code)
        for activity, column in columns.items():
            _cell(found, line, code, activity, column, (code, activity) in set(invited), states)
    return found


def _columns(head: Sequence[object], activities: Sequence[int], found: Reading) -> dict[int, int]:
    """In which column the answers to each activity stand."""
    columns: dict[int, int] = {}
    for at in range(FIRST, len(head), 2):
        title = cells.text(head[at])
        named = re.match(r"\s*(\d+)\s*:", title)
        if named and int(named.group(1)) in activities:
            columns[int(named.group(1))] = at
        elif title:
            found.problems.append(Problem(1, xl_col_to_name(at), "no_activity", title))
    return columns


def _cell(
    found: Reading, line: cells.Line, code: str, activity: int, column: int, is_invited: bool, states: Mapping[str, str]
) -> None:
    said, note = cells.text(line.values[column]), cells.text(line.values[column + 1])
    at, note_at = xl_col_to_name(column), xl_col_to_name(column + 1)
    folded = {word.casefold(): kept for word, kept in states.items()}
    if not said and not note:
        return
    if not is_invited:
        found.problems.append(Problem(line.number, at, "not_invited", said or note))
    elif not said:
        found.problems.append(Problem(line.number, at, "missing"))
    elif said.casefold() not in folded:
        found.problems.append(Problem(line.number, at, "not_in_list", said))
    elif len(note) > LONGEST_NOTE:
        found.problems.append(Problem(line.number, note_at, "too_long"))
    elif folded[said.casefold()] == "declined" and not note:
        found.problems.append(Problem(line.number, note_at, "reason"))
    else:
        cell = Cell(code, activity, folded[said.casefold()], note)
        found.said.append(Said(cell, f"{at}{line.number}", f"{note_at}{line.number}"))
