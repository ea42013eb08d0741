"""Records of a file are written into the register, in pieces: few questions however many there are.

Whoever calls holds the country, so that two files bring the same initiative in only once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from learnin.initiatives.formats import record as told
from learnin.initiatives.formats.kept import as_json, from_json
from learnin.initiatives.formats.record import Record
from learnin.initiatives.models import Import, ImportedRecord, Initiative, Organisation
from learnin.initiatives.operations import organisations, registering, rows
from learnin.initiatives.queries import set_against
from learnin.initiatives.queries.comparing import Settler, merged
from learnin.initiatives.queries.organisations import Known
from learnin.initiatives.queries.records import record_of
from learnin.initiatives.queries.set_against import Here
from learnin.journal.operations import entries
from learnin.kit import jobs
from learnin.people.models import Country, Person
from learnin.people.queries import areas_of

State = ImportedRecord.State
OF_THE_REGISTER = (State.CHANGED, State.CONFLICT, State.SAME)
"""States of records that tell of an initiative which stands in the register."""
A_PIECE = 500  # rows of one insert
AN_UPDATE = 100  # rows of one update: each is a case of a long sentence


def _pieces(found: QuerySet[ImportedRecord]) -> Iterator[list[ImportedRecord]]:
    every = found.order_by("row", "pk").iterator(chunk_size=A_PIECE)
    while piece := list(islice(every, A_PIECE)):
        yield piece


def new(source: Import, here: Known, *, by: Person, now: datetime) -> int:
    """Write new initiatives: organisations first, then initiatives, then what belongs to them. Returns how many."""
    areas = _areas(source.country)
    origin = Initiative.Origin.IATI if source.format == Import.Format.IATI else Initiative.Origin.FIVEW
    says = {"origin": origin.value, "file": source.attachment.name}
    n = 0
    for piece in _pieces(source.records.filter(state=State.NEW)):
        records = [from_json(one.record) for one in piece if one.record]
        _add_organisations(source.country, records, here, by=by, now=now)
        made = [
            Initiative(
                country=source.country,
                reporter_id=here.number(record.reporter),
                origin=origin,
                told=one.record,
                registered_by=by,
                registered_at=now,
                changed_at=now,
                **rows.columns(record),
            )
            for one, record in zip(piece, records, strict=True)
        ]
        Initiative.objects.bulk_create(made, batch_size=A_PIECE)
        _add_parts(zip(made, records, strict=True), here, areas)
        for one, initiative in zip(piece, made, strict=True):
            one.initiative = initiative
        ImportedRecord.objects.bulk_update(piece, ["initiative"], batch_size=A_PIECE)
        lines = [entries.Told(initiative, after=says) for initiative in made]
        entries.write_all("initiative.came-in", told=lines, by=by, now=now, country=source.country)
        n += len(made)
        jobs.progress(n, 0, _("Initiatives are being written."))
    return n


def _rounds(piece: list[ImportedRecord]) -> Iterator[list[ImportedRecord]]:
    """The same records, so that each round has an initiative once: the second change begins where the first ended."""
    while piece:
        first: dict[int | None, ImportedRecord] = {}
        for one in piece:
            first.setdefault(one.initiative_id, one)
        yield list(first.values())
        piece = [one for one in piece if first[one.initiative_id] is not one]


def _areas(country: Country) -> dict[str, int]:
    return {area.code: area.pk for area in areas_of(country)}


def _add_organisations(country: Country, records: Iterable[Record], here: Known, *, by: Person, now: datetime) -> None:
    """Write down the organisations that nobody knows yet, all at once; the import tells of them."""
    new: list[tuple[told.Organisation, Organisation]] = []
    for record in records:
        for one in (record.reporter, *(party.organisation for party in record.parties)):
            if here.find(one) is None:
                here.learn(-1 - len(new), one)
                new.append((one, organisations.unsaved(country, one, by=by, now=now)))
    Organisation.objects.bulk_create([row for _told, row in new], batch_size=A_PIECE)
    here.settle({-1 - at: row.pk for at, (_told, row) in enumerate(new)})


def _add_parts(pairs: Iterable[tuple[Initiative, Record]], here: Known, areas: Mapping[str, int]) -> None:
    by_kind: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for initiative, record in pairs:
        for part in rows.parts(initiative, record, find=here.number, areas=areas):
            by_kind[type(part)].append(part)
    for kind, parts in by_kind.items():
        kind._default_manager.bulk_create(parts, batch_size=A_PIECE)


@dataclass(frozen=True)
class Change:
    """An initiative as it stands, and the record by which it is written anew."""

    initiative: Initiative
    before: dict[str, Any]
    record: Record


def changed(source: Import, settler: Settler, *, by: Person, now: datetime) -> int:
    """Change what the file changes; where somebody changed the same here, as was decided. Returns how many."""
    n, areas = 0, _areas(source.country)
    found = source.records.filter(state__in=OF_THE_REGISTER, initiative__isnull=False)
    for piece in chain.from_iterable(map(_rounds, _pieces(found))):
        numbers = {one.initiative_id for one in piece if one.initiative_id}
        list(Initiative.objects.select_for_update().filter(pk__in=numbers).order_by("pk").values_list("pk"))
        here = set_against.at_hand(numbers)
        changes = [change for one in piece if (change := _change(here[one.initiative_id or 0], one, settler))]
        _add_organisations(source.country, [one.record for one in changes], settler.known, by=by, now=now)
        _write(changes, settler.known, areas)
        n += _close(source, changes, by=by, now=now)
        _remember(piece, here)
        jobs.progress(n, 0, _("Initiatives are being changed."))
    return n


def _change(here: Here, one: ImportedRecord, settler: Settler) -> Change | None:
    """What a record changes; None where it is nothing."""
    says = here.told(from_json(one.record or {}))
    found = here.difference(says, settler)
    fields = set(found.changed)
    if one.choice == ImportedRecord.Choice.HERE:
        fields -= set(found.conflicts)
    if not fields:
        return None
    record = merged(says, here.stands, fields)
    registering.require_sense(record)
    return Change(here.initiative, as_json(here.stands), record)


def _write(changes: list[Change], here: Known, areas: Mapping[str, int]) -> None:
    """Write initiatives anew: of their columns those that differ, and all that belongs to them."""
    differing: set[str] = set()
    for one in changes:
        for name, value in {**rows.columns(one.record), "reporter_id": here.number(one.record.reporter)}.items():
            if getattr(one.initiative, name) != value:
                setattr(one.initiative, name, value)
                differing.add(name.removesuffix("_id"))
    initiatives = [one.initiative for one in changes]
    if differing:
        Initiative.objects.bulk_update(initiatives, sorted(differing), batch_size=AN_UPDATE)
    for model in rows.PARTS:
        model._default_manager.filter(initiative__in=initiatives).delete()
    _add_parts(((one.initiative, one.record) for one in changes), here, areas)


def _close(source: Import, changes: list[Change], *, by: Person, now: datetime) -> int:
    """What a file changes is not confirmed any longer: somebody who knows has to say so again. Returns how many."""
    after = set_against.initiatives([one.initiative.pk for one in changes])
    lines = [
        entries.Told(one.initiative, before=one.before, after=became | {"file": source.attachment.name})
        for one in changes
        if (became := as_json(record_of(after[one.initiative.pk]))) != one.before
    ]
    of = [line.on.pk for line in lines]
    Initiative.objects.filter(pk__in=of).update(changed_at=now, confirmed_at=None, confirmed_by=None)
    entries.write_all("initiative.changed-by-file", told=lines, by=by, now=now, country=source.country)
    return len(lines)


def _remember(piece: Iterable[ImportedRecord], here: Mapping[int, Here]) -> None:
    """Keep what the file said, to see next time who changed what since."""
    anew = []
    for one in piece:
        initiative = here[one.initiative_id or 0].initiative
        if initiative.told != one.record:
            initiative.told = one.record
            anew.append(initiative)
    Initiative.objects.bulk_update(anew, ["told"], batch_size=AN_UPDATE)
