"""Rows of answers for everybody: what people are known by made coarse enough, and weights that tell no school."""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from learnin.compute.base_weights import DECIMALS
from learnin.compute.disclosure.anonymity import Anonymity, Column, anonymity
from learnin.compute.disclosure.refusals import CannotProtect
from learnin.compute.disclosure.rules import DEFAULT, Rules

OTHER = "_other"
"""The value that several values become which are told together."""

NOTHING: Mapping[str, Collection[str]] = {}
DIGITS = 12  # of a weight: beyond them it differs by rounding alone


@dataclass(frozen=True)
class Coarse:
    """A column people may be known by, and the values of it that are told together; none where each stands by itself.

    Every value in one: the column then says nothing.
    """

    values: tuple[str, ...]
    together: tuple[str, ...]

    @property
    def says_nothing(self) -> bool:
        """Whether all rows have the value that several became."""
        return set(self.values) == {OTHER}


@dataclass(frozen=True, eq=False)
class Microdata:
    """Rows that may leave, if `after` is safe.

    Args:
        columns: what people may be known by, coarsened, shape (n,) each; without those that say nothing any more.
        together: by column, the values that became one; of columns that are left out, all of them.
        weights: people each row stands for, shape (n,).
        averaged: rows whose weight is not their own any more.
        uniques: rows that nobody shared all values with, before.
        at_risk: rows that too few shared all values with, before.
        after: how well rows hide now; its advice says what to drop where they do not.
    """

    columns: Mapping[str, tuple[str, ...]]
    together: Mapping[str, tuple[str, ...]]
    weights: NDArray[np.float64]
    averaged: int
    uniques: int
    at_risk: int
    after: Anonymity


def microdata(
    columns: Mapping[str, Column],
    *,
    psus: Sequence[Hashable],
    weights: ArrayLike,
    rules: Rules = DEFAULT,
    withheld: Mapping[str, Collection[str]] = NOTHING,
) -> Microdata:
    """Make rows hide among others: rare values told together, weights averaged.

    Only whole values are coarsened, never single rows: tables of the same answers then say nothing of what is hidden.

    Args:
        columns: by name, what an outsider may know of somebody, shape (n,).
        psus: the PSU (school) of each row, shape (n,), unique in all strata.
        weights: people each row stands for, shape (n,), 0 or more.
        rules: among how many respondents, from how many PSUs, a row must hide.
        withheld: by column, values that tables do not tell; they are told together with others here too.
    Returns:
        The rows. `after.is_safe` says whether they may leave.
    Raises:
        CannotProtect: columns, PSUs and weights of unequal length, or a weight that is missing or negative.
    Source: Hundepool et al. (2012), Statistical Disclosure Control, chapter 3 (global recoding, microaggregation);
        docs/methods/open-data.md.

    >>> found = microdata({"place": "NNNSW"}, psus="abcde", weights=[1, 1, 4, 2, 2], rules=Rules(2, 2))
    >>> found.columns["place"], found.together["place"], found.weights.tolist()
    (('N', 'N', 'N', '_other', '_other'), ('S', 'W'), [2.0, 2.0, 2.0, 2.0, 2.0])
    >>> found.uniques, found.after.is_safe
    (2, True)
    """
    own = np.asarray(weights, np.float64)
    if len({len(psus), own.size, *map(len, columns.values())}) > 1:
        raise CannotProtect("Each column, the PSUs and the weights have one value for each row.")
    if not (np.isfinite(own) & (own >= 0)).all():
        raise CannotProtect("A weight is missing or negative.")
    units = _numbered(psus)
    coarse = {
        name: coarsened(column, psus=psus, rules=rules, withheld=withheld.get(name, ()))
        for name, column in columns.items()
    }
    kept = {name: one.values for name, one in coarse.items() if not one.says_nothing}
    rows = list(zip(*kept.values(), strict=True)) or [()] * own.size
    given = averaged(own, rows, psus=psus, rules=rules)
    return Microdata(
        columns=kept,
        together={name: one.together for name, one in coarse.items() if one.together},
        weights=given,
        averaged=int((given != own).sum()),
        uniques=len(anonymity(columns, k=2, sensitive=units).rows),
        at_risk=len(anonymity(columns, k=rules.least_answers, sensitive=units, variety=rules.least_psus).rows),
        after=anonymity(kept, k=rules.least_answers, sensitive=units, variety=rules.least_psus),
    )


def coarsened(
    values: Column, *, psus: Sequence[Hashable], rules: Rules = DEFAULT, withheld: Collection[str] = ()
) -> Coarse:
    """Tell rare values of a column together.

    Args:
        values: shape (n,). psus: shape (n,). rules: how many rows, from how many PSUs, a value needs.
        withheld: values that may not stand alone whatever their size.
    Returns:
        The column. What is told together are two values or more: those that may not stand alone, and the smallest of
        the others until together they are enough.
    Raises:
        Nothing.
    Source: docs/methods/open-data.md.

    >>> coarsened("NNNNSSW", psus="abcdefg", rules=Rules(2, 1)).values
    ('N', 'N', 'N', 'N', '_other', '_other', '_other')
    """
    sizes = Counter(values)
    units = Counter(value for value, _psu in {*zip(values, psus, strict=True)})
    rest = sorted(sizes, key=lambda value: (sizes[value], value))
    joined = [
        one for one in rest if sizes[one] < rules.least_answers or units[one] < rules.least_psus or one in withheld
    ]
    rest = [one for one in rest if one not in joined]
    while joined and rest and not _is_enough(joined, values, psus, rules):
        joined.append(rest.pop(0))
    gone = {*joined}
    return Coarse(tuple(OTHER if value in gone else value for value in values), tuple(sorted(gone)))


def _is_enough(joined: list[str], values: Column, psus: Sequence[Hashable], rules: Rules) -> bool:
    here = [psu for value, psu in zip(values, psus, strict=True) if value in joined]
    return len(joined) > 1 and len(here) >= rules.least_answers and len({*here}) >= rules.least_psus


def averaged(
    weights: ArrayLike, rows: Sequence[Hashable], *, psus: Sequence[Hashable], rules: Rules = DEFAULT
) -> NDArray[np.float64]:
    """Weights that enough rows of the same class share, from enough schools: a weight of its own can name a school.

    Args:
        weights: shape (n,), 0 or more.
        rows: the class of each row, shape (n,): what people may be known by.
        psus: the PSU of each row, shape (n,), unique in all strata.
        rules: how many rows of a class, from how many PSUs, must have the same weight.
    Returns:
        The weights. A class whose weights are all shared keeps them; in another they are put in order, and each run of
        just enough rows and PSUs has its mean, with six decimals as all weights have. So the weights of a class add up
        to the same as before but for what is rounded. A class that is itself too small has one mean.
    Raises:
        Nothing.
    Source: Domingo-Ferrer and Mateo-Sanz (2002), Practical data-oriented microaggregation, IEEE Transactions on
        Knowledge and Data Engineering 14, 189-201; docs/methods/open-data.md.

    >>> averaged([1, 3, 2, 9], "aaaa", psus="stuv", rules=Rules(2, 2)).tolist()
    [1.5, 6.0, 1.5, 6.0]
    """
    made = np.array(weights, np.float64)
    same = np.array([float(f"{one:.{DIGITS}g}") for one in made])
    members: dict[Hashable, list[int]] = {}
    for place, own in enumerate(rows):
        members.setdefault(own, []).append(place)
    for here in members.values():
        shared: dict[float, list[int]] = {}
        for place in here:
            shared.setdefault(float(same[place]), []).append(place)
        if all(_hides(places, psus, rules) for places in shared.values()):
            continue
        for part in _runs(sorted(here, key=lambda place: same[place]), psus, rules):
            made[part] = np.round(made[part].mean(), DECIMALS)
    return made


def _hides(places: Sequence[int], psus: Sequence[Hashable], rules: Rules) -> bool:
    """Whether these are enough rows, from enough schools."""
    return len(places) >= rules.least_answers and len({psus[place] for place in places}) >= rules.least_psus


def _runs(ordered: Sequence[int], psus: Sequence[Hashable], rules: Rules) -> list[list[int]]:
    """Rows that follow each other, in parts that are just large enough; what is left at the end joins the last."""
    parts: list[list[int]] = [[]]
    for place in ordered:
        if _hides(parts[-1], psus, rules):
            parts.append([])
        parts[-1].append(place)
    if len(parts) > 1 and not _hides(parts[-1], psus, rules):
        left = parts.pop()
        parts[-1] += left
    return parts


def _numbered(values: Sequence[Hashable]) -> list[str]:
    """A number for each different value, as text."""
    numbers: dict[Hashable, str] = {}
    return [numbers.setdefault(one, str(len(numbers))) for one in values]
