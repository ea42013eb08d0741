"""Charts that are one picture: from round to round, and how numbers are spread before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from learnin.kit import written
from learnin.kit.charts import strips
from learnin.kit.charts.marks import Mark, Trust, Unit
from learnin.kit.charts.scale import Scale, scale
from learnin.kit.charts.twin import DOTS, Key, Twin, numbers, texts, trust_keys

TOP, BOTTOM = 8.0, 86.0  # percent of the picture's height that numbers use; the names of the axis stand below
UPRIGHT = {Trust.UNSURE: DOTS[Trust.UNSURE]}
LEFT, RIGHT = 14.0, 96.0  # percent of its width; the numbers of the axis stand left


def height_of(held: Scale, value: float) -> float:
    """How far from the top a number stands, in percent."""
    return BOTTOM - (BOTTOM - TOP) * held.at(value) / 100


def levels(held: Scale, unit: Unit) -> SafeString:
    """Lines at the numbers of the axis, each with its number above it."""
    parts = []
    for tick in held.ticks:
        y = strips.pct(height_of(held, tick))
        parts.append(strips.line("li-g-grid", 0, 100, y=y))
        parts.append(format_html('<text class="li-g-axis" x="0" y="{}" dy="-4">{}</text>', y, unit.at_axis(tick)))
    return strips.joined(parts)


@dataclass(frozen=True)
class Rounds:
    """Estimates from round to round, at most five series, by colour and shape; intervals upright.

    Args:
        rounds: the name of each round, in order of time.
        series: for each, its name and its estimate in each round.
        times: when each round was, in any unit, so that a longer wait is a longer way; none for equal ways.
    """

    caption: str
    rounds: tuple[str, ...]
    series: tuple[tuple[str, tuple[Mark, ...]], ...]
    of: str
    times: tuple[float, ...] = ()
    unit: Unit = Unit.SHARE
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse more series than there are shapes, and series that do not fit the rounds."""
        if not 1 <= len(self.series) <= strips.MOST_SERIES:
            raise ValueError("A picture shows one to five series. Use small multiples for more.")
        if any(len(marks) != len(self.rounds) for _name, marks in self.series):
            raise ValueError("Each series has an estimate for each round.")

    @property
    def marks(self) -> list[Mark]:
        """All estimates."""
        return [mark for _name, marks in self.series for mark in marks]

    @cached_property
    def scale(self) -> Scale:
        """The axis that holds every interval and zero."""
        return scale((end for mark in self.marks for end in mark.ends), with_zero=True)

    @cached_property
    def places(self) -> list[float]:
        """Where each round stands, in percent of the width."""
        times = self.times or tuple(range(len(self.rounds)))
        first, long = times[0], (times[-1] - times[0]) or 1
        edge = (RIGHT - LEFT) * 0.08
        return [LEFT + edge + (RIGHT - LEFT - 2 * edge) * (time - first) / long for time in times]

    def body(self) -> SafeString:
        """The picture."""
        drawn = (self._series(at, marks) for at, (_name, marks) in enumerate(self.series))
        told = [self._told(name, marks) for name, marks in self.series]
        return strips.picture("li-plot", self.caption, told, levels(self.scale, self.unit), *drawn, self._names())

    def _names(self) -> SafeString:
        """The rounds below the picture; where they are many, every other one stands lower."""
        last = len(self.rounds) - 1
        anchors = ["start" if not at else "end" if at == last else "middle" for at in range(len(self.rounds))]
        ends = {"start": LEFT if last else self.places[0], "end": 100.0}
        names = (
            (strips.pct(ends.get(anchor, place)), "99%" if last > 1 and at % 2 else "94%", anchor, name)
            for at, (anchor, place, name) in enumerate(zip(anchors, self.places, self.rounds, strict=True))
        )
        return format_html_join("", '<text class="li-g-axis" x="{}" y="{}" text-anchor="{}">{}</text>', names)

    def _series(self, at: int, marks: Sequence[Mark]) -> SafeString:
        """One series, a little beside the others, so that no interval hides another."""
        hue, shift = strips.HUES[at], (at - (len(self.series) - 1) / 2) * 9
        points = [(place, mark) for place, mark in zip(self.places, marks, strict=True) if mark.is_seen]
        parts = []
        for (start, before), (end, after) in pairwise(points):
            parts.append(
                format_html(
                    '<line class="li-g-path li-s-{}" x1="{}" y1="{}" x2="{}" y2="{}"/>',
                    hue,
                    strips.pct(start),
                    strips.pct(self._y(before.value)),
                    strips.pct(end),
                    strips.pct(self._y(after.value)),
                )
            )
        for place, mark in points:
            doubt = " li-g-int--unsure" if mark.sign else ""
            look = f"li-g-int{doubt} li-g-int--thin li-s-{hue}"
            if mark.high is not None and mark.low is not None:
                top, bottom = strips.pct(self._y(mark.high)), strips.pct(self._y(mark.low))
                parts.append(strips.upright(look, place, top=top, bottom=bottom))
            dot = f"li-g-dot{doubt.replace('int', 'dot')} li-s-{hue}"
            parts.append(strips.shape(dot, place, strips.SHAPES[at], y=strips.pct(self._y(mark.value))))
        return format_html('<g transform="translate({} 0)">{}</g>', f"{shift:g}", strips.joined(parts))

    def _y(self, value: float | None) -> float:
        return height_of(self.scale, value or 0.0)

    def _told(self, name: str, marks: Sequence[Mark]) -> str:
        said = (
            _("%(name)s %(value)s") % {"name": when, "value": mark.said(self.unit)}
            for when, mark in zip(self.rounds, marks, strict=True)
        )
        return _("%(name)s: %(value)s.") % {"name": name, "value": "; ".join(said)}

    def legend(self) -> list[Key]:
        """Who is which shape, and what the looks mean."""
        series = [
            Key(strips.marker(strips.SHAPES[at], strips.HUES[at]), name)
            for at, (name, _marks) in enumerate(self.series)
        ]
        return (series if len(series) > 1 else []) + trust_keys(self.marks, UPRIGHT)

    def twin(self) -> Twin:
        """The same as a table."""
        rows = (
            (name, *(_cell(mark, self.unit) for mark in marks), "; ".join(_notes(marks))) for name, marks in self.series
        )
        return Twin.of([*texts(self.of), *numbers(*self.rounds), *texts(_("Note"))], rows)


def _cell(mark: Mark, unit: Unit) -> str:
    """A number with its interval, in one cell."""
    said = f"{mark.sign} {mark.said(unit)}".strip()
    if not mark.is_seen:
        return said
    return _("%(value)s (%(interval)s)") % {"value": said, "interval": mark.interval(unit)}


def _notes(marks: Sequence[Mark]) -> list[str]:
    return list(dict.fromkeys(mark.note for mark in marks if mark.note))


@dataclass(frozen=True)
class Histogram:
    """How numbers are spread: bars, and where there is a before, its outline in front of them.

    Args:
        edges: the ends of the bars, rising, one more than bars.
        after: the share of numbers in each bar, from 0 to 1.
        before: the same before, or none.
        names: what the bars are, and what the outline is.
        of: what the numbers are.
        edge_unit: what the edges are.
    """

    caption: str
    edges: tuple[float, ...]
    after: tuple[float, ...]
    of: str
    before: tuple[float, ...] = ()
    names: tuple[str, str] = ("", "")
    edge_unit: Unit = Unit.NUMBER
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse bars that do not fit their edges."""
        if {len(self.after), len(self.before) or len(self.after)} != {len(self.edges) - 1}:
            raise ValueError("There is one edge more than bars.")

    @cached_property
    def scale(self) -> Scale:
        """The axis of the bars, from zero."""
        return scale([*self.after, *self.before], with_zero=True, most_ticks=5)

    def _x(self, edge: float) -> float:
        return LEFT + (RIGHT - LEFT) * (edge - self.edges[0]) / (self.edges[-1] - self.edges[0])

    def body(self) -> SafeString:
        """The picture."""
        bars = strips.joined(
            strips.block(
                "li-g-bar li-g-level",
                self._x(low),
                self._x(high),
                top=strips.pct(height_of(self.scale, share)),
                height=strips.pct(BOTTOM - height_of(self.scale, share)),
            )
            for (low, high), share in zip(pairwise(self.edges), self.after, strict=True)
        )
        told = [_("%(name)s: %(value)s.") % {"name": row[0], "value": "; ".join(row[1:])} for row in self.twin().rows]
        ground = strips.line("li-g-ground", LEFT, RIGHT, y=strips.pct(BOTTOM))
        return strips.picture(
            "li-plot", self.caption, told, levels(self.scale, Unit.SHARE), bars, self._outline(), ground, self._axis()
        )

    def _outline(self) -> SafeString:
        """The bars of before as one line of steps."""
        parts = []
        heights = [0.0, *self.before, 0.0] if self.before else []
        for place, (left, right) in enumerate(pairwise(heights)):
            x = self._x(self.edges[place])
            top, bottom = (strips.pct(height_of(self.scale, share)) for share in (left, right))
            parts.append(strips.upright("li-g-before", x, top=top, bottom=bottom))
            if place < len(self.before):
                parts.append(strips.line("li-g-before", x, self._x(self.edges[place + 1]), y=bottom))
        return strips.joined(parts)

    def _axis(self) -> SafeString:
        """Some of the edges, so many that a phone has room for them."""
        every = max(1, -(-(len(self.edges) - 1) // 5))
        ticks = ((strips.pct(self._x(edge)), self.edge_unit.at_axis(edge)) for edge in self.edges[::every])
        return format_html_join("", '<text class="li-g-axis" x="{}" y="97%" text-anchor="middle">{}</text>', ticks)

    def legend(self) -> list[Key]:
        """What the bars are, and what the line is."""
        if not self.before:
            return []
        return [
            Key(strips.swatch("li-g-bar"), self.names[0]),
            Key(strips.swatch("li-g-before li-g-before--box"), self.names[1]),
        ]

    def twin(self) -> Twin:
        """The same as a table."""
        columns = [self.after, self.before] if self.before else [self.after]
        heads = self.names if self.before else (_("Share"),)
        bars = (
            _("%(low)s to %(high)s") % {"low": self.edge_unit.bare(low), "high": self.edge_unit.says(high)}
            for low, high in pairwise(self.edges)
        )
        rows = (
            (bar, *(written.percent(share, 1) for share in shares)) for bar, *shares in zip(bars, *columns, strict=True)
        )
        return Twin.of([*texts(self.of), *numbers(*heads)], rows)
