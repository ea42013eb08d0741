"""One row for each number and group: the estimate with everything that is needed to read it."""

import math
from dataclasses import dataclass

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
    psus, strata = there.psus, there.strata
    people = groups.totals(part.people)
    effect, alpha = effects(one, _compared(about, one, spread), who.n, people), of(part, groups)
    with np.errstate(invalid="ignore", divide="ignore"):
        cv, missing = spread.se / np.abs(one.value), 1 - who.n / who.rows
        deft = np.sqrt(effect.replaced)
    return [
        Row(
            item=part.item, level=part.level, domain=domain, kind=part.kind,
            estimate=_known(one.value[d]), se=_known(spread.se[d]), cv=_known(cv[d]),
            ci_low=_known(spread.low[d]), ci_high=_known(spread.high[d]), ci_method=spread.methods[d],
            df=_known(about.df[d]), n=int(who.n[d]), missing=_known(missing[d]),
            n_psu=int(psus[d]), n_strata=int(strata[d]), n_eff=_known(effect.effective[d]), n_hat=float(people[d]),
            deff=_known(effect.without[d]), deff_replace=_known(effect.replaced[d]), deft=_known(deft[d]),
            alpha=_known(alpha[d]),
            warnings=_careful(about, who.n[d], psus[d], about.df[d], missing[d], (one.value[d], spread.se[d])),
        )
        for d, domain in enumerate(groups.domains)
    ]  # fmt: skip


def _compared(about: About, one: Linear, spread: Spread) -> Real:
    """The variance that a design effect compares: of a ratio from replicates, that of its residuals (as R)."""
    if about.study.replicated and one.part.below not in (None, one.part.people):
        return about.study.replicated.linearised(one)
    return spread.se**2


def _known(number: float) -> float | None:
    """The number, or nothing where it is none."""
    return float(number) if math.isfinite(number) else None


def _careful(
    about: About, n: float, psus: float, df: float, missing: float, number: tuple[float, float]
) -> tuple[Warned, ...]:
    """What to be careful about in one row, beside what is true of all; `number` is the estimate with its error."""
    found = list(about.study.weights.warnings)
    if not about.study.design.stages and not about.study.design.replicates:
        found.append(warned("no_psu"))
    if not n:
        return (*found, warned("domain_empty"))
    if not math.isfinite(number[0]):
        found.append(warned("no_estimate"))
    elif psus < 2:
        found.append(warned("domain_one_psu"))
    elif math.isnan(number[1]):
        found.append(warned("no_variance"))
    if df < FEW:
        found.append(warned("few_degrees", least=FEW))
    if missing > NONRESPONSE:
        found.append(warned("item_nonresponse", percent=round(100 * missing)))
    return tuple(found)
