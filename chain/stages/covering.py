"""What the register covers, counted by theme and area, finished initiatives too."""

from django.utils import timezone

from chain.walk import Made, Walk
from learnin.initiatives.queries import coverage
from learnin.initiatives.queries.coverage import Running, Sides, Wanted


def cover(walk: Walk) -> Made:
    """Count theme by area, and theme by audience."""
    today = timezone.localdate()
    made: dict[str, int] = {}
    for sides, name in ((Sides.THEME_AREA, "theme and area"), (Sides.THEME_AUDIENCE, "theme and audience")):
        found = coverage.coverage_of(walk.country, Wanted(sides=sides, running=Running.ALL), today)
        made["initiatives counted"] = found.told
        made[f"cells of {name} told of"] = len(found.matrix.cells)
        made[f"gaps in {name}"] = len(found.gaps)
    return made
