"""What the pages above the stages know."""

from dataclasses import dataclass

from learnin.compute import folding
from learnin.home.latest import latest_lines
from learnin.journal.models import Document
from learnin.journal.queries import entries, files
from learnin.kit import languages, sorting
from learnin.people import access
from learnin.people import queries as people
from learnin.people.models import Area, Country, Person, Role
from learnin.people.queries import AreaName, PersonHere
from learnin.people.roles import Can, Kind, may


@dataclass(frozen=True)
class Workspace:
    """The home of a country, as far as one person may see it."""

    people: list[PersonHere]
    by_kind: list[tuple[str, int]]
    invitations: int
    documents: list[Document]
    lines: list[entries.Line]
    languages: list[str]
    areas: list[AreaName]


@dataclass(frozen=True)
class FoundPerson:
    """Somebody, and a country where their page can be opened, if there is one."""

    person: Person
    country: Country | None


@dataclass(frozen=True)
class Found:
    """What a search brought, in rooms."""

    countries: list[Country]
    people: list[FoundPerson]
    areas: list[Area]
    documents: list[Document]

    @property
    def total(self) -> int:
        """How many things in all."""
        return len(self.countries) + len(self.people) + len(self.areas) + len(self.documents)


def workspace(person: Person, country: Country, *, with_people: bool) -> Workspace:
    """What stands on the country's home for this person; who works there as long as no seats can show it."""
    sees_people = with_people and may(person, Can.SEE_PEOPLE, country)
    here = people.people_in(country) if sees_people else []
    counts: dict[str, int] = {}
    for one in here:
        for role in one.roles:
            counts[role.kind] = counts.get(role.kind, 0) + 1
    return Workspace(
        people=here,
        by_kind=[(str(kind.label), counts[kind]) for kind in Kind if kind in counts],
        invitations=people.open_invitations(country).count() if sees_people else 0,
        documents=files.latest_documents(country),
        languages=[languages.language_name(code) for code in country.official_languages],
        areas=sorting.in_order(people.area_names(country), key=lambda area: area.name),
        lines=latest_lines(country) if may(person, Can.SEE_JOURNAL, country) else [],
    )


def countries_of(person: Person, language: str) -> list[Country]:
    """The countries the person may see, in the order of the reader's alphabet."""
    return sorting.in_order(access.visible_countries(person), key=lambda c: c.name, language=language)


def found(person: Person, words: str) -> Found:
    """Everything the person may see that answers the words, in any script."""
    names = [
        country
        for country in access.visible_countries(person)
        if folding.matches(folding.search_keys(_every_name(country)), words)
    ]
    return Found(
        countries=names,
        people=_with_country(person, people.found_people(person, words)),
        areas=people.found_areas(person, words),
        documents=files.found_documents(person, words),
    )


def _with_country(seeker: Person, found: list[Person]) -> list[FoundPerson]:
    roles = Role.objects.filter(person__in=found, country__in=access.countries_where(seeker, Can.SEE_PEOPLE))
    where = {role.person_id: role.country for role in roles.select_related("country").order_by("pk")}
    return [FoundPerson(one, where.get(one.pk)) for one in found]


def _every_name(country: Country) -> str:
    known = [languages.country_name(country.code, language.code) for language in languages.interface()]
    return " ".join([country.own_name, country.code, *known])
