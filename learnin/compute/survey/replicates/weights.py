"""Replicate weights in a design: made from its first stage, or read from columns of the data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from learnin.compute.sampling.streams import generator
from learnin.compute.survey.arrays import Flags, Real, numbered, within
from learnin.compute.survey.groups import Groups
from learnin.compute.survey.refusals import CannotEstimate
from learnin.compute.survey.replicates.made import (
    Factors,
    canty_davison,
    half_samples,
    jackknife,
    rao_wu,
    stratified_jackknife,
)
from learnin.compute.survey.replicates.rows import Crossed, crossed
from learnin.compute.survey.replicates.variance import replicate_covariance
from learnin.compute.survey.study import Linear, Study
from learnin.compute.survey.sums import Part

ABOUT_STRATA = ("bootstrap_too_few", "half_samples_need_pairs")
"""Refusals whose keys are places of strata."""
KINDS = ("JK1", "JKn", "BRR", "Fay", "Rao-Wu", "Canty-Davison")
INDEPENDENT = 1e-5  # of the largest singular value: replicates that differ by less are combinations of others


@dataclass(frozen=True)
class Made:
    """Replicates that are made from the first stage of the design.

    Args:
        kind: one of `KINDS`.
        replicates: how many, for the bootstraps.
        seed: where their chance comes from, so that they can be made again.
        fay: Fay's factor, for the kind of this name.
        is_mse: whether squares are taken around the estimate of the whole sample, not around the replicates' mean.
    """

    kind: str
    replicates: int = 500
    seed: int = 1
    fay: float = 0.5
    is_mse: bool = False
    columns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a kind that nobody knows."""
        if self.kind not in KINDS:
            raise CannotEstimate("design_option", what="kind of replicates", given=self.kind, known=", ".join(KINDS))

    def prepared(self, study: Study, parts: Sequence[Part], by: Sequence[str]) -> "Replicated":
        """The factors of the units of this sample; their sums are those of the one pass."""
        try:
            return OfUnits(study, replace(self._factors(study), is_mse=self.is_mse))
        except CannotEstimate as refusal:
            raise _by_name(study, refusal)

    def written(self) -> Mapping[str, object]:
        """How they were made, for a record."""
        chance = {"replicates": self.replicates, "seed": self.seed} if self.kind in KINDS[4:] else {}
        return {"kind": self.kind, "mse": self.is_mse, **chance, **({"fay": self.fay} if self.kind == "Fay" else {})}

    def _factors(self, study: Study) -> Factors:
        drawn = study.frame.stages[0]
        if study.design.pps:
            given = f"{self.kind} with unequal chances"
            raise CannotEstimate("design_option", what="kind of replicates", given=given, known="Read")
        stratum = drawn.group
        with np.errstate(divide="ignore"):
            exist = drawn.n[stratum] / (1 - drawn.left)  # infinite, where they were drawn with replacement
        chance = generator(self.seed, "replicates", self.kind)
        match self.kind:
            case "JK1" if len(drawn.n) > 1:  # each unit would stand for those of other strata
                known = ", ".join(kind for kind in KINDS if kind != "JK1")
                raise CannotEstimate("design_option", what="kind of replicates with strata", given="JK1", known=known)
            case "JK1":
                return jackknife(exist, len(stratum))
            case "JKn":
                return stratified_jackknife(stratum, exist)
            case "Rao-Wu":
                return rao_wu(stratum, self.replicates, chance, exist=exist)
            case "Canty-Davison":
                return canty_davison(stratum, self.replicates, chance, exist=exist)
        return half_samples(stratum, fay=self.fay if self.kind == "Fay" else 0.0)


def _by_name(study: Study, refusal: CannotEstimate) -> CannotEstimate:
    """The refusal with its strata as the data name them, not by their place."""
    if refusal.code not in ABOUT_STRATA or not study.design.strata:
        return refusal
    key, first = study.cells.keys[study.design.strata], study.frame.stages[0].first
    names = [key.values[key.code[first[int(place)]]] for place in refusal.keys]
    return CannotEstimate(refusal.code, keys=names, count=refusal.count, **refusal.facts)


@dataclass(frozen=True)
class Read:
    """Replicate weights that came with the data.

    Args:
        columns: columns of the weights, whole weights and not factors, one for each replicate.
        scale: what the sum of squares is multiplied by.
        rscales: what the square of each replicate is multiplied by; one for all, without.
        is_mse: whether squares are taken around the estimate of the whole sample, not around the replicates' mean.
    """

    columns: tuple[str, ...]
    scale: float
    rscales: tuple[float, ...] = ()
    is_mse: bool = False

    def __post_init__(self) -> None:
        """Refuse as many scales as there are not replicates, and fewer than two of these."""
        if len(self.columns) < 2 or len(self.rscales) not in (0, len(self.columns)):
            raise CannotEstimate("replicate_shape", keys=[len(self.columns), len(self.rscales)])

    def prepared(self, study: Study, parts: Sequence[Part], by: Sequence[str]) -> "Replicated":
        """One walk over the rows."""
        names = [name for part in parts for name in part.sums]
        found = crossed(study.table, by, names, study.sums, study.design.weight, self.columns)
        rscales = np.array(self.rscales or np.ones(len(self.columns)))
        return OfRows(study, self.scale, rscales, self.is_mse, found)

    def written(self) -> Mapping[str, object]:
        """The columns and scales, for a record."""
        return {"columns": self.columns, "scale": self.scale, "rscales": self.rscales, "mse": self.is_mse}


@dataclass(frozen=True, eq=False)
class Replicated:
    """Every sum of a study in every replicate, and what their spread says."""

    study: Study

    @property
    def spread(self) -> tuple[float, Real, bool]:
        """Scale, scales of the replicates, and whether squares are taken around the whole sample's estimate."""
        raise NotImplementedError

    def totals(self, groups: Groups, name: str) -> Real:
        """A weighted sum in each replicate and group, shape (R, groups)."""
        raise NotImplementedError

    def df(self, groups: Groups) -> Real:
        """Degrees of freedom of each group: independent replicates of the units that it has, less one."""
        raise NotImplementedError

    def estimates(self, one: Linear) -> Real:
        """A number in each replicate and group, shape (R, groups); NaN where a replicate has nobody."""
        found = [self.totals(term.groups, term.name) for term in one.made]
        with np.errstate(invalid="ignore", divide="ignore"):
            if one.part.kind == "variance":
                square, top, people = found
                n = within(one.groups.domain, one.groups.answers(one.part.people), len(one.value))
                return (square / people - (top / people) ** 2) * n / (n - 1)
            return found[0] if len(found) == 1 else np.where(found[1] != 0, found[0] / found[1], np.nan)

    def variances(self, one: Linear) -> Real:
        """Variances of a number in all its groups, each from the replicates that have somebody there."""
        return self._apart(self.estimates(one), one.value)

    def linearised(self, one: Linear) -> Real:
        """Variances of what a number is to first order: a design effect compares these."""
        with np.errstate(invalid="ignore"):  # where nobody answered
            found = np.sum([term.times * self.totals(term.groups, term.name) for term in one.made], axis=0)
            whole = np.sum([term.times * term.groups.totals(term.name) for term in one.made], axis=0)
        return self._apart(found, whole)

    def _apart(self, found: Real, whole: Real) -> Real:
        return np.array([self._covariance(found[:, [at]], whole[[at]])[0, 0] for at in range(len(whole))])

    def odds(self, one: Linear) -> Real:
        """Variances of the logarithm of the odds of a share, shape (groups,).

        Where a replicate has nobody, or everybody, who says yes, its odds have no logarithm: then to first order.
        """
        with np.errstate(invalid="ignore", divide="ignore"):
            share = self.estimates(one)
            found = self._apart(np.log(share / (1 - share)), np.log(one.value / (1 - one.value)))
            first = self.variances(one) / (one.value * (1 - one.value)) ** 2
            return np.where(((share <= 0) | (share >= 1)).any(axis=0), first, found)

    def shares(self, one: Linear) -> Real:
        """Covariances of what the groups of a total are of all of them, shape (groups, groups)."""
        found = self.estimates(one)
        return self._covariance(found / found.sum(axis=1, keepdims=True), one.value / one.value.sum())

    def covariance(self, several: Sequence[Linear]) -> Real:
        """Covariances of several numbers in all their groups, from the replicates that have somebody in all."""
        found = np.hstack([self.estimates(one) for one in several])
        return self._covariance(found, np.concatenate([one.value for one in several]))

    def _covariance(self, found: Real, whole: Real) -> Real:
        scale, rscales, is_mse = self.spread
        return replicate_covariance(found, whole, scale=scale, rscales=rscales, is_mse=is_mse)[0]


@dataclass(frozen=True, eq=False)
class OfUnits(Replicated):
    """Replicates that multiply the sums of first-stage units."""

    made: Factors

    @property
    def spread(self) -> tuple[float, Real, bool]:
        """As they were made."""
        return self.made.scale, self.made.rscales, self.made.is_mse

    def totals(self, groups: Groups, name: str) -> Real:
        """The sums of the units, times their factors."""
        cells = groups.cells
        sums = self._by_unit(groups, groups.sums(name)) / cells.scales[name]
        found: Real = self.made.factors.T @ sums
        return found

    def df(self, groups: Groups) -> Real:
        """From the factors of the units that have rows in the group."""
        there = self._by_unit(groups, groups.active) > 0
        if self.made.method in ("JK1", "JKn"):
            return self._left_out(there)
        return np.array([_independent(self.made.factors[column]) - 1 for column in there.T], dtype=np.float64)

    def _left_out(self, there: Flags) -> Real:
        """The same of a jackknife, counted: a stratum with all its units says less by one, and all of them one more."""
        drawn = self.study.frame.stages[0]
        group = np.zeros_like(drawn.group) if self.made.method == "JK1" else drawn.group
        strata = int(group.max()) + 1
        present = np.array([np.bincount(group, column, strata) for column in there.T]).reshape(-1, strata)
        moves = np.bincount(group, drawn.left > 0, strata) > 0
        full = (present == np.bincount(group, minlength=strata)) & moves
        still = (present > 0) & ~moves
        counted: Real = (present * moves).sum(axis=1) - full.sum(axis=1) + (full | still).any(axis=1) - 1.0
        return counted

    def _by_unit(self, groups: Groups, values: Real) -> Real:
        """Sums in each first-stage unit and group, shape (units, groups)."""
        unit = groups.unit
        for above in reversed(self.study.frame.above):
            unit = above[unit]
        units, many = len(self.study.frame.stages[0].group), len(groups.domains)
        return within(unit * many + groups.domain, values, units * many).reshape(units, many)


@dataclass(frozen=True, eq=False)
class OfRows(Replicated):
    """Replicates of which each row has its own weight."""

    scale: float
    rscales: Real
    is_mse: bool
    crossed: Crossed

    @property
    def spread(self) -> tuple[float, Real, bool]:
        """As they came."""
        return self.scale, self.rscales, self.is_mse

    def totals(self, groups: Groups, name: str) -> Real:
        """The sums of the finest groups that each group is made of."""
        found: Real = (self._members(groups) @ self.crossed.sums[name]).T
        return found

    def df(self, groups: Groups) -> Real:
        """From the different factors that rows of the group have."""
        there = self._members(groups) @ self.crossed.holders > 0
        return np.array([_independent(self.crossed.patterns[one]) - 1 for one in there], dtype=np.float64)

    def _members(self, groups: Groups) -> Real:
        """One where a finest group is in a group, shape (groups, finest groups)."""
        found = np.zeros((len(groups.domains), len(self.crossed.keys)))
        kept = np.flatnonzero(groups.entry >= 0)
        domain = groups.domain[groups.entry[kept]]
        keys = [groups.cells.keys[column] for column in self.crossed.columns]
        first = numbered(domain, *(key.code[kept] + 1 for key in keys))[1]
        place = {key: at for at, key in enumerate(self.crossed.keys)}
        for cell, at in zip(kept[first].tolist(), domain[first].tolist(), strict=True):
            value = tuple(key.values[key.code[cell]] if key.code[cell] >= 0 else None for key in keys)
            found[at, place[value]] = 1.0
        return found


def _independent(factors: Real) -> int:
    """How many replicates are not combinations of others: from their products, of which there are fewest."""
    products = factors.T @ factors if len(factors) > factors.shape[1] else factors @ factors.T
    sizes = np.linalg.eigvalsh(products) if products.size else np.zeros(1)
    return int((sizes > INDEPENDENT**2 * max(sizes.max(), 0.0)).sum())
