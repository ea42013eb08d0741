"""Who judges the records of a file: what the country has, and what the person who brings it in may tell of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from learnin.compute.folding import fold
from learnin.initiatives.formats.record import Problem, Record
from learnin.initiatives.models import Initiative, Representative
from learnin.initiatives.queries import fitting
from learnin.initiatives.queries.comparing import Settler
from learnin.initiatives.queries.organisations import known
from learnin.people.models import Country, Person
from learnin.people.queries import area_names
from learnin.people.roles import Can, may

A_PIECE = 500
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
    taken: set[object] = field(default_factory=set)

    @classmethod
    def of(cls, country: Country, by: Person | None) -> "Judge":
        """With everything the country has; without a person (the command line), all organisations may be told of."""
        areas = frozenset(area.code for area in area_names(country))
        judge = cls(country, Settler(known(country), areas, country.pk), _organisations_of(country, by))
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
