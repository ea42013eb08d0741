"""The small part of XPath that simple questionnaires use in conditions: enough to ask, or not, without a script.

Whatever is not understood raises NotUnderstood when it is read, never when it is worked out.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache

TOKEN = re.compile(
    r"""\s*(?:
    (?P<number>\d+(?:\.\d+)?) | (?P<text>'[^']*'|"[^"]*") | (?P<path>(?:/[A-Za-z_][\w.-]*)+) |
    (?P<name>[A-Za-z][A-Za-z0-9-]*) | (?P<mark><=|>=|!=|[=<>(),.+*-])
    )""",
    re.VERBOSE,
)
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")
DEEPEST = 50

Value = str | float | bool
Answers = Mapping[str, str]
Work = Callable[[Answers, str], Value]
"""Worked out from the answers by their path, and the answer the condition stands at (the dot)."""


class NotUnderstood(ValueError):
    """The condition uses more of XPath than we work out here."""


def text(value: Value) -> str:
    """A value as a string, as XPath writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value == value and abs(value) < 1e15 and value == int(value) else str(value)
    return value


def number(value: Value) -> float:
    """A value as a number; not a number where it is none."""
    try:
        return float(text(value).strip()) if not isinstance(value, bool) else float(value)
    except ValueError:
        return float("nan")


def truth(value: Value) -> bool:
    """A value as yes or no: an empty text, zero and no number are no."""
    if isinstance(value, float):
        return value == value and value != 0
    return bool(value)


@cache
def read(expression: str) -> Work:
    """The condition, ready to be worked out. Raises NotUnderstood."""
    reader = _Reader(_tokens(expression))
    found = reader.either(0)
    if reader.at != len(reader.tokens):
        raise NotUnderstood(expression)
    return found


def holds(expression: str, answers: Answers, dot: str = "") -> bool:
    """Whether it is so, with these answers. Raises NotUnderstood."""
    return truth(read(expression)(answers, dot))


def _tokens(expression: str) -> list[tuple[str, str]]:
    found, at, whole = [], 0, expression.rstrip()
    while at < len(whole):
        piece = TOKEN.match(whole, at)
        if piece is None or piece.lastgroup is None:
            raise NotUnderstood(expression)
        found.append((piece.lastgroup, piece.group(piece.lastgroup)))
        at = piece.end()
    return found


def _is_equal(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return number(left) == number(right)
    return left == right


def _is_less(left: Value, right: Value) -> bool:
    if ISO_DAY.match(text(left)) and ISO_DAY.match(text(right)):
        return text(left) < text(right)
    return number(left) < number(right)


COMPARED: dict[str, Callable[[Value, Value], bool]] = {
    "=": _is_equal,
    "!=": lambda left, right: not _is_equal(left, right),
    "<": _is_less,
    ">": lambda left, right: _is_less(right, left),
    "<=": lambda left, right: _is_less(left, right) or _is_same(left, right),
    ">=": lambda left, right: _is_less(right, left) or _is_same(left, right),
}


def _is_same(left: Value, right: Value) -> bool:
    if ISO_DAY.match(text(left)) and ISO_DAY.match(text(right)):
        return text(left) == text(right)
    return number(left) == number(right)


CALLED: dict[str, tuple[int, Callable[..., Value]]] = {
    "true": (0, lambda: True),
    "false": (0, lambda: False),
    "not": (1, lambda one: not truth(one)),
    "selected": (2, lambda chosen, one: text(one) in text(chosen).split()),
    "count-selected": (1, lambda chosen: float(len(text(chosen).split()))),
    "string-length": (1, lambda one: float(len(text(one)))),
    "regex": (2, lambda one, pattern: re.fullmatch(text(pattern), text(one)) is not None),
}


class _Reader:
    """Reads by descending: or, and, comparison, value."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.at = tokens, 0

    def takes(self, *wanted: str) -> str:
        """The next token, where it is one of these; nothing otherwise."""
        if self.at < len(self.tokens) and self.tokens[self.at][1] in wanted and self.tokens[self.at][0] != "text":
            self.at += 1
            return self.tokens[self.at - 1][1]
        return ""

    def needs(self, wanted: str) -> None:
        """This token, or we do not understand."""
        if not self.takes(wanted):
            raise NotUnderstood(wanted)

    def either(self, depth: int) -> Work:
        """One or the other."""
        if depth > DEEPEST:
            raise NotUnderstood("too deep")
        parts = [self.both(depth)]
        while self.takes("or"):
            parts.append(self.both(depth))
        if len(parts) == 1:
            return parts[0]
        return lambda answers, dot: any(truth(part(answers, dot)) for part in parts)

    def both(self, depth: int) -> Work:
        """One and the other."""
        parts = [self.compared(depth)]
        while self.takes("and"):
            parts.append(self.compared(depth))
        if len(parts) == 1:
            return parts[0]
        return lambda answers, dot: all(truth(part(answers, dot)) for part in parts)

    def compared(self, depth: int) -> Work:
        """One beside the other."""
        left = self.value(depth)
        if not (mark := self.takes(*COMPARED)):
            return left
        right, compare = self.value(depth), COMPARED[mark]
        return lambda answers, dot: compare(left(answers, dot), right(answers, dot))

    def value(self, depth: int) -> Work:
        """A number, a text, an answer, what a function gives, or something in brackets."""
        if self.takes("("):
            inside = self.either(depth + 1)
            self.needs(")")
            return inside
        if self.takes("-"):
            of = self.value(depth + 1) if depth < DEEPEST else None
            if of is None:
                raise NotUnderstood("too deep")
            return lambda answers, dot: -number(of(answers, dot))
        if self.takes("."):
            return lambda _answers, dot: dot
        if self.at >= len(self.tokens):
            raise NotUnderstood("it ends too early")
        kind, said = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return lambda _answers, _dot: float(said)
        if kind == "text":
            return lambda _answers, _dot: said[1:-1]
        if kind == "path":
            return lambda answers, _dot: answers.get(said, "")
        if kind == "name" and said in CALLED:
            return self.called(said, depth)
        raise NotUnderstood(said)

    def called(self, name: str, depth: int) -> Work:
        """What a function makes of its arguments."""
        count, work = CALLED[name]
        self.needs("(")
        given: list[Work] = []
        while len(given) < count:
            if given:
                self.needs(",")
            given.append(self.either(depth + 1))
        self.needs(")")
        if name == "regex":
            _check_pattern(given[1])
        return lambda answers, dot: work(*(one(answers, dot) for one in given))


def _check_pattern(pattern: Work) -> None:
    try:
        re.compile(text(pattern({}, "")))
    except re.error as wrong:
        raise NotUnderstood(str(wrong)) from None
