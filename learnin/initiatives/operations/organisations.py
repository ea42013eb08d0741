"""Organisations: added by hand or as records tell of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

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


class PartOfItself(Refusal):
    """What an organisation is part of cannot be its own part."""


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
    parent: Organisation | None = None,
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
        parent=parent,
        search_keys=search_keys(" ".join([*names.values(), *(acronyms or {}).values(), identifier])),
        added_by=by,
        added_at=now,
    )
    entries.write("organisation.added", made, by=by, now=now, country=country, after={"identifier": identifier})
    return made


@transaction.atomic
def change(
    organisation: Organisation,
    *,
    names: Mapping[str, str],
    acronyms: Mapping[str, str],
    identifier: str,
    type: str,
    website: str,
    parent: Organisation | None,
    by: Person,
    now: datetime,
) -> None:
    """Correct what is known of an organisation. Raises NamelessOrganisation or PartOfItself."""
    found = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not any(names.values()):
        raise NamelessOrganisation(_("Write the name of the organisation."))
    _require_above(found, parent)
    before = _kept(found)
    found.names, found.acronyms = dict(names), dict(acronyms)
    found.identifier, found.type, found.website, found.parent = identifier, type, website, parent
    found.search_keys = search_keys(" ".join([*names.values(), *acronyms.values(), identifier]))
    after = _kept(found)
    if before != after:
        found.save()
        place = organisation.country
        entries.write("organisation.changed", found, by=by, now=now, country=place, before=before, after=after)


def _kept(one: Organisation) -> dict[str, Any]:
    return {
        "names": one.names,
        "acronyms": one.acronyms,
        "identifier": one.identifier,
        "type": one.type,
        "website": one.website,
        "parent": one.parent_id,
    }


def _require_above(found: Organisation, parent: Organisation | None) -> None:
    """No organisation is part of itself, also not through others."""
    above = parent
    while above is not None:
        if above.pk == found.pk:
            raise PartOfItself(_("An organisation cannot be a part of itself."))
        above = above.parent


def unsaved(country: Country, organisation: told.Organisation, *, by: Person, now: datetime) -> Organisation:
    """An organisation as a record tells of it, not yet written down."""
    names = {name.language: name.words for name in organisation.names if name.words} or {"": organisation.name}
    acronyms = {"": organisation.acronym} if organisation.acronym else {}
    return Organisation(
        country=country,
        names=names,
        acronyms=acronyms,
        identifier=organisation.identifier,
        type=organisation.type,
        search_keys=search_keys(" ".join([*names.values(), *acronyms.values(), organisation.identifier])),
        added_by=by,
        added_at=now,
    )


def find_or_add(country: Country, organisation: told.Organisation, *, known: Known, by: Person, now: datetime) -> int:
    """The number of the organisation that a record tells of; one nobody knows yet is added."""
    found = known.find(organisation)
    if found is None:
        new = unsaved(country, organisation, by=by, now=now)
        new.save()
        entries.write("organisation.added", new, by=by, now=now, country=country, after={"identifier": new.identifier})
        found = new.pk
        known.learn(found, organisation)
    return found
