"""Who may reach initiatives: leads change all, partners only their own, and what is published everybody reads."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from learnin.initiatives.models import Initiative, Representative
from learnin.journal import access as files
from learnin.journal.models import Attachment
from learnin.people import access
from learnin.people.models import Country, Person
from learnin.people.roles import Can, may


def is_member(person: Person, place: Country) -> bool:
    """Whether the person sees the whole register of the country."""
    return may(person, Can.SEE_INITIATIVES, place)


def country(person: Person, code: str) -> Country:
    """The country whose register the person sees, all of it or only their own part. Raises Http404 or
    PermissionDenied.
    """
    found = access.country(person, code)
    if not (is_member(person, found) or may(person, Can.REGISTER_INITIATIVES, found)):
        raise PermissionDenied
    return found


def own(person: Person) -> Q:
    """Initiatives that are the person's: written by them, or told by an organisation they represent."""
    mine = Representative.objects.filter(person=person.pk, ended_at=None).values("organisation")
    return Q(registered_by=person.pk) | Q(reporter__in=mine)


def _is_own(person: Person, one: Initiative) -> bool:
    if one.registered_by_id == person.pk:
        return True
    return Representative.objects.filter(person=person.pk, ended_at=None, organisation=one.reporter_id).exists()


PUBLIC = Q(published_at__isnull=False, withdrawn_at=None, merged_into=None)


def reach(person: Person, place: Country) -> Q:
    """How much of the register of a country the person may see."""
    if may(person, Can.EDIT_INITIATIVES, place):
        return Q()
    return (Q(is_draft=False) if is_member(person, place) else PUBLIC) | own(person)


def visible(person: Person, place: Country) -> QuerySet[Initiative]:
    """The initiatives of a country that the person may see."""
    return Initiative.objects.filter(reach(person, place), country=place)


def may_change(person: Person, one: Initiative) -> bool:
    """Whether the person may change it: it is theirs, or they look after the register."""
    if may(person, Can.EDIT_INITIATIVES, one.country):
        return True
    return may(person, Can.REGISTER_INITIATIVES, one.country) and _is_own(person, one)


def may_see(person: Person, one: Initiative) -> bool:
    """Whether the person may see it."""
    if not may(person, Can.SEE_COUNTRY, one.country):
        return False
    if one.is_public or (is_member(person, one.country) and not one.is_draft):
        return is_member(person, one.country) or may(person, Can.REGISTER_INITIATIVES, one.country)
    return may_change(person, one)


def initiative(person: Person, pk: int, *, can: Can = Can.SEE_INITIATIVES) -> Initiative:
    """The initiative, if this person may do this with it; a partner's own one may be changed by the partner.

    Raises Http404 or PermissionDenied.
    """
    found = Initiative.objects.select_related("country", "reporter", "merged_into").filter(pk=pk).first()
    if found is None or not may_see(person, found):
        raise Http404
    if can is Can.SEE_INITIATIVES:
        return found
    if not (may_change(person, found) if can is Can.REGISTER_INITIATIVES else may(person, can, found.country)):
        raise PermissionDenied
    return found


@files.holder
def through_initiative(person: Person | AnonymousUser, attachment: Attachment) -> bool:
    """Whoever may see an initiative may open its papers."""
    if not isinstance(person, Person):
        return False
    holding = attachment.initiatives.select_related("country", "reporter").order_by("pk")
    return any(may_see(person, one) for one in holding)
