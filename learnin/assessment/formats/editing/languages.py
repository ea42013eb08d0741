"""The languages of a questionnaire: one more, another name, one less."""

from learnin.assessment.formats.columns import DEFAULT, TRANSLATED, Column, Columns
from learnin.assessment.formats.definition import definition
from learnin.assessment.formats.workbook import Book, Sheet

from .cells import default_of, separator
from .rows import CannotEdit

SHEETS = ("survey", "choices")
ALWAYS = {"survey": ("label", "hint"), "choices": ("label",)}


def add_language(book: Book, language: str) -> Book:
    """The same questionnaire with empty columns for one more language. Raises CannotEdit."""
    _require_free(book, language)
    for name in SHEETS:
        if (sheet := book.sheets.get(name)) is None:
            continue
        known = Columns(sheet)
        wanted = [one for one in TRANSLATED if known.has(one) or one in ALWAYS[name]]
        parted = separator(sheet)
        more = tuple(f"{one}{parted}{language}" for one in wanted if one in ALWAYS[name] or _speaks(known, one))
        book = book.with_sheet(Sheet(name, (*sheet.columns, *more), sheet.rows))
    return book


def _speaks(columns: Columns, name: str) -> bool:
    """Whether this column is written in some language by name."""
    return any(column.language for column in columns.named(name))


def _require_free(book: Book, language: str) -> None:
    if language in definition(book).languages or ":" in language or not language.strip():
        raise CannotEdit("language_there", language=language)


def _require_there(book: Book, language: str) -> None:
    if language not in definition(book).languages:
        raise CannotEdit("no_such_language", language=language)


def rename_language(book: Book, language: str, name: str) -> Book:
    """The same language under another name; columns that name none get one. Raises CannotEdit."""
    if language == name:
        return book
    _require_there(book, language)
    _require_free(book, name)
    default = default_of(book)
    for title in SHEETS:
        if sheet := book.sheets.get(title):
            headers = {
                one.header: _renamed(one, separator(sheet), name) for one in _ours(Columns(sheet), language, default)
            }
            columns = tuple(headers.get(one, one) for one in sheet.columns)
            rows = tuple({headers.get(key, key): text for key, text in row.items()} for row in sheet.rows)
            book = book.with_sheet(Sheet(title, columns, rows))
    return _with_default(book, name) if language in {default, DEFAULT} else book


def _ours(columns: Columns, language: str, default: str) -> list[Column]:
    """The translated columns that speak this language."""
    ours = [one for one in columns.all if one.name in TRANSLATED and (one.language or default) == language]
    named = {one.name for one in ours if one.language}
    return [one for one in ours if one.language or one.name not in named]


def _renamed(column: Column, parted: str, name: str) -> str:
    if not column.language:
        return f"{column.header}{parted}{name}"
    head, _sign, _language = column.header.rpartition(column.language)
    return f"{head}{name}"


def _with_default(book: Book, language: str) -> Book:
    sheet = book.sheets.get("settings", Sheet("settings"))
    header = Columns(sheet).header("default_language")
    first = {**(sheet.rows[0] if sheet.rows else {}), header: language}
    return book.with_sheet(sheet.with_rows((first, *sheet.rows[1:])))


def remove_language(book: Book, language: str) -> Book:
    """The same questionnaire without a language. Raises CannotEdit for the one a form opens in, and the only one."""
    _require_there(book, language)
    if language == definition(book).default_language:
        raise CannotEdit("last_language", language=language)
    default = default_of(book)
    for title in SHEETS:
        if sheet := book.sheets.get(title):
            gone = {
                one.header
                for one in Columns(sheet).all
                if one.name in TRANSLATED and (one.language or default) == language
            }
            columns = tuple(one for one in sheet.columns if one not in gone)
            rows = tuple({key: text for key, text in row.items() if key not in gone} for row in sheet.rows)
            book = book.with_sheet(Sheet(title, columns, rows))
    return book
