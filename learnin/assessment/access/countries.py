"""The gate every other gate of the needs assessment goes through: whoever sees no assessment does nothing in one."""

from typing import TypeVar

from django.db.models import Model

from learnin.people import access
from learnin.people.models import Country, Person
from learnin.people.roles import Can

Found = TypeVar("Found", bound=Model)


def country(person: Person, code: str, *, can: Can = Can.SEE_ASSESSMENT) -> Country:
    """The country whose assessments these are. Raises Http404 or PermissionDenied."""
    found = access.country(person, code)
    access.let_pass(person, found, Can.SEE_ASSESSMENT, can)
    return found


def found_in_country(
    model: type[Found], person: Person, pk: int, can: Can, *, way: str = "country", also: tuple[str, ...] = ()
) -> Found:
    """An object whose country is reached by `way`. Raises Http404 or PermissionDenied."""
    return access.found_in_country(model, person, pk, Can.SEE_ASSESSMENT, can, way=way, also=also)
