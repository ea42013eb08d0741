"""Make the map of each country's areas once, from the public-domain admin-1 shapes of Natural Earth.

    .venv/bin/python -m make.area_maps FOLDER

FOLDER holds one GeoJSON file for each country: AL.geojson, AM.geojson ... Each is projected about its own middle. A
line between two areas is simplified once, for both (make/map.py). Writes learnin/kit/charts/outlines/AL.json and so on,
with the names that Natural Earth gives. Which area of LearnIn has which of these names is left to whoever draws a map.
The map of the example country, XA.json, is invented and drawn by hand.
"""

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from make import map as small_map
from make.steps import ROOT

OUT = ROOT / "learnin" / "kit" / "charts" / "outlines"
WIDTH, HEIGHT = 600.0, 480.0  # the box the picture fits into
NARROWEST = 1.1  # on a picture 600 wide nobody sees a bend that leaves the line by less than this
SMALLEST = 4.0  # an island of fewer square units is a speck

Named = dict[str, str]


def parts(file: Path) -> Iterator[tuple[str, Named, list[small_map.Line]]]:
    """Every area of a country: its number, its names, its closed lines in degrees."""
    for number, feature in enumerate(json.loads(file.read_text(encoding="utf-8"))["features"]):
        given, shape = feature["properties"], feature["geometry"]
        polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        lines = [[(x, y) for x, y, *_height in ring] for polygon in polygons for ring in polygon]
        yield str(number), {"name": given["name"], "other": given["gn"] or ""}, lines


def drawn(file: Path) -> dict[str, object]:
    """The map of one country: a path for each area, in a box at most WIDTH wide and HEIGHT high."""
    areas = list(parts(file))
    found = list(small_map.arcs(small_map.borders((number, ring) for number, _names, rings in areas for ring in rings)))
    middle = _middle([point for _of, line in found for point in line])
    projected = [(of, [small_map.project(*point, middle=middle) for point in line]) for of, line in found]
    xs, ys = [x for _of, line in projected for x, _y in line], [y for _of, line in projected for _x, y in line]
    scale = min((WIDTH - 8) / (max(xs) - min(xs)), (HEIGHT - 8) / (max(ys) - min(ys)))
    lines: dict[str, list[small_map.Line]] = defaultdict(list)
    for of, line in projected:
        placed = [((x - min(xs)) * scale + 4, (y - min(ys)) * scale + 4) for x, y in line]
        thin = [(round(x, 1), round(y, 1)) for x, y in small_map.simpler(placed, NARROWEST)]
        for number in of:
            lines[number].append(thin)
    return {
        "source": small_map.SOURCE,
        "width": math.ceil((max(xs) - min(xs)) * scale + 8),
        "height": math.ceil((max(ys) - min(ys)) * scale + 8),
        "areas": [{**names, "path": _path(lines[number])} for number, names, _rings in areas],
    }


def _middle(points: list[small_map.Point]) -> small_map.Point:
    """Halfway between the ends of a country, in degrees."""
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _path(lines: list[small_map.Line]) -> str:
    """The largest part of an area, its islands that can be seen, and what is cut out of it."""
    whole = sorted((ring for ring in small_map.closed(lines) if len(ring) > 3), key=small_map.area, reverse=True)
    kept = [ring for place, ring in enumerate(whole) if not place or small_map.area(ring) >= SMALLEST]
    return "".join(map(small_map.path, kept))


def main() -> None:
    """Write the maps."""
    OUT.mkdir(parents=True, exist_ok=True)
    for file in sorted(Path(sys.argv[1]).glob("*.geojson")):
        text = json.dumps(drawn(file), ensure_ascii=False, separators=(",", ":"))
        (OUT / f"{file.stem}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
