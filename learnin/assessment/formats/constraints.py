"""Whether a value keeps to a simple constraint of a questionnaire: `. > 0 and . <= 120`, `. <= ${staff}`.

Only what can be worked out from the value, or from other values of the same answer, is; of all else nothing is said.
"""

import operator
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from learnin.assessment.formats import xpath_lite

_OTHER = re.compile(r"""'[^']*'|"[^"]*"|\$\{\s*[\w.-]+\s*\}|(?:\.\./)+[A-Za-z_][\w.-]*(?:/[A-Za-z_][\w.-]*)*""")
"""Another answer that a constraint speaks of; words in quotes are passed over, whatever stands in them."""
_TOKEN = re.compile(
    r"\s*(?P<token><=|>=|!=|<|>|=|\(|\)|and\b|or\b|today\(\)|-?\d+(?:\.\d+)?|'[^']*'|\"[^\"]*\"|\.(?![\w.]))\s*"
)
_COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
    "!=": operator.ne,
}

Value = float | str | date


class NotSimple(ValueError):
    """The constraint looks at more than the value."""


def keeps(constraint: str, text: str, *, today: date) -> bool | None:
    """Whether the value keeps to the constraint; nothing where that cannot be said from the value alone.

    >>> from datetime import date
    >>> keeps(". > 0 and . < 120", "130", today=date(2026, 1, 1))
    False
    >>> keeps(". > ${least}", "130", today=date(2026, 1, 1)) is None
    True
    """
    try:
        tokens = _tokens(constraint)
        return _Reader(tokens, text, today).whole()
    except (NotSimple, TypeError):
        return None


def keeps_beside(constraint: str, text: str, answer_to: Callable[[str], str | None]) -> bool | None:
    """Whether the value keeps to a constraint that speaks of other answers; nothing where that cannot be said.

    answer_to: what was answered where `${name}` or `../name` leads; nothing where nobody answered.

    >>> keeps_beside(". <= ${staff}", "7", {"${staff}": "5"}.get)
    False
    >>> keeps_beside(". <= ${staff}", "7", {}.get) is None
    True
    """
    answers: dict[str, str] = {}

    def there(found: re.Match[str]) -> str:
        if found[0][0] in "'\"":
            return found[0]
        said = answer_to(re.sub(r"\s", "", found[0]))
        if not said:
            raise NotSimple(found[0])
        place = f"/other_{len(answers)}"
        answers[place] = said
        return f" {place} "

    try:
        plain = _OTHER.sub(there, constraint)
        return xpath_lite.holds(plain, answers, text) if answers else None
    except (NotSimple, xpath_lite.NotUnderstood):
        return None


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    while at < len(text):
        one = _TOKEN.match(text, at)
        if one is None:
            raise NotSimple(text)
        found.append(one["token"])
        at = one.end()
    if not found:
        raise NotSimple(text)
    return found


class _Reader:
    """Reads comparisons joined by `and` and `or`, with brackets."""

    def __init__(self, tokens: list[str], text: str, today: date) -> None:
        self.tokens, self.text, self.today = tokens[::-1], text, today

    def whole(self) -> bool:
        found = self._any()
        if self.tokens:
            raise NotSimple
        return found

    def _any(self) -> bool:
        found = self._all()
        while self._comes("or"):
            found = self._all() or found
        return found

    def _all(self) -> bool:
        found = self._one()
        while self._comes("and"):
            found = self._one() and found
        return found

    def _one(self) -> bool:
        if self._comes("("):
            found = self._any()
            if not self._comes(")"):
                raise NotSimple
            return found
        left, sign, right = self._next(), self._next(), self._next()
        if sign not in _COMPARE:
            raise NotSimple
        first, second = self._pair(left, right)
        return bool(_COMPARE[sign](first, second))

    def _pair(self, left: str, right: str) -> tuple[Value, Value]:
        """Both sides as the same kind of thing. Raises NotSimple."""
        if "today()" in (left, right):
            return self._day(left), self._day(right)
        if any(side[0] in "'\"" for side in (left, right)):
            return self._word(left), self._word(right)
        return self._number(left), self._number(right)

    def _number(self, side: str) -> float:
        try:
            return float(self.text if side == "." else side)
        except ValueError:
            raise NotSimple from None

    def _word(self, side: str) -> str:
        return self.text if side == "." else side.strip("'\"")

    def _day(self, side: str) -> date:
        if side == "today()":
            return self.today
        try:
            return date.fromisoformat(self._word(side)[:10])
        except ValueError:
            raise NotSimple from None

    def _comes(self, token: str) -> bool:
        if self.tokens and self.tokens[-1] == token:
            self.tokens.pop()
            return True
        return False

    def _next(self) -> str:
        if not self.tokens:
            raise NotSimple
        return self.tokens.pop()
