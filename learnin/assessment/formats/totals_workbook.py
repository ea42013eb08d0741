"""Totals of a census or register as an Excel workbook: a row for each value of each column, out and in again.

The first two columns hold the names that programs know, so that words may be translated; the last one the numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

import xlsxwriter

from learnin.assessment.formats.weight_recipe import Margin
from learnin.compute import typed
from learnin.journal.formats import cells
from learnin.journal.formats.cells import Problem

SHEET = "totals"
MOST_ROWS = 5_000
COLUMN, VALUE, TOTAL = "A", "B", "E"
AGREE = 1e-6  # of a sum: columns must add up to the same number but for rounding


@dataclass(frozen=True)
class Row:
    """One value of one column, with its words, and how many answers have it."""

    column: str
    value: str
    column_words: str
    value_words: str
    answers: int


@dataclass
class Reading:
    """What a workbook says, and every problem with its cell."""

    margins: tuple[Margin, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def write(rows: Sequence[Row], heads: Sequence[str], totals: Mapping[tuple[str, str], float]) -> bytes:
    """A workbook to fill in.

    Args:
        rows: what is asked for, column by column.
        heads: words of the five columns.
        totals: numbers that are known already, by column and value.
    """
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet(SHEET)
    head = book.add_format({"bold": True, "bg_color": "#e8eef8", "text_wrap": True, "valign": "top"})
    grey, number = book.add_format({"font_color": "#4c5767"}), book.add_format({"num_format": "#,##0.##"})
    for at, (words, width) in enumerate(zip(heads, (26, 22, 34, 34, 16), strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, words, head)
    for line, row in enumerate(rows, start=1):
        sheet.write_string(line, 0, row.column, grey)
        sheet.write_string(line, 1, row.value, grey)
        sheet.write_string(line, 2, row.column_words)
        sheet.write_string(line, 3, row.value_words)
        known = totals.get((row.column, row.value))
        if known is None:
            sheet.write_blank(line, 4, None, number)
        else:
            sheet.write_number(line, 4, known, number)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def read(content: bytes, rows: Sequence[Row]) -> Reading:
    """The totals of a workbook; `rows` are all that could stand in it. Nothing is guessed."""
    found = Reading()
    try:
        _head, *lines = cells.lines(content, SHEET, columns=5, most=MOST_ROWS)
    except (cells.NoWorkbook, ValueError):
        found.problems.append(Problem(0, "", "no_workbook"))
        return found
    known = {(row.column, row.value): row for row in rows}
    totals: dict[tuple[str, str], float] = {}
    places: dict[tuple[str, str], int] = {}
    for line in lines:
        column, value = cells.text(line.values[0]), cells.text(line.values[1])
        if not any(cells.text(one) for one in line.values):
            continue
        if (column, value) not in known:
            columns = {name for name, _value in known}
            wrong = (VALUE, "unknown_value", value) if column in columns else (COLUMN, "unknown_column", column)
            found.problems.append(Problem(line.number, *wrong))
        elif (column, value) in places:
            found.problems.append(Problem(line.number, VALUE, "twice", value))
        else:
            places[column, value] = line.number
            _total(found, line.number, line.values[4], known[column, value], totals)
    _lacking(found, known, places)
    if not places and not found.problems:
        found.problems.append(Problem(0, "", "empty"))
    if not found.problems:
        found.margins = _margins(totals)
        _agreeing(found)
    return found


def _total(found: Reading, line: int, cell: object, row: Row, totals: dict[tuple[str, str], float]) -> None:
    """The number of one row. Where somebody answered, it cannot be nothing."""
    text = cells.text(cell)
    number = _number(cell)
    if number is None or number < 0:
        found.problems.append(Problem(line, TOTAL, "no_number" if text else "empty_cell", text))
    elif not number and row.answers:
        found.problems.append(Problem(line, TOTAL, "nobody", row.value_words))
    else:
        totals[row.column, row.value] = number


def _number(cell: object) -> float | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return float(cell)
    found = typed.meanings(cells.text(cell))  # of two, the first: people are counted, `1.200` are twelve hundred
    return float(found[0]) if found else None


def _lacking(found: Reading, known: Mapping[tuple[str, str], Row], places: Mapping[tuple[str, str], int]) -> None:
    """A value that somebody answered needs a row, once its column has one."""
    begun = {column for column, _value in places}
    for (column, value), row in known.items():
        if column in begun and row.answers and (column, value) not in places:
            found.problems.append(Problem(0, VALUE, "lacking", f"{row.column_words}: {row.value_words}"))


def _margins(totals: Mapping[tuple[str, str], float]) -> tuple[Margin, ...]:
    columns = dict.fromkeys(column for column, _value in totals)
    return tuple(
        Margin(by=(name,), totals=tuple(((value,), n) for (column, value), n in totals.items() if column == name))
        for name in columns
    )


def _agreeing(found: Reading) -> None:
    """All columns count the same population."""
    sums = {one.by[0]: sum(n for _level, n in one.totals) for one in found.margins}
    first = next(iter(sums.values()))
    if any(abs(one - first) > AGREE * first for one in sums.values()):
        told = ", ".join(f"{total:.15g}" for total in sums.values())
        found.problems.append(Problem(0, TOTAL, "disagree", told))
