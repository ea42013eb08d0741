"""Who may reach organisations."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from learnin.initiatives.access import register
from learnin.initiatives.models import Organisation, OrganisationMerge, Representative
from learnin.people.models import Country, Person
from learnin.people.roles import Can, may


def visible(person: Person, place: Country) -> QuerySet[Organisation]:
    """Organisations of a country that the person may know of: partners those of initiatives that they see."""
    here = Organisation.objects.filter(Q(country=place) | Q(country=None))
    if register.is_member(person, place):
        return here
    seen = register.visible(person, place)
    return here.filter(
        Q(country=None)
        | Q(added_by=person.pk)
        | Q(pk__in=Representative.objects.filter(person=person.pk, ended_at=None).values("organisation"))
        | Q(pk__in=seen.order_by().values("reporter"))
        | Q(pk__in=seen.order_by().values("partners__organisation"))
    )


def organisation(person: Person, code: str, pk: int, *, can: Can = Can.SEE_INITIATIVES) -> tuple[Country, Organisation]:
    """The organisation as a country knows it. Changing one that the region keeps needs a right in the region.

    Raises Http404 or PermissionDenied.
    """
    place = register.country(person, code)
    found = visible(person, place).select_related("country", "parent", "merged_into").filter(pk=pk).first()
    if found is None:
        raise Http404
    if can is not Can.SEE_INITIATIVES and not may(person, can, found.country):
        raise PermissionDenied
    return place, found


def representative(place: Country, pk: int) -> Representative:
    """Somebody of the country who looks after initiatives of an organisation. Raises Http404."""
    here = Q(organisation__country=place) | Q(organisation__country=None, person__roles__country=place)
    found = Representative.objects.filter(here, pk=pk).select_related("organisation", "person").first()
    if found is None:
        raise Http404
    return found


def merge(person: Person, pk: int) -> OrganisationMerge:
    """A merge of two organisations, to undo it. Raises Http404 or PermissionDenied."""
    found = OrganisationMerge.objects.select_related("kept", "gone__country").filter(pk=pk).first()
    if found is None or found.gone.country is None or not register.is_member(person, found.gone.country):
        raise Http404
    if not may(person, Can.EDIT_INITIATIVES, found.gone.country):
        raise PermissionDenied
    return found
