"""The estimates: one row for each number and group of people, with everything that is needed to read it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import special

from learnin.compute.survey.arrays import Real
from learnin.compute.survey.groups import Domain
from learnin.compute.survey.provenance import Provenance, traced
from learnin.compute.survey.refusals import CannotEstimate, Warned
from learnin.compute.survey.study import Linear, Study, joint_variance
from learnin.compute.survey.sums import Level


@dataclass(frozen=True)
class Row:
    """One estimate. What cannot be known is nothing, never a number that looks like one.

    Args:
        item: label of the item. level: which of its numbers. domain: the group of people.
        kind: total, mean, proportion or quantile.
        estimate: in the unit of the item. se: standard error. cv: se over estimate.
        ci_low, ci_high: ends of the interval. ci_method: its name.
        df: degrees of freedom. n: people who answered. missing: share of the group's rows without an answer.
        n_psu, n_strata: first-stage units and strata with an answer.
        n_eff: answers of a simple random sample that would tell as much. n_hat: people the answers stand for.
        deff: variance over that of a simple random sample without replacement; deff_replace: with replacement.
        deft: root of the latter. alpha: reliability of an index.
    """

    item: str
    level: Level
    domain: Domain
    kind: str
    estimate: float | None
    se: float | None
    cv: float | None
    ci_low: float | None
    ci_high: float | None
    ci_method: str
    df: float | None
    n: int
    missing: float | None
    n_psu: int
    n_strata: int
    n_eff: float | None
    n_hat: float
    deff: float | None
    deff_replace: float | None
    deft: float | None
    alpha: float | None
    warnings: tuple[Warned, ...]


@dataclass(frozen=True, eq=False)
class Contrast:
    """A sum of estimates, each times a number: a difference, or an estimate against the mean of others.

    `df` are the degrees of freedom of its interval, `t` the estimate over its standard error, `p` the chance of one as
    far from zero if there were no difference.
    """

    estimate: float
    se: float
    ci_low: float
    ci_high: float
    df: float
    t: float
    p: float


@dataclass(frozen=True, eq=False)
class Table:
    """All estimates of one call, and what was asked. Covariances come from the small table when somebody asks."""

    rows: tuple[Row, ...]
    study: Study
    numbers: tuple[Linear, ...]
    level: float
    df: float
    call: Mapping[str, object]

    @cached_property
    def provenance(self) -> Provenance:
        """Where the numbers come from; the fingerprint is taken when somebody asks."""
        return traced(self.study, self.call)

    def of(self, item: str, level: Level = None, **domain: Level) -> Row:
        """The row of an item (and its level) for a group. Raises CannotEstimate: item_unknown."""
        wanted = frozenset(domain.items())
        for row in self.rows:
            if row.item == item and row.level == level and frozenset(row.domain) == wanted:
                return row
        raise CannotEstimate("item_unknown", keys=[f"{item} {level or ''} {domain or ''}".strip()])

    def vcov(self, rows: Sequence[Row] | None = None, *, item: str | None = None) -> Real:
        """The covariances of some rows, or of all rows of an item, in the order of the rows; shape (k, k).

        Rows without an estimate have NaN.
        """
        chosen = list(rows if rows is not None else [row for row in self.rows if item in (None, row.item)])
        where = [self._places[row.item, row.level, row.domain] for row in chosen]
        needed = sorted({at for at, _column in where})
        sizes = [len(self.numbers[at].groups.domains) for at in needed]
        starts = dict(zip(needed, np.cumsum([0, *sizes[:-1]]).tolist(), strict=True))
        whole = joint_variance(self.study, [self.numbers[at] for at in needed])
        index = [starts[at] + column for at, column in where]
        return np.asarray(whole[np.ix_(index, index)])

    @cached_property
    def _places(self) -> dict[tuple[str, Level, Domain], tuple[int, int]]:
        """Where the number of each row stands: which of the numbers, which of its groups."""
        return {
            (one.part.item, one.part.level, domain): (at, column)
            for at, one in enumerate(self.numbers)
            for column, domain in enumerate(one.groups.domains)
        }

    def contrast(
        self, weights: Mapping[Row, float] | Sequence[tuple[Row, float]], *, df: float | None = None
    ) -> Contrast:
        """A sum of rows, each times a number, through their covariances: groups may overlap.

        `df` without a number: those of the whole design.
        """
        pairs = list(weights.items()) if isinstance(weights, Mapping) else list(weights)
        factors = np.array([factor for _row, factor in pairs])
        values = np.array([math.nan if row.estimate is None else row.estimate for row, _factor in pairs])
        v = float(factors @ self.vcov([row for row, _factor in pairs]) @ factors)
        return contrasted(float(factors @ values), v, self.df if df is None else df, self.level)

    def quotient(self, above: Row, below: Row, *, df: float | None = None) -> Contrast:
        """One row over another, say of the same item in two groups, through their covariance to first order.

        Its test is against one: no difference.
        """
        if not above.estimate or not below.estimate:
            raise CannotEstimate("ratio_zero_denominator", keys=[above.item, below.item])
        value = above.estimate / below.estimate
        slopes = np.array([1 / below.estimate, -value / below.estimate])
        v = float(slopes @ self.vcov([above, below]) @ slopes)
        return contrasted(value, v, self.df if df is None else df, self.level, none=1.0)


def contrasted(value: float, v: float, df: float, level: float, none: float = 0.0) -> Contrast:
    """An estimate of a difference with its interval and test by Student's t; `none` is what it is without one."""
    se = math.sqrt(max(v, 0.0))
    half = float(special.stdtrit(df, (1 + level) / 2)) * se
    t = (value - none) / se if se else math.nan
    return Contrast(value, se, value - half, value + half, df, t, float(2 * special.stdtr(df, -abs(t))))


def between(first: Row, second: Row, *, level: float = 0.95) -> Contrast:
    """The first less the second of two independent samples, say two rounds with other people.

    Degrees of freedom add up: each sample tells its own variance.
    """
    if first.estimate is None or second.estimate is None or first.se is None or second.se is None:
        raise CannotEstimate("item_unknown", keys=[first.item, second.item])
    df = (first.df or 0) + (second.df or 0)
    return contrasted(first.estimate - second.estimate, first.se**2 + second.se**2, df, level)
