"""Write the places of records as GeoJSON (RFC 7946), for maps of others."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from learnin.initiatives.formats.fivew.layout import Words
from learnin.initiatives.formats.fivew.list_words import Kind
from learnin.initiatives.formats.record import Place, Record

Geometry = Mapping[str, Any]


def write_geojson(records: Iterable[Record], words: Words, areas: Mapping[str, Geometry] | None = None) -> bytes:
    """A feature for each place of each record: a point where one is known, else the shape of its area, else none.

    Args:
        records: the initiatives. Amounts and numbers of people are left out: a sum over places would be too large.
        words: names of areas, themes and statuses.
        areas: ISO 3166-2 code to a GeoJSON geometry in degrees (WGS 84).
    Returns:
        UTF-8 text of a feature collection.
    """
    features = [feature for record in records for feature in _features(record, words, areas or {})]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def _features(record: Record, words: Words, areas: Mapping[str, Geometry]) -> Iterator[dict[str, Any]]:
    for number, place in enumerate(record.places or (Place(),), start=1):
        feature = {"type": "Feature", "geometry": _geometry(place, areas), "properties": _told(record, place, words)}
        yield {**feature, "id": f"{record.identifier}#{number}"} if record.identifier else feature


def _geometry(place: Place, areas: Mapping[str, Geometry]) -> Geometry | None:
    """A position is east before north: RFC 7946, section 3.1.1."""
    if place.latitude is not None and place.longitude is not None:
        return {"type": "Point", "coordinates": [place.longitude, place.latitude]}
    return areas.get(place.area)


def _told(record: Record, place: Place, words: Words) -> dict[str, Any]:
    return {
        "identifier": record.identifier,
        "title": record.title,
        "reporter": record.reporter.name,
        "status": words.names(Kind.STATUS, record.status) if record.status else None,
        "begins": record.begins.isoformat() if record.begins else None,
        "ends": record.ends.isoformat() if record.ends else None,
        "themes": [words.names(Kind.THEME, one) for one in record.themes],
        "audiences": [words.names(Kind.AUDIENCE, one) for one in record.audiences],
        "country": place.country or (record.countries[0].code if len(record.countries) == 1 else None),
        "area": place.area or None,
        "area_name": words.names("area", place.area) if place.area else None,
        "place": place.name or None,
    }
