"""Weights that are calibrated to the totals of a SPEC before anything is estimated."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
from ibis.expr.types import Table

from learnin.compute.commands.asked import groups
from learnin.compute.commands.data import Engine
from learnin.compute.commands.spec import Spec
from learnin.compute.commands.wrong import Wrong
from learnin.compute.survey import Design
from learnin.compute.survey import calibration as cal

AFTER = "calibrated_weight"
"""The column of the weights that are made."""


def calibrated(
    spec: Spec, table: Table, design: Design, columns: list[str], by: Engine
) -> tuple[Table, Design, cal.Calibrated | None]:
    """The table with calibrated weights, the design that knows it, and what became of the totals.

    `columns` are those that the numbers need: the rows come into memory for this.
    """
    told = spec.asked.get("calibration")
    if not told:
        return table, design, None
    if AFTER in table.columns:
        raise Wrong("design.weight", f'the data have a column "{AFTER}" already; rename it')
    rows = table.select(columns).to_pyarrow()
    values = {name: _array(rows[name]) for name in columns}
    controls = _controls(told)
    found = _weighed(told, values[design.weight], values, controls)
    after = rows.append_column(AFTER, pa.array(found.weights))
    known = cal.KnownTotals(controls, before=design.weight)
    return by.laid(after, "calibrated"), replace(design, weight=AFTER, calibration=known), found


def _array(column: pa.ChunkedArray) -> np.ndarray[Any, Any]:
    """The values of a column; numbers as numbers, the rest as they are."""
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        return np.asarray(column.cast(pa.float64()).to_numpy())
    return np.array(column.to_pylist(), dtype=object)


def _controls(told: Mapping[str, Any]) -> cal.Controls:
    margins = tuple(_margin(at, one) for at, one in enumerate(told.get("margins", [])))
    return cal.Controls(margins, told.get("totals", {}), told.get("population"))


def _margin(at: int, one: Mapping[str, Any]) -> cal.Margin:
    by = tuple(one["by"])
    totals = groups(one["totals"])
    if wrong := [words for words in totals if len(words) != len(by)]:
        raise Wrong(
            f"calibration.margins[{at}].totals", f"give one level of keys for each column; see {' / '.join(wrong[0])}"
        )
    return cal.Margin(by, totals)


def _weighed(
    told: Mapping[str, Any], weight: np.ndarray[Any, Any], values: cal.Columns, controls: cal.Controls
) -> cal.Calibrated:
    method, limits = told["method"], told.get("limits")
    if (limits and method not in ("linear", "logit")) or (method == "logit" and not limits):
        raise Wrong("calibration.limits", "limits go with linear (if wanted) and logit (always)")
    if method in ("post-stratification", "raking"):
        if controls.totals or not controls.margins:
            raise Wrong("calibration", f"{method} needs margins only; other methods take sums of numbers too")
        if method == "post-stratification" and len(controls.margins) > 1:
            raise Wrong("calibration.margins", "post-stratification takes one margin; raking takes several")
        if method == "raking":
            return cal.raked(weight, values, controls.margins)
        return cal.post_stratified(weight, values, controls.margins[0])
    if not (controls.margins or controls.totals or "population" in told):
        raise Wrong("calibration", "give margins, totals or population: what the weights are to add up to")
    distances: Mapping[str, Any] = {"linear": cal.Linear, "exponential": cal.Exponential, "logit": cal.Logit}
    return cal.calibrated(weight, values, controls, distances[method](*(limits or ())))
