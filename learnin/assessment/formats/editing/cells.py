"""Cells of a row: words in each language, settings of a question, its name, and the choices it offers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from learnin.assessment.formats.columns import DEFAULT, Columns
from learnin.assessment.formats.workbook import Book, Row, Sheet

from .rows import FIRST, CannotEdit, index

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what no workbook and no XML can hold
Texts = Mapping[tuple[str, str], str]  # column and language -> text


def default_of(book: Book) -> str:
    """The language of columns that name none."""
    settings = book.sheets.get("settings")
    row = settings.rows[0] if settings and settings.rows else {}
    return (Columns(settings).value(row, "default_language") if settings else "") or DEFAULT


def separator(sheet: Sheet) -> str:
    """What parts a column's name from its language in this sheet: two points pairs everywhere, or one."""
    if any("::" in header for header in sheet.columns):
        return "::"
    single = any(column.language and ":" in column.header for column in Columns(sheet).all)
    return ":" if single else "::"


def text_header(sheet: Sheet, name: str, language: str, default: str) -> str:
    """What stands, or would stand, at the top of the column for this text in this language."""
    found = _text_headers(Columns(sheet), name, language, default)
    if found:
        return found[0]
    return name if language == DEFAULT else f"{name}{separator(sheet)}{language}"


def _text_headers(columns: Columns, name: str, language: str, default: str) -> list[str]:
    """The columns for this text in this language, the one that is read first at the front."""
    ours = [column for column in columns.named(name) if (column.language or default) == language]
    return [column.header for column in sorted(ours, key=lambda one: not one.language)]


def set_texts(sheet: Sheet, row: Row, texts: Texts, default: str) -> Row:
    """The row with these words; words that say the same already stay letter by letter."""
    columns, changed = Columns(sheet), dict(row)
    for (name, language), text in texts.items():
        written = _UNWRITABLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n").strip()
        if columns.texts(row, name, default).get(language, "") == written:
            continue
        headers = _text_headers(columns, name, language, default)
        speaking = next((one for one in headers if changed.get(one, "").strip()), None)
        if written:
            changed[speaking or text_header(sheet, name, language, default)] = written
        else:
            for header in headers:
                changed.pop(header, None)
    return changed


def set_values(sheet: Sheet, row: Row, values: Mapping[str, str]) -> Row:
    """The row with these cells; a cell that says the same already stays letter by letter."""
    columns, changed = Columns(sheet), dict(row)
    for name, value in values.items():
        if columns.value(row, name) == value:
            continue
        headers = [column.header for column in columns.named(name)]
        speaking = next((one for one in headers if changed.get(one, "").strip()), None)
        if value:
            changed[speaking or columns.header(name)] = value
        else:
            for header in headers:
                changed.pop(header, None)
    return changed


def change(book: Book, row: int, *, values: Mapping[str, str] | None = None, texts: Texts | None = None) -> Book:
    """Change cells of a question or a group: `values` by column, `texts` by column and language. Raises CannotEdit."""
    at, sheet = index(book, row), book.survey
    changed = set_values(sheet, sheet.rows[at], values or {})
    changed = set_texts(sheet, changed, texts or {}, default_of(book))
    if changed == sheet.rows[at]:
        return book
    return book.with_sheet(sheet.with_rows((*sheet.rows[:at], changed, *sheet.rows[at + 1 :])))


def write_texts(book: Book, changes: Mapping[str, Mapping[int, Texts]]) -> Book:
    """Change words in many rows at once: by sheet, by row as in Excel, by column and language."""
    default = default_of(book)
    for name, rows in changes.items():
        sheet = book.sheets[name]
        changed = list(sheet.rows)
        for row, texts in rows.items():
            changed[row - FIRST] = set_texts(sheet, changed[row - FIRST], texts, default)
        book = book.with_sheet(sheet.with_rows(tuple(changed)))
    return book


def require_name(book: Book, name: str) -> None:
    """A name that a device takes, and that no other row has. Raises CannotEdit."""
    if not NAME.fullmatch(name):
        raise CannotEdit("bad_name", name=name)
    columns = Columns(book.survey)
    if any(columns.value(row, "name") == name for row in book.survey.rows):
        raise CannotEdit("name_taken", name=name)


def rename(book: Book, row: int, name: str) -> Book:
    """Give a question or a group another name, everywhere it is spoken of. Raises CannotEdit."""
    sheet, columns, at = book.survey, Columns(book.survey), index(book, row)
    old = columns.value(sheet.rows[at], "name")
    if old == name:
        return book
    require_name(book, name)
    if sum(columns.value(one, "name") == old for one in sheet.rows) > 1:
        raise CannotEdit("name_twice", name=old)
    if not old:
        return change(book, row, values={"name": name})
    spoken = re.compile(rf"(\$\{{\s*(?:last-saved#)?){re.escape(old)}(\s*\}})")
    renamed = Book({
        key: one.with_rows(
            tuple({column: spoken.sub(rf"\g<1>{name}\g<2>", text) for column, text in row.items()} for row in one.rows)
        )
        for key, one in book.sheets.items()
    })  # fmt: skip
    return change(renamed, row, values={"name": name})


@dataclass(frozen=True)
class NewChoice:
    """A choice as somebody wrote it: `row` is where it stands, 0 for a new one."""

    name: str
    labels: Mapping[str, str] = field(default_factory=dict)
    row: int = 0


def set_choices(book: Book, list_name: str, choices: Sequence[NewChoice]) -> Book:
    """The choices of a list, in this order. A row that is not named goes; its other columns stay with one that is."""
    sheet, default = book.choices, default_of(book)
    columns = Columns(sheet)
    places = [at for at, row in enumerate(sheet.rows) if columns.value(row, "list_name") == list_name]
    written: list[Row] = []
    for choice in choices:
        at = choice.row - FIRST
        if choice.row and at not in places:
            raise CannotEdit("no_such_row", row=str(choice.row))
        before: Row = sheet.rows[at] if choice.row else {columns.header("list_name"): list_name}
        row = set_values(sheet, before, {"name": choice.name})
        texts = {("label", language): text for language, text in choice.labels.items()}
        written.append(set_texts(sheet, row, texts, default))
    filled = dict(zip(places, written, strict=False))
    last = places[-1] if places else len(sheet.rows) - 1
    rows: list[Row] = []
    for at, row in enumerate(sheet.rows):
        if at not in places:
            rows.append(row)
        elif at in filled:
            rows.append(filled[at])
        if at == last:
            rows += written[len(places) :]
    rows += written if not sheet.rows else []
    return book if tuple(rows) == sheet.rows else book.with_sheet(sheet.with_rows(tuple(rows)))
