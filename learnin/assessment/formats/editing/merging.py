"""One questionnaire behind another: questions that come from the bank, into a draft that is there."""

import re
from collections.abc import Collection, Iterable, Mapping

from learnin.assessment.formats.columns import TRANSLATED, Columns, kind
from learnin.assessment.formats.workbook import Book, Row, Sheet

from .cells import default_of, text_header
from .rows import edges, span


def without(book: Book, names: Collection[str]) -> Book:
    """The questionnaire without the questions of these names, and without groups that hold nothing then."""
    columns = Columns(book.survey)
    rows = [row for row in book.survey.rows if columns.value(row, "name") not in names or _is_edge(columns, row)]
    while hollow := _hollow(Sheet("survey", book.survey.columns, tuple(rows))):
        rows = [row for at, row in enumerate(rows) if at not in hollow]
    return book.with_sheet(Sheet("survey", book.survey.columns, tuple(rows)))


def _is_edge(columns: Columns, row: Row) -> bool:
    return kind(columns.value(row, "type")).name.startswith(("begin ", "end "))


def _hollow(sheet: Sheet) -> set[int]:
    """The beginnings and ends of groups with nothing between."""
    found = edges(sheet)
    pairs = [at for at in range(len(found) - 1) if (found[at], found[at + 1]) == ("begin", "end")]
    return {place for at in pairs for place in (at, at + 1)}


def append(book: Book, other: Book, languages: Mapping[str, str]) -> Book:
    """The questions of another questionnaire behind those of this one; a group that is there already takes in its own.

    `languages` says which language of this one speaks each language of the other; words in others stay behind. A list
    of the same name with other choices gets a new name.
    """
    lists = _list_names(book, other)
    survey = [_with_list(book, row, lists) for row in _rows_for(book, other, "survey", languages)]
    choices = [row for row in _rows_for(book, other, "choices", languages) if _is_new(book, row, lists)]
    header = Columns(book.choices).header("list_name")
    choices = [{**row, header: lists[row[header]]} for row in choices]
    book = book.with_sheet(book.choices.with_rows((*book.choices.rows, *choices)))
    return _placed(book, survey)


def _rows_for(book: Book, other: Book, name: str, languages: Mapping[str, str]) -> list[Row]:
    """The other's rows, under the columns of this one."""
    theirs, ours = other.sheets.get(name, Sheet(name)), book.sheets.get(name, Sheet(name))
    columns, known = Columns(theirs), Columns(ours)
    default, other_default = default_of(book), default_of(other)
    headers: dict[str, str] = {}
    for column in columns.all:
        if column.name not in TRANSLATED:
            headers[column.header] = known.header(column.name)
        elif language := languages.get(column.language or other_default):
            headers[column.header] = text_header(ours, column.name, language, default)
    return [{headers[key]: text for key, text in row.items() if key in headers} for row in theirs.rows]


def _lists(book: Book) -> Mapping[str, list[str]]:
    columns = Columns(book.choices)
    found: dict[str, list[str]] = {}
    for row in book.choices.rows:
        found.setdefault(columns.value(row, "list_name"), []).append(columns.value(row, "name"))
    return found


def _list_names(book: Book, other: Book) -> Mapping[str, str]:
    """What each list of the other is called here."""
    ours, theirs = _lists(book), _lists(other)
    taken = {*ours, *theirs}
    names: dict[str, str] = {}
    for name, choices in theirs.items():
        names[name] = name
        if name in ours and ours[name] != choices:
            names[name] = next(one for n in range(2, len(taken) + 3) if (one := f"{name}_{n}") not in taken)
            taken.add(names[name])
    return names


def _is_new(book: Book, row: Row, lists: Mapping[str, str]) -> bool:
    return lists[row[Columns(book.choices).header("list_name")]] not in _lists(book)


def _with_list(book: Book, row: Row, lists: Mapping[str, str]) -> Row:
    header = Columns(book.survey).header("type")
    said = row.get(header, "")
    found = kind(said)
    if found.list_name in lists and lists[found.list_name] != found.list_name:
        return {**row, header: re.sub(rf"{re.escape(found.list_name)}\b", lists[found.list_name], said)}
    return row


def _placed(book: Book, rows: Iterable[Row]) -> Book:
    """Each row at the end of the group of its own name, where there is one; else at the end of all."""
    rows = list(rows)
    part = Book({"survey": book.survey.with_rows(tuple(rows))})
    at = 0
    while at < len(rows):
        block = span(part, at + 2)
        book = _put(book, rows[block.start : block.stop])
        at = block.stop
    return book


def _put(book: Book, block: list[Row]) -> Book:
    survey, columns = book.survey, Columns(book.survey)
    found = edges(survey)
    begins = {columns.value(row, "name"): at for at, row in enumerate(survey.rows) if found[at] == "begin"}
    name = columns.value(block[0], "name")
    if len(block) > 1 and name in begins:
        at = span(book, begins[name] + 2).stop - 1
        block = block[1:-1]
    else:
        at = len(survey.rows)
    taken = {columns.value(row, "name") for row in survey.rows}
    block = [_free(columns, row, taken) for row in block]
    return book.with_sheet(survey.with_rows((*survey.rows[:at], *block, *survey.rows[at:])))


def _free(columns: Columns, row: Row, taken: set[str]) -> Row:
    """A group inside gets a name that nothing here has."""
    name = columns.value(row, "name")
    if name not in taken or not _is_edge(columns, row):
        return row
    free = next(one for n in range(2, len(taken) + 3) if (one := f"{name}_{n}") not in taken)
    taken.add(free)
    return {**row, columns.header("name"): free}
