"""Problems with types of questions: other names of a type, retired ones, those that only one vendor knows."""

from collections.abc import Iterator
from functools import cache

from learnin.assessment.formats.columns import SAME_TYPE, SELECT_TYPES, kind
from learnin.assessment.formats.doctor.problem import Facts, Line, Problem, Repair, Rule, with_cells
from learnin.assessment.formats.doctor.sheets import set_setting
from learnin.assessment.formats.workbook import Book

_RETIRED = {"set form title": "form_title", "set form id": "form_id"}  # settings that once stood among the questions
# What SurveyCTO alone knows. What its app fills in by itself stays, empty, so that expressions that name it still work.
_VENDOR = {
    **dict.fromkeys(
        (
            "caseid",
            "comments",
            "text audit",
            "audio audit",
            "speed violations count",
            "speed violations list",
            "speed violations audit",
        ),
        "hidden",
    ),
    "calculate_here": "calculate",
}
_VENDOR_STARTS = ("sensor_statistic", "sensor_stream")
_DEAF = frozenset({"subscriberid", "simserial"})  # phones since Android 10 no longer tell


@cache
def known() -> frozenset[str]:
    """The types that the converter knows."""
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT  # takes memory, and few pages need it

    return frozenset(QUESTION_TYPE_DICT) | SELECT_TYPES


@cache
def _long() -> frozenset[str]:
    """The types that a word can be near to; short words are near to everything."""
    return frozenset(name for name in known() - SELECT_TYPES if len(name) > 3)


def _types(facts: Facts) -> Iterator[Problem]:
    for line in facts.lines:
        if not line.type:
            if line.name or facts.survey.texts(line.row, "label", "default"):
                yield _problem(facts, line, "type_missing", name=line.name)
        else:
            yield from _type(facts, line)


def _type(facts: Facts, line: Line) -> Iterator[Problem]:
    name = line.kind.name
    if line.edge or (name in SELECT_TYPES and line.kind.list_name):
        if line.kind.written != line.type and not line.edge:
            yield _problem(facts, line, "type_alias", "warning", "safe", meant=line.kind.written)
    elif name in SELECT_TYPES:
        yield _problem(facts, line, "list_unnamed", name=line.name)
    elif line.type in SAME_TYPE:
        yield _problem(facts, line, "type_alias", "warning", "safe", meant=name)
    elif name in _DEAF:
        yield _problem(facts, line, "type_deaf", "warning")
    elif name in known():
        return
    elif line.type.lower().replace("_", " ") in _RETIRED:
        meant = _RETIRED[line.type.lower().replace("_", " ")]
        if line.type.lower() not in {"set_form_title", "set_form_id"}:
            yield _problem(facts, line, "type_retired", "error", "safe", name=line.name, meant=meant)
    elif meant := _vendor(line.type):
        yield _problem(facts, line, "type_vendor", "error", "asked", meant=meant)
    elif (lower := kind(line.type.lower())).name in known() or lower.name.partition(" ")[0] in {"begin", "end"}:
        yield _problem(facts, line, "type_case", "error", "safe", meant=lower.written)
    elif meant := _near(facts, line.type):
        yield _problem(facts, line, "type_misspelt", "error", "asked", meant=meant)
    else:
        yield _problem(facts, line, "type_unknown")


def _vendor(said: str) -> str:
    return "hidden" if said.startswith(_VENDOR_STARTS) else _VENDOR.get(said, "")


def _near(facts: Facts, said: str) -> str:
    first, space, rest = said.partition(" ")
    if space and (meant := facts.near(first.lower(), SELECT_TYPES)):
        return f"{meant} {rest}"
    return facts.near(said.lower(), _long())


def _problem(facts: Facts, line: Line, code: str, severity: str = "error", repair: str = "", **values: str) -> Problem:
    column = facts.survey.header("type")
    return Problem(code, severity, "survey", line.number, column, {"type": line.type, **values}, repair)  # type: ignore[arg-type]


RULES: tuple[Rule, ...] = (_types,)


def _set_types(facts: Facts, problems: list[Problem]) -> Book:
    cells = {(problem.row, problem.column): problem.values["meant"] for problem in problems}
    return facts.book.with_sheet(with_cells(facts.book.survey, cells))


def _to_settings(facts: Facts, problems: list[Problem]) -> Book:
    book = facts.book
    for problem in problems:
        if problem.values["name"] and not Facts(book).setting(problem.values["meant"]):
            book = set_setting(Facts(book), problem.values["meant"], problem.values["name"])
        emptied = {(problem.row, column): "" for column in book.survey.columns}
        book = book.with_sheet(with_cells(book.survey, emptied))
    return book


REPAIRS: dict[str, Repair] = {
    "type_retired": _to_settings,
    "type_case": _set_types,
    "type_vendor": _set_types,
    "type_misspelt": _set_types,
    "type_alias": _set_types,
}
