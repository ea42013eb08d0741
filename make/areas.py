"""Make the outlines of countries in degrees once, from the public-domain admin-1 shapes of Natural Earth.

    .venv/bin/python -m make.areas FOLDER

FOLDER holds one GeoJSON file for each country: AL.geojson, AM.geojson ... A place where somebody answered is compared
with them. Lines are simplified as on the small map (make/map.py). Writes learnin/assessment/areas.json.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

from make import map as small_map
from make.steps import ROOT

OUT = ROOT / "learnin" / "assessment" / "areas.json"
NARROWEST = 0.01  # degrees, about a kilometre: a place is doubted from far more on
DIGITS = 3  # about 100 metres


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


def main() -> None:
    """Write the outlines."""
    areas = {"source": small_map.SOURCE, "countries": outlines(Path(sys.argv[1]))}
    OUT.write_text(json.dumps(areas, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
