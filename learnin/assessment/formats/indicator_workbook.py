"""Indicators as an Excel workbook: one row each, out and in."""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile

from learnin.assessment.formats.evidence_workbook import Table, write

SHEET = "indicators"
PLAIN = ("code", "questionnaire", "dimension", "theme", "component", "population", "direction", "unit")
NUMBERS = ("concern", "severe")
DEFINITION = "definition"
LABEL = "name::"  # with the code of a language behind
MOST = 2_000  # rows: more than an assessment ever measures


class NotAWorkbook(ValueError):
    """The file is no workbook of indicators."""


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell: its row and column as in Excel, a code, and what stands there."""

    row: int
    column: str
    heading: str
    code: str
    found: str = ""


@dataclass(frozen=True)
class Row:
    """One row as it was read: texts by heading, names by language, the definition as data."""

    number: int
    texts: Mapping[str, str]
    labels: Mapping[str, str]
    numbers: Mapping[str, float | None]
    definition: Mapping[str, Any]


def written(rows: Iterable[Mapping[str, Any]], languages: Sequence[str]) -> bytes:
    """The workbook. Shares stay between 0 and 1; the definition is JSON as schema.json says."""
    headings = (*PLAIN, *NUMBERS, *(f"{LABEL}{code}" for code in languages), DEFINITION)
    cells = tuple(tuple(_cell(row, heading) for heading in headings) for row in rows)
    return write([Table(SHEET, tuple((heading, 24) for heading in headings), cells)])


def _cell(row: Mapping[str, Any], heading: str) -> str:
    if heading == DEFINITION:
        return json.dumps(row[DEFINITION], ensure_ascii=False, sort_keys=True)
    if heading.startswith(LABEL):
        return str(row["labels"].get(heading.removeprefix(LABEL), ""))
    value = row[heading]
    return "" if value is None else str(value)


def read(content: bytes) -> tuple[list[Row], list[Problem]]:
    """The rows of a workbook, and what cannot be read. Raises NotAWorkbook."""
    from openpyxl import load_workbook  # takes memory, and few pages need it
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book[SHEET]
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as refused:
        raise NotAWorkbook(str(refused)) from refused
    lines = sheet.iter_rows(values_only=True, max_row=MOST + 1)
    headings = [str(cell or "").strip() for cell in next(lines, ())]
    if not {"code", DEFINITION} <= set(headings):
        raise NotAWorkbook("columns")
    rows, problems = list[Row](), list[Problem]()
    for number, line in enumerate(lines, start=2):
        texts = {heading: _text(cell) for heading, cell in zip(headings, line, strict=False) if heading}
        if any(texts.values()):
            row, wrong = _row(number, texts, headings)
            rows.append(row)
            problems += wrong
    return rows, problems


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _row(number: int, texts: Mapping[str, str], headings: Sequence[str]) -> tuple[Row, list[Problem]]:
    problems = []
    numbers: dict[str, float | None] = {}
    for heading in NUMBERS:
        try:
            numbers[heading] = float(texts[heading]) if texts.get(heading) else None
        except ValueError:
            numbers[heading] = None
            problems.append(problem(number, headings, heading, "no_number", texts[heading]))
    try:
        definition = json.loads(texts[DEFINITION])
        if not isinstance(definition, dict):
            raise ValueError
    except ValueError:
        definition = {}
        problems.append(problem(number, headings, DEFINITION, "no_definition", texts[DEFINITION][:60]))
    labels = {key.removeprefix(LABEL): text for key, text in texts.items() if key.startswith(LABEL) and text}
    return Row(number, texts, labels, numbers, definition), problems


def problem(row: int, headings: Sequence[str], heading: str, code: str, found: str = "") -> Problem:
    """A problem of a cell, by its heading."""
    from openpyxl.utils import get_column_letter

    column = get_column_letter(headings.index(heading) + 1) if heading in headings else ""
    return Problem(row, column, heading, code, found)
