"""Sampling frames: a list comes in, its columns get a meaning, its rows become units."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import IO, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learnin.assessment.formats import unit_list
from learnin.assessment.formats.unit_list import Contents, Meaning, Unit, UnitList
from learnin.assessment.models import ColumnMemory, Frame, FrameUnit
from learnin.assessment.queries import frames as queries
from learnin.journal.operations import entries
from learnin.journal.operations import jobs as journal_jobs
from learnin.journal.operations.files import attach
from learnin.kit import jobs, written
from learnin.kit.refusal import Refusal
from learnin.people.models import Country, Person

READ_AT_ONCE = 2_000_000  # bytes: a list of so many is read in less than a second
AT_ONCE = 5_000  # rows: their units are made in less than a second
A_PIECE = 2_000  # rows between two words about how far it is
EXAMPLES = 5


class FrameInUse(Refusal):
    """Samples were drawn from this frame."""


class FrameBusy(Refusal):
    """A job works on this frame."""


class NotAList(Refusal):
    """The file cannot be read as a list of units."""


class ColumnsUnknown(Refusal):
    """A column that was named is not in the file."""


@transaction.atomic
def add_list(country: Country, *, title: str, file: IO[bytes], file_name: str, by: Person, now: datetime) -> Frame:
    """Keep a list of units as it came: a short one is read at once, a long one as a job.

    Raises NotAList and journal's FileRefused.
    """
    data = file.read()
    file.seek(0)
    is_long = len(data) > READ_AT_ONCE
    contents = {} if is_long else Contents.of(_read(data, file_name)).as_json()
    source = attach(file, name=file_name, country=country, by=by, now=now)
    frame = Frame.objects.create(
        country=country, title=title, source=source, contents=contents, added_by=by, added_at=now
    )
    if is_long:
        _start(frame, read_list, by=by, now=now)
    entries.write("frame.added", frame, by=by, now=now, country=country, after={"file": source.name})
    return frame


@jobs.job(label=gettext_lazy("Read a list of units"), atomic=False)
def read_list(*, frame: int, by: Person | None, now: datetime) -> dict[str, str]:
    """Read a long list, and keep what stands in its columns. Raises NotAList."""
    of = Frame.objects.select_related("source").get(pk=frame)
    jobs.progress(0, 2, _("The file is being read."))
    with of.source.file.open("rb") as file:
        found = _read(file.read(), of.source.name)
    jobs.progress(1, 2, _("Its columns are being looked at."))
    contents = Contents.of(found).as_json()
    with jobs.finishing():
        Frame.objects.filter(pk=frame).update(contents=contents)
    text = ngettext("%(shown)s row was read.", "%(shown)s rows were read.", len(found.rows))
    return {
        "text": text % {"shown": written.number(len(found.rows))},
        "url": reverse("assessment:frame_columns", args=[frame]),
    }


def _read(data: bytes, name: str) -> UnitList:
    try:
        return unit_list.read(data, name)
    except unit_list.Unreadable as why:
        raise NotAList(queries.why_unreadable(str(why))) from None


def _start(frame: Frame, work: Callable[..., Any], *, by: Person, now: datetime, **more: Any) -> None:
    frame.job = journal_jobs.start(work, by=by, now=now, country=frame.country, frame=frame.pk, **more)
    frame.save(update_fields=["job"])


@transaction.atomic
def say_columns(frame: Frame, *, mapping: Mapping[str, str], strata: Sequence[str], by: Person, now: datetime) -> Frame:
    """Say what the columns of the list mean. Raises FrameInUse, FrameBusy, ColumnsUnknown."""
    frame = _free(frame)
    unknown = ({*mapping.values()} | {*strata}) - {*queries.contents(frame).first.headings}
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
    """Make units of the rows: at once of a short list, as a job of a long one. Raises FrameInUse, FrameBusy.

    closed: values of the status column that say a unit is not at work.
    groups: for a strata column, which value counts as which.
    """
    frame = _free(frame)
    if queries.contents(frame).rows > AT_ONCE:
        _start(frame, make_units, by=by, now=now, closed=sorted(closed), groups=_kept(groups))
        return frame
    return _keep(frame, _made(frame, closed, groups), closed=closed, groups=groups, by=by, now=now)


@jobs.job(label=gettext_lazy("Make units of a list"), atomic=False)
def make_units(
    *, frame: int, closed: Collection[str], groups: Mapping[str, Mapping[str, str]], by: Person | None, now: datetime
) -> dict[str, str]:
    """Make units of a long list: all of them, or none. Raises FrameInUse."""
    of = Frame.objects.select_related("source").get(pk=frame)
    units = _made(of, closed, groups)
    with jobs.finishing(), transaction.atomic():
        _keep(_undrawn(of), units, closed=closed, groups=groups, by=by, now=now)
    text = ngettext("%(shown)s unit was made.", "%(shown)s units were made.", len(units))
    return {
        "text": text % {"shown": written.number(len(units))},
        "url": reverse("assessment:frame", args=[frame]),
    }


def _made(frame: Frame, closed: Collection[str], groups: Mapping[str, Mapping[str, str]]) -> list[Unit]:
    """The rows of the file as units."""
    found = queries.reading(frame)
    return list(unit_list.units(found, frame.mapping, strata=frame.strata, closed=closed, groups=groups))


def _keep(
    frame: Frame,
    units: Sequence[Unit],
    *,
    closed: Collection[str],
    groups: Mapping[str, Mapping[str, str]],
    by: Person | None,
    now: datetime,
) -> Frame:
    """Keep the units, and remember the columns for the next list of this kind."""
    frame.units.all().delete()
    for begin in range(0, len(units), A_PIECE):
        jobs.progress(begin, len(units))
        FrameUnit.objects.bulk_create(_row(frame, unit) for unit in units[begin : begin + A_PIECE])
    frame.groups, frame.unit_count, frame.imported_at = _kept(groups), len(units), now
    frame.report = _report(units, closed)
    frame.save(update_fields=["groups", "unit_count", "imported_at", "report"])
    ColumnMemory.objects.update_or_create(
        country=frame.country,
        heading=queries.contents(frame).first.fingerprint,
        defaults={"mapping": frame.mapping, "strata": frame.strata, "groups": frame.groups, "used_at": now},
    )
    after = {"units": frame.unit_count, "set_aside": sum(frame.report["set_aside"].values())}
    entries.write("frame.imported", frame, by=by, now=now, country=frame.country, after=after)
    return frame


def _free(frame: Frame) -> Frame:
    """The frame, locked, that nothing was drawn from and no job works on. Raises FrameInUse, FrameBusy."""
    frame = _undrawn(frame)
    if frame.is_busy:
        raise FrameBusy(_("This list is being worked on. Look at it again in a minute."))
    return frame


def _undrawn(frame: Frame) -> Frame:
    """The frame, locked. A frame that samples were drawn from stays as it was. Raises FrameInUse."""
    locked = Frame.objects.select_for_update(of=("self",)).select_related("country", "source", "job")
    frame = locked.get(pk=frame.pk)
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
