"""Who is asked what, worked out from conditions: for paper, where no device skips a question."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from learnin.assessment.formats.definition import Definition, Question
from learnin.assessment.formats.editing import read_condition

_NOT = re.compile(r"\s*not\s*\((?P<inside>.*)\)\s*", re.DOTALL)
_ANSWERED_AND = re.compile(r"\s*\$\{[^}]+\}\s*!=\s*(?:''|\"\")\s+and\s+(?P<rest>.*)", re.DOTALL)
_OR = re.compile(r"\s+or\s+")


@dataclass(frozen=True)
class Rule:
    """Asked of those who gave one of these values to an earlier question; or of those who gave none of them."""

    question: str
    values: tuple[str, ...]
    is_none_of: bool = False

    def allows(self, value: str) -> bool:
        """Whether somebody who answered with this value is asked."""
        return (value in self.values) != self.is_none_of


def read_rule(expression: str) -> Rule | None:
    """The rule that an expression states; None where it is about several questions, or compares in another way."""
    if found := _ANSWERED_AND.fullmatch(expression):
        rest = read_rule(found["rest"])
        return rest if rest and rest.is_none_of else None
    if found := _NOT.fullmatch(expression):
        inside = read_rule(found["inside"])
        return Rule(inside.question, inside.values, is_none_of=True) if inside and not inside.is_none_of else None
    conditions = [read_condition(part) for part in _OR.split(expression)]
    if len(conditions) == 1 and conditions[0] and conditions[0].how == "is_not":
        return Rule(conditions[0].question, (conditions[0].value,), is_none_of=True)
    known = [one for one in conditions if one and one.how != "is_not"]
    if len(known) < len(conditions) or len({one.question for one in known}) != 1:
        return None
    return Rule(known[0].question, tuple(one.value for one in known))


class Skips:
    """Who is asked what in one questionnaire, and under which number it stands on paper."""

    def __init__(self, asked: Definition) -> None:
        self.asked = asked

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each question on paper, by its path. Notes, and what nobody sees, have none."""
        return {one.path: number for number, one in enumerate(self._shown, start=1)}

    @cached_property
    def _shown(self) -> tuple[Question, ...]:
        return tuple(one for one in self.asked.questions if not one.is_silent and one.type != "note")

    @cached_property
    def _rules(self) -> Mapping[str, tuple[Rule, ...]]:
        """The simple rules on a question, its own and those of its groups, by its path."""
        groups = {group.path: group.relevant for group in self.asked.groups}
        found: dict[str, tuple[Rule, ...]] = {}
        for question in self.asked.questions:
            above = ["/".join(question.parents[: depth + 1]) for depth in range(len(question.parents))]
            said = [*(groups.get(path, "") for path in above), question.relevant]
            found[question.path] = tuple(rule for one in said if one and (rule := read_rule(one)))
        return found

    def jumps(self, question: Question) -> Mapping[str, Question | None]:
        """For each choice after which the next questions are left out: the one to go on with, None at the end."""
        if question.type != "select_one" or question.path not in self.numbers:
            return {}
        after = self._shown[self.numbers[question.path] :]
        found: dict[str, Question | None] = {}
        for choice in self.asked.choices(question):
            if left_out := self._left_out(question, choice.name, after):
                found[choice.name] = after[left_out] if left_out < len(after) else None
        return found

    def _left_out(self, question: Question, value: str, after: Sequence[Question]) -> int:
        """How many of the next questions this answer leaves out for certain."""
        for count, one in enumerate(after):
            if not any(rule.question == question.name and not rule.allows(value) for rule in self._rules[one.path]):
                return count
        return len(after)
