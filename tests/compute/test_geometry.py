"""Points and areas: inside, outside, and how far."""

import math

from hypothesis import given
from hypothesis import strategies as st

from learnin.compute import geometry

SQUARE = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)]
HOLE = [(1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (1.0, 3.0), (1.0, 1.0)]


def test_a_hole_is_outside() -> None:
    assert geometry.inside((0.5, 0.5), [SQUARE, HOLE])
    assert not geometry.inside((2.0, 2.0), [SQUARE, HOLE])


@given(st.floats(-10, 10), st.floats(-10, 10))
def test_a_square_agrees_with_its_bounds(x: float, y: float) -> None:
    is_on_line = any(math.isclose(one, edge, abs_tol=1e-9) for one in (x, y) for edge in (0, 4))
    if not is_on_line:
        assert geometry.inside((x, y), [SQUARE]) == (0 < x < 4 and 0 < y < 4)


@given(st.floats(0, 360), st.floats(0.1, 50))
def test_the_way_the_line_runs_does_not_matter(turn: float, far: float) -> None:
    point = (2 + far * math.cos(math.radians(turn)), 2 + far * math.sin(math.radians(turn)))
    there, back = geometry.inside(point, [SQUARE]), geometry.inside(point, [SQUARE[::-1]])
    assert there == back


def test_a_degree_of_longitude_is_shorter_in_the_north() -> None:
    line = [(0.0, 59.0), (0.0, 61.0), (-1.0, 60.0), (0.0, 59.0)]
    assert math.isclose(geometry.distance_km((1.0, 60.0), [line]), 55.6, abs_tol=0.1)
