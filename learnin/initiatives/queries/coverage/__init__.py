"""What is covered and what is not: the register counted by theme, component, audience and area."""

from learnin.initiatives.queries.coverage.matrices import Coverage, coverage_of
from learnin.initiatives.queries.coverage.sides import Standing, standing_of
from learnin.initiatives.queries.coverage.wanted import (
    UNTOLD,
    WHOLE,
    Measure,
    Running,
    Sides,
    Wanted,
    counted,
    value_of,
)

__all__ = [
    "UNTOLD", "WHOLE", "Measure", "Running", "Sides", "Wanted", "counted", "value_of",
    "Standing", "standing_of", "Coverage", "coverage_of",
]  # fmt: skip
