"""A small language for values derived from answers: `(${hours_plan} + ${hours_prepare}) / ${lessons}`.

An answer is named as in a questionnaire, `${name}`. There are numbers, 'texts', + - * /, = != < <= > >=, and, or, not,
brackets, and the functions of FUNCTIONS. What is not answered is nothing, and so is what is worked out from it; only
`mean`, `sum`, `min`, `max`, `count` and `coalesce` leave out what is not answered. Division by zero gives nothing.
An expression is read into a tree and then worked out for whole columns by polars. Nothing in it is ever run as code.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

DEEPEST = 40
LONGEST = 1000  # letters: more is no longer read by people either
_TOKEN = re.compile(
    r"""\s*(?:
    (?P<number>\d+(?:\.\d+)?) | (?P<text>'[^']*'|"[^"]*") | \$\{\s*(?P<answer>[^}\s]+)\s*\} |
    (?P<name>[a-z]+) | (?P<mark><=|>=|!=|[=<>(),+*/-])
    )""",
    re.VERBOSE,
)

NUMBER, TEXT, TRUTH, ANSWER = "number", "text", "truth", "answer"
MANY = 100
# What each function takes, at least and at most so many of it, and what it gives.
FUNCTIONS: Mapping[str, tuple[str, int, int, str]] = {
    "if": (NUMBER, 3, 3, NUMBER),  # its first is a truth
    "coalesce": (NUMBER, 1, MANY, NUMBER),
    "mean": (NUMBER, 1, MANY, NUMBER),
    "sum": (NUMBER, 1, MANY, NUMBER),
    "min": (NUMBER, 1, MANY, NUMBER),
    "max": (NUMBER, 1, MANY, NUMBER),
    "abs": (NUMBER, 1, 1, NUMBER),
    "count": (TRUTH, 1, MANY, NUMBER),
    "answered": (ANSWER, 1, 1, TRUTH),
    "selected": (ANSWER, 2, 2, TRUTH),  # its second is a text
}


class ExpressionWrong(ValueError):
    """The expression cannot be read: why (`code`), what stands there, and after how many letters."""

    def __init__(self, code: str, found: str = "", at: int = 0) -> None:
        super().__init__(f"{code} {found!r} at {at}")
        self.code, self.found, self.at = code, found, at


@dataclass(frozen=True)
class Node:
    """A piece of an expression: what it does, with what, and what kind of value it gives."""

    does: str
    kind: str
    parts: tuple["Node", ...] = ()
    said: str = ""  # the number, the text, the name of the answer

    @property
    def names(self) -> tuple[str, ...]:
        """The questions it needs, each once."""
        return tuple(dict.fromkeys(self._names()))

    def _names(self) -> Iterator[str]:
        if self.does == ANSWER:
            yield self.said
        for part in self.parts:
            yield from part._names()


@cache
def read(expression: str) -> Node:
    """The tree of an expression. Raises ExpressionWrong.

    >>> read("${a} / 2").names
    ('a',)
    """
    if len(expression) > LONGEST:
        raise ExpressionWrong("too_long", at=LONGEST)
    reader = _Reader(_tokens(expression), len(expression))
    found = reader.either(0)
    if reader.at != len(reader.tokens):
        raise reader.wrong("not_expected")
    return found


@dataclass(frozen=True)
class _Token:
    kind: str
    said: str
    at: int


def _tokens(expression: str) -> list[_Token]:
    found, at, whole = list[_Token](), 0, expression.rstrip()
    while at < len(whole):
        piece = _TOKEN.match(whole, at)
        if piece is None or piece.lastgroup is None:
            raise ExpressionWrong("not_known", whole[at:].strip()[:20], at)
        found.append(_Token(piece.lastgroup, piece.group(piece.lastgroup), piece.start(piece.lastgroup)))
        at = piece.end()
    return found


class _Reader:
    """Reads by descending: or, and, not, comparison, sum, product, value."""

    def __init__(self, tokens: Sequence[_Token], length: int) -> None:
        self.tokens, self.length, self.at = tokens, length, 0

    def wrong(self, code: str, at: int | None = None) -> ExpressionWrong:
        """What is wrong at this token, the next one where none is told."""
        here = self.at if at is None else at
        if here >= len(self.tokens):
            return ExpressionWrong("ends_early", at=self.length)
        return ExpressionWrong(code, self.tokens[here].said, self.tokens[here].at)

    def takes(self, *wanted: str) -> str:
        """The next token, where it is one of these; nothing otherwise."""
        if self.at < len(self.tokens) and self.tokens[self.at].kind in {"name", "mark"}:
            if (said := self.tokens[self.at].said) in wanted:
                self.at += 1
                return said
        return ""

    def needs(self, wanted: str) -> None:
        """This token and no other."""
        if not self.takes(wanted):
            raise self.wrong("not_expected")

    def of_kind(self, node: Node, kind: str, at: int) -> Node:
        """The piece, where it can be used as this kind. An answer can be a number or a text."""
        if node.kind == kind or (node.kind == ANSWER and kind in {NUMBER, TEXT}):
            return node
        raise self.wrong(f"needs_{kind}", at)

    def either(self, depth: int) -> Node:
        """One or the other."""
        return self._chain(depth, self.both, "or")

    def both(self, depth: int) -> Node:
        """One and the other."""
        return self._chain(depth, self.denied, "and")

    def _chain(self, depth: int, inner: Callable[[int], Node], word: str) -> Node:
        if depth > DEEPEST:
            raise self.wrong("too_deep")
        start = self.at
        found = inner(depth)
        while self.takes(word):
            left, at = self.of_kind(found, TRUTH, start), self.at
            found = Node(word, TRUTH, (left, self.of_kind(inner(depth), TRUTH, at)))
        return found

    def denied(self, depth: int) -> Node:
        """Not so."""
        if not self.takes("not"):
            return self.compared(depth)
        if depth > DEEPEST:
            raise self.wrong("too_deep")
        at = self.at
        return Node("not", TRUTH, (self.of_kind(self.denied(depth + 1), TRUTH, at),))

    def compared(self, depth: int) -> Node:
        """One beside the other."""
        start = self.at
        left = self.summed(depth)
        if not (mark := self.takes("=", "!=", "<", "<=", ">", ">=")):
            return left
        at = self.at
        right = self.summed(depth)
        kind = TEXT if mark in {"=", "!="} and TEXT in {left.kind, right.kind} else NUMBER
        return Node(mark, TRUTH, (self.of_kind(left, kind, start), self.of_kind(right, kind, at)))

    def summed(self, depth: int) -> Node:
        """One and another added or taken away."""
        return self._arithmetic(depth, self.multiplied, "+", "-")

    def multiplied(self, depth: int) -> Node:
        """One by another."""
        return self._arithmetic(depth, self.value, "*", "/")

    def _arithmetic(self, depth: int, inner: Callable[[int], Node], *marks: str) -> Node:
        start = self.at
        found = inner(depth)
        while mark := self.takes(*marks):
            left, at = self.of_kind(found, NUMBER, start), self.at
            found = Node(mark, NUMBER, (left, self.of_kind(inner(depth), NUMBER, at)))
        return found

    def value(self, depth: int) -> Node:
        """A number, a text, an answer, what a function gives, or something in brackets."""
        if depth > DEEPEST:
            raise self.wrong("too_deep")
        if self.takes("("):
            inside = self.either(depth + 1)
            self.needs(")")
            return inside
        if self.takes("-"):
            at = self.at
            return Node("minus", NUMBER, (self.of_kind(self.value(depth + 1), NUMBER, at),))
        if self.at >= len(self.tokens):
            raise self.wrong("ends_early")
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "number":
            return Node(NUMBER, NUMBER, said=token.said)
        if token.kind == "text":
            return Node(TEXT, TEXT, said=token.said[1:-1])
        if token.kind == "answer":
            return Node(ANSWER, ANSWER, said=token.said)
        if token.said in FUNCTIONS:
            return self.called(token.said, depth)
        raise self.wrong("not_known", self.at - 1)

    def called(self, name: str, depth: int) -> Node:
        """What a function makes of what it is given."""
        takes, least, most, gives = FUNCTIONS[name]
        begin = self.at - 1
        self.needs("(")
        parts: list[Node] = []
        while not parts or self.takes(","):
            kind = {("if", 0): TRUTH, ("selected", 1): TEXT}.get((name, len(parts)), takes)
            at = self.at
            parts.append(self.of_kind(self.either(depth + 1), kind, at))
        self.needs(")")
        if not least <= len(parts) <= most:
            raise self.wrong("wrong_count", begin)
        return Node(name, gives, tuple(parts))
