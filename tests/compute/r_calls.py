"""A small, strict reader of the R calls that stand beside the reference numbers; anything else is an error."""

import re
from dataclasses import dataclass
from typing import Any

import polars as pl

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*(?:e[+-]?\d+)?|\.\d+)|(?P<text>'[^']*')|`(?P<quoted>[^`]*)`"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_.]*)|(?P<op><-|%in%|==|!=|>=|<=|[-+*/~<>&|!=(),;{}]))"
)
STRENGTH = {"<-": 0, "~": 1, "|": 2, "&": 3, "==": 4, "!=": 4, ">": 4, "<": 4, ">=": 4, "<=": 4,
            "+": 5, "-": 5, "*": 6, "/": 6, "%in%": 7}  # fmt: skip


@dataclass(frozen=True)
class Name:
    """A name, with or without back quotes."""

    name: str


@dataclass(frozen=True)
class Call:
    """A function, or an operator, with its arguments: those in their place, and those with a name."""

    function: str
    args: tuple[Any, ...]
    named: tuple[tuple[str, Any], ...] = ()

    def get(self, name: str, otherwise: Any = None) -> Any:
        """A named argument."""
        return dict(self.named).get(name, otherwise)


def parsed(text: str) -> Any:
    """The tree of one R expression."""
    found = _Reader(text)
    tree = found.expression(0)
    assert found.at == len(found.tokens), f"more than one expression: {text}"
    return tree


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        at = 0
        text = text.strip()
        while at < len(text):
            match = TOKEN.match(text, at)
            assert match, f"not R as we read it: {text[at:]}"
            kind = str(match.lastgroup)
            self.tokens.append((kind, match.group(kind)))
            at = match.end()
        self.at = 0

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def take(self, wanted: str | None = None) -> tuple[str, str]:
        token = self.peek()
        assert wanted is None or token == ("op", wanted), f"{wanted} wanted, {token} found"
        self.at += 1
        return token

    def expression(self, strength: int) -> Any:
        left = self.first()
        while True:
            kind, op = self.peek()
            if kind != "op" or op not in STRENGTH or STRENGTH[op] < strength:
                return left
            self.take()
            left = Call(op, (left, self.expression(STRENGTH[op] + 1)))

    def first(self) -> Any:
        kind, text = self.take()
        if kind == "number":
            return float(text)
        if kind == "text":
            return text[1:-1]
        if kind == "op" and text in "~-!":
            return Call(text, (self.expression(STRENGTH["~"] if text == "~" else 6),))
        if kind == "op" and text == "(":
            inner = self.expression(0)
            self.take(")")
            return inner
        if kind == "op" and text == "{":
            return self.block()
        assert kind in ("name", "quoted"), f"a name wanted, {text} found"
        if kind == "name" and self.peek() == ("op", "("):
            return self.call(text)
        return {"TRUE": True, "FALSE": False, "NA": None}.get(text, Name(text)) if kind == "name" else Name(text)

    def block(self) -> Call:
        steps = [self.expression(0)]
        while self.peek() == ("op", ";"):
            self.take()
            steps.append(self.expression(0))
        self.take("}")
        return Call("{", tuple(steps))

    def call(self, function: str) -> Call:
        self.take("(")
        args, named = [], []
        while self.peek() != ("op", ")"):
            following = self.tokens[self.at + 1]
            if self.peek()[0] in ("name", "quoted") and following == ("op", "="):
                name = self.take()[1]
                self.take("=")
                named.append((name, self.expression(0)))
            else:
                args.append(self.expression(0))
            if self.peek() == ("op", ","):
                self.take()
        self.take(")")
        return Call(function, tuple(args), tuple(named))


def value(tree: Any) -> Any:
    """A constant: a number, a text, or a list of them."""
    match tree:
        case Call("c", args, ()):
            return [value(one) for one in args]
        case Call("c" | "list", (), named):
            return {name: value(one) for name, one in named}
        case Call("-", (one,)):
            return -value(one)
    assert tree is None or isinstance(tree, float | str | bool), f"no constant: {tree}"
    return tree


def column(tree: Any) -> pl.Expr:
    """A column made of others, row by row."""
    match tree:
        case Name(name):
            return pl.col(name)
        case Call("I" | "factor", (inner,)):
            return column(inner)
        case Call("ifelse", (condition, yes, no)):
            return pl.when(column(condition)).then(column(yes)).otherwise(column(no))
        case Call("seq_along", (_column,)):
            return pl.int_range(1, pl.len() + 1)
        case Call("interaction", args):
            return pl.concat_str([column(one).cast(pl.String) for one in args], separator=".")
        case Call("%in%", (left, right)):
            return pl.any_horizontal(column(left) == one for one in value(right))
        case Call("!", (one,)):
            return ~column(one)
        case Call(op, (left, right)) if op in STRENGTH:
            return _operation(op, column(left), column(right))
    return pl.lit(value(tree))


def _operation(op: str, a: pl.Expr, b: pl.Expr) -> pl.Expr:
    number = (lambda one: one.cast(pl.Float64)) if op in "+-*/" else (lambda one: one)
    a, b = number(a), number(b)
    return {
        "==": a == b, "!=": a != b, ">": a > b, "<": a < b, ">=": a >= b, "<=": a <= b, "&": a & b, "|": a | b,
        "+": a + b, "-": a - b, "*": a * b, "/": a / b,
    }[op]  # fmt: skip


def terms(tree: Any) -> list[Any]:
    """The terms of a formula, ~a + b."""
    match tree:
        case Call("~", (inner,)):
            return terms(inner)
        case Call("+", (left, right)):
            return [*terms(left), *terms(right)]
    return [tree]


def written(tree: Any) -> str:
    """A term as a name of its column."""
    match tree:
        case Name(name):
            return name
        case Call(function, args):
            return f"{function}({', '.join(written(one) for one in args)})"
    return str(tree)
