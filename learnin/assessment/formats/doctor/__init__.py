"""The import doctor: everything that is wrong with a questionnaire's workbook, and repairs for what a machine may mend.

`examine` names every problem with its sheet, row and column; `repair` mends those whose codes it is given.
"""

from collections.abc import Collection, Iterable

from learnin.assessment.formats.doctor import choices, expressions, questions, sheets, types
from learnin.assessment.formats.doctor.problem import Facts, Problem, Repair, Rule
from learnin.assessment.formats.workbook import Book

_ROOMS = (sheets, expressions, types, questions, choices)
_RULES: tuple[Rule, ...] = tuple(rule for room in _ROOMS for rule in room.RULES)
_REPAIRS: dict[str, Repair] = {code: repair for room in _ROOMS for code, repair in room.REPAIRS.items()}
_ROOM_OF = {code: room for room in _ROOMS for code in room.REPAIRS}
MOST_ROUNDS = 4  # a repair may bring another problem to light: a misspelt sheet hides its rows

CODES = (
    "survey_missing", "sheet_misspelt", "column_missing", "column_same", "column_twice", "column_nameless",
    "column_misspelt", "column_unknown", "column_with_spaces", "setting_missing", "default_language_missing",
    "default_language_unknown", "language_two_names", "spaces", "quotes_curly", "expression_broken",
    "function_of_an_app", "function_renamed", "function_unknown", "reference_misspelt", "reference_to_nothing",
    "type_missing", "type_alias", "type_case", "type_deaf", "type_misspelt", "type_retired", "type_unknown",
    "type_vendor", "list_unnamed", "begin_never_ends", "end_of_another", "end_without_begin", "audit_named", "name_bad",
    "name_missing", "name_twice", "name_twice_and_named", "name_twice_elsewhere", "label_missing", "label_twice",
    "note_required", "calculation_missing", "translation_missing", "list_misspelt", "list_missing", "list_unused",
    "yes_no_missing", "choice_label_missing", "choice_label_twice", "choice_nameless", "choice_twice",
    "choice_twice_differs", "choice_with_spaces", "choice_without_list",
)  # fmt: skip
REPAIRABLE = frozenset(_REPAIRS)


def examine(book: Book) -> tuple[Problem, ...]:
    """Every problem of the workbook: what stops it first, then by sheet and row."""
    facts = Facts(book)
    found = [problem for rule in _RULES for problem in rule(facts)]
    order = {name: at for at, name in enumerate(("", "settings", "survey", "choices"))}
    return tuple(
        sorted(found, key=lambda one: (one.severity != "error", order.get(one.sheet, 9), one.sheet, one.row, one.code))
    )


def repair(book: Book, codes: Collection[str] | None = None) -> Book:
    """The workbook with the problems of these codes mended; without codes, all that is safe to mend unasked."""
    for _round in range(MOST_ROUNDS):
        before = book
        wanted = _wanted(examine(book), codes)
        for code, mend in _REPAIRS.items():
            if code not in wanted:
                continue
            facts = Facts(book)
            rules = _ROOM_OF[code].RULES
            found = _wanted([one for rule in rules for one in rule(facts)], codes) if book is not before else wanted
            if code in found:
                book = mend(facts, found[code])
        if book == before:
            break
    return book


def _wanted(problems: Iterable[Problem], codes: Collection[str] | None) -> dict[str, list[Problem]]:
    """The problems that may be mended now, by code."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.code in codes and problem.repair if codes is not None else problem.repair == "safe":
            found.setdefault(problem.code, []).append(problem)
    return found


__all__ = ["CODES", "REPAIRABLE", "Problem", "examine", "repair"]
