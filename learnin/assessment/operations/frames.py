"""Sampling frames: a list comes in, its columns get a meaning, its rows become units."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from learnin.assessment.formats import unit_list
from learnin.assessment.formats.unit_list import Meaning, Unit
from learnin.assessment.models import ColumnMemory, Frame, FrameUnit
from learnin.assessment.queries import frames as queries
from learnin.journal.operations import entries
from learnin.journal.operations.files import attach
from learnin.kit.refusal import Refusal
from learnin.people.models import Country, Person

AT_ONCE = 2_000
EXAMPLES = 5


class FrameInUse(Refusal):
    """Samples were drawn from this frame."""


class NotAList(Refusal):
    """The file cannot be read as a list of units."""


class ColumnsUnknown(Refusal):
    """A column that was named is not in the file."""


@transaction.atomic
def add_list(country: Country, *, title: str, file: IO[bytes], file_name: str, by: Person, now: datetime) -> Frame:
    """Keep a list of units as it came. Raises NotAList and journal's FileRefused."""
    data = file.read()
    file.seek(0)
    try:
        unit_list.read(data, file_name)
    except unit_list.Unreadable as why:
        raise NotAList(queries.why_unreadable(str(why))) from None
    source = attach(file, name=file_name, country=country, by=by, now=now)
    frame = Frame.objects.create(country=country, title=title, source=source, added_by=by, added_at=now)
    entries.write("frame.added", frame, by=by, now=now, country=country, after={"file": source.name})
    return frame


@transaction.atomic
def say_columns(frame: Frame, *, mapping: Mapping[str, str], strata: Sequence[str], by: Person, now: datetime) -> Frame:
    """Say what the columns of the list mean. Raises FrameInUse, ColumnsUnknown."""
    frame = _unused(frame)
    headings = queries.reading(frame).headings
    unknown = ({*mapping.values()} | {*strata}) - {*headings}
    if unknown:
        raise ColumnsUnknown(_("The list has no column “%(column)s”.") % {"column": min(unknown)})
    before = {"mapping": frame.mapping, "strata": frame.strata}
    frame.mapping, frame.strata = dict(mapping), list(strata)
    frame.save(update_fields=["mapping", "strata"])
    after = {"mapping": frame.mapping, "strata": frame.strata}
    entries.write("frame.columns-said", frame, by=by, now=now, country=frame.country, before=before, after=after)
    return frame


@transaction.atomic
def import_units(
    frame: Frame,
    *,
    closed: Collection[str],
    groups: Mapping[str, Mapping[str, str]],
    by: Person,
    now: datetime,
) -> Frame:
    """Make units of the rows, and remember the columns for the next list of this kind. Raises FrameInUse.

    closed: values of the status column that say a unit is not at work.
    groups: for a strata column, which value counts as which.
    """
    frame = _unused(frame)
    found = queries.reading(frame)
    units = list(unit_list.units(found, frame.mapping, strata=frame.strata, closed=closed, groups=groups))
    frame.units.all().delete()
    FrameUnit.objects.bulk_create((_row(frame, unit) for unit in units), batch_size=AT_ONCE)
    frame.groups, frame.unit_count, frame.imported_at = _kept(groups), len(units), now
    frame.report = _report(units, closed)
    frame.save(update_fields=["groups", "unit_count", "imported_at", "report"])
    ColumnMemory.objects.update_or_create(
        country=frame.country,
        heading=found.fingerprint,
        defaults={"mapping": frame.mapping, "strata": frame.strata, "groups": frame.groups, "used_at": now},
    )
    after = {"units": frame.unit_count, "set_aside": sum(frame.report["set_aside"].values())}
    entries.write("frame.imported", frame, by=by, now=now, country=frame.country, after=after)
    return frame


def _unused(frame: Frame) -> Frame:
    """The frame, locked. A frame that samples were drawn from stays as it was."""
    frame = Frame.objects.select_for_update(of=("self",)).select_related("country", "source").get(pk=frame.pk)
    if frame.samples.exists():
        raise FrameInUse(_("A sample was drawn from this list. Bring the new list in as another one."))
    return frame


def _row(frame: Frame, unit: Unit) -> FrameUnit:
    told = unit.told
    return FrameUnit(
        frame=frame,
        row=unit.row,
        code=told.get(Meaning.CODE, "")[:100],
        name=(told.get(Meaning.NAME) or told.get(Meaning.CODE, ""))[:300],
        strata=dict(unit.strata),
        size=unit.size,
        seconds=unit.seconds,
        area=told.get(Meaning.AREA, "")[:200],
        language=told.get(Meaning.LANGUAGE, "")[:60],
        email=told.get(Meaning.EMAIL, "")[:254],
        phone=told.get(Meaning.PHONE, "")[:60],
        address=told.get(Meaning.ADDRESS, "")[:500],
        set_aside=unit.set_aside,
    )


def _kept(groups: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Only what joins values: a value that counts as itself needs no word."""
    found = {
        heading: {value: into for value, into in same.items() if into != value} for heading, same in groups.items()
    }
    return {heading: same for heading, same in found.items() if same}


def _report(units: Sequence[Unit], closed: Iterable[str]) -> dict[str, Any]:
    """What a person should know of this list before they draw from it."""
    drawable = [unit for unit in units if not unit.set_aside]
    names = Counter((unit.told.get(Meaning.NAME), unit.told.get(Meaning.ADDRESS)) for unit in drawable)
    twins = sorted(str(name) for (name, _address), n in names.items() if n > 1 and name)
    sizes = unit_list.sizes(unit.size for unit in drawable)
    cells: dict[tuple[str, ...], list[float]] = {}
    for unit in drawable:
        cell = cells.setdefault(tuple(unit.strata.values()), [0, 0.0])
        cell[0] += 1
        cell[1] += unit.size or 0
    return {
        "set_aside": dict(Counter(unit.set_aside for unit in units if unit.set_aside)),
        "closed": sorted(closed),
        "twins": len(twins),
        "twin_examples": twins[:EXAMPLES],
        "sizes": asdict(sizes) if sizes else None,
        "cells": [{"values": key, "units": int(n), "size": size} for key, (n, size) in sorted(cells.items())],
    }
