"""Make the small map of the region once, from the public-domain admin-1 shapes of Natural Earth.

    .venv/bin/python -m make.map FOLDER

FOLDER holds one GeoJSON file for each country: AL.geojson, AM.geojson ...

Lines between two parts of a country vanish. A line between two countries is simplified once, for both, so that no gap
opens between them. Writes learnin/home/map.json; needs nothing but Python.
"""

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from make.steps import ROOT

OUT = ROOT / "learnin" / "home" / "map.json"
SOURCE = "Natural Earth, admin-1 states and provinces, public domain"
WIDTH = 1000.0
LONGITUDE, LATITUDE = 47.0, 45.0  # the middle of the region: least distortion there
NARROWEST = 0.9  # on a picture 1000 wide nobody sees a bend that leaves the line by less than this
SMALLEST = 6.0  # an island of fewer square units is a speck

Point = tuple[float, float]
Edge = frozenset[Point]
Line = list[Point]


def project(longitude: float, latitude: float, *, middle: Point = (LONGITUDE, LATITUDE)) -> Point:
    """Lambert azimuthal equal-area, on a sphere of radius one (Snyder, Map Projections, 1987, eq. 24-2 to 24-4)."""
    x, y, height = math.radians(longitude - middle[0]), math.radians(latitude), math.radians(middle[1])
    near = 1 + math.sin(height) * math.sin(y) + math.cos(height) * math.cos(y) * math.cos(x)
    k = math.sqrt(2 / near)
    up = math.cos(height) * math.sin(y) - math.sin(height) * math.cos(y) * math.cos(x)
    return k * math.cos(y) * math.sin(x), -k * up


def rings(folder: Path) -> Iterator[tuple[str, Line]]:
    """Every closed line of every part of every country."""
    for file in sorted(folder.glob("*.geojson")):
        for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
            shape = feature["geometry"]
            polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
            for polygon in polygons:
                for ring in polygon:
                    yield file.stem, [(longitude, latitude) for longitude, latitude, *_height in ring]


def borders(found: Iterable[tuple[str, Line]]) -> dict[Edge, frozenset[str]]:
    """The edges that end a country, each with the one or two countries it ends."""
    owners: dict[Edge, list[str]] = defaultdict(list)
    for country, ring in found:
        for start, end in pairwise(ring):
            if start != end:
                owners[frozenset((start, end))].append(country)
    return {edge: frozenset(of) for edge, of in owners.items() if len(of) == 1 or len(set(of)) > 1}


def arcs(edges: dict[Edge, frozenset[str]]) -> Iterator[tuple[frozenset[str], Line]]:
    """Lines along which the same countries lie, from one meeting point to the next."""
    around: dict[Point, list[Edge]] = defaultdict(list)
    for edge in edges:
        for point in edge:
            around[point].append(edge)

    def is_meeting(point: Point) -> bool:
        return len(around[point]) != 2 or edges[around[point][0]] != edges[around[point][1]]

    left = set(edges)
    starts = [point for point in sorted(around) if is_meeting(point)]
    for start in [*starts, *sorted(around)]:
        for edge in around[start]:
            if edge not in left:
                continue
            line, here = [start], edge
            while here in left:
                left.remove(here)
                line.append(next(point for point in here if point != line[-1]))
                if is_meeting(line[-1]) or line[-1] == start:
                    break
                here = next(one for one in around[line[-1]] if one != here)
            yield edges[edge], line


def simpler(line: Line, width: float) -> Line:
    """The line without bends narrower than this (Douglas and Peucker, 1973)."""
    if len(line) < 3:
        return line
    first, last = line[0], line[-1]
    far, at = max((_distance(point, first, last), at) for at, point in enumerate(line[1:-1], start=1))
    if far <= width:
        return [first, last]
    return [*simpler(line[: at + 1], width)[:-1], *simpler(line[at:], width)]


def _distance(point: Point, start: Point, end: Point) -> float:
    (x, y), (ax, ay), (bx, by) = point, start, end
    length = math.hypot(bx - ax, by - ay)
    if not length:
        return math.hypot(x - ax, y - ay)
    return abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length


def area(ring: Line) -> float:
    """What a closed line holds."""
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring))) / 2


def holds(ring: Line, point: Point) -> bool:
    """Whether the point lies inside: a lake or a leased piece of land, which a small map fills."""
    x, y = point
    crossed = [(ax, ay, bx, by) for (ax, ay), (bx, by) in pairwise(ring) if (ay > y) != (by > y)]
    return sum(x < ax + (y - ay) * (bx - ax) / (by - ay) for ax, ay, bx, by in crossed) % 2 == 1


def closed(lines: list[Line]) -> Iterator[Line]:
    """The lines of one country, put together end to end."""
    waiting = [line for line in lines if line[0] != line[-1]]
    yield from (line for line in lines if line[0] == line[-1])
    while waiting:
        ring = waiting.pop()
        while ring[0] != ring[-1]:
            nearest = next((line for line in waiting if ring[-1] in (line[0], line[-1])), None)
            if nearest is None:
                break
            waiting.remove(nearest)
            ring = [*ring, *(nearest if nearest[0] == ring[-1] else nearest[::-1])[1:]]
        if ring[0] == ring[-1]:
            yield ring


def drawn(folder: Path) -> dict[str, object]:
    """The whole map: a path for each country, in a box as wide as WIDTH."""
    found = [(of, [project(*point) for point in line]) for of, line in arcs(borders(rings(folder)))]
    xs = [x for _of, line in found for x, _y in line]
    ys = [y for _of, line in found for _x, y in line]
    scale = (WIDTH - 8) / (max(xs) - min(xs))

    def placed(point: Point) -> Point:
        return (point[0] - min(xs)) * scale + 4, (point[1] - min(ys)) * scale + 4

    lines: dict[str, list[Line]] = defaultdict(list)
    for of, line in found:
        thin = [(round(x, 1), round(y, 1)) for x, y in simpler([placed(point) for point in line], NARROWEST)]
        for country in of:
            lines[country].append(thin)
    paths = {}
    for country, own in sorted(lines.items()):
        whole = sorted(closed(own), key=area, reverse=True)
        kept = [ring for ring in whole[1:] if area(ring) >= SMALLEST and not holds(whole[0], ring[0])]
        paths[country] = "".join(map(path, [whole[0], *kept]))
    height = math.ceil((max(ys) - min(ys)) * scale + 8)
    return {"source": SOURCE, "width": int(WIDTH), "height": height, "paths": paths}


def path(ring: Line) -> str:
    """A closed line as SVG writes it."""
    points = [f"{x:g},{y:g}" for x, y in ring[:-1]]
    return f"M{' '.join(points)}Z"


def main() -> None:
    """Write the map."""
    picture = drawn(Path(sys.argv[1]))
    OUT.write_text(json.dumps(picture, indent=1) + "\n", encoding="utf-8")
    print(f"{OUT.relative_to(ROOT)}: {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
