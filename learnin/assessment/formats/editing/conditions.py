"""When a question is asked: a condition on one earlier question, read from an expression and written as one."""

import re
from dataclasses import dataclass
from typing import Literal

How = Literal["is", "is_not", "contains"]

_NAME = r"\$\{\s*(?P<name>[^}\s#]+)\s*\}"
_VALUE = r"(?:'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\"|(?P<number>-?\d+(?:\.\d+)?))"
_COMPARED = re.compile(rf"\s*{_NAME}\s*(?P<sign>!?=)\s*{_VALUE}\s*")
_HELD = re.compile(rf"\s*(?:selected|contains)\s*\(\s*{_NAME}\s*,\s*{_VALUE}\s*\)\s*")
_A_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Condition:
    """Ask only where the answer to an earlier question is this, is not this, or has this among others."""

    question: str
    how: How
    value: str


def read_condition(expression: str) -> Condition | None:
    """The condition that an expression states; None where it says more than one simple thing."""
    if found := _HELD.fullmatch(expression):
        return Condition(found["name"], "contains", _value(found))
    if found := _COMPARED.fullmatch(expression):
        return Condition(found["name"], "is" if found["sign"] == "=" else "is_not", _value(found))
    return None


def _value(found: re.Match[str]) -> str:
    return next(text for text in (found["single"], found["double"], found["number"]) if text is not None)


def write_condition(condition: Condition, kind: str) -> str:
    """The expression for a condition on a question of this type. Raises ValueError for a value with both quotes."""
    answer = f"${{{condition.question}}}"
    if condition.how == "contains":
        held = "selected" if kind.startswith(("select", "rank")) else "contains"
        return f"{held}({answer}, {_quoted(condition.value)})"
    is_number = kind in {"integer", "decimal", "range"} and _A_NUMBER.fullmatch(condition.value)
    value = condition.value if is_number else _quoted(condition.value)
    return f"{answer} {'=' if condition.how == 'is' else '!='} {value}"


def _quoted(value: str) -> str:
    if "'" not in value:
        return f"'{value}'"
    if '"' in value:
        raise ValueError("A value with both kinds of quotes cannot stand in an expression")
    return f'"{value}"'
