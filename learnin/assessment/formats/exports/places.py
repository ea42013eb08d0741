"""GeoJSON: each answer with the first place it names."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from learnin.assessment.formats.submission_xml import place
from learnin.assessment.formats.tables import SHAPES, Layout, Record

PIECE = 64 * 1024


def geojson(layout: Layout, records: Iterable[Record]) -> Iterator[bytes]:
    """A collection of features, piece by piece; an answer without a place has an empty geometry (RFC 7946)."""
    columns = layout.main.columns
    shapes = [(at, column.type) for at, column in enumerate(columns) if column.type in SHAPES and column.kind == "text"]
    yield b'{"type": "FeatureCollection", "features": ['
    waiting, is_first = "", True
    for record in records:
        row = layout.main_row(record)
        found = (geometry(row[at], kind) for at, kind in shapes)
        feature = {
            "type": "Feature",
            "id": record.key,
            "geometry": next((one for one in found if one), None),
            "properties": {
                column.name: _plain(column.value(text))
                for column, text in zip(columns, row, strict=True)
                if column.type not in SHAPES
            },
        }
        waiting += ("" if is_first else ",\n") + json.dumps(feature, ensure_ascii=False)
        is_first = False
        if len(waiting) > PIECE:
            yield waiting.encode()
            waiting = ""
    yield (waiting + "]}\n").encode()


def geometry(text: str, kind: str) -> dict[str, Any] | None:
    """A place as GeoJSON, longitude first.

    >>> geometry("44.8 20.5 0 0", "geopoint")
    {'type': 'Point', 'coordinates': [20.5, 44.8]}
    """
    points = [[found[1], found[0]] for one in text.split(";") if (found := place(one))]
    if not points:
        return None
    if kind == "geotrace" and len(points) > 1:
        return {"type": "LineString", "coordinates": points}
    if kind == "geoshape" and len(points) > 2:
        ring = points if points[0] == points[-1] else [*points, points[0]]
        return {"type": "Polygon", "coordinates": [ring]} if len(ring) > 3 else None
    return {"type": "Point", "coordinates": points[0]}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float) else value.isoformat()
