"""One row for each number and group: the estimate with everything that is needed to read it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
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
    """How exact some numbers are, shape (numbers x groups,): all groups of one number after the other."""

    se: Real
    low: Real
    high: Real
    methods: tuple[str, ...]


Exact = tuple[Linear, Real]
"""A number in all its groups, and its variances."""


def rows_of(about: About, several: Sequence[Exact]) -> list[Row]:
    """The rows of numbers in all groups, one number after the other; those of one kind are worked out together."""
    return [
        row
        for (kind, _is_total), alike in groupby(several, key=lambda one: (one[0].part.kind, one[0].part.below is None))
        for row in _rows(about, kind, *zip(*alike, strict=True))
    ]


def _rows(about: About, kind: str, numbers: Sequence[Linear], variances: Sequence[Real]) -> list[Row]:
    value, v, df = _joined(one.value for one in numbers), np.concatenate(variances), np.tile(about.df, len(numbers))
    low, high, methods = intervals.interval(about.interval, kind, value, v, df, _answered(numbers), about.level)
    if about.study.replicated and "logit" in methods:
        at = np.array(methods) == "logit"
        ends = _odds(value, df, _joined(about.study.replicated.odds(one) for one in numbers), about.level)
        low, high = np.where(at, ends[0], low), np.where(at, ends[1], high)
    return written(about, numbers, Spread(np.sqrt(v), low, high, methods))


def _joined(several: Iterable[Real]) -> Real:
    return np.concatenate(list(several))


def _odds(value: Real, df: Real, v: Real, level: float) -> tuple[Real, Real]:
    """The interval of the odds whose own variance is known, turned back into shares."""
    with np.errstate(invalid="ignore", divide="ignore"):
        middle, half = np.log(value / (1 - value)), intervals.quantile(df, level) * np.sqrt(v)
        return 1 / (1 + np.exp(half - middle)), 1 / (1 + np.exp(-half - middle))


def share_ends(about: About, one: Linear, method: str) -> tuple[Real, Real]:
    """Both ends of the interval of a share by one method."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return intervals.METHODS[method](one.value, exact(about, one), about.df, _answered([one]), about.level)


def exact(about: About, one: Linear) -> Real:
    """The variances; none of a group in one unit, whatever the sums say, and none below zero (Horvitz-Thompson)."""
    v = variance(about.study, one)
    return np.where((one.groups.answered(one.part.people).psus > 1) & ~(v < 0), v, np.nan)


def _answered(numbers: Sequence[Linear]) -> intervals.Answered:
    groups = numbers[0].groups
    n, people = (
        _joined(of(one.part.people) for one in numbers) for of in (lambda name: groups.answered(name).n, groups.totals)
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        share = people / np.tile(groups.totals(EVERYBODY), len(numbers))
    return intervals.Answered(n, np.tile(groups.rows, len(numbers)), share)


def written(about: About, numbers: Sequence[Linear], spread: Spread) -> list[Row]:
    """The rows of numbers of one kind whose spread is known."""
    groups = numbers[0].groups
    who, there = _answered(numbers), [groups.answered(one.part.people) for one in numbers]
    psus, strata = (_joined(getattr(one, name) for one in there) for name in ("psus", "strata"))
    value, df = _joined(one.value for one in numbers), np.tile(about.df, len(numbers))
    people = _joined(groups.totals(one.part.people) for one in numbers)
    effect = effects(numbers, _compared(about, numbers, spread), who.n, people)
    alpha = _joined(of(one.part, groups) for one in numbers)
    with np.errstate(invalid="ignore", divide="ignore"):
        cv, missing = spread.se / np.abs(value), 1 - who.n / who.rows
        deft = np.sqrt(effect.replaced)
    known: dict[str, Sequence[Any]] = {
        "estimate": _known(value), "se": _known(spread.se), "cv": _known(cv), "ci_low": _known(spread.low),
        "ci_high": _known(spread.high), "ci_method": spread.methods, "df": _known(df), "n": _counts(who.n),
        "missing": _known(missing), "n_psu": _counts(psus), "n_strata": _counts(strata),
        "n_eff": _known(effect.effective), "n_hat": people.tolist(), "deff": _known(effect.without),
        "deff_replace": _known(effect.replaced), "deft": _known(deft), "alpha": _known(alpha),
    }  # fmt: skip
    named = ("n", "n_psu", "df", "missing", "estimate", "se")
    is_plain = (psus > 1) & np.isfinite(spread.se) & ~(df < FEW) & ~(missing > NONRESPONSE)
    warnings = [
        about.careful if plain else _careful(about, *row)
        for plain, *row in zip(is_plain.tolist(), *(known[name] for name in named), strict=True)
    ]
    heads = [(one.part.item, one.part.level, domain, one.part.kind) for one in numbers for domain in groups.domains]
    return [  # one value after the other, as Row names them
        Row(*head, *told) for head, *told in zip(heads, *known.values(), warnings, strict=True)
    ]


def _compared(about: About, numbers: Sequence[Linear], spread: Spread) -> Real:
    """The variances that design effects compare: of a ratio from replicates, that of its residuals (as R)."""
    found = (spread.se**2).reshape(len(numbers), -1)
    if about.study.replicated:
        for at, one in enumerate(numbers):
            if one.part.below not in (None, one.part.people):
                found[at] = about.study.replicated.linearised(one)
    return found.ravel()


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
