"""Files that came in: what is in them, what is wrong, what applying would do."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from learnin.compute.folding import fold
from learnin.initiatives import code_words
from learnin.initiatives.formats.fivew import ColumnMapping, Look
from learnin.initiatives.formats.kept import as_json, from_json
from learnin.initiatives.formats.record import Level, Problem, Read, Record, Related
from learnin.initiatives.models import HeadingMemory, Import, ImportedRecord, Initiative, Representative
from learnin.initiatives.queries import fitting, related
from learnin.initiatives.queries.comparing import Difference, Settler, difference, merged
from learnin.initiatives.queries.organisations import known
from learnin.initiatives.queries.records import record_of, with_parts
from learnin.people.models import Country, Person
from learnin.people.queries import area_names
from learnin.people.roles import Can, may

State = ImportedRecord.State
A_PIECE = 500
SAMPLES = 10
Key = tuple[str, str, date | None]


@dataclass
class Judge:
    """Says of each record of a file what applying would do with it."""

    country: Country
    settler: Settler
    yours: frozenset[int] | None
    """Organisations that the person may tell of; None: of all."""
    by_identifier: dict[str, int] = field(default_factory=dict)
    by_words: dict[Key, int] = field(default_factory=dict)
    merged: dict[int, str] = field(default_factory=dict)
    """Initiatives that were merged into another, and the title of that one."""
    others: set[int] = field(default_factory=set)
    """Initiatives that the person may not change."""
    takes_regions: bool = False
    """Whether somebody said that what is of a whole region comes in too."""
    taken: set[object] = field(default_factory=set)

    @classmethod
    def of(cls, country: Country, by: Person | None, *, takes_regions: bool = False) -> "Judge":
        """With everything the country has; without a person (the command line), all organisations may be told of."""
        areas = frozenset(area.code for area in area_names(country))
        judge = cls(country, Settler(known(country), areas, country.pk), _organisations_of(country, by))
        judge.takes_regions = takes_regions
        rows = Initiative.objects.filter(country=country).select_related("merged_into").order_by("-pk")
        for one in rows.only(
            "identifier", "titles", "reporter", "begins_on", "registered_by", "merged_into", "merged_into__titles"
        ).iterator(chunk_size=A_PIECE):
            judge._learn(one, by)
        return judge

    def _learn(self, one: Initiative, by: Person | None) -> None:
        if one.merged_into:
            self.merged[one.pk] = one.merged_into.title()
        if self.yours is not None and one.reporter_id not in self.yours and one.registered_by_id != (by and by.pk):
            self.others.add(one.pk)
        if one.identifier:
            self.by_identifier[one.identifier] = one.pk
            return
        for title in one.titles.values():
            self.by_words[fold(title), str(one.reporter_id), one.begins_on] = one.pk

    def is_ours(self, record: Record) -> bool:
        """Whether it is about this country; one that names none is."""
        codes = {share.code for share in record.countries} | {place.country for place in record.places if place.country}
        return not codes or self.country.pk in codes

    def is_of_a_region(self, record: Record) -> bool:
        """Whether it names a region of the world and no country, so that only a person can say that it is ours."""
        return bool(record.regions) and not record.countries and not any(place.country for place in record.places)

    def here_only(self, record: Record) -> Record:
        """The record without its places in other countries: each country has its own register."""
        here = tuple(place for place in record.places if place.country in ("", self.country.pk))
        return record if len(here) == len(record.places) else replace(record, places=here)

    def known_as(self, record: Record) -> int | None:
        """The initiative that it tells of: by its identifier, else by title, reporter and first day together."""
        if record.identifier:
            return self.by_identifier.get(record.identifier)
        reporter = self.settler.known.find(record.reporter)
        return self.by_words.get((fold(record.title), str(reporter), record.begins))

    def problems(self, record: Record, row: int, kept: Mapping[str, Any]) -> list[Problem]:
        """What keeps a record out that its reader let through. `kept`: the record as JSON."""
        found = [*fitting.problems(record, kept), *self._of_the_person(record), *self._of_the_register(record)]
        key = record.identifier or (fold(record.title), fold(record.reporter.name), record.begins)
        if key in self.taken and not found:
            found.append(("twice", ""))
        self.taken.add(key)
        return [Problem(f"register.{code}", row, said=said, identifier=record.identifier) for code, said in found]

    def _of_the_person(self, record: Record) -> Iterator[tuple[str, str]]:
        if self.yours is None:
            return
        if self.settler.known.find(record.reporter) not in self.yours or self.known_as(record) in self.others:
            yield "not_yours", record.reporter.name

    def _of_the_register(self, record: Record) -> Iterator[tuple[str, str]]:
        at = self.known_as(record)
        if at in self.merged:
            yield "merged", self.merged[at]


def _organisations_of(country: Country, by: Person | None) -> frozenset[int] | None:
    if by is None or may(by, Can.EDIT_INITIATIVES, country):
        return None
    mine = Representative.objects.filter(person=by, ended_at=None).order_by("pk")
    return frozenset(mine.values_list("organisation", flat=True))


def judged(source: Import, reads: Iterable[Read], judge: Judge) -> Iterator[ImportedRecord]:
    """What each record of a file is to the register, ready to be kept. Compares in pieces, with few questions."""
    piece: list[Read] = []
    for read in reads:
        piece.append(read)
        if len(piece) == A_PIECE:
            yield from _piece(source, piece, judge)
            piece = []
    yield from _piece(source, piece, judge)


def _piece(source: Import, reads: list[Read], judge: Judge) -> Iterator[ImportedRecord]:
    numbers = {at: judge.known_as(read.record) for at, read in enumerate(reads) if read.record}
    here = at_hand({pk for pk in numbers.values() if pk})
    for at, read in enumerate(reads):
        yield _one(source, read, judge, here.get(numbers.get(at) or 0))


def initiatives(numbers: Collection[int]) -> dict[int, Initiative]:
    """These initiatives with everything that a comparison needs."""
    if not numbers:
        return {}
    return {one.pk: one for one in with_parts(Initiative.objects.filter(pk__in=numbers).order_by("pk"))}


@dataclass(frozen=True)
class Here:
    """An initiative of the register as a file is set against it, with the relations that people judged and agreed."""

    initiative: Initiative
    stands: Record
    related: tuple[Related, ...] = ()

    def difference(self, record: Record, settler: Settler) -> Difference:
        """What a record changes, and where somebody changed the same here. `record`: by `told`."""
        last = related.without(from_json(self.initiative.told), self.related) if self.initiative.told else None
        before = settler.kept(last) if last else {}
        stands = settler.kept(related.without(self.stands, self.related))
        return difference(settler.fields(record), before, stands)

    def told(self, record: Record) -> Record:
        """What a file tells of it beyond what was judged and agreed here."""
        return related.without(record, self.related)


def at_hand(numbers: Collection[int]) -> dict[int, Here]:
    """These initiatives as files are set against them, in a number of questions that does not grow."""
    found = initiatives(numbers)
    ours = related.of(list(found.values())) if found else {}
    return {pk: Here(one, record_of(one), ours.get(pk, ())) for pk, one in found.items()}


def _one(source: Import, read: Read, judge: Judge, here: Here | None) -> ImportedRecord:
    made = ImportedRecord(source=source, row=read.row, problems=[kept(one) for one in read.problems], state=State.BAD)
    record = read.record
    if record is None:
        made.identifier = _short(next((one.identifier for one in read.problems if one.identifier), ""), 200)
        return made
    made.identifier, made.title = _short(record.identifier, 200), _short(record.title, 500)
    if not judge.is_ours(record):
        made.state, made.problems = State.ELSEWHERE, []
        return made
    here_only = judge.here_only(record)
    made.record = as_json(here_only)
    if judge.is_of_a_region(record) and here is None:
        made.problems.append(_of_a_region(record, read.row, keeps_out=not judge.takes_regions))
        if not judge.takes_regions:
            made.state = State.REGION
            return made
    judge_one(made, here_only, judge, here)
    return made


def _of_a_region(record: Record, row: int, *, keeps_out: bool) -> dict[str, object]:
    """What is told of a record of a whole region. What stands in the register already, somebody took in before."""
    said = ", ".join(code_words.region(one) for one in record.regions)
    level = Level.ERROR if keeps_out else Level.WARNING
    return kept(Problem("register.region", row, said=said, level=level, identifier=record.identifier))


def judge_one(made: ImportedRecord, record: Record, judge: Judge, here: Here | None) -> None:
    """Say what applying would do with a record of this country."""
    more = judge.problems(record, made.row, made.record or {})
    says = here.told(record) if here else record
    found = here.difference(says, judge.settler) if here and not more else Difference()
    if here and not _fits(says, here, found):
        more = [Problem("register.days_do_not_fit", made.row, identifier=record.identifier)]
    made.problems = [*made.problems, *(kept(one) for one in more)]
    made.initiative, made.differences = None if more or here is None else here.initiative, []
    if more:
        made.state = State.BAD
    elif here is None:
        made.state = State.NEW
    else:
        made.state, made.differences = _said(found)


def otherwise(piece: list[ImportedRecord], judge: Judge) -> list[ImportedRecord]:
    """Of records that were read before: those that would do something else to the register now, judged anew."""
    records = [from_json(one.record or {}) for one in piece]
    numbers = [judge.known_as(record) or 0 for record in records]
    here = at_hand(set(numbers) - {0})
    found = []
    for one, record, number in zip(piece, records, numbers, strict=True):
        before = (one.state, one.initiative_id, list(one.differences))
        judge_one(one, record, judge, here.get(number))
        if before != (one.state, one.initiative_id, list(one.differences)):
            one.choice = ""
            found.append(one)
    return found


def _fits(says: Record, here: Here, found: Difference) -> bool:
    """Whether the initiative makes sense with what the file changes, whoever wins where both changed the same."""
    changed, conflicts = set(found.changed), set(found.conflicts)
    return not any(merged(says, here.stands, fields).is_reversed for fields in (changed, changed - conflicts) if fields)


def _said(found: Difference) -> tuple[str, list[str]]:
    """What a record does to an initiative, and the fields it is about."""
    if found.conflicts:
        return State.CONFLICT, list(found.conflicts)
    return (State.CHANGED, list(found.changed)) if found.changed else (State.SAME, [])


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"


def kept(problem: Problem) -> dict[str, object]:
    """A problem as JSON keeps it."""
    return {
        "code": problem.code,
        "row": problem.row,
        "place": problem.place,
        "said": problem.said,
        "level": problem.level.value,
    }


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
