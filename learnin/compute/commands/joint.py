"""The chances of two units to be drawn together, from a file beside the SPEC."""

import csv
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from ibis.expr.types import Table

from learnin.compute.commands.delimited import delimiter
from learnin.compute.commands.spec import Spec
from learnin.compute.commands.wrong import DATA_WRONG, FILE_WRONG, Wrong
from learnin.compute.survey import Design, Joint
from learnin.compute.survey.pps import YATES
from learnin.compute.survey.refusals import CannotEstimate

KEY = "design.joint"


def joined(spec: Spec, table: Table, design: Design) -> Design:
    """The design with the joint chances that the SPEC names, if it does. Raises Wrong."""
    told = spec.asked["design"].get("joint")
    if not told:
        return design
    stages = spec.asked["design"].get("stages", [])
    if len(stages) != 1 or "unit" not in stages[0] or design.drawn[0].size or design.pps or design.nested:
        words = "joint chances go with one stage that names its unit, without fpc, fraction, nested and brewer"
        raise Wrong(KEY, words)
    names, chances = _square(spec, told["file"])
    unit = table[stages[0]["unit"]].type()
    try:
        kind: Callable[[str], object] = int if unit.is_integer() else float if unit.is_numeric() else str
        return replace(design, pps=Joint([kind(name) for name in names], chances, told.get("variance", YATES)))
    except ValueError as error:
        code = f" ({error.code})" if isinstance(error, CannotEstimate) else ""
        raise Wrong(f"{KEY}.file", f"{told['file']}: {error}{code}", DATA_WRONG)


def _square(spec: Spec, name: str) -> tuple[list[str], "np.ndarray[tuple[int, int], np.dtype[np.float64]]"]:
    """The units in the order of the first line, and the chances in that order."""
    path, key = spec.folder / name, f"{KEY}.file"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            [_corner, *units], *lines = [line for line in csv.reader(file, delimiter=delimiter(path)) if line]
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise Wrong(key, f"{name} cannot be read ({error.__class__.__name__})", FILE_WRONG)
    named = {line[0]: line for line in lines}
    for at, unit in enumerate(units):
        line = named.get(unit)
        if line is None or len(line) != len(units) + 1 or unit in units[:at] or len(lines) != len(units):
            words = f"{name}: the first line names {unit}, and needs it once, with one line of {len(units)} chances"
            raise Wrong(key, words, DATA_WRONG)
    try:
        return units, np.array([[float(chance) for chance in named[unit][1:]] for unit in units])
    except ValueError as error:
        raise Wrong(key, f"{name}: {error}", DATA_WRONG)
