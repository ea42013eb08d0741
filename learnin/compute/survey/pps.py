"""Units drawn with unequal chances without replacement: what takes the place of n / (n - 1) and the share left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from learnin.compute.survey.arrays import Real
from learnin.compute.survey.refusals import CannotEstimate

ROUNDING = 1e-6  # by so much may a chance be off, which was written with six digits
YATES, HORVITZ = "yates-grundy-sen", "horvitz-thompson"


@dataclass(frozen=True)
class Brewer:
    """Brewer's approximation: each unit has its own share left, one less its chance.

    The first stage must give the chances as its `fraction`; they may differ from unit to unit. Nothing needs to be
    known about pairs.
    Source: Brewer (2002), Combined Survey Sampling Inference, chapter 9; docs/methods/unequal-chances.md.
    """

    def written(self) -> Mapping[str, object]:
        """The method, for a record."""
        return {"method": "brewer"}


@dataclass(frozen=True, eq=False)
class Joint:
    """The chance of every two sampled units to be drawn together; on the diagonal, of each.

    `units` names the units in the order of the table: their own keys, or pairs of stratum and key. `rule` is
    Yates-Grundy-Sen's variance, for samples of a fixed size and never negative there, or Horvitz-Thompson's.
    Source: Särndal, Swensson and Wretman (1992), results 2.8.1 and 2.8.2; docs/methods/unequal-chances.md.
    """

    units: Sequence[object]
    chances: Real
    rule: str = YATES

    def __post_init__(self) -> None:
        """Refuse a table that is not square, not symmetric, or has no chance for some pair."""
        size = (len(self.units), len(self.units))
        if self.chances.shape != size:
            raise CannotEstimate("joint_shape", keys=[self.chances.shape], wanted=size[0])
        if self.rule not in (YATES, HORVITZ):
            raise CannotEstimate("design_option", what="variance", given=self.rule, known=f"{YATES}, {HORVITZ}")
        if wrong := [f"{self.units[a]}, {self.units[b]}" for a, b in np.argwhere(~(self.chances > 0))[:10]]:
            raise CannotEstimate("joint_zero", keys=wrong)
        most = np.minimum.outer(np.diag(self.chances), np.diag(self.chances)) * (1 + ROUNDING)
        uneven = ~np.isclose(self.chances, self.chances.T, rtol=ROUNDING, atol=0) | (self.chances > np.minimum(most, 1))
        if wrong := [f"{self.units[a]}, {self.units[b]}" for a, b in np.argwhere(uneven)[:10]]:
            raise CannotEstimate("joint_uneven", keys=wrong)

    def form(self, units: Sequence[object]) -> Real:
        """The matrix Q of the variance z'Qz of weighted totals z of these units, in their order; shape (units, units).

        Raises CannotEstimate: joint_unit, where a unit has no line in the table.
        """
        place = {unit: at for at, unit in enumerate(self.units)}
        if missing := [unit for unit in units if unit not in place]:
            raise CannotEstimate("joint_unit", keys=missing)
        at = [place[unit] for unit in units]
        pairs = np.asarray(self.chances, dtype=np.float64)[np.ix_(at, at)]
        own = np.diag(pairs)
        apart = (np.outer(own, own) - pairs) / pairs
        if self.rule == HORVITZ:
            form = -apart
            np.fill_diagonal(form, 1 - own)
            return form
        np.fill_diagonal(apart, 0.0)
        return np.asarray(np.diag(apart.sum(axis=1)) - apart)

    def written(self) -> Mapping[str, object]:
        """The method, for a record."""
        return {"method": self.rule, "units": [str(unit) for unit in self.units], "chances": self.chances}


Unequal = Brewer | Joint
