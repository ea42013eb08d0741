"""Files that came in: what is in them, what is wrong, what applying would do."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from learnin.compute.folding import fold
from learnin.initiatives.formats.kept import as_json, from_json
from learnin.initiatives.formats.record import Level, Problem, Read, Record
from learnin.initiatives.models import Import, ImportedRecord, Initiative, Representative
from learnin.initiatives.queries.comparing import Settler, difference
from learnin.initiatives.queries.organisations import known
from learnin.initiatives.queries.records import record_of, with_parts
from learnin.people.models import Country, Person
from learnin.people.queries import area_names
from learnin.people.roles import Can, may

State = ImportedRecord.State
LONGEST = {"identifier": 200, "name": 200, "pcode": 20, "geonames": 20, "url": 1000}
"""What the tables hold; a longer one is a problem of the record."""
A_PIECE = 500


@dataclass
class Judge:
    """Says of each record of a file what applying would do with it."""

    country: Country
    settler: Settler
    yours: frozenset[int] | None
    """Organisations that the person may tell of; None: of all."""
    by_identifier: dict[str, int] = field(default_factory=dict)
    by_words: dict[tuple[str, str, date | None], int] = field(default_factory=dict)
    taken: set[object] = field(default_factory=set)

    @classmethod
    def of(cls, country: Country, by: Person | None) -> "Judge":
        """With everything the country has; without a person (the command line), all organisations may be told of."""
        areas = frozenset(area.code for area in area_names(country))
        judge = cls(country, Settler(known(country), areas), _organisations_of(country, by))
        rows = Initiative.objects.filter(country=country, merged_into=None).order_by("-pk")
        for pk, identifier, titles, reporter, begins in rows.values_list(
            "pk", "identifier", "titles", "reporter", "begins_on"
        ):
            if identifier:
                judge.by_identifier[identifier] = pk
            else:
                for title in titles.values():
                    judge.by_words[fold(title), str(reporter), begins] = pk
        return judge

    def is_ours(self, record: Record) -> bool:
        """Whether it is about this country; one that names none is."""
        codes = {share.code for share in record.countries} | {place.country for place in record.places if place.country}
        return not codes or self.country.pk in codes

    def known_as(self, record: Record) -> int | None:
        """The initiative that it tells of: by its identifier, else by title, reporter and first day together."""
        if record.identifier:
            return self.by_identifier.get(record.identifier)
        reporter = self.settler.known.find(record.reporter)
        return self.by_words.get((fold(record.title), str(reporter), record.begins))

    def problems(self, read: Read) -> list[Problem]:
        """What keeps a record out that its reader let through."""
        record = read.record
        if record is None:
            return []
        codes = []
        if not record.title:
            codes.append("no_title")
        if not record.reporter.name:
            codes.append("no_reporter")
        if record.begins and record.ends and record.ends < record.begins:
            codes.append("ends_before_it_begins")
        if _is_too_long(record):
            codes.append("too_long")
        if self.yours is not None and self.settler.known.find(record.reporter) not in self.yours:
            codes.append("not_yours")
        key = record.identifier or (fold(record.title), fold(record.reporter.name), record.begins)
        if key in self.taken and not codes:
            codes.append("twice_in_file")
        self.taken.add(key)
        return [Problem(code, read.row, identifier=record.identifier) for code in codes]


def _organisations_of(country: Country, by: Person | None) -> frozenset[int] | None:
    if by is None or may(by, Can.EDIT_INITIATIVES, country):
        return None
    mine = Representative.objects.filter(person=by, ended_at=None).order_by("pk")
    return frozenset(mine.values_list("organisation", flat=True))


def _is_too_long(record: Record) -> bool:
    told = [
        (record.identifier, LONGEST["identifier"]),
        *((one.name, LONGEST["name"]) for one in record.places),
        *((one.pcode, LONGEST["pcode"]) for one in record.places),
        *((one.geonames, LONGEST["geonames"]) for one in record.places),
        *((one.url, LONGEST["url"]) for one in record.links),
    ]
    return any(len(words) > most for words, most in told)


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
    wanted = {pk for pk in numbers.values() if pk}
    here = {one.pk: one for one in with_parts(Initiative.objects.filter(pk__in=wanted).order_by("pk"))} if wanted else {}
    for at, read in enumerate(reads):
        yield _one(source, read, judge, here.get(numbers.get(at) or 0))


def _one(source: Import, read: Read, judge: Judge, here: Initiative | None) -> ImportedRecord:
    record = read.record
    more = judge.problems(read) if record and judge.is_ours(record) else []
    made = ImportedRecord(
        source=source,
        row=read.row,
        identifier=_short(record.identifier, 200) if record else "",
        title=_short(record.title, 500) if record else "",
        record=as_json(record) if record else None,
        problems=[kept(one) for one in (*read.problems, *more)],
        initiative=here,
    )
    if record is None or more:
        made.state, made.initiative = State.BAD, None
    elif not judge.is_ours(record):
        made.state, made.initiative = State.ELSEWHERE, None
    elif here is None:
        made.state = State.NEW
    else:
        made.state, made.differences = _compared(record, here, judge.settler)
    return made


def _compared(record: Record, here: Initiative, settler: Settler) -> tuple[str, list[str]]:
    before = settler.fields(from_json(here.told)) if here.told else {}
    found = difference(settler.fields(record), before, settler.fields(record_of(here)))
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
    found = Counter(source.records.order_by("pk").values_list("state", flat=True))
    return {state.value: found.get(state.value, 0) for state in State}


def records_of(source: Import, state: str = "", *, with_problems: bool = False) -> QuerySet[ImportedRecord]:
    """The records of a file, in its order."""
    found = source.records.select_related("initiative").order_by("row", "pk")
    found = found.filter(state=state) if state else found
    return found.exclude(problems=[]) if with_problems else found


def undecided(source: Import) -> QuerySet[ImportedRecord]:
    """Conflicts that nobody has decided."""
    return source.records.filter(state=State.CONFLICT, choice="").order_by("row", "pk")


def imports_of(country: Country, person: Person) -> QuerySet[Import]:
    """The files that came in; a partner's own only."""
    found = Import.objects.filter(country=country).select_related("attachment", "added_by", "job")
    if not may(person, Can.EDIT_INITIATIVES, country):
        found = found.filter(added_by=person)
    return found.order_by("-added_at", "-pk")
