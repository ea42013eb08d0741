"""How much larger a variance is than that of a simple random sample, and how many answers that is worth."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from learnin.compute.survey.arrays import Real
from learnin.compute.survey.groups import Groups
from learnin.compute.survey.study import Linear
from learnin.compute.survey.sums import Part


@dataclass(frozen=True)
class Effects:
    """Design effects of a number in all groups.

    `without` compares with a simple random sample without replacement, `replaced` with one with replacement;
    `effective` is the size of the sample with replacement that would be as exact.
    """

    without: Real
    replaced: Real
    effective: Real


def effects(numbers: Sequence[Linear], v: Real, n: Real, people: Real) -> Effects:
    """The design effects.

    Args:
        numbers: of one kind, in the same groups. v: variances, shape (numbers x groups,), all groups of one after the
            other. n: answers. people: sum of their weights.
    Returns:
        v over (1 - n/N) s2/n, v over s2/n, and the effective number of answers; s2 is the weighted variance of the
        residuals y - Y/X x (of y for means and totals) with n - 1.
    Source: Kish (1965), section 8.2, and (1995), Journal of Official Statistics 11; docs/methods/design-effect.md.
    """
    part, groups = numbers[0].part, numbers[0].groups
    if part.kind not in ("total", "mean", "proportion"):  # of a variance or quantile there is none by these sums
        nothing = np.full(len(v), np.nan)
        return Effects(nothing, nothing, nothing)
    with np.errstate(invalid="ignore", divide="ignore"):
        value, below = (np.concatenate([getattr(one, of) for one in numbers]) for of in ("value", "below"))
        yy, xy, xx = (np.concatenate([groups.totals(one.part.squares[at]) for one in numbers]) for at in range(3))
        slope = value if part.below else np.concatenate([groups.totals(one.part.top) for one in numbers]) / people
        squares = np.maximum(yy - 2 * slope * xy + slope**2 * xx, 0)
        s2 = squares / people * n / (n - 1)
        replaced = people**2 * s2 / n / below**2
        without = replaced * (1 - n / people)
        deff = np.where(without > 0, v / without, np.nan)
        deft2 = np.where(replaced > 0, v / replaced, np.nan)
        effective = n / deft2
        if part.kind == "proportion":
            effective = np.where((value > 0) & (value < 1), value * (1 - value) / v, np.nan)
        return Effects(deff, deft2, np.where(v > 0, effective, np.nan))


def reliability(part: Part, groups: Groups) -> Real:
    """Cronbach's alpha of an index in each group, from the weighted variances of its questions and of their sum.

    Nothing of what is no index, or one of a single question.
    Source: Cronbach (1951), Psychometrika 16; docs/methods/index.md.
    """
    alpha = part.alpha
    if not alpha or len(alpha.questions) < 2:
        return np.full(len(groups.domains), np.nan)
    people, k = groups.totals(alpha.people), len(alpha.questions)
    with np.errstate(invalid="ignore", divide="ignore"):
        apart = sum((_variance(groups, one, people) for one in alpha.questions), np.zeros(len(people)))
        together = _variance(groups, alpha.scores, people) * k**2
        return np.where(together > 0, k / (k - 1) * (1 - apart / together), np.nan)


def _variance(groups: Groups, sums: tuple[str, str], people: Real) -> Real:
    mean = groups.totals(sums[0]) / people
    return groups.totals(sums[1]) / people - mean**2
