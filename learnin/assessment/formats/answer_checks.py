"""What may be wrong with an answer, seen from the answer alone. docs/methods/quality-flags.md gives reasons."""

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
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
    """Blocks of statements on one scale that were all answered the same."""
    for _key, block in groupby(asked.questions, key=_scale):
        rows = list(block)
        if not rows[0].list_name or len(asked.choices(rows[0])) < LEAST_POINTS:
            continue
        answers = [text for row in rows if (text := corrections.value_at(data, row.path))]
        if len(answers) >= LEAST_ROWS and len(set(answers)) == 1:
            yield Found(rows[0].path, {"rows": len(answers), "value": answers[0]})


def _scale(question: Question) -> tuple[object, ...]:
    """Statements that stand together on one scale; a question of any other kind stands alone."""
    if question.type != "select_one" or question.repeat:
        return ("", question.path)
    return (question.list_name, question.parents)


def out_of_range(asked: Definition, data: Mapping[str, Any], *, today: date) -> Iterator[Found]:
    """Values that break the questionnaire's own rules: a constraint, a number that is none, a choice not on offer."""
    for path, text in corrections.flat(data):
        question = asked.question(corrections.without_turns(path)) if text else None
        if question is None or question.path != corrections.without_turns(path):
            continue
        if why := broken(asked, question, text, today=today):
            yield Found(path, {"value": text[:200], "rule": why})


def broken(asked: Definition, question: Question, text: str, *, today: date) -> str:
    """The rule of the questionnaire that a value breaks; nothing where it keeps to all that we can read."""
    if question.type in _NUMBERS and not _is_number(text, whole=question.type == "integer"):
        return "number"
    if question.type == "date" and not _is_date(text):
        return "date"
    if choices := asked.choices(question):
        names = {choice.name for choice in choices} | ({"other"} if question.or_other else set())
        wanted = [text] if question.type == "select_one" else text.split()
        if any(one not in names for one in wanted):
            return "choice"
    if question.constraint and constraints.keeps(question.constraint, text, today=today) is False:
        return question.constraint
    return ""


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
