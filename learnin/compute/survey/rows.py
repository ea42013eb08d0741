"""One row for each number and group: the estimate with everything that is needed to read it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from learnin.compute.survey import intervals
from learnin.compute.survey.arrays import Real
from learnin.compute.survey.effects import effects, of
from learnin.compute.survey.groups import Groups
from learnin.compute.survey.refusals import Warned, warned
from learnin.compute.survey.study import Linear, Study, variance
from learnin.compute.survey.sums import EVERYBODY
from learnin.compute.survey.tables import Row

FEW = 8  # degrees of freedom below which an interval is flagged (NCHS Data Presentation Standards, 2017)
NONRESPONSE = 0.2  # share without an answer above which an item is flagged (shared design notes on estimation)


def degrees(study: Study, groups: Groups) -> Real:
    """Degrees of freedom of each group: first-stage units less strata in which it has rows with a weight."""
    if study.replicated:
        return study.replicated.df(groups)
    psus, strata = groups.present(groups.active)
    return psus - strata


@dataclass(frozen=True, eq=False)
class About:
    """What all rows of one table share."""

    study: Study
    groups: Groups
    df: Real
    level: float
    interval: str | None

    @cached_property
    def careful(self) -> tuple[Warned, ...]:
        """What to be careful about in every row."""
        design, found = self.study.design, self.study.weights.warnings
        return found if design.stages or design.replicates else (*found, warned("no_psu"))


@dataclass(frozen=True, eq=False)
class Spread:
    """What is known about how exact a number is, in each group, shape (groups,)."""

    se: Real
    low: Real
    high: Real
    methods: tuple[str, ...]


def rows_of(about: About, one: Linear) -> list[Row]:
    """The rows of one number in all groups."""
    v = _variance(about, one)
    who = _answered(one)
    low, high, methods = intervals.interval(about.interval, one.part.kind, one.value, v, about.df, who, about.level)
    if about.study.replicated and "logit" in methods:
        at = np.array(methods) == "logit"
        ends = _odds(about, one, about.study.replicated.odds(one))
        low, high = np.where(at, ends[0], low), np.where(at, ends[1], high)
    return written(about, one, Spread(np.sqrt(v), low, high, methods))


def _odds(about: About, one: Linear, v: Real) -> tuple[Real, Real]:
    """The interval of the odds whose own variance is known, turned back into shares."""
    with np.errstate(invalid="ignore", divide="ignore"):
        middle, half = np.log(one.value / (1 - one.value)), intervals.quantile(about.df, about.level) * np.sqrt(v)
        return 1 / (1 + np.exp(half - middle)), 1 / (1 + np.exp(-half - middle))


def share_ends(about: About, one: Linear, method: str) -> tuple[Real, Real]:
    """Both ends of the interval of a share by one method."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return intervals.METHODS[method](one.value, _variance(about, one), about.df, _answered(one), about.level)


def _variance(about: About, one: Linear) -> Real:
    """The variances; none of a group in one unit, whatever the sums say, and none below zero (Horvitz-Thompson)."""
    v = variance(about.study, one)
    return np.where((one.groups.answered(one.part.people).psus > 1) & ~(v < 0), v, np.nan)


def _answered(one: Linear) -> intervals.Answered:
    groups, n = one.groups, one.groups.answered(one.part.people).n
    with np.errstate(invalid="ignore", divide="ignore"):
        return intervals.Answered(n, groups.rows, groups.totals(one.part.people) / groups.totals(EVERYBODY))


def written(about: About, one: Linear, spread: Spread) -> list[Row]:
    """The rows of a number whose spread is known."""
    groups, part = one.groups, one.part
    who = _answered(one)
    there = groups.answered(part.people)
    people = groups.totals(part.people)
    effect, alpha = effects(one, _compared(about, one, spread), who.n, people), of(part, groups)
    with np.errstate(invalid="ignore", divide="ignore"):
        cv, missing = spread.se / np.abs(one.value), 1 - who.n / who.rows
        deft = np.sqrt(effect.replaced)
    known: dict[str, Sequence[Any]] = {
        "estimate": _known(one.value), "se": _known(spread.se), "cv": _known(cv), "ci_low": _known(spread.low),
        "ci_high": _known(spread.high), "ci_method": spread.methods, "df": _known(about.df), "n": _counts(who.n),
        "missing": _known(missing), "n_psu": _counts(there.psus), "n_strata": _counts(there.strata),
        "n_eff": _known(effect.effective), "n_hat": people.tolist(), "deff": _known(effect.without),
        "deff_replace": _known(effect.replaced), "deft": _known(deft), "alpha": _known(alpha),
    }  # fmt: skip
    named = ("n", "n_psu", "df", "missing", "estimate", "se")
    is_plain = (there.psus > 1) & np.isfinite(spread.se) & ~(about.df < FEW) & ~(missing > NONRESPONSE)
    warnings = [
        about.careful if plain else _careful(about, *row)
        for plain, *row in zip(is_plain.tolist(), *(known[name] for name in named), strict=True)
    ]
    return [  # one value after the other, as Row names them
        Row(part.item, part.level, domain, part.kind, *told)
        for domain, *told in zip(groups.domains, *known.values(), warnings, strict=True)
    ]


def _compared(about: About, one: Linear, spread: Spread) -> Real:
    """The variance that a design effect compares: of a ratio from replicates, that of its residuals (as R)."""
    if about.study.replicated and one.part.below not in (None, one.part.people):
        return about.study.replicated.linearised(one)
    return spread.se**2


def _known(numbers: Real) -> list[float | None]:
    """The numbers, or nothing where it is none."""
    if np.isfinite(numbers).all():
        return list(numbers.tolist())
    return [number if math.isfinite(number) else None for number in numbers.tolist()]


def _counts(numbers: Real) -> list[int]:
    return [int(number) for number in numbers.tolist()]


def _careful(
    about: About, n: int, psus: int, df: float | None, missing: float | None, estimate: float | None, se: float | None
) -> tuple[Warned, ...]:
    """What to be careful about in one row, beside what is true of all."""
    found = about.careful
    if not n:
        return (*found, warned("domain_empty"))
    if estimate is None:
        found = (*found, warned("no_estimate"))
    elif psus < 2:
        found = (*found, warned("domain_one_psu"))
    elif se is None:
        found = (*found, warned("no_variance"))
    if df is not None and df < FEW:
        found = (*found, warned("few_degrees", least=FEW))
    if missing is not None and missing > NONRESPONSE:
        found = (*found, warned("item_nonresponse", percent=round(100 * missing)))
    return found
