"""Variances of totals over sampled units: what a linearised estimate is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from learnin.compute.survey.arrays import Flags, Real, Whole, numbered, within
from learnin.compute.survey.frame import Drawn, Frame
from learnin.compute.survey.groups import Groups


@dataclass(frozen=True)
class Lonely:
    """The rule for lonely units, and whether units alone in a group's part of a stratum are lonely too."""

    rule: str
    in_domains: bool


def variances(frame: Frame, groups: Groups, scores: Real, lonely: Lonely) -> Real:
    """The variance of the sum of the scores in each group.

    Of m units in a stratum, of which a group is found in some, the others have the score zero: they are part of the
    design. Stage after stage, the variance within units is added, times the shares drawn above it.

    Args:
        frame: the units, stage by stage.
        groups: the groups; scores belong to their entries.
        scores: linearised, weighted totals of each entry, shape (entries,).
        lonely: the rule for lonely units.
    Returns:
        Variances, shape (groups,), in the square of the scores' unit.
    Source: Särndal, Swensson and Wretman (1992), results 2.6.2 and 4.3.1; docs/methods/linearisation.md.
    """
    found = np.zeros(len(groups.domains))
    domain, unit, z = groups.domain, groups.unit, scores
    for depth in reversed(range(len(frame.stages))):
        found += _stage(frame.stages[depth], domain, unit, z, len(groups.domains), lonely if not depth else None)
        if depth:
            (entry, start), above = numbered(domain, frame.above[depth - 1][unit]), frame.above[depth - 1][unit]
            domain, unit, z = domain[start], above[start], within(entry, z, len(start))
    return found


def _stage(drawn: Drawn, domain: Whole, unit: Whole, z: Real, domains: int, lonely: Lonely | None) -> Real:
    """Units in a group's part of a stratum that have no entry have the score zero, and are as far from the mean."""
    group = drawn.group[unit]
    part, start = numbered(domain, group)
    where, of = group[start], domain[start]
    present = np.bincount(part, minlength=len(start))
    mean = within(part, z, len(start)) / drawn.n[where]
    squares = within(part, (z - mean[part]) ** 2, len(start)) + (drawn.n[where] - present) * mean**2
    scale = _scale(drawn)[where]
    alone = drawn.lonely[where]
    if lonely and lonely.in_domains:
        alone = alone | ((present == 1) & (drawn.n[where] > 1) & ~drawn.complete[where])
    if lonely and lonely.rule == "adjust" and alone.any():
        middle = within(domain, z, domains) / drawn.n.sum()
        apart = within(part, (z - middle[domain][np.arange(len(z))]) ** 2, len(start))
        squares, scale = np.where(alone, apart, squares), np.where(alone, _adjusted(drawn)[where], scale)
    elif lonely and lonely.rule == "average":
        strata = np.bincount(of, minlength=domains)
        others = strata - np.bincount(of[alone], minlength=domains)
        with np.errstate(invalid="ignore", divide="ignore"):
            scale = np.where(alone, 0.0, scale) * (strata / others)[of]
    return within(of, scale * squares, domains)


def _scale(drawn: Drawn) -> Real:
    """What the squares around the mean are multiplied by in each stratum; nothing for a lonely or a complete one."""
    many = np.maximum(drawn.n, 2)
    return np.where(drawn.complete | (drawn.n < 2), 0.0, drawn.factor * drawn.left * many / (many - 1))


def _adjusted(drawn: Drawn) -> Real:
    return np.where(drawn.n > 1, _scale(drawn), drawn.factor * drawn.left)


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
    mean = _columns_within(drawn.group, z, len(drawn.n)) / drawn.n[:, None]
    scale = _scale(drawn)
    apart = z - mean[drawn.group]
    if lonely and lonely.rule == "adjust":
        alone = drawn.lonely[drawn.group]
        apart = np.where(alone[:, None], z - z.mean(axis=0), apart)
        scale = np.where(drawn.lonely, drawn.factor * drawn.left, scale)
    elif lonely and lonely.rule == "average":
        scale = scale * len(drawn.n) / max(len(drawn.n) - int(drawn.lonely.sum()), 1)
    weighed = apart * scale[drawn.group][:, None]
    return np.asarray(apart.T @ weighed)


def _columns_within(group: Whole, values: Real, groups: int) -> Real:
    """Sums of each column within groups that stand together, in order."""
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    found = np.zeros((groups, values.shape[1]))
    found[group[starts]] = np.add.reduceat(values, starts, axis=0)
    return found


def present(frame: Frame, groups: Groups, active: Flags) -> tuple[Real, Real]:
    """How many first-stage units and how many strata each group has active entries in."""
    unit = groups.unit
    for above in reversed(frame.above):
        unit = above[unit]
    domains = len(groups.domains)
    return tuple_of(domains, groups.domain[active], (unit[active], frame.stages[0].group[unit[active]]))


def tuple_of(domains: int, domain: Whole, keys: Sequence[Whole]) -> tuple[Real, Real]:
    """How many different values of either key each group has."""
    counts = []
    for key in keys:
        start = numbered(domain, key)[1] if len(key) else np.zeros(0, dtype=np.int64)
        counts.append(np.bincount(domain[start], minlength=domains).astype(np.float64))
    return counts[0], counts[1]
