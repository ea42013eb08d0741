"""The gate to the initiatives of a country."""

from learnin.people import access
from learnin.people.models import Country, Person
from learnin.people.roles import Can


def country(person: Person, code: str, *, can: Can = Can.SEE_INITIATIVES) -> Country:
    """The country whose initiatives these are. Raises Http404 or PermissionDenied."""
    return access.country(person, code, can=can)
