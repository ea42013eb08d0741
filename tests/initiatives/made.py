"""Initiatives for tests, made by the operations of the pages."""

from datetime import date
from typing import Any

from learnin.initiatives.formats.record import Organisation, Party, Place, Reach, Record, Role, Status, Text
from learnin.initiatives.models import Initiative
from learnin.initiatives.models import Organisation as Kept
from learnin.initiatives.operations import organisations, registering, representing
from learnin.people.models import Country, Person
from tests.cast import NOW, Cast


def organisation(name: str, identifier: str = "") -> Organisation:
    """An organisation as a file names it."""
    return Organisation((Text(name, "en"),), identifier)


def record(title: str = "Digital skills for teachers", **says: Any) -> Record:
    """A record with what most tests need; `says` goes over it."""
    usual: dict[str, Any] = {
        "titles": (Text(title, "en"),),
        "reporter": organisation("UNICEF Serbia"),
        "parties": (Party(organisation("Ministry of Education"), Role.IMPLEMENTING),),
        "status": Status.IMPLEMENTATION,
        "actual_start": date(2026, 1, 15),
        "planned_end": date(2027, 12, 31),
        "places": (Place(country="RS", area="RS-00", name="Belgrade", reach=Reach.BENEFICIARIES),),
        "themes": ("digital-skills",),
        "audiences": ("teachers",),
        "components": ("technology",),
        "language": "en",
    }
    return Record(**usual | says)


def initiative(
    cast: Cast, title: str = "Digital skills for teachers", *, by: Person | None = None, country: Country | None = None,
    origin: str = Initiative.Origin.FORM, is_draft: bool = False, **says: Any,
) -> Initiative:  # fmt: skip
    """An initiative in the register of the home country."""
    return registering.register(
        country or cast.home,
        record=record(title, **says),
        by=by or cast.chair,
        now=NOW,
        origin=origin,
        is_draft=is_draft,
    )


def kept_organisation(cast: Cast, name: str, *, country: Country | None = None) -> Kept:
    """An organisation that the home country knows."""
    found = Kept.objects.filter(names__en=name).first()
    return found or organisations.add(country or cast.home, names={"en": name}, by=cast.chair, now=NOW)


def represent(cast: Cast, name: str, person: Person) -> Kept:
    """Let somebody look after the initiatives of an organisation."""
    found = kept_organisation(cast, name)
    representing.add(found, person=person, country=cast.home, by=cast.chair, now=NOW)
    return found
