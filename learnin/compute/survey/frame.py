"""The units that were drawn, stage by stage, from the whole sample: strata, how many were drawn, how many exist."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from learnin.compute.survey.arrays import Flags, Real, Whole
from learnin.compute.survey.cells import Cells, joined, unit_columns
from learnin.compute.survey.design import Design, Stage
from learnin.compute.survey.refusals import CannotEstimate
from learnin.compute.survey.sources import ROW

NOTHING_LEFT = 1e-7  # share not drawn below which everything was drawn: numbers of units are whole, so this is rounding


@dataclass(frozen=True, eq=False)
class Drawn:
    """One stage: its units, and the groups (strata, or units of the stage above) they were drawn in.

    Args:
        group: group of each unit, shape (units,).
        n: units drawn in each group, shape (groups,).
        exist: units that exist in each group; infinite where drawn with replacement.
        factor: what the variance of a group is multiplied by for the stages above, the product of their n / exist.
        first: a cell of each group, to name it.
    """

    group: Whole
    n: Real
    exist: Real
    factor: Real
    first: Whole

    @property
    def left(self) -> Real:
        """The share of units that was not drawn in each group."""
        return np.where(np.isinf(self.exist), 1.0, 1 - self.n / self.exist)

    @property
    def complete(self) -> Flags:
        """Whether all that exist were drawn: self-representing, nothing to estimate."""
        return np.asarray(self.left < NOTHING_LEFT)

    @property
    def lonely(self) -> Flags:
        """Whether one unit stands for others that were not drawn."""
        return np.asarray((self.n == 1) & ~self.complete)


@dataclass(frozen=True, eq=False)
class Frame:
    """All stages of a sample; `unit` is the unit of the last stage of each cell, `above` leads from stage to stage.

    Args:
        stages: the stages, the first first.
        unit: unit of each cell at the last stage, shape (cells,).
        above: for each stage but the last, unit of that stage of each unit of the next.
        names: names of the strata.
    """

    stages: tuple[Drawn, ...]
    unit: Whole
    above: tuple[Whole, ...]
    names: tuple[str, ...]

    @property
    def psu(self) -> Whole:
        """First-stage unit of each cell."""
        found = self.unit
        for above in reversed(self.above):
            found = above[found]
        return found


def framed(cells: Cells, design: Design) -> Frame:
    """The units of a sample.

    Raises CannotEstimate: stratum_null, psu_null, psu_spans_strata, fpc_missing, fpc_varies, fpc_between_0_and_1,
    fpc_below_sample, single_psu.
    """
    columns = unit_columns(design)
    _complete(cells, design, columns)
    _nested(cells, design)
    strata = columns[:1] if design.strata else ()
    starts = _starts(cells, strata)
    at = np.cumsum(starts) - 1
    stratum = at
    stages: list[Drawn] = []
    above: list[Whole] = []
    factor = np.ones(int(at[-1]) + 1)
    for depth, stage in enumerate(design.drawn):
        new = starts | _starts(cells, columns[len(strata) + depth :][:1])
        unit = np.cumsum(new) - 1
        group, first = at[new], np.flatnonzero(starts)
        n = np.bincount(group).astype(np.float64)
        exist = _exist(cells, design, stage, starts, n)
        stages.append(Drawn(group, n, exist, factor, first))
        if depth:
            above.append(group)
        factor = (factor * np.where(np.isinf(exist), 0.0, n / exist))[group]
        starts, at = new, unit
    frame = Frame(tuple(stages), at, tuple(above), _names(cells, strata, stratum))
    _alone(cells, design, frame, columns)
    return frame


def _names(cells: Cells, strata: Sequence[str], stratum: Whole) -> tuple[str, ...]:
    first = np.unique(stratum, return_index=True)[1]
    return tuple(joined([cells.keys[name] for name in strata], int(cell)) for cell in first)


def _starts(cells: Cells, columns: Sequence[str]) -> Flags:
    """Where a value differs from the cell before; the first cell always does."""
    found = np.zeros(len(cells.rows), dtype=np.bool_)
    found[0] = True
    for column in columns:
        code = cells.keys[column].code
        found[1:] |= code[1:] != code[:-1]
    return found


def _complete(cells: Cells, design: Design, columns: Sequence[str]) -> None:
    for column in columns:
        wrong = np.flatnonzero(cells.keys[column].code < 0)
        if wrong.size:
            others = [cells.keys[one] for one in columns if one not in (column, ROW)]
            keys = dict.fromkeys(joined(others, int(cell)) or column for cell in wrong)
            raise CannotEstimate("stratum_null" if column == design.strata else "psu_null", keys=keys)


def _nested(cells: Cells, design: Design) -> None:
    unit = design.drawn[0].unit
    if design.nested or not design.strata or not unit:
        return
    key, stratum = cells.keys[unit], cells.keys[design.strata].code
    pairs = np.unique(np.stack([key.code, stratum]), axis=1)[0]
    wrong = np.flatnonzero(np.bincount(pairs) > 1)
    if wrong.size:
        raise CannotEstimate("psu_spans_strata", keys=[key.values[code] for code in wrong])


def _exist(cells: Cells, design: Design, stage: Stage, starts: Flags, n: Real) -> Real:
    """How many units exist in each group, looked at: the same all over, a number, not below what was drawn."""
    if not stage.size:
        return np.full(len(n), np.inf)
    first = np.flatnonzero(starts)
    least = np.minimum.reduceat(cells.sizes[stage.size][0], first)
    most = np.maximum.reduceat(cells.sizes[stage.size][1], first)
    _refuse(cells, design, first, most <= 0, "fpc_missing")
    _refuse(cells, design, first, least != most, "fpc_varies")
    if stage.fraction:
        _refuse(cells, design, first, most > 1, "fpc_fraction")
        return n / most
    _refuse(cells, design, first, most < 1, "fpc_between_0_and_1")
    _refuse(cells, design, first, most < n, "fpc_below_sample")
    return most


def _refuse(cells: Cells, design: Design, first: Whole, wrong: Flags, code: str) -> None:
    if wrong.any():
        keys = [cells.keys[column] for column in unit_columns(design) if column != ROW]
        raise CannotEstimate(code, keys=dict.fromkeys(joined(keys, int(cell)) or "1" for cell in first[wrong]))


def _alone(cells: Cells, design: Design, frame: Frame, columns: Sequence[str]) -> None:
    """Refuse lonely units at any stage under the rule `error`, by the group they are alone in."""
    if design.lonely != "error" or design.pps:
        return
    for depth, drawn in enumerate(frame.stages):
        wrong = np.flatnonzero(drawn.lonely)
        if wrong.size:
            within = columns[: bool(design.strata) + depth]
            keys = [cells.keys[column] for column in within]
            raise CannotEstimate("single_psu", keys=[joined(keys, int(drawn.first[one])) or "1" for one in wrong])
