"""Rows of the survey: put in, moved, grouped, taken out. Rows count as in Excel: the first question stands in row 2."""

from collections.abc import Iterable, Mapping

from learnin.assessment.formats.columns import Columns, kind
from learnin.assessment.formats.definition import REFERENCE
from learnin.assessment.formats.workbook import Book, Row, Sheet

FIRST = 2
_YES = {"yes", "true", "true()"}


class CannotEdit(Exception):
    """This change would spoil the questionnaire. The code says why; the values fill the sentence.

    Codes: no_such_row, unbalanced, at_the_edge, inside_itself, no_group, referred, name_taken, bad_name, name_twice,
    no_such_list, language_there, no_such_language, last_language.
    """

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def edges(sheet: Sheet) -> tuple[str, ...]:
    """What each row does to groups: `begin`, `end`, `row`; nothing for a row that asks nothing."""
    columns = Columns(sheet)
    return tuple(_edge(columns, row) for row in sheet.rows)


def _edge(columns: Columns, row: Row) -> str:
    said = columns.value(row, "type")
    if not said or columns.value(row, "disabled").lower() in _YES:
        return ""
    name = kind(said).name
    return "begin" if name.startswith("begin ") else "end" if name.startswith("end ") else "row"


def index(book: Book, row: int) -> int:
    """Where a question or the beginning of a group stands, counted from 0. Raises CannotEdit."""
    at = row - FIRST
    if not 0 <= at < len(book.survey.rows) or edges(book.survey)[at] in {"", "end"}:
        raise CannotEdit("no_such_row", row=str(row))
    return at


def span(book: Book, row: int) -> range:
    """The rows of a question, or of a group with all it holds, as indexes from 0. Raises CannotEdit."""
    at, found = index(book, row), edges(book.survey)
    return range(at, _end(found, at) + 1) if found[at] == "begin" else range(at, at + 1)


def _end(found: tuple[str, ...], at: int) -> int:
    """Where the group that begins here ends."""
    depth = 0
    for place in range(at, len(found)):
        depth += {"begin": 1, "end": -1}.get(found[place], 0)
        if not depth:
            return place
    raise CannotEdit("unbalanced", row=str(at + FIRST))


def _begin(found: tuple[str, ...], at: int) -> int:
    """Where the group that ends here begins."""
    depth = 0
    for place in range(at, -1, -1):
        depth += {"end": 1, "begin": -1}.get(found[place], 0)
        if not depth:
            return place
    raise CannotEdit("unbalanced", row=str(at + FIRST))


def add(book: Book, rows: Iterable[Mapping[str, str]], *, after: int = 0) -> tuple[Book, int]:
    """Put rows behind a row, or at the end. Behind the beginning of a group is inside it. Gives where they stand."""
    survey = book.survey
    at = index(book, after) + 1 if after else len(survey.rows)
    return _with(book, (*survey.rows[:at], *rows, *survey.rows[at:])), at + FIRST


def _with(book: Book, rows: Iterable[Row]) -> Book:
    return book.with_sheet(book.survey.with_rows(tuple(rows)))


def remove(book: Book, row: int) -> Book:
    """Take a question out, or a group with all it holds. Raises CannotEdit where others speak of it."""
    gone, rows = span(book, row), book.survey.rows
    columns = Columns(book.survey)
    names = {columns.value(rows[at], "name") for at in gone} - {""}
    left = [one for at, one in enumerate(rows) if at not in gone]
    if said := sorted(names & _spoken_of(left, book)):
        raise CannotEdit("referred", names=", ".join(said))
    return _with(book, left)


def _spoken_of(rows: Iterable[Row], book: Book) -> set[str]:
    """Every name that the other rows, or the settings, use in expressions and words."""
    others = [one for sheet in book.sheets.values() if sheet.name != "survey" for one in sheet.rows]
    return {name for row in (*rows, *others) for text in row.values() for name in REFERENCE.findall(text)}


def move(book: Book, row: int, *, up: bool) -> tuple[Book, int]:
    """Move a question, or a whole group, past its neighbour; at the edge of a group, out of the group.

    Gives where it stands now. Raises CannotEdit at the edge of the questionnaire.
    """
    block, found = span(book, row), edges(book.survey)
    if up:
        near = next((at for at in range(block.start - 1, -1, -1) if found[at]), None)
        if near is None:
            raise CannotEdit("at_the_edge")
        return _moved(book, block, _begin(found, near) if found[near] == "end" else near)
    near = next((at for at in range(block.stop, len(found)) if found[at]), None)
    if near is None:
        raise CannotEdit("at_the_edge")
    return _moved(book, block, (_end(found, near) if found[near] == "begin" else near) + 1)


def _moved(book: Book, block: range, to: int) -> tuple[Book, int]:
    """The block stands before what stood at `to`."""
    rows = book.survey.rows
    kept = rows[block.start : block.stop]
    if to <= block.start:
        return _with(book, (*rows[:to], *kept, *rows[to : block.start], *rows[block.stop :])), to + FIRST
    placed = (*rows[: block.start], *rows[block.stop : to], *kept, *rows[to:])
    return _with(book, placed), to - len(block) + FIRST


def place(book: Book, row: int, *, into: int = 0) -> tuple[Book, int]:
    """Move a question, or a whole group, to the end of a group; without one, to the end of the questionnaire."""
    block = span(book, row)
    if not into:
        return _moved(book, block, len(book.survey.rows))
    if into - FIRST in block:
        raise CannotEdit("inside_itself")
    goal = span(book, into)
    if edges(book.survey)[goal.start] != "begin":
        raise CannotEdit("no_group", row=str(into))
    return _moved(book, block, goal.stop - 1)


def group(book: Book, row: int, begin: Mapping[str, str]) -> Book:
    """Make a group around a question, or around a group. `begin` holds the cells of its first row."""
    block, rows = span(book, row), book.survey.rows
    columns = Columns(book.survey)
    end = {columns.header("type"): "end_group"}
    return _with(book, (*rows[: block.start], begin, *rows[block.start : block.stop], end, *rows[block.stop :]))


def ungroup(book: Book, row: int) -> Book:
    """Take the group away and leave what it holds. Raises CannotEdit where others speak of it."""
    block, rows = span(book, row), book.survey.rows
    if edges(book.survey)[block.start] != "begin":
        raise CannotEdit("no_group", row=str(row))
    left = [one for at, one in enumerate(rows) if at not in (block.start, block.stop - 1)]
    name = Columns(book.survey).value(rows[block.start], "name")
    if name and name in _spoken_of(left, book):
        raise CannotEdit("referred", names=name)
    return _with(book, left)
