"""From the workbook to the form that phones and browsers understand (XForm), and what its validator says.

The converter takes 35 MB of memory: a process has it once it converts a workbook, not before.
"""

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from learnin.assessment.formats import xlsform
from learnin.assessment.formats.columns import Columns
from learnin.assessment.formats.definition import definition
from learnin.assessment.formats.workbook import Book, Row, Sheet

LONGEST_VALIDATION = 60  # seconds; the largest form of the corpus takes under ten
SMALL_HEAP = "-Xmx512m"
_ROW = re.compile(r"\[row\s*:\s*(\d+)\]\s*")
_SHEET = re.compile(r"(?:[Oo]n the|sheet:?) '(\w+)'(?: sheet)?")
_JUNK = re.compile(r"\n\{.*\}\s*$", re.DOTALL)


@dataclass(frozen=True)
class Trouble:
    """Why a workbook does not convert, as the converter says it, with the place where it stumbled."""

    message: str
    sheet: str = ""
    row: int = 0  # as in Excel; 0 where the converter names none


class NotConvertible(Exception):
    """The workbook does not convert. `troubles` say where and why."""

    def __init__(self, troubles: tuple[Trouble, ...]) -> None:
        super().__init__("; ".join(trouble.message for trouble in troubles))
        self.troubles = troubles


@dataclass(frozen=True)
class Converted:
    """A form that is ready for devices: its XML, what the converter remarks, the files it needs."""

    xform: str
    warnings: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    itemsets: str = ""  # the list of far choices (itemsets.csv), where the workbook has one


def convert(book: Book, *, form_id: str, version: str, title: str) -> Converted:
    """The form of a questionnaire, under the id, version and title that we give it. Raises NotConvertible."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert as to_xform

    warnings: list[str] = []
    try:
        made = to_xform(_for_converter(_with_settings(book, form_id, version, title)), warnings=warnings)
    except PyXFormError as error:
        raise NotConvertible(_troubles(str(error))) from error
    except Exception as error:  # the converter stumbles over what it does not expect
        raise NotConvertible((Trouble(f"{type(error).__name__}: {error}"),)) from error
    return Converted(made.xform, tuple(warnings), definition(book).media_names(), made.itemsets or "")


def _with_settings(book: Book, form_id: str, version: str, title: str) -> Book:
    sheet = book.sheets.get("settings", Sheet("settings"))
    ours = {"form_title", "form_id", "version"}
    dropped = {column.header for column in Columns(sheet).all if column.name in ours}
    kept = {key: text for key, text in (sheet.rows[0] if sheet.rows else {}).items() if key not in dropped}
    row = {**kept, "form_title": title, "form_id": form_id, "version": version}
    return book.with_sheet(Sheet("settings", tuple(row), (row,)))


def _for_converter(book: Book) -> dict[str, Any]:
    """The sheets as the converter's own readers would hand them over."""
    given: dict[str, Any] = {"sheet_names": list(book.sheets), "fallback_form_name": "data"}
    for name in xlsform.KNOWN_SHEETS:
        if name in book.sheets:
            sheet = book.sheets[name]
            columns = [column for column in sheet.columns if not xlsform.is_marked(column)]
            given[name] = [_cells(row, columns) for row in sheet.rows]
            given[f"{name}_header"] = [dict.fromkeys(columns)] if columns else []
    return given


def _cells(row: Row, columns: list[str]) -> dict[str, str]:
    found = {column: row[column].strip().replace("\xa0", " ") for column in columns if column in row}
    return {column: text for column, text in found.items() if text}


def _troubles(message: str) -> tuple[Trouble, ...]:
    """The converter's sentences, one by one, each with its place."""
    lines = re.split(r"\n(?=\[row)", message.strip())
    return tuple(_trouble(line) for line in dict.fromkeys(lines))


def _trouble(line: str) -> Trouble:
    row, sheet = _ROW.search(line), _SHEET.search(line)
    said = _JUNK.sub("", _ROW.sub("", line)).strip()
    return Trouble(said, sheet[1] if sheet else ("survey" if row else ""), int(row[1]) if row else 0)


State = Literal["passed", "failed", "unavailable"]


@dataclass(frozen=True)
class Validation:
    """What the independent validator (ODK Validate) says about a form."""

    state: State
    messages: tuple[str, ...] = ()


def validate(xform: str, *, limit: float = LONGEST_VALIDATION) -> Validation:
    """Try a form in the engine that phones use. "unavailable" where Java is not installed, or time ran out."""
    from pyxform.validators.error_cleaner import ErrorCleaner
    from pyxform.validators.odk_validate import ODK_VALIDATE_PATH

    java = shutil.which("java")
    if java is None or not Path(ODK_VALIDATE_PATH).exists():
        return Validation("unavailable")
    with tempfile.NamedTemporaryFile("w", suffix=".xml", encoding="utf-8") as file:
        file.write(xform)
        file.flush()
        words = [java, SMALL_HEAP, "-Djava.awt.headless=true", "-jar", ODK_VALIDATE_PATH, file.name]
        try:
            done = subprocess.run(words, capture_output=True, timeout=limit, check=False)  # noqa: S603  our own words
        except subprocess.TimeoutExpired:
            return Validation("unavailable", (f"ODK Validate took longer than {limit:.0f} seconds.",))
        except OSError:
            return Validation("unavailable")
    said = ErrorCleaner.odk_validate(done.stderr.decode(errors="replace")).strip()
    messages = tuple(line for line in dict.fromkeys(said.splitlines()) if line.strip() and not line.startswith(">>"))
    return Validation("passed" if done.returncode == 0 else "failed", messages)
