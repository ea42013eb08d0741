"""Who reports, who takes part, whom to ask, and by which numbers others know the activity."""

from types import MappingProxyType
from typing import Any

from learnin.initiatives.formats.iati import codelists, ours
from learnin.initiatives.formats.iati.doubts import Doubt
from learnin.initiatives.formats.iati.pieces import Activity, line, texts, value_of, words
from learnin.initiatives.formats.record import Contact, Identifier, Organisation, Party, Related, RelatedAs, Role

OLD_ROLES = MappingProxyType(
    {
        "funding": Role.FUNDING,
        "accountable": Role.ACCOUNTABLE,
        "extending": Role.EXTENDING,
        "implementing": Role.IMPLEMENTING,
        "un-ocha-implementing-partner": Role.IMPLEMENTING,
    }
)
"""Roles before version 2. Source: IATI 1.05, codelist OrganisationRole; the last: exports of OCHA's appeals."""

TRUE = frozenset({"1", "true"})


def reporter(activity: Activity) -> tuple[Organisation, bool]:
    """Who reports, and whether it does so about somebody else's activity."""
    found = activity.first("reporting-org")
    if found is None:
        return Organisation(), False
    return _organisation(found, activity), value_of(found, "secondary-reporter") in TRUE


def parties(activity: Activity) -> tuple[Party, ...]:
    """The organisations that take part, with their roles."""
    found = []
    for one in activity.all("participating-org"):
        said = value_of(one, "role")
        role = Role(said) if said in list(Role) else OLD_ROLES.get(said.lower())
        organisation = _organisation(one, activity)
        if role is None:
            activity.doubts.warn(Doubt.ROLE_UNKNOWN, one, said, "role")
        elif not organisation.name:
            activity.doubts.warn(Doubt.ORGANISATION_NOBODY, one)
        else:
            found.append(Party(organisation, role))
    return tuple(found)


def identifiers(activity: Activity) -> tuple[Identifier, ...]:
    """Other numbers of the activity."""
    found = []
    for one in activity.all("other-identifier"):
        value = value_of(one, "ref") or line(one if activity.is_old else None)
        kind = value_of(one, "type")
        owner = one.find("owner-org")
        if kind and kind not in codelists.identifier_types():
            activity.doubts.warn(Doubt.OTHER_IDENTIFIER_TYPE, one, kind, "type")
            kind = ""
        if value:
            named = value_of(owner, "ref") or words(owner, activity)
            found.append(Identifier(value, kind, named or value_of(one, "owner-ref") or value_of(one, "owner-name")))
        else:
            activity.doubts.warn(Doubt.OTHER_IDENTIFIER_EMPTY, one)
    return tuple(found)


def contact(activity: Activity) -> Contact:
    """Whom to ask: the first of the contacts."""
    found = next(iter(activity.all("contact-info")), None)
    if found is None:
        return Contact()
    return Contact(
        organisation=words(found.find("organisation"), activity),
        person=words(found.find("person-name"), activity),
        email=line(found.find("email")),
        phone=line(found.find("telephone")),
        website=line(found.find("website")),
    )


def related(activity: Activity) -> tuple[Related, ...]:
    """Other activities, by their identifiers."""
    found = []
    for one in activity.all("related-activity"):
        identifier, kind = value_of(one, "ref"), value_of(one, "type")
        if not identifier:
            activity.doubts.warn(Doubt.RELATED_EMPTY, one)
        elif kind not in list(RelatedAs):
            activity.doubts.warn(Doubt.RELATED_TYPE, one, kind, "type")
        else:
            found.append(Related(identifier, RelatedAs(kind)))
    return tuple(found)


def _organisation(element: Any, activity: Activity) -> Organisation:
    kind = value_of(element, "type")
    if kind and kind not in codelists.organisation_types():
        activity.doubts.warn(Doubt.ORGANISATION_TYPE, element, kind, "type")
        kind = ""
    says = len(element) or (element.text or "").strip()
    names = texts([element], activity) if says else ()  # a reference alone is enough for the standard
    return Organisation(names, value_of(element, "ref"), kind, value_of(element, ours.ACRONYM))
