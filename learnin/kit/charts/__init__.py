"""Charts that the server draws: numbers in, words and strips out; no script, and a table that says the same.

Words are HTML, and only what has no words is SVG, with places in percent: nothing shrinks on a phone. Whoever has a
chart hands it to the component `chart`.
"""

from learnin.kit.charts.areas import COUNTRIES, Shape, Shapes, shapes
from learnin.kit.charts.counts import Counted, CountMap, Span, Spans
from learnin.kit.charts.grids import AreaMap, Heat
from learnin.kit.charts.marks import Mark, Trust, Unit
from learnin.kit.charts.plots import Histogram, Rounds
from learnin.kit.charts.rows import Differences, Dots, Dumbbells, Panels, Row, Stacks
from learnin.kit.charts.scale import Scale, scale
from learnin.kit.charts.twin import Chart, Key, Twin

__all__ = [
    "Mark", "Trust", "Unit", "Row", "Scale", "scale",
    # one strip for each row
    "Dots", "Differences", "Dumbbells", "Stacks", "Panels",
    # one picture
    "Rounds", "Histogram",
    # many cells
    "Heat", "AreaMap", "COUNTRIES", "Shape", "Shapes", "shapes",
    # plain counts and days
    "Counted", "CountMap", "Span", "Spans",
    # what all have
    "Chart", "Key", "Twin",
]  # fmt: skip
