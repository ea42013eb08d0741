"""The same few people in every test, and plain functions that bring in more.

*chair* may, *member* sees, *partner* observes, *stranger* chairs another country, *regional* sees all and may most.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from allauth.account.models import EmailAddress
from django.test import Client

from learnin.people import operations
from learnin.people.models import Country, Person
from learnin.people.operations.roles import begin_role
from learnin.people.roles import Kind

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOME, ELSEWHERE = "RS", "GE"


@dataclass(frozen=True)
class Cast:
    """Who plays, and where."""

    home: Country
    elsewhere: Country
    chair: Person
    member: Person
    partner: Person
    stranger: Person
    regional: Person


def country(code: str = HOME) -> Country:
    """One of the countries of the programme."""
    return Country.objects.get(code=code)


def person(name: str, *, email: str = "", language: str = "en", **details: str) -> Person:
    """Somebody who joined, with a confirmed address and an agreement to the privacy notice."""
    address = email or f"{name.lower().replace(' ', '.')}@example.org"
    made = Person.objects.create_person(address, name, language=language, **details)
    EmailAddress.objects.create(user=made, email=address, verified=True, primary=True)
    operations.record_consent(made, now=NOW)
    return made


def role(holder: Person, kind: Kind, place: Country | None) -> None:
    """Give the person a role, as the installation itself."""
    begin_role(holder, kind=kind, country=place, by=None, now=NOW)


def cast() -> Cast:
    """The whole cast."""
    home, elsewhere = country(HOME), country(ELSEWHERE)
    players = {
        "chair": (Kind.CHAIR, home),
        "member": (Kind.MEMBER, home),
        "partner": (Kind.OBSERVER, home),
        "stranger": (Kind.CHAIR, elsewhere),
        "regional": (Kind.REGIONAL_ADMIN, None),
    }
    people = {}
    for name, (kind, place) in players.items():
        people[name] = person(name.capitalize())
        role(people[name], kind, place)
    return Cast(home=home, elsewhere=elsewhere, **people)


def as_(player: Person | None) -> Client:
    """A browser where this person is signed in; nobody, without a person."""
    client = Client()
    if player is not None:
        client.force_login(player)
    return client
