"""Who may reach an agreement: the readers of the register, each party, and whoever holds a party's link."""

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from learnin.initiatives.models import Agreement, Party, Representative
from learnin.people.access import carried, found_among, let_pass
from learnin.people.models import Person
from learnin.people.roles import Can, may

SALT = "learnin.initiatives.agreement"


def agreement(person: Person, pk: int, *, can: Can = Can.SEE_INITIATIVES) -> Agreement:
    """An agreement. A party reads it without seeing the register. Raises Http404 or PermissionDenied."""
    found = Agreement.objects.select_related("country", "owner", "action", "pair").filter(pk=pk).first()
    if found is None:
        raise Http404
    is_party = bool(spoken_for(person, found))
    if can is Can.SEE_INITIATIVES and is_party and may(person, Can.SEE_COUNTRY, found.country):
        return found
    if not is_party and may(person, Can.SEE_COUNTRY, found.country) and not _reads(person, found):
        raise Http404  # a partner learns nothing of what others agree
    let_pass(person, found.country, can)
    return found


def _reads(person: Person, found: Agreement) -> bool:
    return may(person, Can.SEE_INITIATIVES, found.country)


def party(person: Person, pk: int) -> Party:
    """A party that this person speaks for. Raises Http404 or PermissionDenied."""
    found = Party.objects.select_related("agreement__country", "organisation", "person").filter(pk=pk).first()
    if found is None:
        raise Http404
    agreement(person, found.agreement_id)
    if found.pk not in spoken_for(person, found.agreement):
        raise PermissionDenied
    return found


def spoken_for(person: Person, found: Agreement) -> set[int]:
    """The parties that the person was asked for, or whose organisation they represent."""
    represents = Representative.objects.filter(person=person, ended_at=None).values("organisation")
    theirs = found.parties.filter(Q(person=person) | Q(organisation__in=represents))
    return set(theirs.values_list("pk", flat=True))


def token(found: Party) -> str:
    """What a letter to a party carries, so that its reader answers without signing in; of one address only."""
    return signing.dumps([found.pk, found.email], salt=SALT)


def party_by_link(given: str) -> Party:
    """The party a signed link answers for. Raises Http404 where the link was never ours, or was for another address."""
    pk, email = carried(given, salt=SALT, parts=2)
    return found_among(Party.objects.select_related("agreement__country", "organisation", "person"), pk=pk, email=email)
