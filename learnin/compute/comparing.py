"""Whether two groups differ, through the covariance of their estimates: never by looking whether two bars overlap."""

import math
from dataclasses import dataclass
from enum import StrEnum

ROUNDING = 1e-12  # a variance so far below zero, beside its parts, is zero with rounding errors


class Difference(StrEnum):
    """What a survey can say about the first group, beside the second."""

    HIGHER = "higher"
    LOWER = "lower"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The first estimate less the second, with its interval, all in the unit of the estimates.

    `level` is the confidence of the interval; where several comparisons are read together it is that of one of them.
    """

    difference: float
    se: float
    low: float
    high: float
    df: float
    level: float
    p: float

    @property
    def verdict(self) -> Difference:
        """Higher or lower where the whole interval lies on one side of zero."""
        if self.low > 0:
            return Difference.HIGHER
        return Difference.LOWER if self.high < 0 else Difference.CANNOT_TELL


def compare(
    first: float,
    second: float,
    *,
    variances: tuple[float, float],
    covariance: float = 0.0,
    df: float = math.inf,
    level: float = 0.95,
    together: int = 1,
) -> Comparison:
    """The difference of two estimates of one survey, or of two rounds.

    Args:
        first, second: the estimates, in one unit.
        variances: their variances, each 0 or more, in that unit squared.
        covariance: their covariance, in that unit squared: 0 only where nobody, no school and no weighting is shared.
        df: degrees of freedom of the difference, above 0.
        level: confidence of all comparisons that are read together, above 0 and below 1.
        together: how many that are; Bonferroni shares the error out among them.
    Returns:
        The difference, its standard error, a t interval, and the p value of no difference (of this one, unadjusted).
    Raises:
        ValueError: a variance below zero, a covariance larger than the variances allow, df, level or together out of
            range.
    Source: Korn and Graubard (1999), Analysis of Health Surveys; Schenker and Gentleman (2001), On judging
        the significance of differences by examining the overlap between confidence intervals, The American
        Statistician 55, 182-186; docs/methods/comparing.md.

    >>> found = compare(0.41, 0.58, variances=(0.0004, 0.0005), df=60)
    >>> found.verdict, round(found.low, 3), round(found.high, 3)
    (<Difference.LOWER: 'lower'>, -0.23, -0.11)
    """
    from scipy import stats  # takes memory, and few pages compare

    if not (all(one >= 0 for one in variances) and df > 0 and 0 < level < 1 and together >= 1):
        raise ValueError("Variances are 0 or more, df above 0, the level between 0 and 1, one comparison or more.")
    variance = math.fsum((*variances, -2 * covariance))
    if variance < -ROUNDING * max(math.fsum(variances), abs(covariance)):
        raise ValueError("Two estimates cannot go together more than each varies: the covariance is too large.")
    se = math.sqrt(max(variance, 0.0))
    single = 1 - (1 - level) / together
    reach = se * float(stats.t.ppf((1 + single) / 2, df))
    difference = first - second
    return Comparison(
        difference=difference,
        se=se,
        low=difference - reach,
        high=difference + reach,
        df=df,
        level=single,
        p=2 * float(stats.t.sf(abs(difference) / se, df)) if se else float(difference == 0),
    )
