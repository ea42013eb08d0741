"""Problems of questions: names, groups that do not close, texts that are missing."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from anyascii import anyascii

from learnin.assessment.formats.columns import SILENT, TRANSLATED
from learnin.assessment.formats.definition import REFERENCE
from learnin.assessment.formats.doctor.problem import Facts, Line, Problem, Repair, Rule, free_name, with_cells
from learnin.assessment.formats.workbook import Book

_UNFIT = re.compile(r"[^A-Za-z0-9_]+")
_NAMED = re.compile(r"(\$\{\s*(?:last-saved#)?)([^}]*)\}")
RESERVED = "meta"


def _is_tag(name: str) -> bool:
    """Whether XML can have an element of this name, as the converter judges it."""
    from pyxform.parsing.expression import is_xml_tag  # takes memory, and few pages need it

    return bool(is_xml_tag(name))


def slug(text: str, start: str = "q") -> str:
    """A name that programs accept, made from words in any script."""
    made = _UNFIT.sub("_", anyascii(text).lower()).strip("_")[:40].strip("_")
    return made if made and not made[0].isdigit() else "_".join(filter(None, (start, made)))


def _names(facts: Facts) -> Iterator[Problem]:
    column = facts.survey.header("name")
    for line in facts.lines:
        if not line.type or line.edge == "end" or line.type.replace("_", " ") in {"set form title", "set form id"}:
            continue
        place = ("survey", line.number, column)
        if not line.name:
            if line.kind.name not in {"note", "audit"}:
                yield Problem(
                    "name_missing", "error", *place, {"type": line.type, "meant": _name_for(facts, line)}, "safe"
                )
        elif line.kind.name == "audit" and line.name != "audit":
            yield Problem("audit_named", "error", *place, {"name": line.name}, "safe")
        elif not _is_tag(line.name) or line.name == RESERVED:
            yield Problem("name_bad", "error", *place, {"name": line.name, "meant": slug(line.name)}, "asked")
    mentioned = _mentioned(facts)
    for name, lines in facts.names.items():
        if len(lines) > 1:
            yield from _twins(facts, name, lines, name in mentioned)


def _name_for(facts: Facts, line: Line) -> str:
    texts = facts.survey.texts(line.row, "label", facts.default_language)
    return slug(next(iter(texts.values()), "")[:30], "g" if line.edge else f"q{line.number}")


def _twins(facts: Facts, name: str, lines: tuple[Line, ...], is_mentioned: bool) -> Iterator[Problem]:
    column = facts.survey.header("name")
    seen = {lines[0].parents[-1:]}
    has_repeat = lines[0].kind.name == "begin repeat"
    for line in lines[1:]:
        values = {"name": name, "other": str(lines[0].number), "meant": f"{name}_2"}
        is_repeat = line.kind.name == "begin repeat"
        if line.parents[-1:] in seen or (is_repeat and has_repeat):
            yield Problem("name_twice", "error", "survey", line.number, column, values, "asked")
        elif is_mentioned:
            yield Problem("name_twice_and_named", "error", "survey", line.number, column, values, "asked")
        else:
            yield Problem("name_twice_elsewhere", "warning", "survey", line.number, column, values)
        seen.add(line.parents[-1:])
        has_repeat |= is_repeat


def _mentioned(facts: Facts) -> set[str]:
    """The names that some text or expression mentions."""
    return {
        name for line in facts.lines for text in line.row.values() if "${" in text for name in REFERENCE.findall(text)
    }


def _blocks(facts: Facts) -> Iterator[Problem]:
    stack: list[Line] = []
    column = facts.survey.header("type")
    for line in facts.lines:
        if line.edge == "begin":
            stack.append(line)
        elif line.edge == "end":
            values = {"type": line.type}
            if not stack:
                yield Problem("end_without_begin", "error", "survey", line.number, column, values, "safe")
                continue
            opened = stack.pop()
            meant = opened.kind.name.replace("begin", "end")
            if line.kind.name != meant:
                values |= {"meant": meant, "name": opened.name, "other": str(opened.number)}
                yield Problem("end_of_another", "error", "survey", line.number, column, values, "asked")
    for line in reversed(stack):
        meant = line.kind.name.replace("begin", "end")
        values = {"type": line.type, "name": line.name, "meant": meant}
        yield Problem("begin_never_ends", "error", "survey", line.number, column, values, "asked")


def _texts(facts: Facts) -> Iterator[Problem]:
    labels: dict[tuple[int, ...], dict[str, int]] = {}
    for line in facts.lines:
        if not line.type or line.edge == "end" or line.kind.name in SILENT:
            continue
        texts = facts.survey.texts(line.row, "label", facts.default_language)
        if not texts and not line.edge and not facts.survey.texts(line.row, "hint", "") and not _shows(facts, line):
            yield Problem("label_missing", "warning", "survey", line.number, "label", {"name": line.name})
        label = next(iter(texts.values()), "").casefold()
        if label and not line.edge and line.kind.name != "note":
            first = labels.setdefault(line.parents, {}).setdefault(label, line.number)
            if first != line.number:
                values = {"name": line.name, "other": str(first), "text": label[:80]}
                yield Problem("label_twice", "warning", "survey", line.number, "label", values)
        if line.kind.name == "note" and facts.survey.value(line.row, "required").lower() in {"yes", "true", "true()"}:
            column = facts.survey.header("required")
            yield Problem("note_required", "warning", "survey", line.number, column, {"name": line.name}, "asked")
    for line in facts.lines:
        is_plain = not facts.survey.value(line.row, "calculation") and not facts.survey.value(line.row, "default")
        if line.kind.name == "calculate" and is_plain:
            column = facts.survey.header("type")
            yield Problem("calculation_missing", "error", "survey", line.number, column, {"name": line.name}, "asked")


def _shows(facts: Facts, line: Line) -> bool:
    return any(facts.survey.texts(line.row, medium, "") for medium in ("image", "audio", "video", "guidance_hint"))


def _translations(facts: Facts) -> Iterator[Problem]:
    """Where one language says something and another does not: one line for each column."""
    for columns in (facts.survey, facts.choices):
        for name in TRANSLATED[:5]:
            headers = columns.named(name)
            if len(headers) < 2:
                continue
            missing: Counter[str] = Counter()
            first: dict[str, int] = {}
            for number, row in enumerate(columns.sheet.rows, start=2):
                there = [column.header for column in headers if row.get(column.header)]
                if there:
                    for column in headers:
                        if column.header not in there:
                            missing[column.header] += 1
                            first.setdefault(column.header, number)
            for column in headers:
                if count := missing[column.header]:
                    values = {"language": column.language or facts.default_language, "n": str(count)}
                    sheet = columns.sheet.name
                    yield Problem("translation_missing", "warning", sheet, first[column.header], column.header, values)


RULES: tuple[Rule, ...] = (_blocks, _names, _texts, _translations)


def renamed(facts: Facts, names: Mapping[int, str], *, mentions: bool) -> Book:
    """The workbook with other names in these rows; where asked, everything that mentions the old name follows."""
    column = facts.survey.header("name")
    old = {number: facts.survey.value(facts.book.survey.rows[number - 2], "name") for number in names}
    sheet = with_cells(facts.book.survey, {(number, column): name for number, name in names.items()})
    book = facts.book.with_sheet(sheet)
    if not mentions:
        return book
    new = {old[number]: name for number, name in names.items() if old[number]}
    for page in book.sheets.values():
        rows = tuple({key: _follow(text, new) for key, text in row.items()} for row in page.rows)
        book = book.with_sheet(page.with_rows(rows))
    return book


def _follow(text: str, new: Mapping[str, str]) -> str:
    if "${" not in text:
        return text
    return _NAMED.sub(lambda found: found[1] + new.get(found[2].strip(), found[2]) + "}", text)


def _give_names(facts: Facts, problems: list[Problem]) -> Book:
    taken = set(facts.names)
    names = {problem.row: free_name(problem.values["meant"], taken) for problem in problems}
    return renamed(facts, names, mentions=problems[0].code == "name_bad")


def _close_blocks(facts: Facts, problems: list[Problem]) -> Book:
    column = facts.survey.header("type")
    ends = tuple({column: problem.values["meant"]} for problem in sorted(problems, key=lambda one: -one.row))
    return facts.book.with_sheet(facts.book.survey.with_rows((*facts.book.survey.rows, *ends)))


def _empty_rows(facts: Facts, problems: list[Problem]) -> Book:
    cells = {(problem.row, column): "" for problem in problems for column in facts.book.survey.columns}
    return facts.book.with_sheet(with_cells(facts.book.survey, cells))


def _set(value: str = "") -> Repair:
    """A repair that writes what was meant, or always the same, into the cell."""

    def write(facts: Facts, problems: list[Problem]) -> Book:
        cells = {(problem.row, problem.column): value or problem.values.get("meant", "") for problem in problems}
        return facts.book.with_sheet(with_cells(facts.book.survey, cells))

    return write


REPAIRS: dict[str, Repair] = {
    "end_of_another": _set(),
    "end_without_begin": _empty_rows,
    "begin_never_ends": _close_blocks,
    "audit_named": _set(),
    "name_missing": _give_names,
    "name_bad": _give_names,
    "name_twice": _give_names,
    "name_twice_and_named": _give_names,
    "note_required": _set(),
    "calculation_missing": _set("hidden"),
}
