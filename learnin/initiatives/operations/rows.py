"""How a record becomes rows: the columns of an initiative, and the rows that belong to it. Nothing is saved here."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db.models import Model

from learnin.compute.folding import search_keys
from learnin.initiatives.formats import record as told
from learnin.initiatives.formats.kept import as_json
from learnin.initiatives.models import (
    Initiative,
    InitiativeAudience,
    InitiativeComponent,
    InitiativeTheme,
    Link,
    Money,
    Partner,
    PeopleReached,
    Place,
    Sector,
)

PARTS = (
    Partner, Place, Sector, InitiativeTheme, InitiativeAudience, InitiativeComponent, PeopleReached, Money, Link,
)  # fmt: skip
Find = Callable[[told.Organisation], int]


def columns(record: told.Record) -> dict[str, Any]:
    """The columns of an initiative as the record tells them."""
    kept = as_json(record)
    descriptions: dict[str, dict[str, str]] = {}
    for one in record.descriptions:
        texts = descriptions.setdefault(one.purpose.value, {})
        texts[one.language] = "\n\n".join(filter(None, [texts.get(one.language, ""), one.words]))
    titles: dict[str, str] = {}
    for title in record.titles:
        titles.setdefault(title.language, title.words)
    return {
        "identifier": record.identifier,
        "titles": titles,
        "descriptions": descriptions,
        "language": record.language,
        "is_secondary": record.is_secondary,
        "status": record.status.value if record.status else "",
        "planned_start": record.planned_start,
        "actual_start": record.actual_start,
        "planned_end": record.planned_end,
        "actual_end": record.actual_end,
        "begins_on": record.begins,
        "ends_on": record.ends,
        "scope": record.scope,
        "recipients": kept.get("countries", []),
        "recipient_regions": kept.get("regions", []),
        "isced": list(record.isced),
        "sdg": list(record.sdg),
        "contact": kept.get("contact", {}),
        "other_identifiers": kept.get("identifiers", []),
        "related": kept.get("related", []),
        "told_at": record.updated_at,
        "search_keys": search_keys(" ".join([*titles.values(), record.identifier, record.reporter.name])),
    }


def parts(initiative: Initiative, record: told.Record, *, find: Find, areas: Mapping[str, int]) -> Iterator[Model]:
    """The rows that belong to an initiative.

    Args:
        find: the number of the organisation that the record tells of.
        areas: numbers of areas by their code.
    """
    sides = dict.fromkeys((find(party.organisation), party.role.value) for party in record.parties)
    yield from (Partner(initiative=initiative, organisation_id=pk, role=role) for pk, role in sides)
    yield from (_place(initiative, one, areas) for one in record.places)
    shares = {share.code: share.percentage for share in record.sectors}
    yield from (Sector(initiative=initiative, code=code, percentage=share) for code, share in shares.items())
    yield from (InitiativeTheme(initiative=initiative, theme=id) for id in dict.fromkeys(record.themes))
    yield from (InitiativeAudience(initiative=initiative, audience=id) for id in dict.fromkeys(record.audiences))
    yield from (InitiativeComponent(initiative=initiative, component=id) for id in dict.fromkeys(record.components))
    told_of = (one for one in record.people if one.planned is not None or one.reached is not None)
    yield from (_people(initiative, one) for one in told_of)
    yield from (_money(initiative, one) for one in record.money)
    yield from (Link(initiative=initiative, url=one.url, title=one.title, media_type=one.type) for one in record.links)


def _place(initiative: Initiative, one: told.Place, areas: Mapping[str, int]) -> Place:
    return Place(
        initiative=initiative,
        area_id=areas.get(one.area),
        name=one.name,
        pcode=one.pcode,
        geonames=one.geonames,
        latitude=one.latitude,
        longitude=one.longitude,
        reach=one.reach.value if one.reach else "",
    )


def _people(initiative: Initiative, one: told.People) -> PeopleReached:
    return PeopleReached(
        initiative=initiative,
        audience=one.audience,
        planned=one.planned,
        reached=one.reached,
        begins_on=one.begins,
        ends_on=one.ends,
    )


def _money(initiative: Initiative, one: told.Money) -> Money:
    return Money(
        initiative=initiative,
        kind=one.kind.value,
        amount=one.amount,
        currency=one.currency,
        begins_on=one.begins,
        ends_on=one.ends,
        valued_on=one.valued_on,
        is_whole=one.is_whole,
    )
