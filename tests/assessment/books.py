"""Small made-up questionnaires, and the real ones beside the project where they are."""

from pathlib import Path

import pytest

from learnin.assessment.formats.workbook import Book, Sheet

CORPUS = Path(__file__).parents[2].parent / "shared" / "data" / "forms"


def sheet(name, columns, *rows):
    """A sheet from rows of cells; an empty cell has no key."""
    columns = tuple(columns.split("|"))
    cells = (dict(zip(columns, row.split("|"), strict=False)) for row in rows)
    return Sheet(name, columns, tuple({key: text for key, text in row.items() if text} for row in cells))


def book(*questions, columns="type|name|label", choices=(), choice_columns="list_name|name|label", settings=None):
    """A questionnaire of these rows; without settings of its own it has every setting it needs."""
    sheets = {"survey": sheet("survey", columns, *questions)}
    if choices:
        sheets["choices"] = sheet("choices", choice_columns, *choices)
    given = {"form_title": "Teachers", "form_id": "teachers", "version": "1"} if settings is None else settings
    if given:
        sheets["settings"] = Sheet("settings", tuple(given), (given,))
    return Book(sheets)


def corpus():
    """The real questionnaires. Skips where they do not stand beside the project."""
    found = sorted(CORPUS.glob("*.xls*")) if CORPUS.is_dir() else []
    if not found:
        pytest.skip("The real questionnaires (shared/data/forms) do not stand beside the project.")
    return found
