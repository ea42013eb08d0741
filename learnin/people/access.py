"""Who may reach people, roles and countries. A stranger learns nothing: 404; a reader who may not act: 403."""

from datetime import date
from typing import Any, TypeVar

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

from learnin.kit.readings import reading
from learnin.people.models import ApiToken, Area, Country, Invitation, Person, Role
from learnin.people.roles import Can, held_by, may

Found = TypeVar("Found", bound=Model)
INVITATION_SALT = "learnin.people.invitation"


def country(person: Person, code: str, *, can: Can = Can.SEE_COUNTRY) -> Country:
    """The country, if this person may do this there. Raises Http404 or PermissionDenied."""
    found = _country.first(code)
    if found is None:
        raise Http404
    let_pass(person, found, can)
    return found


def let_pass(person: Person, place: Country, *all_of: Can) -> None:
    """Raises Http404 where the person does not work in the country, PermissionDenied where they may not do all this."""
    if not may(person, Can.SEE_COUNTRY, place):
        raise Http404
    if not all(may(person, can, place) for can in all_of):
        raise PermissionDenied


def found_in_country(
    model: type[Found], person: Person, pk: int, *all_of: Can, way: str = "country", also: tuple[str, ...] = ()
) -> Found:
    """An object whose country is reached by `way`, if this person may do all this there.

    Raises Http404 or PermissionDenied.
    """
    found = found_among(model._default_manager.select_related(way, *also), pk=pk)
    held: Any = found
    for step in way.split("__"):
        held = getattr(held, step)
    let_pass(person, held, *all_of)
    return found


def found_among(among: QuerySet[Found], **wanted: Any) -> Found:
    """The first of these that is so. Raises Http404."""
    found = among.filter(**wanted).first()
    if found is None:
        raise Http404
    return found


def carried(token: str, *, salt: str, parts: int = 1, seconds: int | None = None) -> list[Any]:
    """What a signed link carries. Raises Http404 where the link was never ours, or is older than so many seconds."""
    try:
        told = signing.loads(token, salt=salt, max_age=seconds)
    except signing.BadSignature:
        raise Http404 from None
    found = told if isinstance(told, list) else [told]
    if len(found) != parts:
        raise Http404
    return found


@reading
def _country(code: str) -> QuerySet[Country]:
    return Country.objects.filter(code=code)


def region(person: Person, *, can: Can = Can.SEE_REGION) -> None:
    """Let pass who works for the whole region. Raises Http404 or PermissionDenied."""
    if not may(person, Can.SEE_REGION):
        raise Http404
    if not may(person, can):
        raise PermissionDenied


def visible_countries(person: Person) -> QuerySet[Country]:
    """The countries this person may see."""
    if may(person, Can.SEE_COUNTRY):
        return Country.objects.order_by("code")
    return Country.objects.filter(code__in=[role.country_id for role in held_by(person)]).order_by("code")


def countries_where(person: Person, can: Can) -> QuerySet[Country]:
    """The countries where this person may do this."""
    places = visible_countries(person)
    return places.filter(code__in=[place.code for place in places if may(person, can, place)])


def visible_areas(person: Person) -> QuerySet[Area]:
    """The first-level parts of the countries this person may see."""
    return Area.objects.filter(country__in=visible_countries(person))


def visible_people(person: Person) -> QuerySet[Person]:
    """Those who hold or held a role where this person may see people; regional colleagues for the region only."""
    everyone = Person.objects.filter(erased_at=None)
    if may(person, Can.SEE_PEOPLE):
        return everyone
    places = countries_where(person, Can.SEE_PEOPLE)
    return everyone.filter(pk__in=Role.objects.filter(country__in=places).values("person"))


def person_in(person: Person, place: Country, pk: int) -> Person:
    """Somebody who holds or held a role in a country that was reached already. Raises Http404."""
    found = Person.objects.filter(pk=pk, roles__country=place).distinct().first()
    if found is None:
        raise Http404
    return found


def person_to_erase(person: Person, pk: int) -> Person:
    """Somebody whose data this person may erase. Raises Http404 or PermissionDenied."""
    region(person, can=Can.ERASE_PEOPLE)
    found = Person.objects.filter(pk=pk, erased_at=None).first()
    if found is None:
        raise Http404
    return found


def _allowed(person: Person, place: Country | None, can: Can) -> None:
    if place is None:
        region(person, can=can)
    else:
        country(person, place.code, can=can)


def role(person: Person, pk: int, *, can: Can = Can.END_ROLES) -> Role:
    """The role, if this person may do this with it. Raises Http404 or PermissionDenied."""
    found = Role.objects.select_related("country", "person").filter(pk=pk).first()
    if found is None:
        raise Http404
    _allowed(person, found.country, can)
    return found


def own_role(person: Person, pk: int) -> Role:
    """A role of the person who asks. Raises Http404."""
    found = Role.objects.select_related("country", "person").filter(pk=pk, person=person, ended_at=None).first()
    if found is None:
        raise Http404
    return found


def own_token(person: Person, pk: int) -> ApiToken:
    """An API token of the person who asks. Raises Http404."""
    found = ApiToken.objects.filter(pk=pk, person=person, revoked_at=None).first()
    if found is None:
        raise Http404
    return found


def token_that_works(hashed: str, *, today: date) -> ApiToken | None:
    """The token with this hash, unless it was revoked, is too old, or its person may no longer sign in."""
    found = ApiToken.objects.select_related("person").filter(hash=hashed, revoked_at=None, expires_on__gte=today)
    return found.filter(person__is_active=True).first()


def invitation(person: Person, pk: int) -> Invitation:
    """An invitation that this person may send again or take back. Raises Http404 or PermissionDenied."""
    found = Invitation.objects.select_related("country").filter(pk=pk).first()
    if found is None:
        raise Http404
    _allowed(person, found.country, Can.INVITE_PEOPLE)
    return found


def invitation_by_link(token: str) -> Invitation:
    """The invitation a signed link speaks of, used up or not. Raises Http404 where the link was never ours."""
    (named,) = carried(token, salt=INVITATION_SALT)
    return found_among(Invitation.objects.select_related("country", "sent_by"), pk=named["id"], nonce=named["nonce"])


def public_country(code: str) -> Country:
    """A country with a public page, for anyone. Raises Http404."""
    found = Country.objects.filter(code=code).exclude(public_since=None).first()
    if found is None:
        raise Http404
    return found
