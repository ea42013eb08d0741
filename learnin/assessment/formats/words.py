"""Every text of a questionnaire that people read, with what each language says; and files to translate them in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from babel.core import UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po
from babel.messages.pofile import write_po as write_catalogue

from learnin.assessment.formats import xlsform
from learnin.assessment.formats.columns import LISTED_TYPES
from learnin.assessment.formats.definition import Definition, Group, Question, Texts, definition
from learnin.assessment.formats.editing.cells import write_texts
from learnin.assessment.formats.workbook import Book, Sheet

LONGEST_KEY = 300
COLUMNS = ("id", "source", "target", "state")
MOST_PO = 5_000_000


@dataclass(frozen=True)
class Word:
    """One text: where it stands, by a key that stays, and what each language says."""

    key: str
    sheet: str
    row: int
    column: str
    place: str  # the question, or the list and the choice
    texts: Texts


@dataclass(frozen=True)
class Line:
    """One line of a file for translators."""

    key: str
    source: str
    target: str
    state: str = ""
    place: str = ""


class NotWords(Exception):
    """This file is none that a translator got from us. The code says why: not_read, no_id."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def words(asked: Definition) -> tuple[Word, ...]:
    """The texts that some language has, in the order of the questionnaire; choices behind the questions."""
    seen: dict[str, int] = {}
    found: list[Word] = []
    for one in _texts(asked):
        count = seen[one.key] = seen.get(one.key, 0) + 1
        key = one.key if count == 1 else f"{one.key}#{count}"
        if len(key) > LONGEST_KEY:
            key = f"{key[: LONGEST_KEY - 65]}~{sha256(key.encode()).hexdigest()}"
        found.append(Word(key, one.sheet, one.row, one.column, one.place, one.texts))
    return tuple(found)


def _texts(asked: Definition) -> Iterator[Word]:
    offered: dict[str, None] = {}
    for one in asked.outline:
        for column, texts in _columns(one):
            if texts:
                yield Word(f"survey/{column}/{one.path}", "survey", one.row, column, one.name, texts)
        if isinstance(one, Question) and one.type in LISTED_TYPES:
            offered[one.list_name] = None
    for name in offered:
        for choice in asked.lists.get(name, ()):
            if choice.labels:
                place = f"{name}: {choice.name}"
                yield Word(f"choices/label/{name}/{choice.name}", "choices", choice.row, "label", place, choice.labels)


def _columns(one: Question | Group) -> Iterator[tuple[str, Texts]]:
    yield "label", one.labels
    if isinstance(one, Question):
        yield "hint", one.hints
        yield "guidance_hint", one.guidance
        yield "required_message", one.required_messages
        yield "constraint_message", one.constraint_messages


def missing(asked: Definition) -> Mapping[str, int]:
    """How many texts each language lacks that another has; only languages that lack some."""
    found = words(asked)
    lacking = {language: sum(language not in one.texts for one in found) for language in asked.languages}
    return {language: count for language, count in lacking.items() if count}


def with_words(book: Book, language: str, texts: Mapping[str, str]) -> Book:
    """The questionnaire with these texts, by their keys, in one language. Unknown keys are passed over."""
    changes: dict[str, dict[int, dict[tuple[str, str], str]]] = {}
    for one in words(definition(book)):
        if one.key in texts:
            changes.setdefault(one.sheet, {}).setdefault(one.row, {})[one.column, language] = texts[one.key]
    return write_texts(book, changes)


def write_xlsx(lines: Iterable[Line]) -> bytes:
    """The lines as an Excel workbook."""
    rows = tuple(
        {key: text for key, text in zip(COLUMNS, (one.key, one.source, one.target, one.state), strict=True) if text}
        for one in lines
    )
    return xlsform.write(Book({"words": Sheet("words", COLUMNS, rows)}))


def read_xlsx(data: bytes) -> list[Line]:
    """The lines of a workbook that came back. Raises NotWords."""
    try:
        sheets = xlsform.read(data).sheets
    except xlsform.NotReadable as problem:
        raise NotWords("not_read") from problem
    sheet = next((one for one in sheets.values() if {"id", "target"} <= set(one.columns)), None)
    if sheet is None:
        raise NotWords("no_id")
    return [Line(row["id"], row.get("source", ""), row.get("target", "")) for row in sheet.rows if row.get("id")]


def write_po(lines: Iterable[Line], *, code: str, title: str) -> bytes:
    """The lines as a catalogue for translators' programs. What is stale is fuzzy there."""
    try:
        catalogue = Catalog(locale=code.replace("-", "_") or None, project=title, fuzzy=False, header_comment="#")
    except (UnknownLocaleError, ValueError):
        catalogue = Catalog(project=title, fuzzy=False, header_comment="#")
    for one in lines:
        flags = ["fuzzy"] if one.state == "stale" else []
        comments = [one.place] if one.place else []
        catalogue.add(one.source, one.target, context=one.key, flags=flags, auto_comments=comments)
    out = BytesIO()
    write_catalogue(out, catalogue, width=0, sort_output=False)
    return out.getvalue()


def read_po_file(data: bytes) -> list[Line]:
    """The lines of a catalogue that came back. Raises NotWords."""
    if len(data) > MOST_PO:
        raise NotWords("not_read")
    try:
        catalogue = read_po(BytesIO(data), abort_invalid=True)
    except (PoFileError, ValueError, UnicodeError) as problem:
        raise NotWords("not_read") from problem
    found = [one for one in catalogue if one.id and one.context and isinstance(one.id, str)]
    if not found:
        raise NotWords("no_id")
    return [Line(str(one.context), str(one.id), str(one.string or "")) for one in found]
