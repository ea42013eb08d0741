"""What we know of samples: what a design would draw from a frame, and what was drawn."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
from django.db.models import Count, Max, Min, QuerySet
from django.utils.translation import gettext as _

from learnin.assessment.models import Assessment, Frame, Sample, SampledPerson, SampledUnit, SampleStratum
from learnin.assessment.queries.frames import NO_VALUE
from learnin.compute import sampling
from learnin.people.models import Country

Method, Allocation = Sample.Method, Sample.Allocation
PPS = frozenset({Method.PPS, Method.PPS_SYSTEMATIC})
NAMES = {
    Method.SIMPLE: "simple-random",
    Method.SYSTEMATIC: "systematic",
    Method.PPS_SYSTEMATIC: "pps-systematic",
    Method.PPS: "pps-sampford",
}


@dataclass(frozen=True, kw_only=True)
class Design:
    """How a sample is drawn, all of it: with the frame and a seed it says which units.

    Args:
        method, allocation: codes of Sample.
        size: units to draw.
        strata: headings of the strata columns, in their order; none for one stratum.
        take: people to draw in each unit, where there is a second stage.
        reserves: reserves for each unit.
        least: units in each stratum at the least.
        exponent: of the power allocation, above 0, at most 1.
        is_sorted: walk the list by area and size (systematic methods), else in the order of the file.
        missing_size: "median" gives a unit without a size the middle size of its stratum; "leave_out" leaves it out.
    """

    method: str
    size: int
    allocation: str = ""
    strata: tuple[str, ...] = ()
    take: int | None = None
    reserves: int = 0
    least: int = sampling.LEAST
    exponent: float = 0.5
    is_sorted: bool = True
    missing_size: str = "median"

    @property
    def kept(self) -> dict[str, Any]:
        """The parts that have no column of their own."""
        every = asdict(self)
        return {key: every[key] for key in ("least", "exponent", "is_sorted", "missing_size")}

    @property
    def needs_sizes(self) -> bool:
        """Whether a unit without a size is in the way."""
        return self.method in PPS or self.allocation in {Allocation.NEYMAN, Allocation.POWER}


def design_of(sample: Sample) -> Design:
    """The design that a sample was drawn by."""
    more = {key: value for key, value in sample.design.items() if key in Design.__dataclass_fields__}
    return Design(
        method=sample.method,
        allocation=sample.allocation,
        size=sample.size,
        strata=tuple(sample.strata),
        take=sample.take,
        reserves=sample.reserves,
        **more,
    )


@dataclass(frozen=True, eq=False)
class Listed:
    """The units of a frame that can be drawn, as arrays: position by position the same unit."""

    pks: tuple[int, ...]
    names: tuple[str, ...]
    rows: tuple[int, ...]
    areas: tuple[str, ...]
    sizes: np.ndarray
    columns: tuple[str, ...]
    strata: sampling.Strata
    imputed: int = 0
    left_out: int = 0
    labels: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def values_of(self, stratum: int) -> dict[str, str]:
        """The values of the strata columns in a stratum."""
        return dict(self.labels[stratum])


def listed(frame: Frame, design: Design) -> Listed:
    """The units this design can draw from, in the order of the file. Raises sampling.CannotSample (frame_empty)."""
    found = frame.units.filter(set_aside="").order_by("row", "pk")
    rows = list(found.values_list("pk", "name", "row", "area", "size", "strata"))
    sizes = np.array([np.nan if row[4] is None or row[4] <= 0 else row[4] for row in rows], dtype=float)
    left_out = 0
    if design.needs_sizes and design.missing_size == "leave_out":
        known = ~np.isnan(sizes)
        left_out = int((~known).sum())
        rows, sizes = [row for row, is_known in zip(rows, known, strict=True) if is_known], sizes[known]
    columns = [[row[5].get(heading) or NO_VALUE for row in rows] for heading in design.strata]
    strata = sampling.strata(*(columns or [[""] * len(rows)]))
    unknown = int(np.isnan(sizes).sum())
    first = np.unique(strata.code, return_index=True)[1]
    return Listed(
        pks=tuple(row[0] for row in rows),
        names=tuple(row[1] for row in rows),
        rows=tuple(row[2] for row in rows),
        areas=tuple(row[3] for row in rows),
        sizes=_filled(sizes, strata) if design.needs_sizes and unknown < len(sizes) else sizes,
        columns=tuple(design.strata),
        strata=strata,
        imputed=unknown if design.needs_sizes else 0,
        left_out=left_out,
        labels={
            number: {heading: columns[at][int(unit)] for at, heading in enumerate(design.strata)}
            for number, unit in enumerate(first)
        },
    )


def _filled(sizes: np.ndarray, strata: sampling.Strata) -> np.ndarray:
    """A unit without a size gets the middle one of its stratum, or of all where nobody there has one."""
    filled = sizes.copy()
    for number in range(len(strata.names)):
        here = strata.code == number
        known = sizes[here & ~np.isnan(sizes)]
        middle = np.median(known) if known.size else np.nanmedian(sizes)
        filled[here & np.isnan(sizes)] = middle
    return np.maximum(1, np.rint(filled))


def fingerprint(here: Listed) -> str:
    """Changes when any unit, its order, its size or its stratum does."""
    return sampling.fingerprint(
        rows=list(here.rows),
        names=list(here.names),
        sizes=here.sizes,
        strata=list(here.strata.names),
        code=here.strata.code,
    )


def plan(here: Listed, design: Design) -> np.ndarray:
    """How many units the design draws in each stratum. Raises sampling.CannotSample."""
    counts = here.strata.sizes
    if design.method == Method.CENSUS:
        return counts
    if design.allocation == Allocation.NONE:
        return np.array([design.size]) if len(counts) == 1 else _proportional(counts, design)
    if design.allocation == Allocation.EQUAL:
        return sampling.equal(counts, design.size, least=design.least).units
    if design.allocation == Allocation.NEYMAN:
        return sampling.neyman(counts, _spreads(here), design.size, least=design.least).units
    if design.allocation == Allocation.POWER:
        totals = np.bincount(here.strata.code, weights=here.sizes)
        return sampling.power(
            counts, design.size, exponent=design.exponent, importance=totals, least=design.least
        ).units
    return _proportional(counts, design)


def _proportional(counts: np.ndarray, design: Design) -> np.ndarray:
    return sampling.proportional(counts, design.size, least=design.least).units


def _spreads(here: Listed) -> np.ndarray:
    """The standard deviation of the size in each stratum: it stands in for that of answers nobody has given yet."""
    codes = range(len(here.strata.names))
    return np.array([np.std(here.sizes[here.strata.code == code]) for code in codes])


def drawn(here: Listed, planned: np.ndarray, design: Design, seed: int) -> sampling.Draw:
    """The sample this design and seed give. Raises sampling.CannotSample."""
    if design.method == Method.CENSUS:
        return replace(sampling.census(len(here.pks)), stratum=here.strata.code.copy())
    chance = sampling.generator(seed, "units")
    order = sampling.walk(list(here.areas), np.nan_to_num(here.sizes)) if design.is_sorted else None
    return sampling.stratified(
        here.strata,
        planned,
        chance,
        method=NAMES[Method(design.method)],
        size=here.sizes if design.method in PPS else None,
        order=order,
    )


def reserves(of: sampling.Draw, design: Design, seed: int) -> sampling.Reserves | None:
    """The reserves of a sample, where the design has some. Raises sampling.CannotSample."""
    if not design.reserves or design.method == Method.CENSUS:
        return None
    return sampling.replacements(of, sampling.generator(seed, "reserves"), each=design.reserves)


def why_not(why: sampling.CannotSample, here: Listed) -> str:
    """Why the design does not fit the frame, in words, with the names of the units or strata it is about."""
    strata = {"below_minimum", "stratum_without_sample", "stratum_empty", "share_not_positive", "no_spread"}
    names = here.strata.names if why.code in strata else here.names
    named = ", ".join(f"“{names[at]}”" for at in why.units if at < len(names)) or "…"
    words = {
        "below_minimum": _("A sample of %(wanted)s is too small: each stratum needs %(least)s, so %(needed)s in all."),
        "frame_empty": _("There is no unit to draw from."),
        "more_than_there_are": _("A sample of %(wanted)s cannot be drawn: there are only %(there)s units."),
        "no_spread": _("All sizes are alike, so nothing says where to draw more. Choose another allocation."),
        "size_missing": _("These units have no size: %(units)s."),
        "size_not_positive": _("These units have no size above zero: %(units)s."),
        "size_too_large": _("The sizes are too large to add up. Look at %(units)s."),
        "stratum_without_sample": _("Nobody would be drawn in %(units)s, so nobody could speak for it."),
    }.get(why.code, _("The sample cannot be drawn from this list (%(code)s)."))
    return words % {**why.facts, "units": named, "code": why.code}


@dataclass(frozen=True)
class PlannedStratum:
    """One line of the plan of a sample."""

    name: str
    units: int
    drawn: int

    @property
    def share(self) -> float:
        """Part of the stratum that is drawn."""
        return self.drawn / self.units


def planned_strata(here: Listed, planned: Iterable[int]) -> list[PlannedStratum]:
    """The plan, stratum by stratum."""
    rows = zip(here.strata.names, here.strata.sizes.tolist(), planned, strict=True)
    return [PlannedStratum(name, units, int(n)) for name, units, n in rows]


def samples(country: Country) -> QuerySet[Sample]:
    """The samples of a country, newest first."""
    found = Sample.objects.filter(country=country).select_related("frame", "assessment")
    return found.order_by("-drawn_at", "-pk")


def strata_of(sample: Sample) -> list[SampleStratum]:
    """The strata of a sample with the range of their weights."""
    found = sample.drawn_strata.annotate(
        least=Min("drawn_units__weight"), most=Max("drawn_units__weight"), reserves=Count("drawn_units__reserve_for")
    )
    return list(found.order_by("number"))


def units_of(sample: Sample) -> QuerySet[SampledUnit]:
    """The sampled units with their reserves behind them, in the order of the draw."""
    found = SampledUnit.objects.filter(sample=sample).select_related("unit", "stratum", "reserve_for")
    return found.annotate(drawn_people=Count("people")).order_by("order", "reserve_rank", "pk")


def is_reproduced(sample: Sample) -> bool:
    """Draw the sample again from its design and seed, and say whether the very same units come out."""
    design = design_of(sample)
    here = listed(sample.frame, design)
    again = drawn(here, plan(here, design), design, sample.seed)
    kept = SampledUnit.objects.filter(sample=sample, reserve_for=None).values_list("unit", flat=True)
    return sample.fingerprint == fingerprint(here) and sorted(kept) == sorted(here.pks[at] for at in again.chosen)


def people_of(unit: SampledUnit) -> list[SampledPerson]:
    """The people drawn in a unit, in the order of its list."""
    return list(unit.people.order_by("number"))


def assessments(country: Country) -> list[Assessment]:
    """The assessments of a country that are not closed."""
    return list(Assessment.objects.filter(country=country, closed_at=None).order_by("-starts_on", "-pk"))
