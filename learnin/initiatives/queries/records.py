"""An initiative of the register as a record: what exports write, forms begin with and imports compare."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from learnin.initiatives.formats.kept import from_json
from learnin.initiatives.formats.record import Record
from learnin.initiatives.models import Initiative, Organisation, Partner, Place

_ROWS = ("themes", "audiences", "components", "sectors", "people", "money", "links")


def with_parts(initiatives: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """The same initiatives with everything a record needs."""
    partners = Partner.objects.select_related("organisation").order_by("pk")
    places = Place.objects.select_related("area").order_by("pk")
    return initiatives.select_related("reporter", "country").prefetch_related(
        *_ROWS, Prefetch("partners", partners), Prefetch("places", places)
    )


def whole(pk: int) -> Initiative:
    """One initiative with everything a record needs, and who registered, confirmed and published it."""
    found = with_parts(Initiative.objects.filter(pk=pk))
    return found.select_related(
        "reporter", "country", "merged_into", "registered_by", "confirmed_by", "published_by"
    ).get()


def record_of(initiative: Initiative) -> Record:
    """The initiative as a record. Needs `with_parts`, else each part is one query."""
    return from_json(_kept(initiative))


def _kept(one: Initiative) -> dict[str, Any]:
    says: dict[str, Any] = {
        "identifier": one.identifier,
        "titles": _texts(one.titles),
        "descriptions": [
            {"words": words, "language": language, "purpose": purpose}
            for purpose, texts in sorted(one.descriptions.items())
            for language, words in texts.items()
        ],
        "reporter": _organisation(one.reporter),
        "is_secondary": one.is_secondary,
        "parties": [{"organisation": _organisation(p.organisation), "role": p.role} for p in one.partners.all()],
        "identifiers": one.other_identifiers,
        "status": one.status or None,
        **{key: _day(getattr(one, key)) for key in _DAYS},
        "scope": one.scope,
        "countries": one.recipients,
        "regions": one.recipient_regions,
        "places": [_place(place) for place in one.places.all()],
        "sectors": [{"code": s.code, "percentage": _amount(s.percentage)} for s in _sorted(one.sectors)],
        "themes": [row.theme for row in _sorted(one.themes)],
        "audiences": [row.audience for row in _sorted(one.audiences)],
        "components": [row.component for row in _sorted(one.components)],
        "isced": one.isced,
        "sdg": one.sdg,
        "people": [_people(row) for row in _sorted(one.people)],
        "money": [_money(row) for row in _sorted(one.money)],
        "links": [{"url": row.url, "title": row.title, "type": row.media_type} for row in _sorted(one.links)],
        "contact": one.contact,
        "related": one.related,
        "language": one.language,
        "updated_at": _day(one.told_at),
    }
    return says


_DAYS = ("planned_start", "actual_start", "planned_end", "actual_end")


def _sorted(rows: Any) -> list[Any]:
    return sorted(rows.all(), key=lambda row: row.pk)


def _texts(texts: dict[str, str]) -> list[dict[str, str]]:
    return [{"words": words, "language": language} for language, words in texts.items()]


def _organisation(one: Organisation) -> dict[str, Any]:
    acronym = next(iter(one.acronyms.values()), "")
    return {"names": _texts(one.names), "identifier": one.identifier, "type": one.type, "acronym": acronym}


def _place(one: Place) -> dict[str, Any]:
    area = one.area.code if one.area else ""
    country = area[:2] or one.initiative.country_id
    says = {key: getattr(one, key) for key in ("name", "pcode", "geonames", "latitude", "longitude")}
    return {**says, "area": area, "country": country, "reach": one.reach or None}


def _amount(value: Any) -> str | None:
    """An amount as a file writes it: 12.50 is 12.5, and 100.00 is 100."""
    if value is None:
        return None
    return format(value.normalize(), "f") if value else "0"


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None


def _people(row: Any) -> dict[str, Any]:
    days = {"begins": _day(row.begins_on), "ends": _day(row.ends_on)}
    return {"audience": row.audience, "planned": row.planned, "reached": row.reached, **days}


def _money(row: Any) -> dict[str, Any]:
    days = {"begins": _day(row.begins_on), "ends": _day(row.ends_on), "valued_on": _day(row.valued_on)}
    return {"amount": _amount(row.amount), "currency": row.currency, "kind": row.kind, "is_whole": row.is_whole, **days}
