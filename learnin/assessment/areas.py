"""The outlines of countries, to see whether a place lies where answers were asked."""

import json
from functools import cache
from pathlib import Path

from learnin.compute import geometry

FILE = Path(__file__).parent / "areas.json"


@cache
def outlines() -> dict[str, list[list[tuple[float, float]]]]:
    """The closed lines of each country, longitude first."""
    kept = json.loads(FILE.read_text(encoding="utf-8"))["countries"]
    return {code: [[(x, y) for x, y in ring] for ring in rings] for code, rings in kept.items()}


def outside_km(code: str, latitude: float, longitude: float) -> float:
    """How far outside a country a place lies; 0 inside, and where we have no outline."""
    rings = outlines().get(code)
    point = (longitude, latitude)
    if not rings or geometry.inside(point, rings):
        return 0.0
    return geometry.distance_km(point, rings)
