"""Answers typed into an Excel workbook made from the questionnaire: one row each, one column a question. Pure.

Questions inside repeats, and those that need a device (pictures, places), have no column. Rules between questions are
not worked out here: what a person copied from paper is taken as it stands there.
"""

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID, uuid5
from xml.sax.saxutils import escape, quoteattr
from zipfile import BadZipFile

import xlsxwriter

from learnin.assessment.formats import submission_xml
from learnin.assessment.formats.definition import Definition, Question
from learnin.assessment.formats.submission_xml import Node
from learnin.compute import typed

SHEET, LISTS = "answers", "choices"
INVITATION = "invitation_number"
HEAD_ROWS = 2  # names, and below them the questions
MOST_ROWS = 5_000
MOST_IN_A_LIST = 1_000
WRITTEN = frozenset({"text", "integer", "decimal", "range", "date", "time", "dateTime"})
CHOSEN = frozenset({"select_one", "select_multiple"})
IDS = UUID("6b8c0f0e-3f0b-5c55-9d0a-6f3a4f1f6c11")  # our own space of ids for rows; any constant does
SPACE = "\x1f"
ORX = "http://openrosa.org/xforms"


class NoWorkbook(ValueError):
    """The bytes are no workbook made from this questionnaire."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a cell. `code` is a key of the words that the page has; `said` is what stands there."""

    row: int
    column: str
    code: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One answer: its row in the sheet, whose it is, and its values by the path of the question."""

    number: int
    invitation: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entered:
    """Everything a workbook holds."""

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def columns(of: Definition) -> list[Question]:
    """The questions that have a column, in their order; the first of those that share a name."""
    found: dict[str, Question] = {}
    for one in of.questions:
        can_type = one.type in WRITTEN or (one.type in CHOSEN and of.choices(one))
        if can_type and not one.repeat and not one.calculation and not one.read_only:
            found.setdefault(one.name, one)
    return list(found.values())


def left_out(of: Definition) -> list[Question]:
    """The questions that people see but cannot type here."""
    here = {one.path for one in columns(of)}
    return [one for one in of.questions if one.keeps_answer and not one.is_silent and one.path not in here]


def write(of: Definition, *, language: str = "", invitation_label: str = "") -> bytes:
    """An empty workbook for this questionnaire.

    Args:
        of: the questionnaire.
        language: one of its languages, for the questions and choices.
        invitation_label: what the first column asks for; empty where nobody is invited.
    Returns:
        The file's bytes. The first row holds names that must stay; the second the questions.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, lists = book.add_worksheet(SHEET), book.add_worksheet(LISTS)
    small = book.add_format({"font_color": "#4c5767", "font_size": 9})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@"})
    heads = [(INVITATION, invitation_label)] if invitation_label else []
    asked = columns(of)
    heads += [(one.name, of.text(one.labels, language) or one.name) for one in asked]
    for at, (name, label) in enumerate(heads):
        sheet.set_column(at, at, 24, text)
        sheet.write_string(0, at, name, small)
        sheet.write_string(1, at, label, bold)
    first = len(heads) - len(asked)
    for at, one in enumerate(asked, start=first):
        if one.type in CHOSEN:
            _offer(sheet, lists, at, one, of, language)
    sheet.freeze_panes(HEAD_ROWS, first)
    book.close()
    return out.getvalue()


def _offer(sheet: object, lists: object, at: int, one: Question, of: Definition, language: str) -> None:
    """The choices of a question: a list on the other sheet, and a drop-down where one of them is chosen."""
    choices = of.choices(one)[:MOST_IN_A_LIST]
    lists.write_string(0, at, one.name)  # type: ignore[attr-defined]
    labels = _labels(of, one, language)
    for number, choice in enumerate(choices, start=1):
        lists.write_string(number, at, labels[choice.name])  # type: ignore[attr-defined]
    if one.type == "select_one":
        name = xlsxwriter.utility.xl_col_to_name(at)
        source = f"={LISTS}!${name}$2:${name}${len(choices) + 1}"
        rule = {"validate": "list", "source": source}
        sheet.data_validation(HEAD_ROWS, at, MOST_ROWS + HEAD_ROWS - 1, at, rule)  # type: ignore[attr-defined]


def _labels(of: Definition, one: Question, language: str) -> dict[str, str]:
    """What each choice is called in the workbook: its label, or its name where two share a label."""
    said = {choice.name: of.text(choice.labels, language).strip() or choice.name for choice in of.choices(one)}
    often = Counter(label.casefold() for label in said.values())
    return {name: label if often[label.casefold()] == 1 else name for name, label in said.items()}


def read(content: bytes, of: Definition) -> Entered:
    """The answers in a workbook that people filled in. Raises NoWorkbook."""
    lines = _lines(content)
    names = [_text(value) for value in next(lines, (0, ()))[1]]
    known = {one.name: one for one in columns(of)}
    if not any(name in known for name in names):
        raise NoWorkbook
    next(lines, None)
    unknown = [name for name in names if name and name not in known and name != INVITATION]
    problems = [Problem(1, name, "unknown_column") for name in unknown]
    problems += [Problem(1, name, "column_twice") for name, n in Counter(filter(None, names)).items() if n > 1]
    choices = {name: _meant(of, one) for name, one in known.items() if one.type in CHOSEN}
    rows = []
    for number, cells in lines:
        filled = {name: value for name, value in zip(names, cells, strict=False) if name and _text(value)}
        if not filled:
            continue
        values: dict[str, str] = {}
        for name, one in known.items():
            if name not in filled:
                if one.is_required and not one.relevant and not one.parents:
                    problems.append(Problem(number, name, "missing"))
                continue
            code, value = _value(one, filled[name], choices.get(name, {}))
            if code:
                problems.append(Problem(number, name, code, _text(filled[name])[:60]))
            else:
                values[one.path] = value
        rows.append(Row(number, _text(filled.get(INVITATION)), values))
    if len(rows) > MOST_ROWS:
        problems.append(Problem(MOST_ROWS + HEAD_ROWS + 1, "", "too_many"))
    return Entered(tuple(rows), tuple(problems))


def _lines(content: bytes) -> Iterator[tuple[int, Sequence[object]]]:
    from openpyxl import load_workbook  # takes memory, and few pages need it
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        found = list(sheet.iter_rows(max_row=MOST_ROWS + HEAD_ROWS + 1, max_col=1000, values_only=True))
        book.close()
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError):
        raise NoWorkbook from None
    yield from enumerate(found, start=1)


def _text(value: object) -> str:
    """What stands in a cell, as text; a whole number without its point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _meant(of: Definition, one: Question) -> dict[str, str]:
    """The names of choices by everything that may stand in a cell: name, and label in any language."""
    found: dict[str, str] = {}
    for language in ("", *of.languages):
        for name, label in _labels(of, one, language).items():
            found.setdefault(label.casefold(), name)
    return found | {choice.name.casefold(): choice.name for choice in of.choices(one)}


def _value(one: Question, cell: object, choices: Mapping[str, str]) -> tuple[str, str]:
    """What is wrong with a cell, and its value as an answer writes it."""
    said = _text(cell)
    if one.type == "select_one":
        name = choices.get(said.casefold())
        return ("", name) if name else ("no_choice", "")
    if one.type == "select_multiple":
        parts = [part.strip() for part in said.replace("\n", ";").split(";") if part.strip()]
        names = [choices.get(part.casefold()) for part in parts]
        return ("no_choice", "") if None in names else ("", " ".join(dict.fromkeys(filter(None, names))))
    if one.type in ("integer", "decimal", "range"):
        return _number(cell, said, whole=one.type == "integer")
    if one.type in ("date", "time", "dateTime"):
        return _moment(one.type, cell, said)
    return "", said


def _number(cell: object, said: str, *, whole: bool) -> tuple[str, str]:
    """A number of the sheet as it is; one that was typed as text by the rules of all boxes."""
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    found = (Decimal(said),) if is_number else typed.meanings(said)
    if not found or not found[0].is_finite():
        return "no_number", ""
    if whole:
        return ("", f"{found[0]:.0f}") if found[0] == found[0].to_integral_value() else ("no_whole_number", "")
    return ("", f"{found[0]:f}") if len(found) == 1 else ("two_numbers", "")


def _moment(kind: str, cell: object, said: str) -> tuple[str, str]:
    try:
        if kind == "date":
            day = cell.date() if isinstance(cell, datetime) else cell
            return "", (day if isinstance(day, date) else date.fromisoformat(said)).isoformat()
        if kind == "time":
            clock = cell if isinstance(cell, time) else time.fromisoformat(said)
            return "", clock.isoformat(timespec="milliseconds")
        moment = cell if isinstance(cell, datetime) else datetime.fromisoformat(said)
        return "", moment.isoformat(timespec="milliseconds")
    except ValueError:
        return f"no_{kind}", ""


def instance_ids(rows: Sequence[Row], *, place: str, is_tied: bool = True) -> list[str]:
    """An id for each row, made of what it says: the same file again gives the same ids.

    Args:
        rows: the answers, in their order.
        place: what tells this round from others.
        is_tied: whether the invitation may be part of it: from the id one could find out later whose answer it is.
    Returns:
        Ids like `uuid:…`; rows that say the same get ids by their order among each other.
    """
    seen: Counter[str] = Counter()
    found = []
    for row in rows:
        whose = row.invitation if is_tied else ""
        said = SPACE.join([place, whose, *(f"{path}={row.values[path]}" for path in sorted(row.values))])
        seen[said] += 1
        found.append(f"uuid:{uuid5(IDS, SPACE.join([said, str(seen[said])]))}")
    return found


def xml(xform: str, row: Row, *, instance_id: str) -> bytes:
    """The answer as its form writes it: every element of the form, without repeats, with what was typed.

    Raises submission_xml.Unreadable where the form itself cannot be read.
    """
    root = submission_xml.tree(xform.encode(), limit=8 * submission_xml.BYTES)
    data = _first_instance(root)
    repeats = submission_xml.shape(xform).repeats
    parts = ['<?xml version="1.0" encoding="UTF-8"?>']
    about = "".join(f" {name}={quoteattr(value)}" for name, value in data.attributes.items() if "\x1f" not in name)
    space = f" xmlns={quoteattr(data.space)}" if data.space and data.space != "http://www.w3.org/2002/xforms" else ""
    parts.append(f"<{data.name}{space} xmlns:orx={quoteattr(ORX)}{about}>")
    parts += [_element(child, "", row.values, repeats, instance_id) for child in data.children if child.name != "meta"]
    parts.append(f"<orx:meta><orx:instanceID>{escape(instance_id)}</orx:instanceID></orx:meta></{data.name}>")
    return "".join(parts).encode()


def _first_instance(root: Node) -> Node:
    for head in root.named("head"):
        for model in head.named("model"):
            for instance in model.named("instance"):
                if instance.children:
                    return instance.children[0]
    raise submission_xml.Unreadable("empty")


def _element(node: Node, above: str, values: Mapping[str, str], repeats: frozenset[str], instance_id: str) -> str:
    path = f"{above}{node.name}"
    if node.is_template or path in repeats:
        return ""
    if node.children:
        inside = "".join(_element(child, f"{path}/", values, repeats, instance_id) for child in node.children)
    else:
        inside = escape(_writable(values.get(path, "")))
    return f"<{node.name}>{inside}</{node.name}>"


def _writable(text: str) -> str:
    """Without letters that XML cannot hold."""
    return "".join(letter for letter in text if letter in "\t\n\r" or letter >= " ")
