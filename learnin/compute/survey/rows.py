"""One row for each number and group: the estimate with everything that is needed to read it."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

import numpy as np

from learnin.compute.survey import intervals
from learnin.compute.survey.arrays import Real
from learnin.compute.survey.effects import effects, reliability
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


@dataclass(frozen=True, eq=False)
class Alike:
    """Some numbers of one kind in the same groups, worked out together; arrays as those of `Spread`."""

    about: About
    numbers: Sequence[Linear]

    def of(self, told: Callable[[Linear], Real]) -> Real:
        """What is told of each number in all groups, one after the other."""
        return np.concatenate([told(one) for one in self.numbers])

    def each(self, of_groups: Real) -> Real:
        """What is the same for each number."""
        return np.tile(of_groups, len(self.numbers))

    def answered(self, name: str) -> Real:
        """Of those who answered: `n`, `psus` or `strata`."""
        return self.of(lambda one: np.asarray(getattr(one.groups.answered(one.part.people), name)))

    @cached_property
    def value(self) -> Real:
        """The estimates."""
        return self.of(lambda one: one.value)

    @cached_property
    def df(self) -> Real:
        """Degrees of freedom."""
        return self.each(self.about.df)

    @cached_property
    def people(self) -> Real:
        """Sum of the weights of those who answered."""
        return self.of(lambda one: one.groups.totals(one.part.people))

    @cached_property
    def who(self) -> intervals.Answered:
        """How many answered."""
        groups = self.about.groups
        with np.errstate(invalid="ignore", divide="ignore"):
            share = self.people / self.each(groups.totals(EVERYBODY))
        return intervals.Answered(self.answered("n"), self.each(groups.rows), share)


def rows_of(about: About, several: Sequence[tuple[Linear, Real]]) -> list[Row]:
    """The rows of numbers, whose variances are known, in all groups, one number after the other."""
    kinds = groupby(several, key=lambda one: (one[0].part.kind, one[0].part.below is None))
    return [row for _kind, some in kinds for row in _rows(about, *zip(*some, strict=True))]


def _rows(about: About, numbers: Sequence[Linear], variances: Sequence[Real]) -> list[Row]:
    alike, v, replicated = Alike(about, numbers), np.concatenate(variances), about.study.replicated
    kind = numbers[0].part.kind
    low, high, methods = intervals.interval(about.interval, kind, alike.value, v, alike.df, alike.who, about.level)
    if replicated and "logit" in methods:
        at = np.array(methods) == "logit"
        ends = _odds(alike, alike.of(replicated.odds))
        low, high = np.where(at, ends[0], low), np.where(at, ends[1], high)
    return written(alike, Spread(np.sqrt(v), low, high, methods))


def _odds(alike: Alike, v: Real) -> tuple[Real, Real]:
    """The interval of the odds whose own variance is known, turned back into shares."""
    with np.errstate(invalid="ignore", divide="ignore"):
        middle = np.log(alike.value / (1 - alike.value))
        half = intervals.quantile(alike.df, alike.about.level) * np.sqrt(v)
        return 1 / (1 + np.exp(half - middle)), 1 / (1 + np.exp(-half - middle))


def share_ends(about: About, one: Linear, method: str) -> tuple[Real, Real]:
    """Both ends of the interval of a share by one method."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return intervals.METHODS[method](one.value, exact(about, one), about.df, Alike(about, [one]).who, about.level)


def exact(about: About, one: Linear) -> Real:
    """The variances; none of a group in one unit, whatever the sums say, and none below zero (Horvitz-Thompson)."""
    v = variance(about.study, one)
    return np.where((one.groups.answered(one.part.people).psus > 1) & ~(v < 0), v, np.nan)


def written(alike: Alike, spread: Spread) -> list[Row]:
    """The rows of numbers whose spread is known."""
    about, numbers, groups = alike.about, alike.numbers, alike.about.groups
    psus, strata = alike.answered("psus"), alike.answered("strata")
    effect = effects(numbers, _compared(alike, spread), alike.who.n, alike.people)
    alpha = alike.of(lambda one: reliability(one.part, groups))
    with np.errstate(invalid="ignore", divide="ignore"):
        cv, missing = spread.se / np.abs(alike.value), 1 - alike.who.n / alike.who.rows
        deft = np.sqrt(effect.replaced)
    known: dict[str, Sequence[Any]] = {
        "estimate": _known(alike.value), "se": _known(spread.se), "cv": _known(cv), "ci_low": _known(spread.low),
        "ci_high": _known(spread.high), "ci_method": spread.methods, "df": _known(alike.df), "n": _counts(alike.who.n),
        "missing": _known(missing), "n_psu": _counts(psus), "n_strata": _counts(strata),
        "n_eff": _known(effect.effective), "n_hat": alike.people.tolist(), "deff": _known(effect.without),
        "deff_replace": _known(effect.replaced), "deft": _known(deft), "alpha": _known(alpha),
    }  # fmt: skip
    named = ("n", "n_psu", "df", "missing", "estimate", "se")
    is_plain = (psus > 1) & np.isfinite(spread.se) & ~(alike.df < FEW) & ~(missing > NONRESPONSE)
    warnings = [
        about.careful if plain else _careful(about, *row)
        for plain, *row in zip(is_plain.tolist(), *(known[name] for name in named), strict=True)
    ]
    heads = [(one.part.item, one.part.level, domain, one.part.kind) for one in numbers for domain in groups.domains]
    return [  # one value after the other, as Row names them
        Row(*head, *told) for head, *told in zip(heads, *known.values(), warnings, strict=True)
    ]


def _compared(alike: Alike, spread: Spread) -> Real:
    """The variances that design effects compare: of a ratio from replicates, that of its residuals (as R)."""
    replicated, found = alike.about.study.replicated, (spread.se**2).reshape(len(alike.numbers), -1)
    if replicated:
        for at, one in enumerate(alike.numbers):
            if one.part.below not in (None, one.part.people):
                found[at] = replicated.linearised(one)
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
