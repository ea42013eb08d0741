"""What an expression gives, worked out by polars for whole columns of answers."""

from collections.abc import Callable, Mapping

import polars as pl

from .expression import ANSWER, NUMBER, TEXT, Node


def column(node: Node) -> pl.Expr:
    """What the expression gives for each row of a table of answers: numbers, or yes and no."""
    return _numbers(node) if node.kind in {NUMBER, ANSWER} else _WORKED[node.does](node)


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
