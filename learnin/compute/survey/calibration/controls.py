"""What is known of the population: people in each group, and sums of numbers. Weights are calibrated to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from learnin.compute.sampling.arrays import Real, Whole, closed, real
from learnin.compute.survey.calibration.levels import MISSING, Columns, Level, levels
from learnin.compute.survey.refusals import CannotEstimate

DISAGREE = 1e-6  # of a total: one person in a million. More than rounding of what was added up, less than a mistake


@dataclass(frozen=True)
class Margin:
    """How many people of the population are in each group that some columns make.

    Args:
        by: names of the columns, one or more.
        totals: people in each group, 0 or more; the key has one word for each column.
    """

    by: tuple[str, ...]
    totals: Mapping[Level, float]

    @property
    def population(self) -> float:
        """Everybody in all groups."""
        return float(sum(self.totals.values()))

    def scaled(self, population: float) -> "Margin":
        """The same shares of another population: what to do with margins of different years."""
        ratio = population / self.population
        return Margin(self.by, {level: total * ratio for level, total in self.totals.items()})

    def matched(self, columns: Columns) -> "Matched":
        """Each row with its group.

        Raises:
            CannotEstimate: control_missing_level, where a row's group has no total, or a group with people no row.
        """
        found, codes = levels(columns, self.by)
        there = {level: total for level, total in self.totals.items() if total > 0}
        wrong = [level for level in found if level not in there or MISSING in level]
        if lacking := [_named(self.by, level) for level in [*wrong, *sorted(there.keys() - set(found))]]:
            raise CannotEstimate("control_missing_level", keys=lacking)
        return Matched(tuple(_named(self.by, level) for level in found), codes, real([there[level] for level in found]))


def margin(name: str, totals: Mapping[str, float]) -> Margin:
    """A margin of one column.

    >>> margin("kind", {"primary": 4421, "high": 755}).population
    5176.0
    """
    return Margin((name,), {(level,): total for level, total in totals.items()})


@dataclass(frozen=True, eq=False)
class Matched:
    """The groups of a margin that are in the sample: names, the group of each row, people of each group."""

    names: tuple[str, ...]
    codes: Whole
    totals: Real

    def sums(self, weight: Real) -> Real:
        """People whom the weights count in each group."""
        found: Real = np.bincount(self.codes, weight, len(self.totals)).astype(np.float64, copy=False)
        return found

    def off(self, weight: Real) -> Real:
        """How far the weights are from each total, as a share of it."""
        return self.sums(weight) / self.totals - 1


@dataclass(frozen=True)
class Controls:
    """Everything that is known of the population and that the weights shall count exactly.

    Args:
        margins: people in each group, for any number of groupings; they must add up to the same people.
        totals: the sum over the population of each named number, say pupils of all schools.
        population: everybody; needed only where there is no margin.
    """

    margins: tuple[Margin, ...] = ()
    totals: Mapping[str, float] = field(default_factory=dict)
    population: float | None = None

    @property
    def everybody(self) -> float | None:
        """People in the population, where any control says so.

        Raises:
            CannotEstimate: control_totals_disagree, where margins do not add up to the same people.
        """
        said = {"+".join(one.by): one.population for one in self.margins}
        if self.population is not None:
            said = {"population": self.population, **said}
        if not said:
            return None
        first = next(iter(said.values()))
        if any(abs(one - first) > DISAGREE * abs(first) for one in said.values()):
            raise CannotEstimate("control_totals_disagree", keys=[f"{name}: {one:.15g}" for name, one in said.items()])
        return first


@dataclass(frozen=True, eq=False)
class Auxiliaries:
    """The controls as numbers of each row: columns that the calibrated weights must add up to known totals.

    Where everybody is known, numbers are centred, so that normal equations lose no digits; all numbers are scaled.
    `values` has shape (n, K), `totals` (K,), `names` says what each column is.
    """

    names: tuple[str, ...]
    values: Real
    totals: Real

    def __post_init__(self) -> None:
        """Close the arrays."""
        closed(self.values, self.totals)


def auxiliaries(columns: Columns, weight: Real, controls: Controls, *, unit: ArrayLike | None = None) -> Auxiliaries:
    """The columns to calibrate with.

    Args:
        columns: values by name, each of shape (n,).
        weight: weights before, shape (n,), above 0.
        controls: what is known of the population.
        unit: first-stage unit of each row, shape (n,), where all people of a unit shall get the same factor.
    Returns:
        One column for each group and each number, averaged over the unit where there is one.
    Raises:
        CannotEstimate: control_missing_level, control_totals_disagree, control_not_a_number.
    Source: Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, chapters 6 and 8;
        docs/methods/calibration.md.

    >>> found = auxiliaries({"kind": ["a", "b"], "pupils": [10, 30]}, real([1, 1]),
    ...                     Controls((margin("kind", {"a": 3, "b": 1}),), {"pupils": 60}))
    >>> found.names, found.values.tolist(), found.totals.tolist()
    (('kind=a', 'kind=b', 'pupils'), [[1.0, 0.0, -1.0], [0.0, 1.0, 1.0]], [3.0, 1.0, -2.0])
    """
    everybody = controls.everybody
    names: list[str] = []
    values: list[Real] = []
    totals: list[float] = []
    for one in controls.margins:
        matched = one.matched(columns)
        names += matched.names
        values += list(np.eye(len(matched.names))[matched.codes].T)
        totals += matched.totals.tolist()
    if everybody is not None and not controls.margins:
        names, values, totals = ["population"], [np.ones(len(weight))], [everybody]
    for name, total in controls.totals.items():
        number = numbers(name, columns)
        centre = float(weight @ number / weight.sum()) if everybody is not None else 0.0
        scale = float(np.sqrt(weight @ (number - centre) ** 2 / weight.sum())) or 1.0
        names.append(name)
        values.append((number - centre) / scale)
        totals.append((total - centre * (everybody or 0)) / scale)
    found = np.column_stack(values) if values else np.empty((len(weight), 0))
    return Auxiliaries(tuple(names), found if unit is None else _averaged(found, unit), real(totals))


def numbers(name: str, columns: Columns) -> Real:
    """The values of one column as numbers, shape (n,). Raises CannotEstimate with the rows that have none."""
    found = real(columns[name])
    if (wrong := np.flatnonzero(~np.isfinite(found))).size:
        raise CannotEstimate("control_not_a_number", keys=wrong, column=name)
    return found


def _averaged(values: Real, unit: ArrayLike) -> Real:
    _units, codes, counts = np.unique(np.asarray(unit), return_inverse=True, return_counts=True)
    means = np.column_stack([np.bincount(codes, column) / counts for column in values.T])
    averaged: Real = means[codes]
    return averaged


def _named(by: tuple[str, ...], level: Level) -> str:
    return ", ".join(f"{name}={value}" for name, value in zip(by, level, strict=True))
