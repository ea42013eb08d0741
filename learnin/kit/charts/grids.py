"""Many cells at once: a table of shades, and a map. Both say the numbers in words too."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from learnin.kit.charts import strips
from learnin.kit.charts.areas import Shapes
from learnin.kit.charts.marks import Mark, Trust, Unit
from learnin.kit.charts.rows import Row, ordered
from learnin.kit.charts.scale import Scale, scale
from learnin.kit.charts.twin import SIGNS_ONLY, Key, Twin, estimate_cells, estimate_columns, texts, trust_keys
from learnin.kit.components import draw

SHADES = 5


def shade_scale(marks: list[Mark]) -> Scale:
    """Bands with round ends that hold all values: a shade for each."""
    values = (mark.value for mark in marks if mark.value is not None)
    return scale(values, most_ticks=SHADES + 1)


def band_words(held: Scale, band: int, unit: Unit) -> str:
    """From where to where a shade goes."""
    return _("%(low)s to %(high)s") % {"low": unit.bare(held.ticks[band]), "high": unit.says(held.ticks[band + 1])}


@dataclass(frozen=True)
class HeatCell:
    """One cell: its shade, its words, its interval."""

    look: str
    said: str
    interval: str
    note: str


@dataclass(frozen=True)
class Heat:
    """A table whose cells are shaded: many indicators by many groups. It is its own table."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Mark, ...]], ...]
    of: str
    unit: Unit = Unit.SHARE
    note: str = ""

    @property
    def marks(self) -> list[Mark]:
        """All estimates."""
        return [mark for _label, marks in self.rows for mark in marks]

    @cached_property
    def scale(self) -> Scale:
        """The bands of the shades."""
        return shade_scale(self.marks)

    def cell(self, mark: Mark) -> HeatCell:
        """How an estimate stands in the table."""
        look = mark.trust.value if mark.value is None else f"{self.scale.band(mark.value) + 1}"
        doubt = " li-heat__cell--unsure" if mark.trust is Trust.UNSURE else ""
        return HeatCell(
            f"{look}{doubt}", f"{mark.sign} {mark.said(self.unit)}".strip(), mark.interval(self.unit), mark.note
        )

    def body(self) -> SafeString:
        """The table."""
        rows = [(label, [self.cell(mark) for mark in marks]) for label, marks in self.rows]
        return draw("chart_heat", caption=self.caption, of=self.of, columns=self.columns, rows=rows)

    def legend(self) -> list[Key]:
        """The shades, and what the looks mean."""
        return shade_keys(self.marks, self.scale, self.unit) + trust_keys(self.marks, SIGNS_ONLY)

    def twin(self) -> None:
        """It is a table already."""


def shade_keys(marks: list[Mark], held: Scale, unit: Unit) -> list[Key]:
    """From the lightest shade to the darkest, all that lie between those that occur."""
    bands = [held.band(mark.value) for mark in marks if mark.value is not None]
    between = range(min(bands), max(bands) + 1) if bands else []
    return [Key(strips.swatch(f"li-g-shade li-f-seq-{band + 1}"), band_words(held, band, unit)) for band in between]


@dataclass(frozen=True)
class AreaMap:
    """The areas of a country, shaded. Its table stands beside it: small areas are not judged by eye.

    Args:
        shapes: the drawing.
        rows: estimates of areas, by what the page calls them.
        outlines: for each row that is drawn, by label, the name of its shape; where it is the label's own name, none is
            needed.
    """

    caption: str
    shapes: Shapes
    rows: tuple[Row, ...]
    of: str
    outlines: Mapping[str, str] = field(default_factory=dict)
    key: str = "map"
    unit: Unit = Unit.SHARE
    note: str = ""

    @cached_property
    def scale(self) -> Scale:
        """The bands of the shades."""
        return shade_scale([row.mark for row in self.rows])

    @cached_property
    def by_shape(self) -> dict[str, Row]:
        """Which row stands in which outline."""
        found = ((self.shapes.named(self.outlines.get(row.label, row.label)), row) for row in self.rows)
        return {shape.path: row for shape, row in found if shape}

    def body(self) -> SafeString:
        """The drawing; each area tells its name and number to whoever points at it."""
        unknown = Mark(trust=Trust.UNKNOWN)
        parts = []
        for shape in self.shapes.areas:
            row = self.by_shape.get(shape.path, Row(shape.name, unknown))
            parts.append(self._area(shape.path, row))
        told = [self._told(row) for row in ordered(self.rows)]
        box = f"0 0 {self.shapes.width} {self.shapes.height}"
        drawing = strips.picture("li-areas", self.caption, told, strips.hatches(self.key), *parts, box=box)
        opinion = _("Boundaries are simplified and carry no opinion on any status.")
        return format_html('{}<p class="li-small">{}</p>', drawing, opinion)

    def _told(self, row: Row) -> str:
        said = f"{row.mark.sign} {row.mark.said(self.unit)}".strip()
        return _("%(name)s: %(value)s.") % {"name": row.label, "value": said}

    def _area(self, path: str, row: Row) -> SafeString:
        mark = row.mark
        shade = "li-areas__blank" if mark.value is None else f"li-f-seq-{self.scale.band(mark.value) + 1}"
        over = {Trust.UNSURE: "stripes", Trust.WITHHELD: "dots", Trust.INEXACT: "stripes"}.get(mark.trust)
        pattern = format_html('<path fill="url(#{}-{})" d="{}"/>', self.key, over, path) if over else mark_safe("")
        return format_html('<g><title>{}</title><path class="{}" d="{}"/>{}</g>', self._told(row), shade, path, pattern)

    def legend(self) -> list[Key]:
        """The shades, and the patterns that occur."""
        marks = [row.mark for row in self.rows]
        missing = [Mark(trust=Trust.UNKNOWN)] if len(self.by_shape) < len(self.shapes.areas) else []
        patterns = {
            Trust.UNSURE: strips.swatch("li-g-shade li-f-seq-2", over=f"{self.key}-stripes"),
            Trust.INEXACT: strips.swatch("li-g-shade li-areas__blank", over=f"{self.key}-stripes"),
            Trust.WITHHELD: strips.swatch("li-g-shade li-areas__blank", over=f"{self.key}-dots"),
            Trust.UNKNOWN: strips.swatch("li-g-shade li-areas__blank"),
        }
        return shade_keys(marks, self.scale, self.unit) + trust_keys([*marks, *missing], patterns)

    def twin(self) -> Twin:
        """The same as a table."""
        rows = ((row.label, *estimate_cells(row.mark, self.unit)) for row in ordered(self.rows))
        return Twin.of([*texts(self.of), *estimate_columns()], rows)
