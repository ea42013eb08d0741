"""Who looks after the initiatives of an organisation."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from learnin.initiatives.models import Organisation, Representative
from learnin.journal.operations import entries
from learnin.kit.refusal import Refusal
from learnin.people.models import Country, Person


class RepresentsAlready(Refusal):
    """The person looks after the initiatives of this organisation already."""


class OrganisationIsGone(Refusal):
    """The organisation was merged into another."""


class EndedAlready(Refusal):
    """Somebody ended it before."""


@transaction.atomic
def add(organisation: Organisation, *, person: Person, country: Country, by: Person, now: datetime) -> Representative:
    """From now on this person registers and changes the organisation's initiatives.

    Raises OrganisationIsGone or RepresentsAlready.
    """
    found = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if found.is_merged:
        raise OrganisationIsGone(_("This organisation was merged into another: choose that one."))
    if found.representatives.filter(person=person, ended_at=None).exists():
        told = {"name": person.name}
        raise RepresentsAlready(_("%(name)s looks after its initiatives already.") % told)
    made = Representative.objects.create(organisation=found, person=person, added_by=by, added_at=now)
    entries.write("organisation.represented", found, by=by, now=now, country=country, after={"person": person.name})
    return made


@transaction.atomic
def end(representative: Representative, *, country: Country, by: Person, now: datetime) -> None:
    """This person no longer looks after the organisation's initiatives; what they wrote stays. Raises EndedAlready."""
    found = Representative.objects.select_for_update(of=("self",)).select_related("organisation", "person")
    one = found.get(pk=representative.pk)
    if one.ended_at:
        raise EndedAlready(_("This was ended before."))
    one.ended_at = now
    one.save(update_fields=["ended_at"])
    before = {"person": one.person.name}
    entries.write("organisation.left", one.organisation, by=by, now=now, country=country, before=before)
