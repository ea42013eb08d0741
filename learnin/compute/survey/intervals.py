"""Confidence intervals from an estimate and its variance."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy import special

from learnin.compute.survey.arrays import Flags, Real
from learnin.compute.survey.refusals import CannotEstimate

RARE = 10  # answers of yes, or of no, below which the exact interval is taken (policy of the design notes)

Ends = tuple[Real, Real]


@dataclass(frozen=True, eq=False)
class Answered:
    """How many answered in each group: people `n` of so many `rows`, who stand for this `share` of the weights."""

    n: Real
    rows: Real
    share: Real

    def at(self, where: Flags) -> "Answered":
        """Those of some groups."""
        return Answered(self.n[where], self.rows[where], self.share[where])


def normal(p: Real, v: Real, df: Real, who: Answered, level: float) -> Ends:
    """Estimate and quantiles of the normal distribution times its standard error."""
    half = special.ndtri((1 + level) / 2) * np.sqrt(v)
    return p - half, p + half


def student(p: Real, v: Real, df: Real, who: Answered, level: float) -> Ends:
    """Estimate and quantiles of Student's t times its standard error."""
    half = quantile(df, level) * np.sqrt(v)
    return p - half, p + half


def logit(p: Real, v: Real, df: Real, who: Answered, level: float) -> Ends:
    """Student's interval of the logarithm of the odds, turned back: it stays between 0 and 1."""
    odds = np.log(p / (1 - p))
    half = quantile(df, level) * np.sqrt(v) / (p * (1 - p))
    return 1 / (1 + np.exp(-(odds - half))), 1 / (1 + np.exp(-(odds + half)))


def wilson(p: Real, v: Real, df: Real, who: Answered, level: float) -> Ends:
    """Wilson's score interval with the effective number of answers and the quantile of Student's t."""
    q2, effective = quantile(df, level) ** 2, p * (1 - p) / v
    middle = (p + q2 / (2 * effective)) / (1 + q2 / effective)
    half = np.sqrt(q2) * np.sqrt(p * (1 - p) / effective + q2 / (4 * effective**2)) / (1 + q2 / effective)
    return middle - half, middle + half


def beta(p: Real, v: Real, df: Real, who: Answered, level: float) -> Ends:
    """The exact interval of Clopper and Pearson with an effective number of answers (Korn and Graubard).

    As in R, the number that adjusts for degrees of freedom is that of all rows, with those who left the question out.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        effective = np.where(v > 0, p * (1 - p) / v, who.n)
    effective = effective * (special.stdtrit(np.maximum(who.rows - 1, 1), (1 + level) / 2) / quantile(df, level)) ** 2
    tail = (1 - level) / 2
    yes, no = effective * p, effective * (1 - p)
    low = np.where(p > 0, special.betaincinv(np.maximum(yes, 1e-300), no + 1, tail), 0.0)
    high = np.where(p < 1, special.betaincinv(yes + 1, np.maximum(no, 1e-300), 1 - tail), 1.0)
    return low, high


def arcsine(p: Real, v: Real, df: Real, who: Answered, level: float) -> Ends:
    """Student's interval of the arcsine of the root, turned back."""
    root, half = np.arcsin(np.sqrt(p)), quantile(df, level) * np.sqrt(v) / (2 * np.sqrt(p * (1 - p)))
    low, high = np.maximum(root - half, 0.0), np.minimum(root + half, np.pi / 2)
    return np.sin(low) ** 2, np.sin(high) ** 2


def likelihood(p: Real, v: Real, df: Real, who: Answered, level: float) -> Ends:
    """All proportions whose likelihood, with the effective number of answers, is not too far below that of p.

    As in R, the likelihood is scaled to all rows, with those who left the question out.
    """
    q2 = quantile(df, level) ** 2 * who.share * who.rows / (who.n - 1)
    effective = p * (1 - p) / v
    ends = [[_end(*one, far) for one in zip(p, effective, q2, strict=True)] for far in (0.0, 1.0)]
    return np.array(ends[0]), np.array(ends[1])


def _end(p: float, effective: float, q2: float, far: float) -> float:
    """Where twice the fall of the log-likelihood is the square of the quantile, between p and `far`."""
    if not (0 < p < 1 and math.isfinite(effective) and math.isfinite(q2)):
        return math.nan

    def fall(x: float) -> float:
        x = min(max(x, 1e-300), 1 - 1e-16)
        return float(2 * effective * (p * math.log(p / x) + (1 - p) * math.log((1 - p) / (1 - x))) - q2)

    if fall(far) <= 0:  # the end is nearer to it than numbers can tell
        return far
    from scipy import optimize  # here: it costs a fifth of a second and 20 MB, and few ask for this interval

    return float(optimize.brentq(fall, p, far, xtol=1e-15, rtol=8.9e-16))


METHODS: Mapping[str, Callable[[Real, Real, Real, Answered, float], Ends]] = {
    "normal": normal, "t": student, "logit": logit, "wilson": wilson, "beta": beta, "arcsine": arcsine,
    "likelihood": likelihood,
}  # fmt: skip
"""The intervals by name."""


def quantile(df: Real, level: float) -> Real:
    """The quantile of Student's t on either side; with no degree of freedom there is none."""
    return np.where(df > 0, special.stdtrit(np.where(df > 0, df, 1), (1 + level) / 2), np.nan)


def interval(
    method: str | None, kind: str, p: Real, v: Real, df: Real, who: Answered, level: float
) -> tuple[Real, Real, tuple[str, ...]]:
    """Both ends for several estimates, and which method each has.

    Args:
        method: name of the method for proportions; nothing: logit, or beta where yes or no is rare. Means and totals
            have `t`, or `normal` where that is asked for.
        kind: total, mean or proportion.
        p: estimates, shape (k,). v: their variances. df: degrees of freedom. who: how many answered.
        level: the confidence.
    Raises:
        CannotEstimate: design_option.
    Source: Korn and Graubard (1998), Survey Methodology 24; Franco et al. (2019), J. Survey Statistics and
        Methodology 7; docs/methods/intervals.md.
    """
    if method is not None and method not in METHODS:
        raise CannotEstimate("design_option", what="interval", given=method, known=", ".join(METHODS))
    names = np.full(len(p), method if method in ("normal", "t") else "t", dtype=object)
    if kind == "proportion":
        names[:] = method or "logit"
        if method is None:
            names[_rare(p, who.n)] = "beta"
    low, high = np.full(len(p), np.nan), np.full(len(p), np.nan)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        for name in sorted(set(names)):
            at = names == name
            low[at], high[at] = METHODS[name](p[at], v[at], df[at], who.at(at), level)
    return low, high, tuple(names)


def _rare(p: Real, n: Real) -> Flags:
    return np.asarray((n * p < RARE) | (n * (1 - p) < RARE))
