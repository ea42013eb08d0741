"""What calibration takes away from the variance of an estimate, from the same pass as the estimate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import numpy as np
from ibis.expr.types import BooleanValue, NumericValue, Table

from learnin.compute.survey.arrays import Real, within
from learnin.compute.survey.calibration.controls import Controls, Margin
from learnin.compute.survey.calibration.equations import turned
from learnin.compute.survey.items import Part, Sums
from learnin.compute.survey.refusals import CannotEstimate
from learnin.compute.survey.scales import Number, flag, looked_at, measured
from learnin.compute.survey.study import Linear, Study
from learnin.compute.survey.weights import Weights

KNOWN = 1e-11  # of the scores: less is left by rounding alone, and the number is one that the controls fix


@dataclass(frozen=True)
class KnownTotals:
    """The weights of the design were calibrated to known totals: estimates vary only as far as these say nothing.

    The scores of an estimate are replaced by what a regression on the controls leaves of them, weighted with the
    weights before calibration. All that it needs are sums: of the controls in each unit, and of their products with
    the answers in each group.

    Args:
        controls: what the weights were calibrated to.
        before: column of the weights before calibration, above 0.

    Source: Deville and Särndal (1992), section 3; docs/methods/calibration.md.
    """

    controls: Controls
    before: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it reads."""
        grouped = [column for one in self.controls.margins for column in one.by]
        return (self.before, *grouped, *self.controls.totals)

    @property
    def names(self) -> tuple[str, ...]:
        """A name for each control, in order."""
        count = sum(len(one.totals) for one in self.controls.margins) + len(self.controls.totals)
        return tuple(f"control:{at}" for at in range(count or 1))

    def asked(self, table: Table, weights: Weights, parts: Sequence[Part], sums: Sums) -> None:
        """Ask for the sums of the controls, of their products, and of their products with all that is estimated."""
        values = self._values(table)
        ratio = None if self._is_one_margin else _ratio(table, self.before, weights)
        moved = values if ratio is None else [value * ratio for value in values]
        needed = dict.fromkeys(name for part in parts for name in (part.top, part.below) if name)
        for name, value in zip(self.names, values, strict=True):
            sums.of(name, value)
        for name, value in zip(self.names, moved, strict=True):
            for other, second in zip(self.names, values, strict=True):
                if name <= other:
                    sums.of(f"{name}*{other}", value * second)
            for item in needed:
                sums.of(f"{name}*{item}", _times(value, sums, item))

    def residuals(self, study: Study, one: Linear) -> Real:
        """The scores less what the known totals explain, shape (units of the last stage, groups)."""
        units = len(study.frame.stages[-1].group)
        controls = np.column_stack([_by_unit(study, name, units) for name in self.names])
        explained = self._products(one, one.part.top)
        if one.part.below:
            explained = explained - one.value * self._products(one, one.part.below)
        turn, scores = self._turn(study), one.dense(units)
        left = scores - controls @ (turn @ (turn.T @ (explained / one.below)))
        known = np.linalg.norm(left, axis=0) <= KNOWN * np.linalg.norm(scores, axis=0)
        return np.where(known, 0.0, left)

    def written(self) -> Mapping[str, object]:
        """The controls, for a record."""
        margins = [[list(one.by), sorted(one.totals.items())] for one in self.controls.margins]
        return {"margins": margins, "totals": dict(self.controls.totals), "before": self.before}

    @property
    def _is_one_margin(self) -> bool:
        """Whether all have one factor in each group: then weights before and after give the same regression."""
        return len(self.controls.margins) == 1 and not self.controls.totals

    def _values(self, table: Table) -> list[Number]:
        everybody = self.controls.everybody
        found = [flag(one) for margin in self.controls.margins for one in _groups(table, margin)]
        if everybody is not None and not found:
            found = [Number(ibis.literal(1), 1.0, 1.0)]
        data = looked_at(table, self.controls.totals)
        for name, total in self.controls.totals.items():
            found.append(_measured(table, data[name].raw.cast("float64") - (total / everybody if everybody else 0.0)))
        return found

    def _products(self, one: Linear, item: str) -> Real:
        """Sums of each control times an item in each group, shape (controls, groups)."""
        return np.stack([one.groups.totals(f"{name}*{item}") for name in self.names])

    def _turn(self, study: Study) -> Real:
        """The directions in which the controls vary, from their products; each scaled first, whatever its unit."""
        size = len(self.names)
        products = np.zeros((size, size))
        for a, name in enumerate(self.names):
            for b, other in enumerate(self.names[a:], a):
                key = f"{name}*{other}"
                products[a, b] = products[b, a] = study.cells.sums[key].sum() / study.cells.scales[key]
        scale = np.sqrt(np.where(np.diag(products) > 0, np.diag(products), 1.0))
        turn: Real = turned(products / np.outer(scale, scale))[0] / scale[:, None]
        return turn


def _by_unit(study: Study, name: str, units: int) -> Real:
    return within(study.frame.unit, study.cells.sums[name], units) / study.cells.scales[name]


def _ratio(table: Table, before: str, weights: Weights) -> Number:
    """Weight before over weight after; nothing where the latter is zero."""
    if table[before].cast("float64").min().to_pyarrow().as_py() <= 0:
        raise CannotEstimate("weight_not_positive", keys=[before])
    after = weights.number.raw.cast("float64")
    return _measured(table, (after > 0).ifelse(table[before].cast("float64") / after, None))


def _measured(table: Table, raw: NumericValue) -> Number:
    """Numbers with as many bits as their largest leaves: looked up, since a bound would cost digits."""
    largest = table.aggregate(largest=raw.abs().max()).to_pyarrow().to_pylist()[0]["largest"]
    return measured(raw, largest or 1.0)


def _times(value: Number, sums: Sums, item: str) -> Number:
    """A control times what is added up for an item."""
    if item in sums.weighted:
        return value * sums.weighted[item]
    answered = sums.answered[item]
    return value if answered is None else Number(answered.ifelse(value.raw, None), value.largest, value.scale)


def _groups(table: Table, margin: Margin) -> list[BooleanValue]:
    found = []
    for level in margin.totals:
        conditions = [_is(table, column, word) for column, word in zip(margin.by, level, strict=True)]
        found.append(ibis.and_(*conditions))
    return found


def _is(table: Table, column: str, word: str) -> BooleanValue:
    """Whether a column has the value that stands in the list of totals as a word."""
    kind = table[column].type()
    if kind.is_boolean():
        return table[column] == (word == "True")
    return table[column] == (float(word) if kind.is_numeric() else word)
