"""Non-response: those who answered stand in for those like them who did not, by classes or by a fitted chance."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from learnin.compute.sampling.arrays import Flags, Real, Whole, closed, real
from learnin.compute.survey.calibration.fitting import positive
from learnin.compute.survey.calibration.levels import Columns, Level, levels
from learnin.compute.survey.refusals import CannotEstimate

LEAST = 30  # answers in a class, and twice the common factor at the most: as in the United States' Survey of Income and
MOST = 2.0  # Program Participation, where classes beyond them are joined (Chapman, Bailey and Kasprzyk 1986)
GROUPS = 5  # of the fitted chance: they take away nine tenths of the difference (Cochran 1968)
ROUNDS = 50
SETTLED = 1e-12  # of the largest coefficient: further rounds change nothing
CERTAIN = 1e-9  # a chance so near to 0 or 1 that it can only come from answers that are told apart perfectly


@dataclass(frozen=True)
class ResponseClass:
    """People who are alike before anybody answers.

    Args:
        name: words of its groups; several where classes were joined.
        asked: people who were asked.
        answered: of them, people who answered.
        rate: share that answered, by weight.
        factor: what the weight of those who answered is multiplied by.
    """

    name: str
    asked: int
    answered: int
    rate: float
    factor: float


@dataclass(frozen=True)
class Join:
    """A class that was too small, the one it went into, and why: `few` answers, or a `factor` too large."""

    name: str
    into: str
    why: str


@dataclass(frozen=True, eq=False)
class Adjusted:
    """Weights after the adjustment.

    Args:
        method: how it was done.
        version: of the method.
        weights: shape (n,); zero for those who did not answer.
        factors: shape (n,); zero for those who did not answer.
        classes: what became of each class; none where the chance was used directly.
        joins: classes that were joined, in the order in which it happened.
        model: the fitted chance to answer, where there is one.
    """

    method: str
    version: int
    weights: Real
    factors: Real
    classes: tuple[ResponseClass, ...] = ()
    joins: tuple[Join, ...] = ()
    model: "Logistic | None" = None

    def __post_init__(self) -> None:
        """Close the arrays."""
        closed(self.weights, self.factors)


@dataclass(frozen=True, eq=False)
class Logistic:
    """A fitted chance: names and coefficients, in the unit of each column; `chances` of shape (n,)."""

    names: tuple[str, ...]
    coefficients: Real
    chances: Real
    rounds: int

    def __post_init__(self) -> None:
        """Close the arrays."""
        closed(self.coefficients, self.chances)


@dataclass(frozen=True)
class Balance:
    """One group or number among all who were asked, those who answered, and those who answered after weighting."""

    name: str
    asked: float
    answered: float
    adjusted: float


def by_classes(
    weight: ArrayLike,
    answered: ArrayLike,
    columns: Columns,
    by: Sequence[str],
    *,
    least: int = LEAST,
    most: float = MOST,
) -> Adjusted:
    """Those who answered stand for all who were asked of their class.

    A class with fewer answers than `least`, or whose factor is above `most` times that of everybody, is joined: the
    smallest first, with the class that shares most of its groups from the first column on, and of those with the one
    whose response rate is nearest.

    Args:
        weight: weights of all who were asked, shape (n,), above 0.
        answered: whether each answered, shape (n,).
        columns: what is known of all who were asked, by name, each of shape (n,).
        by: names of the columns that make the classes, the most important first.
        least: answers that a class needs, 1 or more.
        most: largest factor, in multiples of that of everybody, 1 or more.
    Returns:
        Weights that add up to the same people in each class.
    Raises:
        CannotEstimate: weight_null_or_nan, weight_not_positive, nobody_answered, out_of_range.
    Source: Oh and Scheuren (1983), Weighting adjustment for unit nonresponse, in Incomplete Data in Sample Surveys 2,
        143-184; Kalton and Flores-Cervantes (2003), Weighting methods, Journal of Official Statistics 19, 81-97;
        docs/methods/non-response-classes.md.

    >>> found = by_classes([10] * 6, [1, 1, 0, 1, 0, 0], {"kind": list("aaabbb")}, ["kind"], least=1)
    >>> found.weights.tolist()
    [15.0, 15.0, 0.0, 30.0, 0.0, 0.0]
    """
    before, is_answer = _asked(weight, answered)
    found, codes = levels(columns, by)
    return _by_class("non-response classes", before, is_answer, found, codes, least, most, None)


def by_propensity(
    weight: ArrayLike,
    answered: ArrayLike,
    columns: Columns,
    *,
    groups: int | None = GROUPS,
    least: int = LEAST,
    most: float = MOST,
) -> Adjusted:
    """Those who answered stand for others with the same fitted chance to answer.

    Args:
        weight: weights of all who were asked, shape (n,), above 0.
        answered: whether each answered, shape (n,).
        columns: what is known of all who were asked, by name, each of shape (n,); words become groups.
        groups: classes of equal size by the chance, 2 or more; nothing: weights are divided by the chance itself.
        least: answers that a class needs.
        most: largest factor, in multiples of that of everybody.
    Returns:
        Weights that add up to the same people.
    Raises:
        CannotEstimate: weight_null_or_nan, weight_not_positive, nobody_answered, out_of_range, control_not_a_number,
            propensity_separated.
    Source: Little (1986), Survey nonresponse adjustments for estimates of means, International Statistical Review 54,
        139-157; Rosenbaum and Rubin (1983), Biometrika 70, 41-55; docs/methods/propensity.md.

    >>> found = by_propensity([10] * 6, [1, 1, 0, 1, 0, 0], {"kind": list("aaabbb")}, groups=None)
    >>> found.weights.round(6).tolist()
    [15.0, 15.0, 0.0, 30.0, 0.0, 0.0]
    """
    before, is_answer = _asked(weight, answered)
    if groups is not None and groups < 2:
        raise CannotEstimate("out_of_range", what="The number of classes", given=groups, range="2 or more")
    model = fitted(before, is_answer, columns)
    if groups is None:
        factors = np.where(is_answer, 1 / model.chances, 0.0)
        factors = factors * (before.sum() / (before @ factors))
        return Adjusted("propensity", 1, before * factors, factors, model=model)
    rank = np.searchsorted(np.sort(model.chances), model.chances, side="left")
    codes = np.unique(rank * groups // len(rank), return_inverse=True)[1].astype(np.int64)
    names: tuple[Level, ...] = tuple((str(one + 1),) for one in range(int(codes.max()) + 1))
    return _by_class("propensity classes", before, is_answer, names, codes, least, most, model)


def fitted(weight: ArrayLike, answered: ArrayLike, columns: Columns) -> Logistic:
    """The chance to answer, by weighted logistic regression.

    Args:
        weight: weights of all who were asked, shape (n,), above 0; only ratios matter.
        answered: whether each answered, shape (n,).
        columns: what is known of all, by name, each of shape (n,); of words the first is what others differ from.
    Returns:
        The maximum of the weighted likelihood, by iteratively reweighted least squares.
    Raises:
        CannotEstimate: nobody_answered, control_not_a_number, propensity_separated.
    Source: McCullagh and Nelder (1989), Generalized Linear Models, sections 2.5 and 4.4; docs/methods/propensity.md.

    >>> found = fitted([1] * 8, [1, 1, 1, 0, 1, 0, 0, 0], {"kind": list("aaaabbbb")})
    >>> found.names, found.coefficients.round(6).tolist()
    (('', 'kind=b'), [1.098612, -2.197225])
    """
    before, is_answer = _asked(weight, answered)
    names, values = _predictors(columns, len(before))
    share = before / before.mean()
    centre, scale = values.mean(axis=0), values.std(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    x = np.column_stack([np.ones(len(before)), (values - centre) / scale])
    coefficients, rounds = _fit(x, is_answer.astype(np.float64), share)
    chances = _logistic(x @ coefficients)
    if rounds == ROUNDS or chances.min() < CERTAIN or chances.max() > 1 - CERTAIN:
        strongest = np.argsort(-np.abs(coefficients[1:]), kind="stable")
        raise CannotEstimate("propensity_separated", keys=[names[one] for one in strongest])
    slopes = coefficients[1:] / scale
    return Logistic(("", *names), np.concatenate([[coefficients[0] - slopes @ centre], slopes]), chances, rounds)


def balance(weight: ArrayLike, adjusted: ArrayLike, columns: Columns) -> tuple[Balance, ...]:
    """How far those who answered are like all who were asked, before and after the adjustment.

    Args:
        weight: weights of all who were asked, shape (n,), above 0.
        adjusted: weights after the adjustment, shape (n,); zero for those who did not answer.
        columns: what is known of all, by name; of words, the share of each but the first.
    Returns:
        Means and shares by weight.

    >>> balance([1, 1, 1, 1], [2, 0, 1, 1], {"kind": list("aabb")})
    (Balance(name='kind=b', asked=0.5, answered=0.6666666666666666, adjusted=0.5),)
    """
    before, after = positive(weight), real(adjusted)
    names, values = _predictors(columns, len(before))
    there = np.where(after > 0, before, 0.0)
    means = [one @ values / one.sum() for one in (before, there, after)]
    return tuple(
        Balance(name, float(one), float(two), float(three)) for name, one, two, three in zip(names, *means, strict=True)
    )


def _asked(weight: ArrayLike, answered: ArrayLike) -> tuple[Real, Flags]:
    before, is_answer = positive(weight), np.asarray(answered).astype(np.bool_)
    if not is_answer.any():
        raise CannotEstimate("nobody_answered")
    return before, is_answer


def _by_class(
    method: str,
    weight: Real,
    is_answer: Flags,
    names: tuple[Level, ...],
    codes: Whole,
    least: int,
    most: float,
    model: Logistic | None,
) -> Adjusted:
    for what, given in (("The least number of answers", least), ("The largest factor", most)):
        if given < 1:
            raise CannotEstimate("out_of_range", what=what, given=given, range="1 or more")
    found = _Classes(names, codes, weight, is_answer)
    joins = found.join(least, most * float(weight.sum() / weight[is_answer].sum()))
    factors = np.where(is_answer, found.factor[found.place[codes]], 0.0)
    return Adjusted(method, 1, weight * factors, factors, found.told(), joins, model)


class _Classes:
    """Classes that are joined until each can stand on its own."""

    def __init__(self, names: tuple[Level, ...], codes: Whole, weight: Real, is_answer: Flags) -> None:
        count = len(names)
        self.levels = list(names)
        self.names = [", ".join(name) for name in names]
        self.place = np.arange(count)  # of each class at the beginning, where it is now
        self.asked = np.bincount(codes, minlength=count)
        self.answered = np.bincount(codes, is_answer, count).astype(np.int64)
        self.total = np.bincount(codes, weight, count)
        self.carried = np.bincount(codes, weight * is_answer, count)

    @property
    def left(self) -> Whole:
        return np.unique(self.place)

    @property
    def factor(self) -> Real:
        found: Real = np.full(len(self.total), np.inf)
        return np.divide(self.total, self.carried, out=found, where=self.carried > 0)

    def join(self, least: int, most: float) -> tuple[Join, ...]:
        joins = []
        while len(self.left) > 1 and (weak := self._weak(least, most)) is not None:
            why = "few" if self.answered[weak] < least else "factor"
            into = self._nearest(weak)
            joins.append(Join(self.names[weak], self.names[into], why))
            self._put(weak, into)
        return tuple(joins)

    def told(self) -> tuple[ResponseClass, ...]:
        return tuple(
            ResponseClass(
                self.names[one],
                int(self.asked[one]),
                int(self.answered[one]),
                float(self.carried[one] / self.total[one]),
                float(self.factor[one]),
            )
            for one in self.left.tolist()
        )

    def _weak(self, least: int, most: float) -> int | None:
        """The class with the fewest answers of those that cannot stand on their own."""
        factor = self.factor
        weak: list[int] = [one for one in self.left.tolist() if self.answered[one] < least or factor[one] > most]
        return min(weak, key=lambda one: (self.answered[one], one), default=None)

    def _nearest(self, weak: int) -> int:
        rate = self.carried / self.total
        others: list[int] = [one for one in self.left.tolist() if one != weak]
        return min(others, key=lambda one: (-self._shared(weak, one), abs(rate[one] - rate[weak]), abs(one - weak)))

    def _shared(self, one: int, other: int) -> int:
        """How many columns, from the first on, the two have the same group of."""
        pairs = list(zip(self.levels[one], self.levels[other], strict=False))
        return next((at for at, (a, b) in enumerate(pairs) if a != b), len(pairs))

    def _put(self, weak: int, into: int) -> None:
        for sums in (self.asked, self.answered, self.total, self.carried):
            sums[into] += sums[weak]
        self.names[into] = f"{self.names[into]} + {self.names[weak]}"
        self.levels[into] = self.levels[into][: self._shared(weak, into)]
        self.place[self.place == weak] = into


def _predictors(columns: Columns, rows: int) -> tuple[list[str], Real]:
    names: list[str] = []
    values: list[Real] = []
    for name, column in columns.items():
        given: NDArray[np.generic] = np.asarray(column)
        if given.dtype.kind in "biuf":
            number = real(given)
            if (wrong := np.flatnonzero(~np.isfinite(number))).size:
                raise CannotEstimate("control_not_a_number", keys=wrong, column=name)
            names.append(name)
            values.append(number)
        else:
            found, codes = levels(columns, [name])
            names += [f"{name}={level[0]}" for level in found[1:]]
            values += [(codes == one).astype(np.float64) for one in range(1, len(found))]
    return names, np.column_stack(values) if values else np.empty((rows, 0))


def _fit(x: Real, y: Real, share: Real) -> tuple[Real, int]:
    coefficients = np.zeros(x.shape[1])
    for rounds in range(1, ROUNDS):
        chance = _logistic(x @ coefficients)
        slope = share * chance * (1 - chance)
        change: Real = np.linalg.pinv(x.T @ (slope[:, None] * x), hermitian=True) @ (x.T @ (share * (y - chance)))
        coefficients = coefficients + change
        if np.abs(change).max() <= SETTLED * max(1.0, np.abs(coefficients).max()):
            return coefficients, rounds
    return coefficients, ROUNDS


def _logistic(score: Real) -> Real:
    found: Real = 1 / (1 + np.exp(-np.clip(score, -30.0, 30.0)))
    return found
