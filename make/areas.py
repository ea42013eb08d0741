"""Make the outlines of countries and their parts in degrees once, from the public-domain shapes of Natural Earth.

    .venv/bin/python -m make.areas FOLDER

FOLDER holds one GeoJSON file for each country: AL.geojson, AM.geojson ... A place where somebody answered is compared
with them. Lines are simplified as on the small map (make/map.py). Writes learnin/assessment/areas.json and, with the
parts of each country by their names, learnin/assessment/parts.json.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from make import map as small_map
from make.steps import ROOT

OUT = ROOT / "learnin" / "assessment" / "areas.json"
PARTS = OUT.with_name("parts.json")
NARROWEST = 0.01  # degrees, about a kilometre: a place is doubted from far more on
DIGITS = 3  # about 100 metres
PART_NARROWEST, PART_DIGITS = 0.03, 2  # of the parts, about three and one kilometres: there are some 500


def outlines(folder: Path) -> dict[str, list[list[list[float]]]]:
    """The closed lines of each country, longitude first."""
    shared: dict[str, list[small_map.Line]] = defaultdict(list)
    for owners, line in small_map.arcs(small_map.borders(small_map.rings(folder))):
        for country in owners:
            shared[country].append(small_map.simpler(line, NARROWEST))
    return {
        country: [
            [[round(x, DIGITS), round(y, DIGITS)] for x, y in ring]
            for ring in small_map.closed(lines)
            if len(ring) > 3  # the rest are specks, gone flat
        ]
        for country, lines in sorted(shared.items())
    }


def parts(folder: Path) -> dict[str, list[dict[str, object]]]:
    """The parts of each country: what each is called, and its closed lines. Gaps between neighbours do no harm here."""
    return {
        file.stem: [_part(feature) for feature in json.loads(file.read_text(encoding="utf-8"))["features"]]
        for file in sorted(folder.glob("*.geojson"))
    }


def _part(feature: dict[str, Any]) -> dict[str, object]:
    called = (feature["properties"].get(key) for key in ("name", "gn"))
    shape = feature["geometry"]
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    lines = [small_map.simpler([(x, y) for x, y, *_height in ring], PART_NARROWEST) for one in polygons for ring in one]
    return {
        "names": sorted({name for name in called if name}),
        "rings": [[[round(x, PART_DIGITS), round(y, PART_DIGITS)] for x, y in line] for line in lines if len(line) > 3],
    }


def main() -> None:
    """Write the outlines."""
    for path, found in ((OUT, outlines(Path(sys.argv[1]))), (PARTS, parts(Path(sys.argv[1])))):
        areas = {"source": small_map.SOURCE, "countries": found}
        path.write_text(json.dumps(areas, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
