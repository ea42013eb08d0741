"""Whether an estimate is exact enough to be read: shown, shown with a warning, or withheld; and by which rule."""

import math
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What becomes of an estimate."""

    SHOW = "show"
    FLAG = "flag"
    WITHHOLD = "withhold"


class Kind(StrEnum):
    """What an estimate is: a share has an interval in points, the others a coefficient of variation."""

    SHARE = "share"
    MEAN = "mean"
    TOTAL = "total"


class Rule(StrEnum):
    """The rules, in the order in which they are asked."""

    FEW_ANSWERS = "few_answers"
    FEW_PSUS = "few_psus"
    NO_ERROR = "no_error"
    RATHER_FEW_ANSWERS = "rather_few_answers"
    FEW_DEGREES = "few_degrees"
    WIDE_INTERVAL = "wide_interval"
    LARGE_CV = "large_cv"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on an estimate is withheld or flagged. A country may set its own, with a reason.

    Args:
        least_answers: withheld below it. 25 unweighted cases (DHS).
        least_psus: withheld below it: one PSU says nothing about how PSUs differ.
        sure_answers: flagged below it. 25 to 49 cases stand in parentheses (DHS).
        least_df: flagged below it. 8 degrees of freedom (NCHS).
        widest: of a share, flagged where its interval is wider. 0.30, so 30 points (NCHS).
        largest_cv: of a mean or total, flagged above it. 0.30 (NSCH, and NCHS before 2017).
    Raises:
        ValueError: a threshold is below zero, or flags what is withheld.
    Source: Croft et al. (2023), Guide to DHS Statistics; Parker et al. (2017), National Center for Health Statistics
        Data Presentation Standards for Proportions, Vital and Health Statistics 2(175); docs/methods/reading-rules.md.
    """

    least_answers: int = 25
    least_psus: int = 2
    sure_answers: int = 50
    least_df: float = 8.0
    widest: float = 0.30
    largest_cv: float = 0.30

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        if min(self.least_answers, self.least_psus, self.least_df, self.widest, self.largest_cv) < 0:
            raise ValueError("A threshold is zero or more.")
        if self.sure_answers < self.least_answers:
            raise ValueError("The answers from which an estimate is sure are at least those from which it is shown.")


DEFAULT = Thresholds()


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that was broken: what was found (nothing where it is missing), and where the rule draws the line."""

    rule: Rule
    found: float | None
    line: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """What becomes of an estimate, and each rule that says so; the rules that withhold come first."""

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()


def reliability(
    kind: Kind,
    *,
    n: int,
    psus: int,
    df: float,
    value: float | None,
    se: float | None,
    low: float | None,
    high: float | None,
    thresholds: Thresholds = DEFAULT,
) -> Reliability:
    """Whether people may read an estimate.

    Args:
        kind: share, mean or total.
        n: answers it rests on, unweighted, 0 or more.
        psus: PSUs they come from, 0 or more.
        df: degrees of freedom of its domain.
        value, se: the estimate and its standard error, in any unit; a share is from 0 to 1. Missing: there is none.
        low, high: its interval, in the same unit.
        thresholds: where the lines are.
    Returns:
        Withhold, where one rule says so; else flag, where one rule says so; else show. With every broken rule of
        that verdict.
    Source: docs/methods/reading-rules.md.

    >>> reliability(Kind.SHARE, n=40, psus=9, df=7, value=0.33, se=0.1, low=0.16, high=0.55).verdict
    <Verdict.FLAG: 'flag'>
    >>> reliability(Kind.SHARE, n=24, psus=9, df=8, value=0.3, se=0.1, low=0.1, high=0.5).reasons
    (Reason(rule=<Rule.FEW_ANSWERS: 'few_answers'>, found=24, line=25),)
    """
    withheld = [
        Reason(Rule.FEW_ANSWERS, n, thresholds.least_answers) if n < thresholds.least_answers else None,
        Reason(Rule.FEW_PSUS, psus, thresholds.least_psus) if psus < thresholds.least_psus else None,
        Reason(Rule.NO_ERROR, None, 0.0) if not all(map(_is_number, (value, se, low, high))) else None,
    ]
    if any(withheld):
        return Reliability(Verdict.WITHHOLD, tuple(reason for reason in withheld if reason))
    flagged = [
        Reason(Rule.RATHER_FEW_ANSWERS, n, thresholds.sure_answers) if n < thresholds.sure_answers else None,
        Reason(Rule.FEW_DEGREES, df, thresholds.least_df) if df < thresholds.least_df else None,
        _spread(kind, value or 0.0, se or 0.0, (high or 0.0) - (low or 0.0), thresholds),
    ]
    if any(flagged):
        return Reliability(Verdict.FLAG, tuple(reason for reason in flagged if reason))
    return Reliability(Verdict.SHOW)


def _is_number(value: float | None) -> bool:
    return value is not None and math.isfinite(value)


def _spread(kind: Kind, value: float, se: float, width: float, thresholds: Thresholds) -> Reason | None:
    """Of a share the width of its interval, of the others the standard error beside the value."""
    if kind is Kind.SHARE:
        return Reason(Rule.WIDE_INTERVAL, width, thresholds.widest) if width > thresholds.widest else None
    cv = cv_of(value, se)
    return Reason(Rule.LARGE_CV, cv, thresholds.largest_cv) if cv is None or cv > thresholds.largest_cv else None


def cv_of(value: float, se: float) -> float | None:
    """The coefficient of variation: the standard error as a part of the value.

    Args:
        value: the estimate, any unit.
        se: its standard error, 0 or more, the same unit.
    Returns:
        se / |value|, 0 or more; 0 where the error is 0; nothing for a value of 0 with an error.
    Source: docs/methods/reading-rules.md.

    >>> cv_of(-50, 10), cv_of(0, 1)
    (0.2, None)
    """
    if se == 0:
        return 0.0
    return se / abs(value) if value else None
