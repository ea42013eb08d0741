"""Problems of sheets, columns and settings."""

import re
from collections.abc import Iterator

from learnin.assessment.formats import xlsform
from learnin.assessment.formats.columns import CHOICES, SETTINGS, SURVEY, TRANSLATED, Column, Columns
from learnin.assessment.formats.definition import language_code, language_name
from learnin.assessment.formats.doctor.problem import (
    Facts,
    Problem,
    Repair,
    Rule,
    close_to,
    with_cells,
    with_column_named,
)
from learnin.assessment.formats.workbook import Book, Sheet

_READ = ("survey", "choices", "settings")
_NEEDED = {"survey": ("type", "name"), "choices": ("list_name", "name")}
_PASSED_ON = re.compile(r"(bind|instance|body|control|attribute|media)::?.+", re.IGNORECASE)


def _sheets(facts: Facts) -> Iterator[Problem]:
    book = facts.book
    for wanted in _READ:
        if wanted in book.sheets:
            continue
        others = [name for name in book.sheets if name not in xlsform.KNOWN_SHEETS and not name.startswith("_")]
        plain = {name.strip().lower(): name for name in others}
        meant = plain.get(close_to(wanted, frozenset(plain)), "")
        if meant:
            severity, repair = ("error", "safe") if wanted == "survey" else ("warning", "asked")
            yield Problem("sheet_misspelt", severity, meant, values={"name": meant, "meant": wanted}, repair=repair)  # type: ignore[arg-type]
        elif wanted == "survey":
            yield Problem("survey_missing", "error")


def _columns(facts: Facts) -> Iterator[Problem]:
    for columns in (facts.survey, facts.choices, facts.settings):
        sheet = columns.sheet
        if sheet.columns and not all(columns.has(name) for name in _NEEDED.get(sheet.name, ())):
            for name in _NEEDED[sheet.name]:
                if not columns.has(name) and not _meant(columns, name):
                    yield Problem("column_missing", "error", sheet.name, 1, values={"name": name})
        for at, column in enumerate(columns.all):
            yield from _column(columns, column, at)
        yield from _same(columns)


def _column(columns: Columns, column: Column, at: int) -> Iterator[Problem]:
    sheet = columns.sheet
    place = {"code": "", "severity": "warning", "sheet": sheet.name, "row": 1, "column": column.header}
    filled = sum(column.header in row for row in sheet.rows)
    if xlsform.is_marked(column.header):
        head = xlsform.head_of(column.header, at)
        code = "column_twice" if head else "column_nameless"
        if filled:
            yield Problem(**{**place, "code": code, "values": {"name": head, "n": str(filled)}})  # type: ignore[arg-type]
    elif columns.is_known(column) or _PASSED_ON.fullmatch(column.header) or not filled:
        return
    elif meant := _meaning(columns, column):
        values = {"name": column.header, "meant": meant}
        yield Problem(**{**place, "code": "column_misspelt", "values": values, "repair": "asked"})  # type: ignore[arg-type]
    elif sheet.name == "survey":
        yield Problem(**{**place, "code": "column_unknown", "values": {"name": column.header}})  # type: ignore[arg-type]
    elif sheet.name == "choices" and " " in column.header:
        yield Problem(**{**place, "code": "column_with_spaces", "values": {"name": column.header}})  # type: ignore[arg-type]


def _meaning(columns: Columns, column: Column) -> str:
    """The column that was probably meant by one we do not know, unless the sheet has that one too."""
    known = {"survey": SURVEY, "choices": CHOICES, "settings": SETTINGS}.get(columns.sheet.name, frozenset())
    first, parted, language = column.header.partition("::" if "::" in column.header else ":")
    word = "_".join(first.split()).lower()
    meant = close_to(word, known - {"note", "notes", "comments", "rows"}) if len(word) > 3 else ""
    if meant == word or (parted and meant not in TRANSLATED):
        return ""
    there = {(one.name, one.language) for one in columns.all}
    return f"{meant}::{language.strip()}" if parted and meant and (meant, language.strip()) not in there else (
        meant if meant and not parted and not columns.has(meant) else ""
    )  # fmt: skip


def _meant(columns: Columns, name: str) -> bool:
    return any(_meaning(columns, column) == name for column in columns.all if not columns.is_known(column))


def _same(columns: Columns) -> Iterator[Problem]:
    seen: dict[tuple[str, str], str] = {}
    for column in columns.all:
        key = (column.name, column.language)
        if columns.is_known(column) and (first := seen.setdefault(key, column.header)) != column.header:
            rows = columns.sheet.rows
            clash = any(
                row.get(first, row.get(column.header)) != row.get(column.header, row.get(first)) for row in rows
            )
            values = {"name": column.header, "other": first}
            repair = "" if clash else "safe"
            yield Problem("column_same", "error", columns.sheet.name, 1, column.header, values, repair)  # type: ignore[arg-type]


def _settings(facts: Facts) -> Iterator[Problem]:
    for name in ("form_title", "form_id", "version"):
        if not facts.setting(name):
            yield Problem("setting_missing", "warning", "settings", 2, name, {"name": name}, "safe")


def _languages(facts: Facts) -> Iterator[Problem]:
    ours = dict.fromkeys(facts.survey.languages(""))
    theirs = dict.fromkeys(facts.choices.languages(""))
    named = [language for language in dict.fromkeys((*ours, *theirs)) if language]
    default = facts.setting("default_language")
    if len(named) > 1 and not default:
        yield Problem(
            "default_language_missing", "warning", "settings", 2, "default_language", {"name": named[0]}, "asked"
        )
    elif named and default and default not in named and "" not in ours:
        meant = next((one for one in named if language_name(one).lower() == language_name(default).lower()), "")
        values = {"name": default, "meant": meant or ", ".join(named)}
        repair = "asked" if meant else ""
        yield Problem("default_language_unknown", "warning", "settings", 2, "default_language", values, repair)  # type: ignore[arg-type]
    for language in theirs:
        if language and language not in ours:
            twin = next((one for one in ours if one and _same_language(one, language)), "")
            if twin:
                yield Problem(
                    "language_two_names",
                    "warning",
                    "choices",
                    1,
                    values={"name": language, "meant": twin},
                    repair="asked",
                )


def _same_language(one: str, other: str) -> bool:
    codes = language_code(one).lower(), language_code(other).lower()
    names = language_name(one).lower(), language_name(other).lower()
    return names[0] == names[1] and (codes[0] == codes[1] or not all(codes))


RULES: tuple[Rule, ...] = (_sheets, _columns, _settings, _languages)


def _rename_sheets(facts: Facts, problems: list[Problem]) -> Book:
    meant = {problem.values["name"]: problem.values["meant"] for problem in problems}
    return Book({
        meant.get(name, name): Sheet(meant.get(name, name), sheet.columns, sheet.rows)
        for name, sheet in facts.book.sheets.items()
    })  # fmt: skip


def _rename_columns(facts: Facts, problems: list[Problem]) -> Book:
    book = facts.book
    for problem in problems:
        sheet = book.sheets[problem.sheet]
        if problem.values["meant"] not in sheet.columns:
            book = book.with_sheet(with_column_named(sheet, problem.column, problem.values["meant"]))
    return book


def _merge_columns(facts: Facts, problems: list[Problem]) -> Book:
    book = facts.book
    for problem in problems:
        sheet, gone, kept = book.sheets[problem.sheet], problem.column, problem.values["other"]
        rows = tuple({(kept if column == gone else column): text for column, text in row.items()} for row in sheet.rows)
        book = book.with_sheet(Sheet(sheet.name, tuple(one for one in sheet.columns if one != gone), rows))
    return book


def set_setting(facts: Facts, name: str, value: str) -> Book:
    """The workbook with this setting."""
    sheet = facts.book.sheets.get("settings", Sheet("settings"))
    if not sheet.rows:
        sheet = sheet.with_rows(({},))
    return facts.book.with_sheet(with_cells(sheet, {(2, facts.settings.header(name)): value}))


def _fill_settings(facts: Facts, problems: list[Problem]) -> Book:
    title = facts.setting("form_title")
    form_id = facts.setting("form_id")
    made = re.sub(r"\W+", "_", (title or "").lower()).strip("_")
    values = {"form_title": title or form_id or "Questionnaire", "form_id": form_id or made or "questionnaire"}
    book = facts.book
    for problem in problems:
        book = set_setting(Facts(book), problem.column, values.get(problem.column, "1"))
    return book


def _set_default_language(facts: Facts, problems: list[Problem]) -> Book:
    values = problems[0].values
    return set_setting(facts, "default_language", values.get("meant", values["name"]))


def _rename_language(facts: Facts, problems: list[Problem]) -> Book:
    book = facts.book
    for problem in problems:
        for column in facts.choices.all:
            if column.language == problem.values["name"]:
                new = column.header.replace(problem.values["name"], problem.values["meant"])
                book = book.with_sheet(with_column_named(book.choices, column.header, new))
    return book


REPAIRS: dict[str, Repair] = {
    "sheet_misspelt": _rename_sheets,
    "column_misspelt": _rename_columns,
    "column_same": _merge_columns,
    "setting_missing": _fill_settings,
    "default_language_missing": _set_default_language,
    "default_language_unknown": _set_default_language,
    "language_two_names": _rename_language,
}
