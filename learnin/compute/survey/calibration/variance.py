"""What calibration takes away from the variance of an estimate, from the same pass as the estimate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import numpy as np
from ibis.expr.types import BooleanValue, NumericValue, Table

from learnin.compute.survey.arrays import Real, within
from learnin.compute.survey.calibration.controls import Controls, Margin
from learnin.compute.survey.calibration.equations import turned
from learnin.compute.survey.refusals import CannotEstimate
from learnin.compute.survey.scales import NARROW, Number, finite, flag, measured
from learnin.compute.survey.sources import pulled
from learnin.compute.survey.study import Linear, Study, Term
from learnin.compute.survey.sums import Part, Sums
from learnin.compute.survey.weights import Weights

ENOUGH = 28  # bits of a product with a control: a regression that is off by 1e-8 changes a variance by its square
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
        groups = sum(len(one.totals) for one in self.controls.margins)
        everybody = 1 if self.controls.everybody is not None and not groups else 0
        return tuple(f"control:{at}" for at in range(groups + everybody + len(self.controls.totals)))

    def asked(self, table: Table, weights: Weights, parts: Sequence[Part], sums: Sums) -> None:
        """Ask for the sums of the controls, of their products, and of their products with all that is estimated."""
        values, ratio = self._values(table, weights)
        moved = [value * ratio for value in values] if ratio else values
        needed = dict.fromkeys(name for part in parts for name in part.sums)
        bits = NARROW - weights.number.bits
        for name, value in zip(self.names, values, strict=True):
            sums.of(name, value)
        for at, (name, value) in enumerate(zip(self.names, moved, strict=True)):
            for other, second in zip(self.names[at:], values[at:], strict=True):
                sums.of(f"{name}*{other}", _narrow(value * second, bits))
            for item in needed:
                sums.of(f"{name}*{item}", _narrow(_times(value, sums, item), bits))

    def residuals(self, study: Study, one: Linear) -> Real:
        """The scores less what the known totals explain, shape (units of the last stage, groups)."""
        units = study.frame.units
        controls = np.column_stack([_by_unit(study, name, units) for name in self.names])
        there = np.isfinite([term.times for term in one.made]).all(axis=0)  # elsewhere nobody answered, or too few
        explained = np.sum([np.where(there, term.times, 0.0) * self._products(term) for term in one.made], axis=0)
        turn, scores = self._turn(study), one.dense
        left = scores - controls @ (turn @ (turn.T @ explained))
        known = np.linalg.norm(left, axis=0) <= KNOWN * np.linalg.norm(scores, axis=0)
        return np.where(there, np.where(known, 0.0, left), np.nan)

    def written(self) -> Mapping[str, object]:
        """The controls, for a record."""
        margins = [[list(one.by), sorted(one.totals.items())] for one in self.controls.margins]
        return {"margins": margins, "totals": dict(self.controls.totals), "before": self.before}

    @property
    def _is_one_margin(self) -> bool:
        """Whether all have one factor in each group: then weights before and after give the same regression."""
        return len(self.controls.margins) == 1 and not self.controls.totals

    def _values(self, table: Table, weights: Weights) -> tuple[list[Number], Number | None]:
        """The controls of each row, and the weight before over the weight after, where it is needed."""
        everybody = self.controls.everybody
        found = [flag(one) for margin in self.controls.margins for one in _groups(table, margin)]
        if everybody is not None and not found:
            found = [Number(ibis.literal(1), 1.0, 1.0)]
        centres = {name: total / everybody if everybody else 0.0 for name, total in self.controls.totals.items()}
        if wrong := [name for name in (self.before, *centres) if not table[name].type().is_numeric()]:
            raise CannotEstimate("non_numeric_item", keys=wrong)
        raw = [finite(table, name).cast("float64") - centre for name, centre in centres.items()]
        if self._is_one_margin:
            return found, None
        *numbers, ratio = _measured(table, [*raw, _ratio(table, self.before, weights)])
        return [*found, *numbers], ratio

    def _products(self, term: Term) -> Real:
        """Sums of each control times what a term adds up in each group, shape (controls, groups)."""
        return np.stack([term.groups.totals(f"{name}*{term.name}") for name in self.names])

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


def _ratio(table: Table, before: str, weights: Weights) -> NumericValue:
    """Weight before over weight after; nothing where the latter is zero."""
    after = weights.number.raw.cast("float64")
    return (after > 0).ifelse(table[before].cast("float64") / after, None)


def _measured(table: Table, raw: list[NumericValue]) -> list[Number]:
    """Numbers with as many bits as their largest leaves: looked up, since a bound would cost digits."""
    asked = {f"most{at}": one.abs().max() for at, one in enumerate(raw)} | {"least": raw[-1].min()}
    [seen] = pulled(table.aggregate(**asked)).to_pylist()
    if not seen["least"] > 0:
        raise CannotEstimate("weight_not_positive", keys=["before"])
    return [measured(one, seen[f"most{at}"] or 1.0) for at, one in enumerate(raw)]


def _narrow(number: Number, bits: int) -> Number:
    """The number in so few bits that its product with a weight is one word of the machine, where enough are left."""
    return measured(number.raw, number.largest, bits) if ENOUGH <= bits < number.bits else number


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
