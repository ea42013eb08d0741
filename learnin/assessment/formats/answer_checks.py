"""What may be wrong with an answer, seen from the answer alone. docs/methods/quality-flags.md gives reasons."""

import hashlib
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from learnin.assessment.formats import constraints, corrections
from learnin.assessment.formats.definition import Definition, Question

LEAST_ROWS = 5  # statements on one scale: fewer agree by chance, or because people do agree
LEAST_POINTS = 3  # of a scale: with two, the same answer everywhere is common
LEAST_ANSWERS = 5  # given answers: shorter questionnaires are answered alike by many
_NUMBERS = frozenset({"integer", "decimal", "range"})


@dataclass(frozen=True)
class Found:
    """One thing that caught the eye: where, and what."""

    path: str
    detail: Mapping[str, Any]


def digest(asked: Definition, data: Mapping[str, Any]) -> str:
    """The fingerprint of what was answered by a person; nothing where too little was."""
    of_people = {one.path for one in asked.questions if not one.is_silent and one.keeps_answer}
    given = sorted(
        (path, text)
        for path, text in corrections.flat(data)
        if text and corrections.without_turns(path) in of_people
    )  # fmt: skip
    if len(given) < LEAST_ANSWERS:
        return ""
    return hashlib.sha256(json.dumps(given, ensure_ascii=False).encode()).hexdigest()


def given(asked: Definition, data: Mapping[str, Any]) -> int:
    """How many questions a person answered."""
    of_people = {one.path for one in asked.questions if not one.is_silent and one.keeps_answer}
    return sum(1 for path, text in corrections.flat(data) if text and corrections.without_turns(path) in of_people)


def straight(asked: Definition, data: Mapping[str, Any]) -> Iterator[Found]:
    """Statements on one scale that were all answered the same: one for a grid, over however many pages it goes."""
    shown = (one for one in asked.questions if not one.is_silent and one.type != "note")
    for _list, grid in groupby(shown, key=_scale):
        rows = list(grid)
        if not rows[0].list_name or len(asked.choices(rows[0])) < LEAST_POINTS:
            continue
        pages = [_page(data, list(page)) for _parents, page in groupby(rows, key=lambda one: one.parents)]
        for value, run in groupby((page for page in pages if page.answers), key=lambda page: page.value):
            same = list(run)
            answers = sum(page.answers for page in same)
            if value is not None and answers >= LEAST_ROWS:
                yield Found(same[0].path, {"rows": answers, "value": value})


@dataclass(frozen=True)
class _Page:
    """The statements of one group: where they begin, how many were answered, and by what, where all say the same."""

    path: str
    answers: int
    value: str | None


def _page(data: Mapping[str, Any], rows: Sequence[Question]) -> _Page:
    said = [text for row in rows if (text := corrections.value_at(data, row.path))]
    return _Page(rows[0].path, len(said), said[0] if len(set(said)) == 1 else None)


def _scale(question: Question) -> str:
    """Statements that follow each other on one scale; a question of any other kind stands alone."""
    is_statement = question.type == "select_one" and not question.repeat
    return f"list {question.list_name}" if is_statement else f"alone {question.path}"


def out_of_range(asked: Definition, data: Mapping[str, Any], *, today: date) -> Iterator[Found]:
    """Values that break the questionnaire's own rules: a constraint, a number that is none, a choice not on offer."""
    for path, text in corrections.flat(data):
        question = asked.question(corrections.without_turns(path)) if text else None
        if question is None or question.path != corrections.without_turns(path):
            continue
        why = broken(asked, question, text, today=today, answer_to=_others(asked, data, path))
        if why:
            yield Found(path, {"value": text[:200], "rule": why})


def _others(asked: Definition, data: Mapping[str, Any], path: str) -> Callable[[str], str | None]:
    """What was answered where a constraint at this place leads: in the same turn of a repeat, or outside of all."""
    groups = path.split("/")[:-1]

    def answer_to(reference: str) -> str | None:
        if reference.startswith("${"):
            other = asked.question(reference[2:-1])
            return corrections.value_at(data, _in_turn(other.path, groups)) if other else None
        up, steps = reference.count("../"), reference.replace("../", "")
        if up > len(groups) + 1:
            return None
        return corrections.value_at(data, "/".join([*groups[: len(groups) - up + 1], steps]))

    return answer_to


def _in_turn(path: str, groups: Sequence[str]) -> str:
    """The place of a question, in the turns of these groups as far as it stands in them."""
    parts = path.split("/")
    for at, (part, group) in enumerate(zip(parts, groups, strict=False)):
        if part != corrections.without_turns(group):
            break
        parts[at] = group
    return "/".join(parts)


def broken(
    asked: Definition,
    question: Question,
    text: str,
    *,
    today: date,
    answer_to: Callable[[str], str | None] = lambda _reference: None,
) -> str:
    """The rule of the questionnaire that a value breaks; nothing where it keeps to all that we can read.

    answer_to: what was answered where a reference of its constraint leads.
    """
    if question.type in _NUMBERS and not _is_number(text, whole=question.type == "integer"):
        return "number"
    if question.type == "date" and not _is_date(text):
        return "date"
    if choices := asked.choices(question):
        names = {choice.name for choice in choices} | ({"other"} if question.or_other else set())
        wanted = [text] if question.type == "select_one" else text.split()
        if any(one not in names for one in wanted):
            return "choice"
    kept = constraints.keeps(question.constraint, text, today=today)
    if kept is None:
        kept = constraints.keeps_beside(question.constraint, text, answer_to)
    return question.constraint if kept is False else ""


def _is_number(text: str, *, whole: bool) -> bool:
    try:
        number = float(text)
    except ValueError:
        return False
    return number.is_integer() if whole else math.isfinite(number)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True
