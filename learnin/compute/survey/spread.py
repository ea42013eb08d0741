"""Variances of totals over sampled units: what a linearised estimate is made of."""

from dataclasses import dataclass

import numpy as np

from learnin.compute.survey.arrays import Real, Whole, within
from learnin.compute.survey.frame import Drawn, Frame
from learnin.compute.survey.groups import Groups, Step


@dataclass(frozen=True)
class Lonely:
    """The rule for lonely units, and whether units alone in a group's part of a stratum are lonely too."""

    rule: str
    in_domains: bool


def variances(groups: Groups, scores: Real, lonely: Lonely) -> Real:
    """The variance of the sum of the scores in each group.

    Of m units in a stratum, of which a group is found in some, the others have the score zero: they are part of the
    design. Stage after stage, the variance within units is added, times the chances of the stages above.

    Args:
        groups: the groups; scores belong to their entries.
        scores: linearised, weighted totals of each entry, shape (entries,).
        lonely: the rule for lonely units.
    Returns:
        Variances, shape (groups,), in the square of the scores' unit.
    Source: Särndal, Swensson and Wretman (1992), results 2.6.2 and 4.3.1; docs/methods/linearisation.md.
    """
    k = len(groups.domains)
    found, z = np.zeros(k), scores
    for step in groups.steps:
        if step.drawn.form is not None:
            return found + _by_pairs(step.drawn.form, step, z, k)
        found += _around_means(step, z, k, lonely if step.above is None else None)
        if step.above is not None:
            z = step.above.sums(z)
    return found


def _by_pairs(form: Real, step: Step, z: Real, k: int) -> Real:
    """With joint chances, from the totals of every two units."""
    totals = np.zeros((len(form), k))
    totals[step.unit, step.domain] = z
    return np.asarray(np.einsum("ud,uv,vd->d", totals, form, totals, optimize=True))


def _around_means(step: Step, z: Real, k: int, lonely: Lonely | None) -> Real:
    """Units of a stratum that have no entry in a group have the score zero there, and are as far from the mean."""
    drawn, where = step.drawn, step.where
    mean = step.in_parts.sums(z) / drawn.n[where]
    squares = step.in_parts.sums(step.left * (z - mean.take(step.part)) ** 2) + step.absent * mean**2
    scale = drawn.scale[where]
    if lonely is None or lonely.rule not in ("adjust", "average"):
        return step.in_domains.sums(scale * squares)
    alone = drawn.lonely[where]
    if lonely.in_domains:
        found = np.bincount(step.part, minlength=len(where))
        alone = alone | ((found == 1) & (drawn.n[where] > 1) & ~drawn.complete[where])
    if lonely.rule == "adjust":
        middle = within(step.domain, z, k) / drawn.n.sum()
        apart = step.in_parts.sums(step.left * (z - middle[step.domain]) ** 2)
        more = np.where(drawn.n[where] > 1, scale, drawn.factor[where])
        return step.in_domains.sums(np.where(alone, more * apart, scale * squares))
    strata = np.bincount(step.of, minlength=k)
    others = strata - np.bincount(step.of[alone], minlength=k)
    with np.errstate(invalid="ignore", divide="ignore"):
        return step.in_domains.sums(np.where(alone, 0.0, scale * squares)) * (strata / others)


def covariance(frame: Frame, scores: Real, lonely: Lonely) -> Real:
    """The covariances of sums of several scores.

    Args:
        frame: the units, stage by stage.
        scores: linearised, weighted totals of each unit of the last stage, shape (units, k).
        lonely: the rule for lonely units.
    Returns:
        Covariances, shape (k, k).
    Source: as `variances`.
    """
    k = scores.shape[1]
    found = np.zeros((k, k))
    z = scores
    for depth in reversed(range(len(frame.stages))):
        drawn = frame.stages[depth]
        found += _products(drawn, z, lonely if not depth else None)
        if depth:
            z = _columns_within(frame.above[depth - 1], z, len(frame.stages[depth - 1].group))
    return (found + found.T) / 2


def _products(drawn: Drawn, z: Real, lonely: Lonely | None) -> Real:
    if drawn.form is not None:
        return np.asarray(z.T @ drawn.form @ z)
    mean = _columns_within(drawn.group, z, len(drawn.n)) / drawn.n[:, None]
    scale, apart = drawn.scale, z - mean[drawn.group]
    if lonely and lonely.rule == "adjust":
        apart = np.where(drawn.lonely[drawn.group][:, None], z - z.mean(axis=0), apart)
        scale = np.where(drawn.lonely, drawn.factor, scale)
    elif lonely and lonely.rule == "average":
        scale = scale * len(drawn.n) / max(len(drawn.n) - int(drawn.lonely.sum()), 1)
    return np.asarray(apart.T @ (apart * (drawn.left * scale[drawn.group])[:, None]))


def _columns_within(group: Whole, values: Real, groups: int) -> Real:
    """Sums of each column within groups that stand together, in order."""
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    found = np.zeros((groups, values.shape[1]))
    found[group[starts]] = np.add.reduceat(values, starts, axis=0)
    return found
