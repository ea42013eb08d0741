"""Organisations: added by hand or as records tell of them."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from learnin.compute.folding import search_keys
from learnin.initiatives.formats import record as told
from learnin.initiatives.models import Organisation
from learnin.initiatives.queries.organisations import Known
from learnin.journal.operations import entries
from learnin.kit.refusal import Refusal
from learnin.people.models import Country, Person


class NamelessOrganisation(Refusal):
    """An organisation needs something to call it by."""


@transaction.atomic
def add(
    country: Country | None,
    *,
    names: Mapping[str, str],
    by: Person,
    now: datetime,
    acronyms: Mapping[str, str] | None = None,
    identifier: str = "",
    type: str = "",
    website: str = "",
) -> Organisation:
    """Write down an organisation; without a country, the region keeps it for all. Raises NamelessOrganisation."""
    if not any(names.values()):
        raise NamelessOrganisation(_("Write the name of the organisation."))
    made = Organisation.objects.create(
        country=country,
        names=dict(names),
        acronyms=dict(acronyms or {}),
        identifier=identifier,
        type=type,
        website=website,
        search_keys=search_keys(" ".join([*names.values(), *(acronyms or {}).values(), identifier])),
        added_by=by,
        added_at=now,
    )
    entries.write("organisation.added", made, by=by, now=now, country=country, after={"identifier": identifier})
    return made


def find_or_add(country: Country, organisation: told.Organisation, *, known: Known, by: Person, now: datetime) -> int:
    """The number of the organisation that a record tells of; one nobody knows yet is added."""
    found = known.find(organisation)
    if found is None:
        names = {name.language: name.words for name in organisation.names} or {"": organisation.name}
        found = add(
            country,
            names=names,
            acronyms={"": organisation.acronym} if organisation.acronym else {},
            identifier=organisation.identifier,
            type=organisation.type,
            by=by,
            now=now,
        ).pk
        known.learn(found, organisation)
    return found
