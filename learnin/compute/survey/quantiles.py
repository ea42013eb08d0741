"""Quantiles: below which value so many of the population are; by the definitions R names, with Woodruff's interval."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from learnin.compute.survey import intervals
from learnin.compute.survey.arrays import Real, within
from learnin.compute.survey.groups import Groups, Levels, grouped
from learnin.compute.survey.items import Quantile
from learnin.compute.survey.refusals import CannotEstimate
from learnin.compute.survey.rows import About, Alike, Spread, share_ends, written
from learnin.compute.survey.scales import finite
from learnin.compute.survey.sources import ROW, with_rows
from learnin.compute.survey.study import Linear, Study, Term, added
from learnin.compute.survey.sums import Part, Sums, everybody
from learnin.compute.survey.tables import Row


def _cumulated(w: Real) -> Real:
    """Cumulative weights, added with more bits and then rounded, as R does: where a share falls on the edge of two
    answers, rounding decides, and it should decide alike."""
    return np.cumsum(w.astype(np.longdouble)).astype(np.float64)


def _step(w: Real, p: float) -> tuple[int, bool]:
    """How many values have a cumulative share of at most p, and whether the last of them is p exactly."""
    total = _cumulated(w)
    at = int(np.searchsorted(total, p * total[-1], side="right"))
    return at, at > 0 and bool(total[at - 1] / total[-1] == p)


def inverse(x: Real, w: Real, p: float) -> float:
    """The smallest value with at least the share p at or below it."""
    at, exact = _step(w, p)
    return float(x[at - 1] if exact else x[min(at, len(x) - 1)])


def middle(x: Real, w: Real, p: float) -> float:
    """As the inverse; half way to the next value where the share is p exactly."""
    at, exact = _step(w, p)
    return float((x[at - 1] + x[min(at, len(x) - 1)]) / 2 if exact else x[min(at, len(x) - 1)])


def even(x: Real, w: Real, p: float) -> float:
    """As the inverse; where the share is p exactly, the value with the even number."""
    at, exact = _step(w, p)
    return float(x[at - 1] if exact and at % 2 == 0 else x[min(at, len(x) - 1)])


def shah_vaish(x: Real, w: Real, p: float) -> float:
    """The step function of Shah and Vaish, with weights scaled to their mean."""
    scaled = w / w.mean()
    share = (np.cumsum(scaled) + 0.5 - scaled / 2) / (len(x) + 1)
    at = int(np.searchsorted(share, p, side="right")) - 1
    return float(x[max(at, 0)])


def weighed_middle(x: Real, w: Real, p: float) -> float:
    """The straight line between cumulative shares, written as R writes it: whether its rounding stays below an answer
    decides if that answer counts as below."""
    total = _cumulated(w)
    at, _exact = _step(w, p)
    low, high = max(at - 1, 0), min(at, len(x) - 1)
    before, after = p - (total[low] / total[-1] if at else 0.0), total[high] / total[-1] - p
    part = before / (before + after) if before + after else 0.0
    return float(x[low] * (1 - part) + x[high] * part)


def _between(share: Callable[[Real, Real], Real]) -> Callable[[Real, Real, float], float]:
    """The straight line between the points (share, value)."""

    def rule(x: Real, w: Real, p: float) -> float:
        return float(np.interp(p, share(_cumulated(w), w), x))

    return rule


def _before(total: Real, w: Real) -> Real:
    return (total - w) / (total[-1] - w[-1]) if len(w) > 1 else np.zeros(1)


RULES: Mapping[str, Callable[[Real, Real, float], float]] = {
    "math": inverse,
    "school": middle,
    "shahvaish": shah_vaish,
    "hf1": inverse,
    "hf2": middle,
    "hf3": even,
    "hf4": weighed_middle,
    "hf5": _between(lambda total, w: (total - w / 2) / total[-1]),
    "hf6": _between(lambda total, w: total / (total[-1] + w[-1])),
    "hf7": _between(_before),
    "hf8": _between(lambda total, w: (total - w / 3) / (total[-1] + w[-1] / 3)),
    "hf9": _between(lambda total, w: (total - 3 * w / 8) / (total[-1] + w[-1] / 4)),
}
"""The definitions: `math` and `school`, Shah and Vaish's, and the nine of Hyndman and Fan, with weights."""

STEPS = ("math", "school", "hf1", "hf2", "hf3")
"""Those that need each value once; the others go from answer to answer."""

ANSWERS = 200_000  # up to so many rows steps too go from answer to answer: rounding falls as in R


def quantile_rows(
    study: Study, item: Quantile, by: Sequence[str], levels: Levels, about: Callable[[Study, Groups], About]
) -> list[Row]:
    """The quantiles of a column in all groups of some columns.

    The interval is Woodruff's: that of the share of people at or below the quantile, turned back into values. The
    standard error is its width over twice the quantile of Student's t, as in R.

    Args:
        study: the sample. item: the column, shares and definition. by: columns of the groups.
        levels: groups that have a row in any case. about: what the rows of these groups share.
    Raises:
        CannotEstimate: design_option, share_out_of_range.
    Source: Woodruff (1952), Journal of the American Statistical Association 47; Hyndman and Fan (1996), The American
        Statistician 50; Shah and Vaish (2006), JSM Proceedings; docs/methods/quantiles.md.
    """
    if item.rule not in RULES:
        raise CannotEstimate("design_option", what="definition of a quantile", given=item.rule, known=", ".join(RULES))
    if wrong := [share for share in item.shares if not 0 <= share <= 1]:
        raise CannotEstimate("share_out_of_range", keys=wrong)
    inner, people = _added(study, item, by)
    groups = grouped(inner.cells, inner.frame, by, levels)
    told = about(inner, groups)
    key = inner.cells.keys[item.column]
    answers = _Answers(item, groups, people, np.append(np.array(key.values, dtype=np.float64), np.nan)[key.code])
    return [row for share in item.shares for row in _rows(told, answers, share)]


def _added(study: Study, item: Quantile, by: Sequence[str]) -> tuple[Study, str]:
    """The weights of every value, or of every answer, added up in a pass of its own."""
    table = study.table.mutate(**{item.column: finite(study.table, item.column)})
    keys = [item.column]
    if item.rule not in STEPS or study.weights.rows <= ANSWERS:
        table, keys = (table if ROW in table.columns else with_rows(table)), [item.column, ROW]
    sums = Sums()
    everybody(sums)
    people = sums.people(f"people:{item.column}", table[item.column].notnull())
    part = _share(item, people)
    return added(table, study.design, study.weights, sums, [part], [*by, *keys]), people


def _share(item: Quantile, people: str) -> Part:
    """The share of people at or below a value."""
    return Part(item.label, None, "proportion", people, people, people, (people,) * 3)


@dataclass(frozen=True, eq=False)
class _Answers:
    """The answers of one question: value of each cell, NaN where it is missing; by group."""

    item: Quantile
    groups: Groups
    people: str
    value: Real

    def of(self, domain: int) -> tuple[Real, Real]:
        """Values in their order with their weights, whole; answers of one value stay in the order of the data."""
        cells, entry = self.groups.cells, self.groups.entry
        kept = np.flatnonzero((entry >= 0) & (cells.sums[self.people] > 0))
        kept = kept[self.groups.domain[entry[kept]] == domain]
        order = cells.keys[ROW].code[kept] if ROW in cells.keys else kept
        kept = kept[np.lexsort([order, self.value[kept]])]
        x, w = self.value[kept], cells.sums[self.people][kept] / cells.scales[self.people]
        if self.item.rule != "hf3":
            return x, w
        different, place = np.unique(x, return_inverse=True)  # even and odd are told of values, not of answers
        return different, within(place, w, len(different))

    def at_or_below(self, most: Real) -> Linear:
        """The share of people whose answer is at most a number of their group."""
        groups, k = self.groups, len(self.groups.domains)
        scale = groups.cells.scales[self.people]
        kept = groups.entry >= 0
        entry = groups.entry[kept]
        below = self.value[kept] <= most[groups.domain[entry]]
        top = within(entry[below], groups.cells.sums[self.people][kept][below], len(groups.domain)) / scale
        people = groups.totals(self.people)
        cell = np.flatnonzero(kept)[below]
        at_most = replace(groups, entry=np.full(len(groups.entry), -1))
        at_most.entry[cell] = groups.entry[cell]
        with np.errstate(invalid="ignore", divide="ignore"):
            share = within(groups.domain, top, k) / people
            scores = (top - share[groups.domain] * groups.sums(self.people) / scale) / people[groups.domain]
            made = (Term(at_most, self.people, 1 / people), Term(groups, self.people, -share / people))
        return Linear(_share(self.item, self.people), groups, share, people, lambda: scores, made)


def _rows(about: About, answers: _Answers, share: float) -> list[Row]:
    domains = range(len(answers.groups.domains))
    sorted_ = [answers.of(domain) for domain in domains]
    value = np.array([_quantile(answers.item.rule, *sorted_[domain], share) for domain in domains])
    below = answers.at_or_below(value)
    method = about.interval or "t"
    least, most = share_ends(about, below, method)
    low = np.array([_quantile(answers.item.rule, *sorted_[domain], least[domain]) for domain in domains])
    high = np.array([_quantile(answers.item.rule, *sorted_[domain], most[domain]) for domain in domains])
    with np.errstate(invalid="ignore"):
        se = (high - low) / (2 * intervals.quantile(about.df, about.level))
    one = replace(below, part=replace(below.part, kind="quantile", level=share), value=value)
    return written(Alike(about, [one]), Spread(se, low, high, (f"woodruff {method}",) * len(value)))


def _quantile(rule: str, x: Real, w: Real, p: float) -> float:
    """The quantile; none without answers, or where the end of an interval of shares is no share."""
    if not len(x) or not 0 <= p <= 1:
        return math.nan
    return RULES[rule](x, w, p)
