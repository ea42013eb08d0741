"""A file comes into the registers of several countries, read a single time: for whoever runs the installation."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from learnin.initiatives.formats import fivew, iati
from learnin.initiatives.formats.fivew import ColumnMapping
from learnin.initiatives.formats.record import NotReadable, Read
from learnin.initiatives.models import Import, ImportedRecord
from learnin.initiatives.operations import importing
from learnin.initiatives.queries import file_problems, imports, judgements, known_words
from learnin.initiatives.queries.judge import Judge
from learnin.people.models import Country, Person

State = ImportedRecord.State
LIMIT_MB = 2_000


@dataclass
class Order:
    """A file, what is known of it, and what to do. An empty format: the file says it. `winner`: see Choice."""

    content: bytes
    name: str
    format: str = ""
    mapping: ColumnMapping | None = None
    winner: str = ""
    is_dry: bool = False
    takes_regions: bool = False
    """Whether what names a whole region, and no country, comes into each of the registers."""


@dataclass(frozen=True)
class Came:
    """What became of a file in one country."""

    country: Country
    counts: dict[str, int]
    records: Sequence[ImportedRecord]
    """Those that have problems or differ."""
    about: Sequence[dict[str, Any]]
    is_applied: bool
    is_undecided: bool

    @property
    def conflicts(self) -> bool:
        """Whether file and register differ where somebody changed the register."""
        return bool(self.counts[State.CONFLICT])


def bring(order: Order, countries: Sequence[Country], *, by: Person, now: datetime) -> Iterator[Came]:
    """Bring the file in, country by country; each all or nothing. Raises NotReadable, or a Refusal."""
    reads = list(_reads(order))
    for country in countries:
        yield _dry(order, reads, country, by) if order.is_dry else _wet(order, reads, country, by=by, now=now)


def _reads(order: Order) -> Iterator[Read]:
    kind = importing.format_of(order.content[:4096])
    if order.format and (order.format == "iati") != (kind == Import.Format.IATI):
        raise NotReadable("iati.file.not-xml" if order.format == "iati" else "not_a_table", order.name)
    if kind == Import.Format.IATI:
        return iati.read(io.BytesIO(order.content))
    order.mapping = order.mapping or fivew.look(order.content, order.name).mapping
    return importing.records_of_table(order.content, order.name, order.mapping)


def _dry(order: Order, reads: Sequence[Read], country: Country, by: Person) -> Came:
    judge = Judge.of(country, by)
    about, told = list[dict[str, Any]](), list[ImportedRecord]()
    counts = {state.value: 0 for state in State}
    source = Import(country=country, takes_regions=order.takes_regions, added_by=by)
    for one in judgements.judged(source, importing.only_records(reads, about), judge):
        counts[one.state] += 1
        if one.problems or one.state == State.CONFLICT:
            told.append(one)
    is_undecided = bool(counts[State.CONFLICT]) and not order.winner
    return Came(country, counts, told, about, is_applied=False, is_undecided=is_undecided)


def _wet(order: Order, reads: Sequence[Read], country: Country, *, by: Person, now: datetime) -> Came:
    source = importing.bring_in(
        country,
        file=io.BytesIO(order.content),
        file_name=order.name,
        by=by,
        now=now,
        limit_mb=LIMIT_MB,
        at_once=True,
        reads=reads,
        takes_regions=order.takes_regions,
    )
    if order.mapping is not None and source.format == Import.Format.FIVEW:
        source = importing.say_columns(source, mapping=order.mapping, by=by, now=now, at_once=True, reads=reads)
    if order.winner:
        importing.decide(source, choices={}, rest=order.winner, by=by, now=now)
    is_undecided = imports.undecided(source).exists()
    if not is_undecided:
        source = importing.apply(source, by=by, now=now, at_once=True)
    told = [*file_problems.with_problems(source), *imports.records_of(source, State.CONFLICT)]
    is_applied = source.applied_at is not None
    return Came(country, imports.counts(source), told, source.problems, is_applied, is_undecided)


def said(why: Exception) -> str:
    """Why a file was refused, in words."""
    return known_words.why(why) if isinstance(why, NotReadable) else str(why)


def report(order: Order, came: Iterable[Came]) -> dict[str, Any]:
    """What happened to each record that has problems or differs, for programs."""
    return {
        "file": order.name,
        "mapping": order.mapping.as_json() if order.mapping else None,
        "dry_run": order.is_dry,
        "countries": [
            {
                "country": one.country.pk,
                "counts": one.counts,
                "applied": one.is_applied,
                "about_the_file": [_problem(told) for told in file_problems.told(one.about)],
                "records": [_record(record) for record in one.records],
            }
            for one in came
        ],
    }


def _record(one: ImportedRecord) -> dict[str, Any]:
    problems = [_problem(told) for told in file_problems.told(one.problems)]
    about = {"row": one.row, "identifier": one.identifier, "title": one.title, "state": one.state}
    differ = list(one.differences) if one.state == State.CONFLICT else []
    return about | {"problems": problems, "differences": differ}


def _problem(one: file_problems.Told) -> dict[str, Any]:
    return {"row": one.row, "place": one.place, "words": one.words, "keeps_out": one.keeps_out}
