"""One sample with everything that was added up: what estimates and their variances are computed from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from ibis.expr.types import Table

from learnin.compute.survey.arrays import Real, within
from learnin.compute.survey.cells import Cells, added_up
from learnin.compute.survey.design import Design
from learnin.compute.survey.frame import Frame, framed
from learnin.compute.survey.groups import Groups
from learnin.compute.survey.hooks import Replicated
from learnin.compute.survey.refusals import CannotEstimate
from learnin.compute.survey.spread import Lonely, covariance, variances
from learnin.compute.survey.sums import Part, Sums
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
    replicated: Replicated | None = None

    @property
    def lonely(self) -> Lonely:
        """The rule for lonely units."""
        return Lonely(self.design.lonely, self.design.lonely_domains)


def added(
    table: Table, design: Design, weights: Weights, sums: Sums, parts: Sequence[Part], by: Sequence[str],
    watched: Sequence[str] = (),
) -> Study:  # fmt: skip
    """Add up what the parts need and what the method of the design needs beside, and set up the units.

    Columns that are `watched` are looked at on the way.
    """
    if design.calibration:
        design.calibration.asked(table, weights, parts, sums)
    cells = added_up(table, design, by, weights, sums, watched)
    study = Study(table, design, weights, sums, cells, framed(cells, design))
    if not design.replicates:
        return study
    return replace(study, replicated=design.replicates.prepared(study, parts, by))


@dataclass(frozen=True, eq=False)
class Term:
    """A sum that scores are made of: in which groups, perhaps with fewer cells, its name, and how often it counts."""

    groups: Groups
    name: str
    times: Real


@dataclass(frozen=True, eq=False)
class Linear:
    """One number in all groups: its estimates, and the scores whose sum has its variance to first order.

    Args:
        part: which number. groups: the groups of people.
        value: estimates, shape (groups,); NaN where nobody answered.
        below: what the sums are divided by, shape (groups,): one for totals.
        scored: makes the scores: there are as many as entries, and most are needed once.
        made: the sums that the scores are made of.
    """

    part: Part
    groups: Groups
    value: Real
    below: Real
    scored: Callable[[], Real]
    made: "tuple[Term, ...]"

    @property
    def scores(self) -> Real:
        """Linearised totals of each entry of the groups, shape (entries,)."""
        return self.scored()

    @property
    def dense(self) -> Real:
        """The scores of every unit of the last stage in every group, shape (units, groups)."""
        found = np.zeros((self.groups.frame.units, len(self.groups.domains)))
        found[self.groups.unit, self.groups.domain] = self.scores
        return found


def linear(part: Part, groups: Groups) -> Linear:
    """Estimate a number in all groups and linearise it.

    A total is linear as it is. A ratio Y/X has the scores (y - Y/X x) / X. Raises CannotEstimate
    (ratio_zero_denominator) where X is zero in every group.
    Source: Woodruff (1971), Journal of the American Statistical Association 66; docs/methods/linearisation.md.
    """
    if part.kind == "variance":
        return _linear_variance(part, groups)
    top, people = groups.totals(part.top), groups.totals(part.people)
    if part.below is None:
        ones, name = np.ones(len(top)), part.top
        value = np.where(people > 0, top, np.nan)
        return Linear(part, groups, value, ones, lambda: _in_units(groups, name), (Term(groups, name, ones),))
    below = groups.totals(part.below)
    if (people > 0).any() and not (below[people > 0] != 0).any():
        raise CannotEstimate("ratio_zero_denominator", keys=[part.item])
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(people > 0, top / below, np.nan)
        made = (Term(groups, part.top, 1 / below), Term(groups, part.below, -value / below))
    return Linear(part, groups, value, below, partial(_residuals, groups, (part.top, part.below), value, below), made)


def _in_units(groups: Groups, name: str) -> Real:
    """A weighted sum in each entry, in its own unit."""
    return groups.sums(name) / groups.cells.scales[name]


def _residuals(groups: Groups, names: tuple[str, str], value: Real, below: Real) -> Real:
    """The scores of a ratio."""
    top, people = names
    with np.errstate(invalid="ignore", divide="ignore"):
        apart = _in_units(groups, top) - value.take(groups.domain) * groups.sums(people) / groups.cells.scales[people]
        return np.asarray(apart / below.take(groups.domain))


def _linear_variance(part: Part, groups: Groups) -> Linear:
    """The variance S2 of a column: the mean of (y - mean)2 n / (n - 1), with the scores of that mean."""
    square, top, people = part.squares
    n = within(groups.domain, groups.answers(people), len(groups.domains))
    below = groups.totals(people)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean, more = groups.totals(top) / below, n / (n - 1)
        value = np.where(n > 1, (groups.totals(square) / below - mean**2) * more, np.nan)
        times = (more / below, -2 * mean * more / below, (more * mean**2 - value) / below)
    made = tuple(Term(groups, name, by) for name, by in zip(part.squares, times, strict=True))

    def scored() -> Real:
        parts, at = [_in_units(groups, name) for name in part.squares], groups.domain
        with np.errstate(invalid="ignore", divide="ignore"):
            squares = parts[0] - 2 * mean[at] * parts[1] + mean[at] ** 2 * parts[2]
            return np.asarray((more[at] * squares - value[at] * parts[2]) / below[at])

    return Linear(part, groups, value, below, scored, made)


def variance(study: Study, one: Linear) -> Real:
    """The variances of a number in all its groups, by the method of the design."""
    design = study.design
    if study.replicated:
        return study.replicated.variances(one)
    if design.calibration:
        return np.asarray(np.diag(joint_variance(study, [one])))
    return variances(one.groups, one.scores, study.lonely)


def joint_variance(study: Study, several: list[Linear]) -> Real:
    """The covariances of several numbers in all their groups, one after the other."""
    design = study.design
    if study.replicated:
        return study.replicated.covariance(several)
    scores = [design.calibration.residuals(study, one) if design.calibration else one.dense for one in several]
    return covariance(study.frame, np.hstack(scores), study.lonely)
