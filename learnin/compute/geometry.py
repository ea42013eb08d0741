"""Whether a point lies in an area, and how far from it."""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

Point = tuple[float, float]
Ring = Sequence[Point]  # closed: the last point is the first

KM_PER_DEGREE = 111.195  # of a great circle, on a sphere of 6,371.0088 km (IUGG mean radius; Moritz 2000)


def inside(point: Point, rings: Iterable[Ring]) -> bool:
    """Whether a point lies in an area; a ring within a ring is a hole.

    Args:
        point: longitude and latitude, degrees.
        rings: closed lines, degrees; none crosses the 180th meridian.
    Returns:
        True inside. On the line itself it may be either.
    Source: even-odd rule (Shimrat 1962, Algorithm 112, Communications of the ACM 5, 434);
        docs/methods/quality-flags.md.

    >>> square = [(0, 0), (2, 0), (2, 2), (0, 2), (0, 0)]
    >>> inside((1, 1), [square]), inside((3, 1), [square])
    (True, False)
    """
    x, y = point
    crossed = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                crossed += 1
    return crossed % 2 == 1


def distance_km(point: Point, rings: Iterable[Ring]) -> float:
    """How far a point is from the nearest line of an area.

    Args:
        point: longitude and latitude, degrees.
        rings: closed lines, degrees; at least one.
    Returns:
        Kilometres, on a plane that touches the sphere at the point: exact to about 1% up to 200 km.
    Source: equirectangular projection; docs/methods/quality-flags.md.

    >>> round(distance_km((3, 0), [[(0, -1), (2, -1), (2, 1), (0, 1), (0, -1)]]), 1)
    111.2
    """
    x, y = point
    narrow = math.cos(math.radians(y))
    nearest = math.inf
    for ring in rings:
        flat = [((a - x) * narrow, b - y) for a, b in ring]
        nearest = min(nearest, *(_from_origin(start, end) for start, end in pairwise(flat)))
    return nearest * KM_PER_DEGREE


def _from_origin(start: Point, end: Point) -> float:
    """Distance from (0, 0) to a piece of a line."""
    (x1, y1), (x2, y2) = start, end
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    share = 0.0 if length == 0 else max(0.0, min(1.0, -(x1 * dx + y1 * dy) / length))
    return math.hypot(x1 + share * dx, y1 + share * dy)
