"""Problems of choices: lists that are missing, choices that stand twice, choices without a name or a list."""

import re
from collections.abc import Iterator

from learnin.assessment.formats.columns import LISTED_TYPES, Columns
from learnin.assessment.formats.definition import language_code, language_name
from learnin.assessment.formats.doctor.problem import Facts, Option, Problem, Repair, Rule, free_name, with_cells
from learnin.assessment.formats.doctor.questions import slug
from learnin.assessment.formats.doctor.sheets import set_setting
from learnin.assessment.formats.workbook import Book, Sheet

_YES_NO_LISTS = frozenset(
    {"yesno", "yn", "noyes", "yesorno", "yesnolist", "ynlist", "listyesno", "listyn", "yesnoanswer"}
)
_YES_NO = {
    "ar": ("نعم", "لا"),
    "az": ("Bəli", "Xeyr"),
    "be": ("Так", "Не"),
    "bg": ("Да", "Не"),
    "bs": ("Da", "Ne"),
    "cnr": ("Da", "Ne"),
    "de": ("Ja", "Nein"),
    "el": ("Ναι", "Όχι"),
    "en": ("Yes", "No"),
    "es": ("Sí", "No"),
    "fr": ("Oui", "Non"),
    "hr": ("Da", "Ne"),
    "hy": ("Այո", "Ոչ"),
    "ka": ("დიახ", "არა"),
    "kk": ("Иә", "Жоқ"),
    "ky": ("Ооба", "Жок"),
    "mk": ("Да", "Не"),
    "ro": ("Da", "Nu"),
    "ru": ("Да", "Нет"),
    "sq": ("Po", "Jo"),
    "sr": ("Да", "Не"),
    "sr-latn": ("Da", "Ne"),
    "sw": ("Ndiyo", "Hapana"),
    "tg": ("Ҳа", "Не"),
    "tk": ("Hawa", "Ýok"),
    "tr": ("Evet", "Hayır"),
    "uk": ("Так", "Ні"),
    "uz": ("Ha", "Yoʻq"),
}
_NAMES = {
    "english": "en",
    "french": "fr",
    "français": "fr",
    "spanish": "es",
    "español": "es",
    "russian": "ru",
    "русский": "ru",
    "romanian": "ro",
    "română": "ro",
    "ukrainian": "uk",
    "українська": "uk",
    "german": "de",
    "deutsch": "de",
    "swahili": "sw",
    "arabic": "ar",
    "العربية": "ar",
    "turkish": "tr",
    "türkçe": "tr",
    "default": "en",
}
_TRUE = {"yes", "true", "true()"}


def _lists(facts: Facts) -> Iterator[Problem]:
    column = facts.survey.header("type")
    plain: dict[str, list[str]] = {}
    for name in facts.lists:
        plain.setdefault(_plain(name), []).append(name)
    for line in facts.lines:
        wanted = line.kind.list_name
        if line.kind.name not in LISTED_TYPES or wanted in facts.lists or "${" in wanted:
            continue
        values = {"list": wanted, "name": line.name}
        place = ("survey", line.number, column)
        alike = plain.get(_plain(wanted), [])
        if len(alike) == 1:
            yield Problem("list_misspelt", "error", *place, {**values, "meant": alike[0]}, "safe")
        elif _plain(wanted) in _YES_NO_LISTS:
            yield Problem("yes_no_missing", "error", *place, values, "safe")
        elif meant := facts.near(wanted, facts.lists):
            yield Problem("list_misspelt", "error", *place, {**values, "meant": meant}, "asked")
        else:
            yield Problem("list_missing", "error", *place, values)
    used = {line.kind.list_name for line in facts.lines}
    said = "\n".join(text for line in facts.lines for text in line.row.values() if "(" in text)
    for name, options in facts.lists.items():
        if name not in used and f"'{name}'" not in said:
            header = facts.choices.header("list_name")
            yield Problem("list_unused", "warning", "choices", options[0].number, header, {"list": name})


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


def _choices(facts: Facts) -> Iterator[Problem]:
    list_column, name_column = facts.choices.header("list_name"), facts.choices.header("name")
    for option in facts.options:
        label = next(iter(facts.choices.texts(option.row, "label", facts.default_language).values()), "")
        place = ("choices", option.number)
        if not option.list_name:
            if option.name:
                yield Problem(
                    "choice_without_list", "warning", *place, list_column, {"name": option.name, "text": label}
                )
        elif not option.name:
            values = {"list": option.list_name, "text": label, "meant": slug(label, "c") if label else ""}
            yield Problem("choice_nameless", "error", *place, name_column, values, "asked")
        elif not label:
            header = next((column.header for column in facts.choices.named("label")), "label")
            values = {"list": option.list_name, "name": option.name, "meant": option.name}
            yield Problem("choice_label_missing", "warning", *place, header, values, "asked")
    is_allowed = facts.setting("allow_choice_duplicates").lower() in _TRUE
    for options in facts.lists.values():
        if not is_allowed:
            yield from _twice(facts, options)
        yield from _same_label(facts, options)


def _twice(facts: Facts, options: tuple[Option, ...]) -> Iterator[Problem]:
    first: dict[str, Option] = {}
    column = facts.choices.header("name")
    for option in options:
        before = first.setdefault(option.name, option) if option.name else option
        if before is not option:
            fits = all(_fits(before.row.get(key, ""), option.row.get(key, "")) for key in facts.book.choices.columns)
            values = {"list": option.list_name, "name": option.name, "other": str(before.number)}
            code, repair = ("choice_twice", "safe") if fits else ("choice_twice_differs", "asked")
            yield Problem(code, "error", "choices", option.number, column, values, repair)  # type: ignore[arg-type]


def _fits(one: str, other: str) -> bool:
    return not one.strip() or not other.strip() or one.strip().casefold() == other.strip().casefold()


def _same_label(facts: Facts, options: tuple[Option, ...]) -> Iterator[Problem]:
    filters = [column.header for column in facts.choices.all if not facts.choices.is_known(column)]
    first: dict[tuple[str, ...], Option] = {}
    for option in options:
        label = next(iter(facts.choices.texts(option.row, "label", facts.default_language).values()), "")
        key = (label.casefold(), *(option.row.get(header, "") for header in filters))
        before = first.setdefault(key, option) if label else option
        if before is not option and before.name != option.name:
            values = {"list": option.list_name, "name": option.name, "other": before.name, "text": label[:80]}
            yield Problem("choice_label_twice", "warning", "choices", option.number, "label", values)


def _spaced(facts: Facts) -> Iterator[Problem]:
    """Several answers are stored with spaces between them: a name with a space would fall in two."""
    several = {line.kind.list_name for line in facts.lines if line.kind.name in {"select_multiple", "rank"}}
    column = facts.choices.header("name")
    said = "\n".join(text for line in facts.lines for text in line.row.values() if "(" in text or "=" in text)
    for option in facts.options:
        if option.list_name in several and " " in option.name:
            literals = (f"'{option.name}'", f'"{option.name}"')
            is_named = any(one in said for one in literals)
            values = {"list": option.list_name, "name": option.name, "meant": option.name.replace(" ", "_")}
            repair = "" if is_named else "asked"
            yield Problem("choice_with_spaces", "error", "choices", option.number, column, values, repair)  # type: ignore[arg-type]


RULES: tuple[Rule, ...] = (_lists, _choices, _spaced)


def _rename_lists(facts: Facts, problems: list[Problem]) -> Book:
    cells = {}
    for problem in problems:
        said = facts.book.survey.value(problem.row - 2, problem.column)
        wanted = re.escape(problem.values["list"])
        cells[problem.row, problem.column] = re.sub(rf"(?<!\S){wanted}(?!\S)", problem.values["meant"], said)
    return facts.book.with_sheet(with_cells(facts.book.survey, cells))


def _add_yes_no(facts: Facts, problems: list[Problem]) -> Book:
    sheet = facts.book.choices
    if not sheet.columns:
        labels = [column.header for column in facts.survey.named("label")] or ["label"]
        sheet = Sheet("choices", ("list_name", "name", *labels))
    columns = Columns(sheet)
    rows = list(sheet.rows)
    for name in dict.fromkeys(problem.values["list"] for problem in problems):
        for at, value in enumerate(_values(facts, name)):
            row = {columns.header("list_name"): name, columns.header("name"): value}
            rows.append(row | _words(facts, columns, at))
    return facts.book.with_sheet(sheet.with_rows(tuple(rows)))


def _values(facts: Facts, list_name: str) -> tuple[str, str]:
    """What is stored for yes and no: 1 and 0 where the expressions of the form compare with them."""
    asked = {line.name for line in facts.lines if line.kind.list_name == list_name}
    numbered = re.compile(r"\$\{(" + "|".join(map(re.escape, asked)) + r")\}\s*(!?=|,)\s*['\"]?[01]\b")
    is_numbered = any(numbered.search(text) for line in facts.lines for text in line.row.values() if "${" in text)
    return ("1", "0") if is_numbered else ("yes", "no")


def _words(facts: Facts, columns: Columns, at: int) -> dict[str, str]:
    found = {}
    headers = columns.named("label")
    for column in headers:
        language = column.language or facts.default_language
        code = (language_code(language) or _NAMES.get(language_name(language).lower(), "")).lower()
        words = _YES_NO.get(code) or _YES_NO.get(code.split("-")[0])
        if words or column is headers[0]:
            found[column.header] = (words or _YES_NO["en"])[at]
    return found or {"label": _YES_NO["en"][at]}


def _merge(facts: Facts, problems: list[Problem]) -> Book:
    sheet = facts.book.choices
    cells: dict[tuple[int, str], str] = {}
    for problem in problems:
        before, row = int(problem.values["other"]), sheet.rows[problem.row - 2]
        for key, text in row.items():
            if not sheet.value(before - 2, key).strip():
                cells.setdefault((before, key), text)
            cells[problem.row, key] = ""
    return facts.book.with_sheet(with_cells(sheet, cells))


def _allow(facts: Facts, _problems: list[Problem]) -> Book:
    return set_setting(facts, "allow_choice_duplicates", "yes")


def _label(facts: Facts, problems: list[Problem]) -> Book:
    cells = {(problem.row, problem.column): problem.values["meant"] for problem in problems}
    return facts.book.with_sheet(with_cells(facts.book.choices, cells))


def _name(facts: Facts, problems: list[Problem]) -> Book:
    cells = {}
    taken = {name: {option.name for option in options} for name, options in facts.lists.items()}
    for problem in problems:
        meant, list_name = problem.values["meant"], problem.values["list"]
        if meant:
            cells[problem.row, problem.column] = free_name(meant, taken[list_name])
        else:
            cells[problem.row, facts.choices.header("list_name")] = ""
    return facts.book.with_sheet(with_cells(facts.book.choices, cells))


REPAIRS: dict[str, Repair] = {
    "list_misspelt": _rename_lists,
    "yes_no_missing": _add_yes_no,
    "choice_twice": _merge,
    "choice_twice_differs": _allow,
    "choice_label_missing": _label,
    "choice_nameless": _name,
    "choice_with_spaces": _name,
}
