"""Files that came in: which there are, what is in them, what their columns seem to mean."""

from dataclasses import replace

from django.db.models import Count, QuerySet

from learnin.initiatives.formats.fivew import ColumnMapping, Look
from learnin.initiatives.formats.record import Level, Read
from learnin.initiatives.models import HeadingMemory, Import, ImportedRecord
from learnin.people.models import Country, Person
from learnin.people.roles import Can, may

State = ImportedRecord.State
SAMPLES = 10


def is_only_of_file(read: Read) -> bool:
    """Whether it tells of the file as a whole: no record, and no error that kept one out."""
    return read.record is None and all(one.level is Level.WARNING for one in read.problems)


def counts(source: Import) -> dict[str, int]:
    """How many records of each state."""
    found = dict(source.records.order_by().values_list("state").annotate(n=Count("pk")))
    return {state.value: found.get(state.value, 0) for state in State}


def records_of(source: Import, state: str = "", *, with_problems: bool = False) -> QuerySet[ImportedRecord]:
    """The records of a file, in its order."""
    found = source.records.select_related("initiative").order_by("row", "pk")
    found = found.filter(state=state) if state else found
    return found.exclude(problems=[]) if with_problems else found


def undecided(source: Import) -> QuerySet[ImportedRecord]:
    """Conflicts that nobody has decided."""
    return source.records.filter(state=State.CONFLICT, choice="")


def imports_of(country: Country, person: Person) -> QuerySet[Import]:
    """The files that came in; a partner's own only."""
    found = Import.objects.filter(country=country).select_related("attachment", "added_by", "job")
    if not may(person, Can.EDIT_INITIATIVES, country):
        found = found.filter(added_by=person)
    return found.order_by("-added_at", "-pk")


def proposed(source: Import, look: Look) -> tuple[ColumnMapping, bool]:
    """What the columns of a table seem to mean, and whether that was said before of one with the same heading."""
    if source.mapping and source.sheet in ("", look.sheet):
        return replace(ColumnMapping.from_json(source.mapping), sheet=look.chosen), False
    memory = HeadingMemory.objects.filter(country=source.country, heading=look.fingerprint).first()
    if memory is None:
        return look.mapping, False
    return replace(ColumnMapping.from_json(memory.mapping), sheet=look.chosen), True


def samples(source: Import) -> list[tuple[str, list[ImportedRecord]]]:
    """The first records of each state that does something, to look at or to follow to their initiatives."""
    found = [(state, list(records_of(source, state)[:SAMPLES])) for state in (State.NEW, State.CHANGED, State.CONFLICT)]
    return [(str(state.label), records) for state, records in found if records]
