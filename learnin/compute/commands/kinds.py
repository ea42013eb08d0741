"""What kind of values a column must hold, for the keys that name it."""

import re
from collections.abc import Iterator
from typing import Any

import ibis
from ibis.expr.types import Column, Table

from learnin.compute.commands.asked import Place
from learnin.compute.commands.delimited import ENDINGS
from learnin.compute.commands.spec import Spec, written
from learnin.compute.commands.wrong import DATA_WRONG, Wrong

NUMBERS, EITHER, FLAGS = "numbers", "numbers or yes and no", "yes and no"
OF_NUMBERS = ("mean", "total", "variance", "ratio", "quantile", "index")
"""Estimates whose columns hold numbers; yes and no count as one and zero."""
OF_FLAGS = ("proportion", "count", "multi")
"""Estimates whose columns hold yes and no."""
SIZES = ("fpc", "fraction")


def held(spec: Spec, table: Table) -> Table:
    """The table, its empty columns as numbers where numbers are asked for.

    Raises:
        Wrong: at the first key whose column holds values of another kind, with the first of these.
    """
    empty = {}
    for place, column, wanted in _wanted(spec):
        if _fits(table[column], wanted):
            continue
        if _is_filled(table, column):
            raise Wrong(written(list(place)), _words(spec, table, column, wanted), DATA_WRONG)
        empty[column] = ibis.null("float64")
    _levels(spec, table)
    _sizes(spec, table)
    return table.mutate(**empty) if empty else table


def _wanted(spec: Spec) -> Iterator[tuple[Place, str, str]]:
    """Every column that must hold numbers, or yes and no, with its key."""
    design = spec.asked["design"]
    yield ("design", "weight"), design["weight"], NUMBERS
    for at, stage in enumerate(design.get("stages", [])):
        yield from ((("design", "stages", at, key), stage[key], NUMBERS) for key in SIZES if key in stage)
    for name in spec.asked.get("calibration", {}).get("totals", {}):
        yield ("calibration", "totals", name), name, EITHER
    for at, name in enumerate(spec.asked.get("replicates", {}).get("columns", [])):
        yield ("replicates", "columns", at), name, NUMBERS
    for at, one in enumerate(spec.each("estimates")):
        if one["kind"] not in (*OF_NUMBERS, *OF_FLAGS):
            continue
        wanted = EITHER if one["kind"] in OF_NUMBERS else FLAGS
        yield from ((("estimates", at, key), one[key], wanted) for key in ("item", "below") if key in one)
        yield from (
            (("estimates", at, "items", place), name, wanted) for place, name in enumerate(one.get("items", []))
        )


def _fits(column: Column, wanted: str) -> bool:
    """Whether a column is of the kind; whether numbers are 1 and 0 only, the engine sees when it reads them."""
    kind = column.type()
    return kind.is_numeric() or (kind.is_boolean() and wanted != NUMBERS)


def _is_filled(table: Table, column: str) -> bool:
    """Whether anybody filled in a column. Raises Wrong where there is no row at all."""
    rows, known = _first(table.aggregate(rows=table.count(), known=table[column].count()))
    if not rows:
        raise Wrong("data.files", "the data have no row (no_rows)", DATA_WRONG)
    return bool(known)


def _words(spec: Spec, table: Table, column: str, wanted: str) -> str:
    """What stands in a column that is of another kind: how often, and the first of it."""
    value = table[column]
    text = value.cast("string")
    is_other = value.notnull() & text.try_cast("float64").isnull() if value.type().is_string() else value.notnull()
    [rows, known, others] = _first(table.aggregate(rows=table.count(), known=value.count(), others=is_other.sum()))
    [seen] = _first(table.filter(is_other if others else value.notnull()).select(seen=text).limit(1))
    is_flag = wanted == FLAGS
    words = f'"{column}" has to hold {wanted}{" as 1 and 0, or as true and false" if is_flag else ""}, '
    words += f'and in {others or known} of {rows} rows it does not: the first is "{seen}"'
    if is_flag:
        words += "; for words take the kind shares"
    elif re.fullmatch(r"-?\d+,\d+", seen):
        words += '; if decimals follow a comma, say decimal: "," in data'
    elif spec.files[0].suffix.lower() in ENDINGS and others < known:
        words += "; if that means no answer, name it in data.missing"
    return f"{words} ({'not_a_flag' if is_flag else 'non_numeric_item'})"


def _first(table: Table) -> list[Any]:
    """The values of the first row."""
    return list(table.to_pyarrow().to_pylist()[0].values())


def _levels(spec: Spec, table: Table) -> None:
    """Refuse answers of another kind than the column."""
    for at, one in enumerate(spec.each("estimates")):
        for place, level in enumerate(one.get("levels", [])):
            kind = table[one["item"]].type()
            held = "yes and no" if kind.is_boolean() else "numbers" if kind.is_numeric() else "text"
            given = "yes and no" if isinstance(level, bool) else "text" if isinstance(level, str) else "numbers"
            if held != given:
                words = f'"{one["item"]}" holds {held}, and {level!r} is not that'
                raise Wrong(f"estimates[{at}].levels[{place}]", words, DATA_WRONG)


def _sizes(spec: Spec, table: Table) -> None:
    """Refuse a number of units that is missing in some rows: whether it is that of the others is not known."""
    named = [
        (f"design.stages[{at}].{key}", stage[key])
        for at, stage in enumerate(spec.asked["design"].get("stages", []))
        for key in SIZES
        if key in stage
    ]
    if not named:
        return
    missing = {f"m{at}": table[column].isnull().sum() for at, (_key, column) in enumerate(named)}
    for (key, column), count in zip(named, _first(table.aggregate(**missing)), strict=True):
        if count:
            raise Wrong(key, f'"{column}" is missing in {count} rows (fpc_missing)', DATA_WRONG)
