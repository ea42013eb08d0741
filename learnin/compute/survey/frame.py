"""The units that were drawn, stage by stage, from the whole sample: strata, how many were drawn, how many exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from learnin.compute.survey.arrays import Flags, Real, Whole, within
from learnin.compute.survey.cells import Cells, unit_columns
from learnin.compute.survey.design import Design, Stage
from learnin.compute.survey.keys import joined
from learnin.compute.survey.pps import Brewer, Joint
from learnin.compute.survey.refusals import CannotEstimate
from learnin.compute.survey.sources import ROW

ONE = "the whole sample"
NOTHING_LEFT = 1e-7  # share not drawn below which everything was drawn: numbers of units are whole, so this is rounding


@dataclass(frozen=True, eq=False)
class Drawn:
    """One stage: its units, and the groups (strata, or units of the stage above) they were drawn in.

    Args:
        group: group of each unit, shape (units,).
        n: units drawn in each group, shape (groups,).
        left: share not drawn, of each unit: one less its chance; the same all over a group but for unequal chances.
        factor: what the variance of a group is multiplied by for the stages above, the product of their chances.
        first: a cell of each group, to name it.
        form: the matrix of the variance where joint chances are known, shape (units, units).
    """

    group: Whole
    n: Real
    left: Real
    factor: Real
    first: Whole
    form: Real | None = None

    @cached_property
    def complete(self) -> Flags:
        """Whether all that exist were drawn in each group: self-representing, nothing to estimate."""
        return np.asarray(within(self.group, self.left, len(self.n)) < NOTHING_LEFT)

    @cached_property
    def lonely(self) -> Flags:
        """Whether one unit of a group stands for others that were not drawn."""
        return np.asarray((self.n == 1) & ~self.complete)

    @cached_property
    def scale(self) -> Real:
        """What the squares around the mean of each group are multiplied by, beside the share left."""
        return np.where(self.complete | (self.n < 2), 0.0, self.factor * self.n / np.maximum(self.n - 1, 1))


@dataclass(frozen=True, eq=False)
class Frame:
    """All stages of a sample; `unit` is the unit of the last stage of each cell, `above` leads from stage to stage.

    Args:
        stages: the stages, the first first.
        unit: unit of each cell at the last stage, shape (cells,).
        above: for each stage but the last, unit of that stage of each unit of the next.
    """

    stages: tuple[Drawn, ...]
    unit: Whole
    above: tuple[Whole, ...]

    @property
    def units(self) -> int:
        """Units of the last stage."""
        return len(self.stages[-1].group)


def framed(cells: Cells, design: Design) -> Frame:
    """The units of a sample.

    Raises:
        CannotEstimate: stratum_null, psu_null, psu_spans_strata, fpc_missing, fpc_varies, fpc_between_0_and_1,
            fpc_fraction, fpc_below_sample, single_psu, joint_unit.
    """
    columns = unit_columns(design)
    _complete(cells, design, columns)
    _nested(cells, design)
    strata = columns[:1] if design.strata else ()
    starts = _starts(cells, strata)
    at = np.cumsum(starts) - 1
    stages: list[Drawn] = []
    above: list[Whole] = []
    factor = np.ones(int(at[-1]) + 1)
    for depth, stage in enumerate(design.drawn):
        new = starts | _starts(cells, columns[len(strata) + depth :][:1])
        group, first = at[new], np.flatnonzero(starts)
        n = np.bincount(group).astype(np.float64)
        named = columns[: len(strata) + depth]
        chance = _chance(cells, design, stage, (starts, new), named)
        form = None if depth else _form(cells, design, columns, np.flatnonzero(new))
        stages.append(Drawn(group, n, 1 - chance, factor, first, form))
        if depth:
            above.append(group)
        factor = factor[group] * chance
        starts, at = new, np.cumsum(new) - 1
    frame = Frame(tuple(stages), at, tuple(above))
    _alone(cells, design, frame, columns)
    return frame


def _starts(cells: Cells, columns: Sequence[str]) -> Flags:
    """Where a value differs from the cell before; the first cell always does."""
    found = np.zeros(len(cells.rows), dtype=np.bool_)
    found[0] = True
    for column in columns:
        code = cells.keys[column].code
        found[1:] |= code[1:] != code[:-1]
    return found


def _complete(cells: Cells, design: Design, columns: Sequence[str]) -> None:
    """Refuse rows that do not say where they were drawn."""
    for column in columns:
        wrong = np.flatnonzero(cells.keys[column].code < 0)
        if wrong.size:
            others = [cells.keys[one] for one in columns if one not in (column, ROW)]
            keys = dict.fromkeys(joined(others, int(cell)) or column for cell in wrong)
            raise CannotEstimate("stratum_null" if column == design.strata else "psu_null", keys=keys)


def _nested(cells: Cells, design: Design) -> None:
    """Refuse units that stand in two strata, unless their numbers start again in each."""
    unit = design.drawn[0].unit
    if design.nested or not design.strata or not unit:
        return
    key, stratum = cells.keys[unit], cells.keys[design.strata].code
    size = len(cells.keys[design.strata].values)
    pairs = np.unique(key.code * size + stratum) // size
    wrong = np.flatnonzero(np.bincount(pairs) > 1)
    if wrong.size:
        raise CannotEstimate("psu_spans_strata", keys=[key.values[code] for code in wrong])


def _chance(cells: Cells, design: Design, stage: Stage, starts: tuple[Flags, Flags], named: Sequence[str]) -> Real:
    """The chance of each unit from how many exist, looked at; zero where drawn with replacement: nothing is used up."""
    groups, units = starts
    group = (np.cumsum(groups) - 1)[units]
    n = np.bincount(group)
    if not stage.size:
        return np.zeros(len(group))
    own = isinstance(design.pps, Brewer) and stage is design.drawn[0]
    first = np.flatnonzero(units if own else groups)
    least, most = cells.sizes[stage.size]
    least, most = np.minimum.reduceat(least, first), np.maximum.reduceat(most, first)
    _refuse(cells, named, first, ~(least > 0), "fpc_missing")
    _refuse(cells, named, first, least != most, "fpc_varies")
    if stage.fraction:
        _refuse(cells, named, first, most > 1, "fpc_fraction")
        return most if own else most[group]
    _refuse(cells, named, first, most < 1, "fpc_between_0_and_1")
    _refuse(cells, named, first, most < n, "fpc_below_sample")
    return np.asarray((n / most)[group])


def _form(cells: Cells, design: Design, columns: Sequence[str], first: Whole) -> Real | None:
    """The matrix of joint chances, for the units in their order."""
    if not isinstance(design.pps, Joint):
        return None
    keys = [cells.keys[column] for column in columns[: bool(design.strata) + 1]]
    named = [tuple(key.values[key.code[cell]] for key in keys) for cell in first]
    pairs = bool(design.pps.units) and isinstance(design.pps.units[0], tuple)
    return design.pps.form([one if pairs else one[-1] for one in named])


def _refuse(cells: Cells, named: Sequence[str], first: Whole, wrong: Flags, code: str) -> None:
    """Refuse groups that are wrong, by their names; where there is one group only, it has no name."""
    if wrong.any():
        keys = [cells.keys[column] for column in named]
        raise CannotEstimate(code, keys=dict.fromkeys(joined(keys, int(cell)) or ONE for cell in first[wrong]))


def _alone(cells: Cells, design: Design, frame: Frame, columns: Sequence[str]) -> None:
    """Refuse lonely units at any stage under the rule `error`, by the group they are alone in."""
    if design.lonely != "error":
        return
    for depth, drawn in enumerate(frame.stages):
        if drawn.form is None:
            _refuse(cells, columns[: bool(design.strata) + depth], drawn.first, drawn.lonely, "single_psu")
