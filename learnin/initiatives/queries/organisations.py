"""Which organisations a country knows, and which of them a name means."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from learnin.compute.folding import fold
from learnin.initiatives.formats import record
from learnin.initiatives.models import Initiative, Organisation, Partner
from learnin.people.models import Country, Person


def of_country(country: Country) -> QuerySet[Organisation]:
    """Organisations of the country and those that the region keeps for all, without merged ones."""
    return Organisation.objects.filter(Q(country=country) | Q(country=None), merged_into=None).order_by("pk")


def represented(person: Person, country: Country) -> QuerySet[Organisation]:
    """The organisations of the country whose initiatives this person looks after."""
    return of_country(country).filter(representatives__person=person, representatives__ended_at=None)


def most_used(country: Country, among: Collection[int], most: int) -> frozenset[int]:
    """Of these organisations those that take part most often in initiatives of the country, as reporter or partner."""
    used: Counter[int] = Counter()
    reports = Initiative.objects.filter(country=country).order_by().values_list("reporter")
    parts = Partner.objects.filter(initiative__country=country).order_by().values_list("organisation")
    for rows in (reports, parts):
        used.update(dict(rows.annotate(n=Count("pk"))))
    return frozenset(sorted(among, key=lambda pk: (-used[pk], pk))[:most])


ACRONYM = re.compile(r"\s*\([^()\s]{2,12}\)$")


@dataclass
class Known:
    """The organisations of a country by identifier and by folded name; one that was merged means what it became."""

    by_identifier: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, int] = field(default_factory=dict)

    def find(self, told: record.Organisation) -> int | None:
        """The number of the organisation that a file tells of: by its identifier, else by any of its names."""
        if told.identifier and told.identifier in self.by_identifier:
            return self.by_identifier[told.identifier]
        keys = keys_of((name.words for name in told.names), told.acronym)
        return next((self.by_name[key] for key in keys if key in self.by_name), None)

    def learn(self, pk: int, told: record.Organisation) -> None:
        """One more organisation, so that the next record finds it."""
        if told.identifier:
            self.by_identifier.setdefault(told.identifier, pk)
        names = [name.words for name in told.names]
        for key in keys_of([*names, *map(_without_acronym, names)], told.acronym):
            self.by_name.setdefault(key, pk)

    def settle(self, numbers: Mapping[int, int]) -> None:
        """Put the numbers that the database gave in the place of those that stood for them."""
        for held in (self.by_identifier, self.by_name):
            held |= {key: numbers[pk] for key, pk in held.items() if pk in numbers}

    def number(self, told: record.Organisation) -> int:
        """The number of an organisation that is known. Raises LookupError."""
        found = self.find(told)
        if found is None:
            raise LookupError(told.name)
        return found


def known(country: Country) -> Known:
    """Everything the country knows organisations by; its own before those of the region."""
    found = Known()
    rows = Organisation.objects.filter(Q(country=country) | Q(country=None)).order_by("country", "pk")
    for one in sorted(rows, key=lambda one: (one.country_id is None, one.pk)):
        told = record.Organisation(tuple(record.Text(words) for words in one.names.values()), one.identifier, one.type)
        found.learn(one.merged_into_id or one.pk, told)
        for acronym in one.acronyms.values():
            found.by_name.setdefault(fold(acronym), one.merged_into_id or one.pk)
    return found


def _without_acronym(name: str) -> str:
    """A name as a table writes it whose last brackets are a short name: “Office on Crime (UNODC)”."""
    return ACRONYM.sub("", name)


def keys_of(names: Iterable[str], acronym: str = "") -> list[str]:
    """The folded names an organisation is found by."""
    return [key for key in map(fold, [*names, acronym]) if key]
