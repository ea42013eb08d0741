"""How many people to ask for a result that is exact enough, and how exact a result is for how many."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from learnin.compute.sampling.arrays import Real, Whole, closed
from learnin.compute.sampling.refusals import CannotSample


@dataclass(frozen=True)
class DesignEffect:
    """How many times larger the variance is than of a simple random sample of as many answers.

    `clustering`, because people of one school are alike; `weighting`, because weights differ.
    """

    clustering: float = 1.0
    weighting: float = 1.0

    @property
    def total(self) -> float:
        """Both together, by their product."""
        return self.clustering * self.weighting


@dataclass(frozen=True)
class Survey:
    """What is known, or assumed, before anybody is asked.

    Args:
        spread: standard deviation of one answer, above 0, in the unit of the margin; of a proportion at most 0.5.
        confidence: how sure to be, above 0 and below 1.
        deff: design effect, above 0, where it is known; it takes the place of `icc` and `weight_cv`.
        icc: how alike people of one cluster are (intraclass correlation), from 0 to 1.
        take: people to invite in each cluster, 1 or more; none where there are no clusters.
        weight_cv: coefficient of variation of the weights, 0 or more.
        response: share of the invited who will answer, above 0 and at most 1.
        population: people the result is about, 1 or more; none where there are very many.
    """

    spread: float = 0.5
    confidence: float = 0.95
    deff: float | None = None
    icc: float = 0.0
    take: int | None = None
    weight_cv: float = 0.0
    response: float = 1.0
    population: int | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        _within("The standard deviation", self.spread, 0 < self.spread < math.inf, "above 0")
        _within("The confidence", self.confidence, 0 < self.confidence < 1, "above 0 and below 1")
        _within("The design effect", self.deff, self.deff is None or 0 < self.deff < math.inf, "above 0")
        _within("The number to invite in each cluster", self.take, self.take is None or self.take >= 1, "1 or more")
        _within("The expected response", self.response, 0 < self.response <= 1, "above 0, at most 1")
        _within("The population", self.population, self.population is None or self.population >= 1, "1 or more")
        design_effect(icc=self.icc, weight_cv=self.weight_cv)

    @property
    def z(self) -> float:
        """Standard errors on either side of an estimate that the margin is wide, from the normal distribution."""
        return NormalDist().inv_cdf((1 + self.confidence) / 2)

    @property
    def effect(self) -> DesignEffect:
        """The design effect: as given, or from what clusters and weights are like."""
        if self.deff is not None:
            return DesignEffect(clustering=self.deff)
        answered = max(1.0, (self.take or 1) * self.response)
        return design_effect(icc=self.icc, completed=answered, weight_cv=self.weight_cv)


@dataclass(frozen=True)
class Size:
    """How many people, step by step: each step is rounded up and goes into the next.

    Args:
        margin: what was asked for, in the unit of the spread.
        survey: what was assumed.
        simple: answers that a simple random sample of a very large population needs.
        with_design: the same times the design effect.
        completed: the same for this population: answers that are needed.
        invite: people to invite, so that as many answer; never more than there are.
        clusters: clusters to draw, where people are invited in clusters.
        reached: the margin that so many answers give.
        is_enough: whether the population is large enough; where not, everybody is invited, and `reached` is the best.
    """

    margin: float
    survey: Survey
    simple: int
    with_design: int
    completed: int
    invite: int
    clusters: int | None
    reached: float
    is_enough: bool


@dataclass(frozen=True)
class Plan:
    """How many people in each group and in all, and how exact the result for all groups together is.

    `margin` of all together is known only where the population of every group is.
    """

    groups: Mapping[str, Size]
    completed: int
    invite: int
    clusters: int | None
    margin: float | None


@dataclass(frozen=True, eq=False)
class Curve:
    """The margin for each number of answers: `completed` and `invite`, whole, and `margin`; each of shape (k,)."""

    completed: Whole
    invite: Whole
    margin: Real

    def __post_init__(self) -> None:
        """Close the arrays."""
        closed(self.completed, self.invite, self.margin)


def spread_of(proportion: float) -> float:
    """The standard deviation of a yes-or-no answer.

    Args:
        proportion: share that says yes, above 0 and below 1; 0.5, if nothing is known, is the safest.
    Returns:
        Its standard deviation, at most 0.5.
    Raises:
        CannotSample: out_of_range.
    Source: Cochran (1977), section 3.2; docs/methods/sample-size.md.

    >>> spread_of(0.5), round(spread_of(0.1), 3)
    (0.5, 0.3)
    """
    _within("The proportion", proportion, 0 < proportion < 1, "above 0 and below 1")
    return math.sqrt(proportion * (1 - proportion))


def design_effect(*, icc: float = 0.0, completed: float = 1.0, weight_cv: float = 0.0) -> DesignEffect:
    """What clusters and unequal weights cost.

    Args:
        icc: how alike people of one cluster are (intraclass correlation), from 0 to 1.
        completed: answers in each cluster, on average, 1 or more.
        weight_cv: coefficient of variation of the weights, 0 or more.
    Returns:
        1 + (completed - 1) icc, and 1 + weight_cv squared.
    Raises:
        CannotSample: out_of_range.
    Source: Kish (1965), Survey Sampling, chapter 5 (clusters); Kish (1992), Weighting for unequal P_i, Journal of
        Official Statistics 8, 183-200 (weights); docs/methods/sample-size.md.

    >>> found = design_effect(icc=0.05, completed=11, weight_cv=0.5)
    >>> found.clustering, found.weighting, found.total
    (1.5, 1.25, 1.875)
    """
    _within("The intraclass correlation", icc, 0 <= icc <= 1, "from 0 to 1")
    _within("The number of answers in each cluster", completed, 1 <= completed < math.inf, "1 or more")
    _within("The variation of the weights", weight_cv, 0 <= weight_cv < math.inf, "0 or more")
    return DesignEffect(1 + (completed - 1) * icc, 1 + weight_cv**2)


def needed(margin: float, survey: Survey) -> Size:
    """How many people to invite, so that the estimate is within the margin with the wanted confidence.

    Args:
        margin: half the width of the confidence interval, above 0, in the unit of the spread.
        survey: what is assumed.
    Returns:
        The number, with every step on the way.
    Raises:
        CannotSample: out_of_range.
    Source: Cochran (1977), chapter 4; Valliant, Dever and Kreuter (2018), Practical Tools for Designing and
        Weighting Survey Samples, chapter 3; docs/methods/sample-size.md.

    >>> found = needed(0.05, Survey(deff=2, response=0.8, population=3000))
    >>> found.simple, found.with_design, found.completed, found.invite
    (385, 770, 613, 767)
    """
    _within("The margin", margin, 0 < margin < math.inf, "above 0")
    simple = _up((survey.z * survey.spread / margin) ** 2)
    with_design = _up(simple * survey.effect.total)
    there = survey.population or math.inf
    completed = _up(with_design / (1 + with_design / there))
    invite = _up(completed / survey.response)
    is_enough = invite <= there
    if not is_enough:
        invite = int(there)
        completed = min(completed, math.floor(round(there * survey.response, 9)))
    return Size(
        margin=margin,
        survey=survey,
        simple=simple,
        with_design=with_design,
        completed=completed,
        invite=invite,
        clusters=_up(invite / survey.take) if survey.take else None,
        reached=reached(completed, survey) if completed else math.inf,
        is_enough=is_enough,
    )


def needed_by_group(margin: float, survey: Survey, populations: Mapping[str, int | None]) -> Plan:
    """How many people to invite in each group, so that each group's own estimate is within the margin.

    Args:
        margin: half the width of the confidence interval in each group, above 0, in the unit of the spread.
        survey: what is assumed, alike in all groups.
        populations: people in each group, by its name; none where there are very many.
    Returns:
        The numbers of each group and their sums. The margin of all together weights groups by their people.
    Raises:
        CannotSample: out_of_range, frame_empty.
    Source: Cochran (1977), chapter 5; docs/methods/sample-size.md.

    >>> found = needed_by_group(0.05, Survey(), {"north": 1000, "south": 4000})
    >>> found.groups["north"].completed, found.groups["south"].completed, found.invite, round(found.margin, 4)
    (278, 352, 630, 0.0411)
    """
    if not populations:
        raise CannotSample("frame_empty")
    groups = {name: needed(margin, replace(survey, population=there)) for name, there in populations.items()}
    return Plan(
        groups=groups,
        completed=sum(one.completed for one in groups.values()),
        invite=sum(one.invite for one in groups.values()),
        clusters=sum(one.clusters or 0 for one in groups.values()) if survey.take else None,
        margin=_together(groups),
    )


def reached(completed: int, survey: Survey) -> float:
    """The margin that so many answers give: the inverse of `needed`.

    Args:
        completed: answers, 1 or more, at most the population.
        survey: what is assumed.
    Returns:
        Half the width of the confidence interval, in the unit of the spread; 0 where everybody answered.
    Raises:
        CannotSample: out_of_range, more_than_there_are.
    Source: Cochran (1977), sections 2.8 and 4.4; docs/methods/sample-size.md.

    >>> round(reached(613, Survey(deff=2, population=3000)), 4)
    0.0499
    """
    _within("The number of answers", completed, completed >= 1, "1 or more")
    if survey.population is not None and completed > survey.population:
        raise CannotSample("more_than_there_are", wanted=completed, there=survey.population)
    left = 1 / completed - (1 / survey.population if survey.population else 0)
    return survey.z * survey.spread * math.sqrt(survey.effect.total * left)


def trade_off(survey: Survey, *, smallest: int = 10, largest: int = 2000, points: int = 60) -> Curve:
    """How the margin shrinks as more people answer, for a chart.

    Args:
        survey: what is assumed.
        smallest: answers to begin with, 1 or more.
        largest: answers to end with; the population, where that is smaller.
        points: numbers of answers at the most, in equal ratios, 2 or more.
    Returns:
        The curve; its numbers of answers are whole and rising.
    Raises:
        CannotSample: out_of_range.
    Source: Cochran (1977), chapter 4; docs/methods/sample-size.md.

    >>> found = trade_off(Survey(), smallest=100, largest=1600, points=3)
    >>> found.completed.tolist(), found.margin.round(3).tolist()
    ([100, 400, 1600], [0.098, 0.049, 0.024])
    """
    last = min(largest, survey.population or largest)
    first = min(smallest, last)
    _within("The smallest number of answers", first, first >= 1, "1 or more")
    _within("The number of points", points, points >= 2, "2 or more")
    completed = np.unique(np.rint(np.geomspace(first, last, points)).astype(np.int64))
    margin = np.array([reached(int(n), survey) for n in completed])
    return Curve(completed, np.array([_up(n / survey.response) for n in completed.tolist()]), margin)


def _together(groups: Mapping[str, Size]) -> float | None:
    """The margin of the whole: each group's counts by the square of its share of the people."""
    people = {name: one.survey.population for name, one in groups.items()}
    whole = sum(there for there in people.values() if there is not None)
    if None in people.values():
        return None
    return math.sqrt(sum(((people[name] or 0) / whole * one.reached) ** 2 for name, one in groups.items()))


def _up(number: float) -> int:
    """Rounded up; what is above a whole number by rounding alone is that number."""
    return math.ceil(round(number, 9))


def _within(what: str, given: float | None, fits: bool, allowed: str) -> None:
    if not fits:
        raise CannotSample("out_of_range", what=what, given=given, range=allowed)
