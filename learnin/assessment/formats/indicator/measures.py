"""From the answers of people to the columns that estimates are made of.

The table of answers has a column of texts for each question, by its name; a column that a definition makes is named
after the indicator's code, and after the value or part too where the indicator has several: `tools`, `tools__phone`.
"""

from collections.abc import Mapping

import polars as pl

from . import working
from .definition import Definition, Kind

BETWEEN = "__"  # no code has it
TOP, BOTTOM = "top", "bottom"


def measured(answers: pl.DataFrame, code: str, definition: Definition) -> pl.DataFrame:
    """The columns of an indicator, a row for each answer; null where somebody has none.

    Numbers, but for the value of each person where every value has its share (`shares`), which is a text.
    Raises polars' ColumnNotFoundError where the table lacks a question.

    >>> answers = pl.DataFrame({"q1": ["4", "2", "98", None]})
    >>> definition = Definition(Kind.SHARE, ("q1",), values=("4", "5"), missing=("98",))
    >>> measured(answers, "sure", definition)["sure"].to_list()
    [1.0, 0.0, None, None]
    """
    known = answers.select([_said(name, definition.missing) for name in definition.names])
    return known.select([column.alias(name) for name, column in _columns(code, definition).items()])


def score(columns: pl.DataFrame, definition: Definition) -> pl.Series:
    """The one number of each person, for a look at how they spread. Of a ratio: its own; of an index: its mean."""
    names = columns.columns
    if definition.kind == Kind.RATIO:
        top, bottom = (pl.col(name) for name in names)
        return columns.select(pl.when(bottom != 0).then(top / bottom).alias("score"))["score"]
    if definition.kind == Kind.INDEX:
        answered = pl.sum_horizontal([pl.col(name).is_not_null() for name in names])
        enough = answered >= (definition.needed or len(names))
        return columns.select(pl.when(enough).then(pl.mean_horizontal(names)).alias("score"))["score"]
    return columns[names[0]]


def value_of(column: str) -> str:
    """The value that a column of an indicator is about; nothing where it has only one column."""
    return column.partition(BETWEEN)[2]


def _said(name: str, missing: tuple[str, ...]) -> pl.Expr:
    """What was answered; nothing where it stands for no answer."""
    answer = pl.col(name)
    return pl.when(answer.is_in(missing).not_()).then(answer).alias(name) if missing else answer


def _columns(code: str, definition: Definition) -> Mapping[str, pl.Expr]:
    match definition.kind:
        case Kind.MEAN | Kind.QUANTILE | Kind.TOTAL:
            return {code: _number(definition.questions[0])}
        case Kind.SHARE | Kind.COUNT:
            return {code: pl.col(definition.questions[0]).is_in(definition.values).cast(pl.Float64)}
        case Kind.SHARES:
            return {code: pl.col(definition.questions[0])}
        case Kind.MULTI:
            return {f"{code}{BETWEEN}{value}": _chosen(definition.questions[0], value) for value in definition.values}
        case Kind.INDEX:
            return {f"{code}{BETWEEN}{name}": _point(name, definition) for name in definition.questions}
        case Kind.RATIO:
            return _fraction(code, definition)
        case Kind.DERIVED:
            return {code: working.column(definition.trees[0]).cast(pl.Float64)}


def _number(name: str) -> pl.Expr:
    """Only finite numbers: the text `inf` is none."""
    found = pl.col(name).cast(pl.Float64, strict=False)
    return pl.when(found.is_finite()).then(found)


def _chosen(name: str, value: str) -> pl.Expr:
    return working.chooses(pl.col(name), value).cast(pl.Float64)


def _point(name: str, definition: Definition) -> pl.Expr:
    """The points of one question of an index, turned round where the question asks the other way."""
    turn = definition.least + definition.most
    return turn - _number(name) if name in definition.reversed else _number(name)


def _fraction(code: str, definition: Definition) -> Mapping[str, pl.Expr]:
    """Above and below the line, for those who have both."""
    top, bottom = (working.column(tree) for tree in definition.trees)
    has_both = top.is_not_null() & bottom.is_not_null()
    return {
        f"{code}{BETWEEN}{TOP}": pl.when(has_both).then(top),
        f"{code}{BETWEEN}{BOTTOM}": pl.when(has_both).then(bottom),
    }
