"""Counts by area on a map, and spans of time: plain numbers, without intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from learnin.kit import written
from learnin.kit.charts import strips
from learnin.kit.charts.areas import Shapes
from learnin.kit.charts.marks import Unit
from learnin.kit.charts.rows import Line, lines
from learnin.kit.charts.scale import Scale, scale
from learnin.kit.charts.twin import Column, Key, Twin, texts

SHADES = 5
YEAR = 365.2425  # days, Gregorian mean


def shade_scale(values: Sequence[float]) -> Scale:
    """Bands with round ends that hold all numbers: a shade for each. A few small counts have a shade of their own."""
    low, high = min(values, default=0), max(values, default=1)
    if high - low < SHADES and all(value == round(value) for value in values):
        ticks = tuple(float(tick) for tick in range(round(low), round(high) + 2))
        return Scale(ticks[0], ticks[-1], ticks)
    return scale(values, most_ticks=SHADES + 1)


def shade(held: Scale, value: float) -> int:
    """Which shade a number has, from 1 to 5."""
    return held.band(value) + 1


def shade_keys(held: Scale, values: Sequence[float]) -> list[Key]:
    """What the shades that occur stand for."""
    is_whole = all(value == round(value) for value in (*held.ticks, *values))
    return [
        Key(strips.swatch(f"li-g-shade li-f-seq-{band + 1}"), _said(held, band, values, is_whole=is_whole))
        for band in sorted({held.band(value) for value in values})
    ]


def _said(held: Scale, band: int, values: Sequence[float], *, is_whole: bool) -> str:
    """A band in words; of whole numbers the last one in it, as the next band begins with its end."""
    low, high = held.ticks[band], held.ticks[band + 1]
    if is_whole and not any(value == high and held.band(value) == band for value in values):
        high -= 1
    number = Unit.NUMBER
    if low == high:
        return number.says(low)
    return _("%(low)s to %(high)s") % {"low": number.says(low), "high": number.says(high)}


@dataclass(frozen=True)
class Counted:
    """An area, its number (None: nobody told us), and where a click leads."""

    label: str
    value: float | None
    said: str
    url: str = ""


@dataclass(frozen=True)
class CountMap:
    """The areas of a country, shaded by a count and hatched where nobody told us. Its table says the same.

    nothing: the words for an area without a number.
    """

    caption: str
    shapes: Shapes
    rows: tuple[Counted, ...]
    of: str
    what: str
    nothing: str
    key: str = "counts"
    note: str = ""

    @cached_property
    def scale(self) -> Scale:
        """The bands of the shades."""
        return shade_scale([row.value for row in self.rows if row.value is not None])

    @cached_property
    def by_shape(self) -> Mapping[str, Counted]:
        """Which row stands in which outline."""
        found = ((self.shapes.named(row.label), row) for row in self.rows)
        return {shape.path: row for shape, row in found if shape}

    def body(self) -> SafeString:
        """The drawing; each area is a link that says its name and number."""
        areas = [self._area(shape.path, self._row(shape.path, shape.name)) for shape in self.shapes.areas]
        return format_html(
            '<svg class="li-areas" viewBox="0 0 {} {}" role="group" aria-label="{}">{}{}</svg>'
            '<p class="li-small">{}</p>',
            self.shapes.width,
            self.shapes.height,
            self.caption,
            strips.hatches(self.key),
            strips.joined(areas),
            _("Boundaries are simplified and carry no opinion on any status."),
        )

    def _row(self, path: str, name: str) -> Counted:
        return self.by_shape.get(path, Counted(name, None, self.nothing))

    def _area(self, path: str, row: Counted) -> SafeString:
        value = row.said if row.value is not None else self.nothing
        told = _("%(name)s: %(value)s") % {"name": row.label, "value": value}
        if row.value is None:
            drawn = format_html(
                '<path class="li-areas__blank" d="{}"/><path fill="url(#{}-stripes)" d="{}"/>', path, self.key, path
            )
        else:
            drawn = format_html('<path class="li-f-seq-{}" d="{}"/>', shade(self.scale, row.value), path)
        inside = format_html("<title>{}</title>{}", told, drawn)
        if not row.url:
            return format_html("<g>{}</g>", inside)
        return format_html('<a href="{}" aria-label="{}">{}</a>', row.url, told, inside)

    def legend(self) -> list[Key]:
        """The shades that occur, and the hatching."""
        keys = shade_keys(self.scale, [row.value for row in self.by_shape.values() if row.value is not None])
        is_blank = any(self._row(shape.path, shape.name).value is None for shape in self.shapes.areas)
        blank = strips.swatch("li-g-shade li-areas__blank", over=f"{self.key}-stripes")
        return [*keys, Key(blank, self.nothing)] if is_blank else keys

    def twin(self) -> Twin:
        """The same as a table."""
        rows = ((row.label, row.said if row.value is not None else self.nothing) for row in self.rows)
        return Twin.of([*texts(self.of), Column(self.what)], rows)


@dataclass(frozen=True)
class Span:
    """Something that lasts: its name (with its link, if it has one), and its days as far as they are told."""

    label: str | SafeString
    begins: date | None
    ends: date | None
    plain: str = ""

    @property
    def said(self) -> str:
        """From when to when, in words."""
        begins, ends = (written.day(day) if day else "" for day in (self.begins, self.ends))
        if begins and ends:
            return _("%(begins)s to %(ends)s") % {"begins": begins, "ends": ends}
        if begins:
            return _("from %(begins)s, end not told") % {"begins": begins}
        return _("until %(ends)s, beginning not told") % {"ends": ends} if ends else ""


@dataclass(frozen=True)
class Spans:
    """What lasts from when to when, one strip each, with a line for today. An end that is not told is hatched."""

    caption: str
    rows: tuple[Span, ...]
    of: str
    today: date
    key: str = "spans"
    note: str = ""

    @cached_property
    def scale(self) -> Scale:
        """Years, from the first beginning to the last end."""
        days = [day for row in self.rows for day in (row.begins, row.ends) if day]
        return scale([_years(day) for day in (*days, self.today)], most_ticks=9)

    def body(self) -> SafeString:
        """The rows."""
        ground = strips.grid(self.scale, reference=_years(self.today))
        return lines(
            (Line(row.label, format_html("<span>{}</span>", row.said), self._strip(ground, row)) for row in self.rows),
            self.scale,
            lambda year: f"{year:.0f}" if year == round(year) else "",
            is_wide=True,
        )

    def _strip(self, ground: SafeString, row: Span) -> SafeString:
        begins = _years(row.begins) if row.begins else self.scale.low
        ends = _years(row.ends) if row.ends else self.scale.high
        whole = bool(row.begins and row.ends)
        look = "li-g-bar" if whole else "li-g-bar li-g-bar--open"
        start, end = self.scale.at(begins), self.scale.at(ends)
        return strips.svg(ground, strips.block(look, start, max(end, start + 0.5)))

    def legend(self) -> list[Key]:
        """What the looks mean."""
        keys = [Key(strips.swatch("li-g-bar"), _("From the first to the last day"))]
        if any(not (row.begins and row.ends) for row in self.rows):
            keys.append(Key(strips.swatch("li-g-bar li-g-bar--open"), _("One end is not told")))
        return keys

    def twin(self) -> Twin:
        """The same as a table."""
        rows = (
            (
                row.plain or str(row.label),
                written.day(row.begins) if row.begins else "",
                written.day(row.ends) if row.ends else "",
            )
            for row in self.rows
        )
        return Twin.of([*texts(self.of), Column(_("Begins"), False), Column(_("Ends"), False)], rows)


def _years(day: date) -> float:
    """A day as a year with its part."""
    first = date(day.year, 1, 1)
    return day.year + (day - first).days / YEAR
