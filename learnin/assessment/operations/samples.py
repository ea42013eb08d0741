"""Samples: drawn from a frame by a recorded design and seed, and what becomes of those who cannot take part."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from learnin.assessment.models import Assessment, Frame, Sample, SampledPerson, SampledUnit, SampleStratum
from learnin.assessment.queries import samples as queries
from learnin.assessment.queries.samples import Design, Listed
from learnin.compute import sampling
from learnin.journal.operations import entries
from learnin.kit.refusal import Refusal
from learnin.people.models import Person

SEEDS = 2**53
"""Seeds below this stand exactly in every spreadsheet and in R."""


class CannotDraw(Refusal):
    """The design does not fit the frame."""


class NoReserve(Refusal):
    """Nobody can stand in for this unit."""


class PeopleDrawn(Refusal):
    """People were drawn in this unit already."""


@transaction.atomic
def draw(
    frame: Frame,
    *,
    title: str,
    assessment: Assessment | None,
    design: Design,
    seed: int | None = None,
    by: Person,
    now: datetime,
) -> Sample:
    """Draw a sample. The same frame, design and seed give the same units. Raises CannotDraw."""
    frame = Frame.objects.select_for_update(of=("self",)).select_related("country").get(pk=frame.pk)
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    listed = queries.listed(frame, design)
    try:
        planned = queries.plan(listed, design)
        drawn = queries.drawn(listed, planned, design, seed)
        reserves = queries.reserves(drawn, design, seed)
    except sampling.CannotSample as why:
        raise CannotDraw(queries.why_not(why, listed)) from None
    sample = Sample.objects.create(
        country=frame.country,
        frame=frame,
        assessment=assessment,
        title=title,
        method=design.method,
        allocation=design.allocation,
        size=drawn.n,
        take=design.take,
        reserves=design.reserves,
        strata=list(design.strata),
        design=design.kept | {"imputed": listed.imputed, "left_out": listed.left_out},
        seed=seed,
        method_version=f"{drawn.method} {drawn.version}",
        fingerprint=queries.fingerprint(listed),
        drawn_by=by,
        drawn_at=now,
    )
    strata = _strata(sample, listed, drawn)
    _units(sample, listed, strata, drawn, reserves)
    after = {"units": drawn.n, "sample_method": design.method, "allocation": design.allocation, "seed": seed,
             "fingerprint": sample.fingerprint}  # fmt: skip
    entries.write("sample.drawn", sample, by=by, now=now, country=frame.country, after=after)
    return sample


def _strata(sample: Sample, listed: Listed, drawn: sampling.Draw) -> list[SampleStratum]:
    counts = np.bincount(listed.strata.code[drawn.chosen], minlength=len(listed.strata.names))
    sizes = np.bincount(listed.strata.code, weights=drawn.size, minlength=len(listed.strata.names))
    return SampleStratum.objects.bulk_create(
        SampleStratum(
            sample=sample,
            number=number,
            label=name,
            values=listed.values_of(number),
            units=int(listed.strata.sizes[number]),
            drawn=int(counts[number]),
            size_total=float(sizes[number]),
        )
        for number, name in enumerate(listed.strata.names)
    )


def _units(
    sample: Sample,
    listed: Listed,
    strata: Sequence[SampleStratum],
    drawn: sampling.Draw,
    reserves: sampling.Reserves | None,
) -> None:
    def row(at: int, order: int, **more: Any) -> SampledUnit:
        stratum = strata[int(listed.strata.code[at])]
        return SampledUnit(sample=sample, stratum=stratum, unit_id=listed.pks[at], order=order, **more)

    chosen = SampledUnit.objects.bulk_create(
        row(
            int(at),
            order,
            probability=float(drawn.probability[at]),
            weight=float(1 / drawn.probability[at]),
            is_certainty=bool(drawn.certain[at]),
        )
        for order, at in enumerate(drawn.chosen, start=1)
    )
    if reserves is None:
        return
    SampledUnit.objects.bulk_create(
        row(int(at), one.order, reserve_for=one, reserve_rank=rank)
        for one, line in zip(chosen, reserves.unit, strict=True)
        for rank, at in enumerate(line, start=1)
        if at != sampling.NOBODY
    )


@transaction.atomic
def put_in_reserve(unit: SampledUnit, *, because: str, by: Person, now: datetime) -> SampledUnit:
    """Let the next reserve stand in for a sampled unit that cannot take part. It carries the unit's weight.

    Raises NoReserve.
    """
    unit = SampledUnit.objects.select_for_update(of=("self",)).select_related("unit", "sample__country").get(pk=unit.pk)
    first = unit if unit.reserve_for_id is None else unit.reserve_for
    waiting = SampledUnit.objects.select_for_update(of=("self",)).select_related("unit")
    reserve = waiting.filter(reserve_for=first, stands_in_since=None).order_by("reserve_rank", "pk").first()
    if first is None or reserve is None:
        raise NoReserve(_("No reserve is left for “%(unit)s”. Note why it does not answer.") % {"unit": unit.unit.name})
    reserve.stands_in_since, reserve.stands_in_because = now, because
    reserve.probability, reserve.weight = first.probability, first.weight
    reserve.save(update_fields=["stands_in_since", "stands_in_because", "probability", "weight"])
    after = {"unit": unit.unit.name, "reserve": reserve.unit.name, "why": because}
    entries.write("sample.stood-in", unit.sample, by=by, now=now, country=unit.sample.country, after=after)
    return reserve


@transaction.atomic
def draw_people(
    unit: SampledUnit, *, people: Sequence[Mapping[str, str]], by: Person, now: datetime
) -> list[SampledPerson]:
    """Draw people of a sampled unit from its list: each with the same chance. Raises CannotDraw, PeopleDrawn.

    people: the whole list in its order, with name, email, phone and language where they are known.
    """
    unit = SampledUnit.objects.select_for_update(of=("self",)).select_related("unit", "sample__country").get(pk=unit.pk)
    sample = unit.sample
    if unit.people.exists():
        raise PeopleDrawn(_("People of “%(unit)s” were drawn before. They stay.") % {"unit": unit.unit.name})
    if not sample.take or not unit.weight or not unit.probability:
        raise CannotDraw(_("In this sample nobody is drawn inside units."))
    if not people:
        raise CannotDraw(_("The list is empty. It needs everybody who can be drawn."))
    take = min(sample.take, len(people))
    chance = sampling.generator(sample.seed, "people", unit.unit.row)
    drawn = sampling.simple_random(len(people), take, chance)
    made = SampledPerson.objects.bulk_create(
        SampledPerson(
            unit=unit,
            number=int(at) + 1,
            probability=take / len(people),
            weight=unit.weight * len(people) / take,
            **{key: people[at].get(key, "") for key in ("name", "email", "phone", "language")},
        )
        for at in drawn.chosen.tolist()
    )
    after = {"units": take, "unit": unit.unit.name}
    entries.write("sample.people-drawn", sample, by=by, now=now, country=sample.country, after=after)
    return made
