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

import polars as pl

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


def column(node: Node) -> pl.Expr:
    """What the expression gives for each row of a table of answers: numbers, or yes and no."""
    return _numbers(node) if node.kind in {NUMBER, ANSWER} else _WORKED[node.does](node)


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


def _numbers(node: Node) -> pl.Expr:
    return _WORKED[node.does](node) if node.kind == NUMBER else pl.col(node.said).cast(pl.Float64, strict=False)


def _texts(node: Node) -> pl.Expr:
    return pl.col(node.said) if node.does == ANSWER else pl.lit(node.said)


def _two(work: Callable[[pl.Expr, pl.Expr], pl.Expr]) -> Callable[[Node], pl.Expr]:
    """What compares two: as texts where one is a text, else as numbers."""

    def worked(node: Node) -> pl.Expr:
        of = _texts if TEXT in {part.kind for part in node.parts} else _numbers
        left, right = (of(part) for part in node.parts)
        return work(left, right)

    return worked


def _truths(node: Node) -> list[pl.Expr]:
    return [_WORKED[part.does](part) for part in node.parts]


def _divided(top: pl.Expr, bottom: pl.Expr) -> pl.Expr:
    return pl.when(bottom != 0).then(top / bottom)


def _across(work: Callable[[list[pl.Expr]], pl.Expr]) -> Callable[[Node], pl.Expr]:
    return lambda node: work([_numbers(part) for part in node.parts])


def _sum(numbers: list[pl.Expr]) -> pl.Expr:
    """A sum of nothing is nothing, not zero."""
    return pl.when(pl.any_horizontal([one.is_not_null() for one in numbers])).then(pl.sum_horizontal(numbers))


def _if(node: Node) -> pl.Expr:
    condition, then, other = node.parts
    holds = _WORKED[condition.does](condition)
    return pl.when(holds).then(_numbers(then)).when(holds.not_()).then(_numbers(other))


_WORKED: Mapping[str, Callable[[Node], pl.Expr]] = {
    NUMBER: lambda node: pl.lit(float(node.said)),
    "minus": lambda node: -_numbers(node.parts[0]),
    "+": _two(lambda left, right: left + right),
    "-": _two(lambda left, right: left - right),
    "*": _two(lambda left, right: left * right),
    "/": _two(_divided),
    "=": _two(lambda left, right: left == right),
    "!=": _two(lambda left, right: left != right),
    "<": _two(lambda left, right: left < right),
    "<=": _two(lambda left, right: left <= right),
    ">": _two(lambda left, right: left > right),
    ">=": _two(lambda left, right: left >= right),
    "and": lambda node: pl.all_horizontal(_truths(node)),
    "or": lambda node: pl.any_horizontal(_truths(node)),
    "not": lambda node: _truths(node)[0].not_(),
    "if": _if,
    "coalesce": _across(lambda numbers: pl.coalesce(numbers)),
    "mean": _across(lambda numbers: pl.mean_horizontal(numbers)),
    "sum": _across(_sum),
    "min": _across(lambda numbers: pl.min_horizontal(numbers)),
    "max": _across(lambda numbers: pl.max_horizontal(numbers)),
    "abs": lambda node: _numbers(node.parts[0]).abs(),
    "count": lambda node: _sum([one.cast(pl.Float64) for one in _truths(node)]),
    "answered": lambda node: pl.col(node.parts[0].said).is_not_null(),
    "selected": lambda node: chooses(pl.col(node.parts[0].said), node.parts[1].said),
}


def chooses(answer: pl.Expr, value: str) -> pl.Expr:
    """Whether a value is among those that were chosen; nothing where nothing was answered."""
    return answer.str.split(" ").list.contains(value)
