"""One sample with everything that was added up: what estimates and their variances are computed from."""

from dataclasses import dataclass

import numpy as np
from ibis.expr.types import Table

from learnin.compute.survey.arrays import Real, within
from learnin.compute.survey.cells import Cells
from learnin.compute.survey.design import Design
from learnin.compute.survey.frame import Frame
from learnin.compute.survey.groups import Groups
from learnin.compute.survey.items import Part, Sums
from learnin.compute.survey.spread import Lonely, covariance, variances
from learnin.compute.survey.weights import Weights


@dataclass(frozen=True, eq=False)
class Study:
    """The table of the engine, the design, what was asked for, and the small table that came back."""

    table: Table
    design: Design
    weights: Weights
    sums: Sums
    cells: Cells
    frame: Frame

    @property
    def lonely(self) -> Lonely:
        """The rule for lonely units."""
        return Lonely(self.design.lonely, self.design.lonely_domains)


@dataclass(frozen=True, eq=False)
class Linear:
    """One number in all groups: its estimates, and the scores whose sum has its variance to first order.

    Args:
        part: which number. groups: the groups of people.
        value: estimates, shape (groups,); NaN where nobody answered.
        below: what the sums are divided by, shape (groups,): one for totals.
        scores: linearised totals of each entry of the groups, shape (entries,).
    """

    part: Part
    groups: Groups
    value: Real
    below: Real
    scores: Real

    @property
    def dense(self) -> Real:
        """The scores of every unit of the last stage in every group, shape (units, groups)."""
        found = np.zeros((self.groups.frame.units, len(self.groups.domains)))
        found[self.groups.unit, self.groups.domain] = self.scores
        return found


def linear(part: Part, groups: Groups) -> Linear:
    """Estimate a number in all groups and linearise it.

    A total is linear as it is. A ratio Y/X has the scores (y - Y/X x) / X.
    Source: Woodruff (1971), Journal of the American Statistical Association 66; docs/methods/linearisation.md.
    """
    if part.kind == "variance":
        return _linear_variance(part, groups)
    scale = groups.cells.scales[part.top]
    top, people = groups.totals(part.top), groups.totals(part.people)
    scores = groups.sums(part.top) / scale
    with np.errstate(invalid="ignore", divide="ignore"):
        if part.below is None:
            return Linear(part, groups, np.where(people > 0, top, np.nan), np.ones(len(top)), scores)
        below = groups.totals(part.below)
        value = np.where(people > 0, top / below, np.nan)
        apart = scores - value[groups.domain] * groups.sums(part.below) / groups.cells.scales[part.below]
        return Linear(part, groups, value, below, apart / below[groups.domain])


def _linear_variance(part: Part, groups: Groups) -> Linear:
    """The variance S2 of a column: the mean of (y - mean)2 n / (n - 1), with the scores of that mean."""
    square, top, people = part.squares
    n = within(groups.domain, groups.answers(people), len(groups.domains))
    below = groups.totals(people)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean, more = groups.totals(top) / below, n / (n - 1)
        value = np.where(n > 1, (groups.totals(square) / below - mean**2) * more, np.nan)
        parts = [groups.sums(name) / groups.cells.scales[name] for name in (square, top, people)]
        at = groups.domain
        squares = parts[0] - 2 * mean[at] * parts[1] + mean[at] ** 2 * parts[2]
        scores = (more[at] * squares - value[at] * parts[2]) / below[at]
    return Linear(part, groups, value, below, scores)


def variance(study: Study, one: Linear) -> Real:
    """The variances of a number in all its groups, by the method of the design."""
    design = study.design
    if design.replicates:
        return design.replicates.variances(study, one)
    if design.calibration:
        return np.asarray(np.diag(joint_variance(study, [one])))
    return variances(one.groups, one.scores, study.lonely)


def joint_variance(study: Study, several: list[Linear]) -> Real:
    """The covariances of several numbers in all their groups, one after the other."""
    design = study.design
    if design.replicates:
        return design.replicates.covariance(study, several)
    scores = [design.calibration.residuals(study, one) if design.calibration else one.dense for one in several]
    return covariance(study.frame, np.hstack(scores), study.lonely)
