"""The gate every other gate of the initiatives goes through."""

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404

from learnin.people import access
from learnin.people.models import Country, Person
from learnin.people.roles import Can, may

Found = TypeVar("Found", bound=Model)


def let_pass(person: Person, place: Country, can: Can) -> None:
    """Raises Http404 where the person does not work in the country, PermissionDenied where they may not do this."""
    if not may(person, Can.SEE_COUNTRY, place):
        raise Http404
    if not may(person, can, place):
        raise PermissionDenied


def country(person: Person, code: str, *, can: Can = Can.SEE_INITIATIVES) -> Country:
    """The country whose initiatives these are. Raises Http404 or PermissionDenied."""
    return access.country(person, code, can=can)


def found_in_country(
    model: type[Found], person: Person, pk: int, can: Can, *, way: str = "country", also: tuple[str, ...] = ()
) -> Found:
    """An object whose country is reached by `way`. Raises Http404 or PermissionDenied."""
    found = model._default_manager.select_related(way, *also).filter(pk=pk).first()
    if found is None:
        raise Http404
    held: Any = found
    for step in way.split("__"):
        held = getattr(held, step)
    let_pass(person, held, can)
    return found
