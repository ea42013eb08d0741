"""Charts of one strip for each row: the words stand beside it, so they wrap, grow and are read aloud."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from learnin.kit.charts import strips
from learnin.kit.charts.marks import Mark, Trust, Unit
from learnin.kit.charts.scale import Scale, scale
from learnin.kit.charts.twin import (
    SIGNS_ONLY,
    Key,
    Twin,
    estimate_cells,
    estimate_columns,
    numbers,
    texts,
    trust_keys,
)
from learnin.kit.components import draw


@dataclass(frozen=True)
class Row:
    """A group and its estimate; `is_whole` for all groups together."""

    label: str
    mark: Mark
    is_whole: bool = False


@dataclass(frozen=True)
class Line:
    """A row as the template draws it."""

    label: str
    words: SafeString
    strip: SafeString
    is_whole: bool = False


def ordered(rows: Iterable[Row]) -> list[Row]:
    """The largest first, each whole in its place; what is not shown at the end, as it came."""
    return sorted(rows, key=lambda row: (row.mark.value is None, -(row.mark.value or 0.0)))


def words(mark: Mark, unit: Unit) -> SafeString:
    """The number, and its interval smaller."""
    if not mark.is_seen:
        return format_html('<span class="li-sym">{}</span><span>{}</span>', mark.sign, mark.said(unit))
    sign = format_html('<span class="li-sym">{}</span>', mark.sign) if mark.sign else ""
    return format_html(
        "{}<strong><bdi>{}</bdi></strong> <span><bdi>{}</bdi></span>", sign, mark.said(unit), mark.interval(unit)
    )


def lines(
    body: Iterable[Line], held: Scale, says: Callable[[float], str], *, is_wide: bool = False, heading: str = ""
) -> SafeString:
    """The rows, and the axis below them; wide where the words beside the strips are long, small under a heading."""
    axis = strips.axis(held, says)
    return draw("chart_rows", lines=list(body), axis=axis, is_wide=is_wide, heading=heading)


@dataclass(frozen=True)
class Dots:
    """Estimates by group, sorted, with their intervals; the whole as a dashed line. The usual chart."""

    caption: str
    rows: tuple[Row, ...]
    of: str
    unit: Unit = Unit.SHARE
    note: str = ""
    with_zero: bool = True

    @cached_property
    def scale(self) -> Scale:
        """The axis that holds every interval."""
        return scale((end for row in self.rows for end in row.mark.ends), with_zero=self.with_zero)

    def body(self) -> SafeString:
        """The rows."""
        return lines(_in_order(ordered(self.rows), self.scale, self.unit), self.scale, self.unit.at_axis)

    def legend(self) -> list[Key]:
        """What the looks mean."""
        return trust_keys(row.mark for row in self.rows)

    def twin(self) -> Twin:
        """The same as a table."""
        rows = ((row.label, *estimate_cells(row.mark, self.unit)) for row in ordered(self.rows))
        return Twin.of([*texts(self.of), *estimate_columns()], rows)


def _in_order(rows: Iterable[Row], held: Scale, unit: Unit) -> list[Line]:
    """A dot and its interval for each row, as they come."""
    rows = list(rows)
    whole = next((row.mark.value for row in rows if row.is_whole), None)
    ground = strips.grid(held, reference=whole)
    return [
        Line(row.label, words(row.mark, unit), strips.svg(ground, strips.estimate(held, row.mark)), row.is_whole)
        for row in rows
    ]


@dataclass(frozen=True)
class Differences:
    """How far each group lies from the whole, with the interval of the difference: above, below, or cannot tell."""

    caption: str
    rows: tuple[Row, ...]
    of: str
    unit: Unit = Unit.POINTS
    note: str = ""

    @cached_property
    def scale(self) -> Scale:
        """The axis that holds every interval and zero."""
        return scale((end for row in self.rows for end in row.mark.ends), with_zero=True)

    def body(self) -> SafeString:
        """The rows; the shape of the marker says the verdict."""
        ground = strips.grid(self.scale, reference=0.0)
        return lines(
            (
                Line(
                    row.label,
                    words(row.mark, self.unit),
                    strips.svg(ground, strips.estimate(self.scale, row.mark, outline=_outline(row.mark))),
                )
                for row in ordered(self.rows)
            ),
            self.scale,
            self.unit.at_axis,
            is_wide=True,
        )

    def legend(self) -> list[Key]:
        """What the shapes mean that occur."""
        occurring = {_outline(row.mark) for row in self.rows if row.mark.is_seen}
        shapes = [Key(strips.marker(outline), said) for outline, said in _verdicts().items() if outline in occurring]
        return shapes + trust_keys((row.mark for row in self.rows), SIGNS_ONLY)

    def twin(self) -> Twin:
        """The same as a table."""
        columns = [*texts(self.of), *numbers(_("Difference"), _("Interval, 95%")), *texts(_("Verdict"))]
        rows = (
            (row.label, row.mark.said(self.unit), row.mark.interval(self.unit), _verdict(row.mark))
            for row in ordered(self.rows)
        )
        return Twin.of(columns, rows)


def _outline(mark: Mark) -> str:
    if mark.low is not None and mark.low > 0:
        return strips.UP
    return strips.DOWN if mark.high is not None and mark.high < 0 else strips.BAR


def _verdicts() -> dict[str, str]:
    return {strips.UP: _("Clearly above"), strips.DOWN: _("Clearly below"), strips.BAR: _("Cannot tell")}


def _verdict(mark: Mark) -> str:
    return _verdicts()[_outline(mark)] if mark.is_seen else mark.note


LOOKS_OF_TWO = tuple(zip(strips.SHAPES[:2], strips.HUES[:2], ("34%", "66%"), strict=True))
"""Shape, hue and height of the first and of the second: each keeps its interval in sight."""


@dataclass(frozen=True)
class Dumbbells:
    """Two groups in each row, women and men, 2024 and 2026: by shape and colour, each with its interval."""

    caption: str
    names: tuple[str, str]
    rows: tuple[tuple[str, Mark, Mark], ...]
    of: str
    unit: Unit = Unit.SHARE
    note: str = ""

    @cached_property
    def scale(self) -> Scale:
        """The axis that holds every interval."""
        return scale((end for _label, *marks in self.rows for mark in marks for end in mark.ends), with_zero=True)

    def body(self) -> SafeString:
        """The rows, in the order they came."""
        return lines((self._line(*row) for row in self.rows), self.scale, self.unit.at_axis, is_wide=True)

    def _line(self, label: str, first: Mark, second: Mark) -> Line:
        between = mark_safe("")
        if first.value is not None and second.value is not None:
            ends = sorted((self.scale.at(first.value), self.scale.at(second.value)))
            between = strips.line("li-g-bell", ends[0], ends[1])
        marks, said = [], []
        for mark, (outline, hue, y) in zip((first, second), LOOKS_OF_TWO, strict=True):
            marks.append(strips.estimate(self.scale, mark, outline=outline, hue=hue, y=y, is_thin=True))
            said.append((strips.marker(outline, hue), f"{mark.sign} ".lstrip(), mark.said(self.unit)))
        pair = format_html_join(" ", '<span class="li-pair">{}{}<strong><bdi>{}</bdi></strong></span>', said)
        return Line(label, pair, strips.svg(strips.grid(self.scale), between, *marks))

    def legend(self) -> list[Key]:
        """Who is which shape, and what the looks mean."""
        looks = zip(self.names, LOOKS_OF_TWO, strict=True)
        names = [Key(strips.marker(outline, hue), name) for name, (outline, hue, _y) in looks]
        return names + trust_keys((mark for _label, *marks in self.rows for mark in marks), SIGNS_ONLY)

    def twin(self) -> Twin:
        """The same as a table."""
        interval = _("%(name)s: 95%% interval")
        heads = [head for name in self.names for head in (name, interval % {"name": name})]
        rows = (
            (label, *(cell for mark in marks for cell in estimate_cells(mark, self.unit)[:2]), _notes(marks))
            for label, *marks in self.rows
        )
        return Twin.of([*texts(self.of), *numbers(*heads), *texts(_("Note"))], rows)


def _notes(marks: Iterable[Mark]) -> str:
    return "; ".join(dict.fromkeys(mark.note for mark in marks if mark.note))


AGAINST = {1: ("div-1",), 2: ("div-1", "div-2")}
FOR_IT = {1: ("div-5",), 2: ("div-4", "div-5")}
DARK = {"div-1", "div-5"}  # hues that carry white letters
ROOM_FOR_A_NUMBER = 7.0  # percent of the strip: two digits on a phone


@dataclass(frozen=True)
class Stacks:
    """Answers on a scale: what speaks against stands left of the middle, what speaks for it right.

    Args:
        levels: names from the most against to the most for it, at most five.
        rows: for each, its name, the share of each level (none where they are not shown), and the estimate that is
            written beside it, such as the share that agrees.
        neutral: the level that stands half on either side; none where every level takes sides.
        against: how many levels stand left.
        marks: for each row the estimate of every level, whose interval the table tells; none where they are not known.
    """

    caption: str
    levels: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float, ...] | None, Mark], ...]
    of: str
    against: int
    neutral: bool = False
    note: str = ""
    marks: tuple[tuple[Mark, ...], ...] = ()

    def __post_init__(self) -> None:
        """Refuse levels without a hue, rows that do not fit the levels, and numbers of what is not shown."""
        if self.against not in AGAINST or len(self.levels) - self.against - self.neutral not in FOR_IT:
            raise ValueError("One or two levels are against, one or two for it, and at most one is neutral.")
        for label, shares, mark in self.rows:
            if (shares is not None) != mark.is_seen or (shares is not None and len(shares) != len(self.levels)):
                raise ValueError(f"{label}: a share for each level where the row is shown, and none where it is not.")

    @cached_property
    def scale(self) -> Scale:
        """From the longest bar to the left to the longest to the right."""
        shown = [(self._start(shares), sum(shares)) for _label, shares, _mark in self.rows if shares]
        low = min((start for start, _whole in shown), default=-1.0)
        high = max((start + whole for start, whole in shown), default=1.0)
        return Scale(low, high, tuple(tick for tick in scale((low, high)).ticks if low <= tick <= high))

    def _start(self, shares: tuple[float, ...]) -> float:
        middle = shares[self.against] / 2 if self.neutral else 0.0
        return -sum(shares[: self.against]) - middle

    def body(self) -> SafeString:
        """The rows, in the order they came; the axis counts from the middle to both sides."""
        body = (Line(label, words(mark, Unit.SHARE), self._strip(shares, mark)) for label, shares, mark in self.rows)
        return lines(body, self.scale, lambda far: Unit.SHARE.says(abs(far)))

    def _strip(self, shares: tuple[float, ...] | None, mark: Mark) -> SafeString:
        middle = strips.upright("li-g-middle", self.scale.at(0))
        parts = [strips.grid(self.scale), middle]
        place = self._start(shares) if shares else 0.0
        for look, share in zip(self.looks, shares or (), strict=False):
            start, end = self.scale.at(place), self.scale.at(place + share)
            parts.append(strips.block(f"li-g-level li-f-{look}", start, end))
            if end - start >= ROOM_FOR_A_NUMBER:
                ink = "li-g-inside" if look in DARK else "li-g-inside li-g-inside--dark"
                at = strips.pct((start + end) / 2)
                parts.append(format_html('<text class="{}" x="{}" y="50%">{}</text>', ink, at, Unit.SHARE.bare(share)))
            place += share
        if mark.trust is Trust.UNSURE and shares:
            parts.append(strips.line("li-g-doubt", self.scale.at(self._start(shares)), self.scale.at(place), y="92%"))
        return strips.svg(*parts)

    def _cells(self, shares: tuple[float, ...] | None, marks: tuple[Mark, ...]) -> Iterable[str]:
        """What the table says of each level of a row: nothing where the row is not shown."""
        if not shares:
            return ("",) * len(self.levels)
        if not marks:
            return [Unit.SHARE.says(share) for share in shares]
        return [_with_interval(mark) for mark in marks]

    @property
    def looks(self) -> tuple[str, ...]:
        """The hue of each level: brown against, blue for it, pale between."""
        neutral = ("div-3",) if self.neutral else ()
        return (*AGAINST[self.against], *neutral, *FOR_IT[len(self.levels) - self.against - self.neutral])

    def legend(self) -> list[Key]:
        """The levels, and what the looks mean."""
        looks = zip(self.looks, self.levels, strict=True)
        levels = [Key(strips.swatch(f"li-g-level li-f-{look}"), name) for look, name in looks]
        return levels + trust_keys((mark for _label, _shares, mark in self.rows), SIGNS_ONLY)

    def twin(self) -> Twin:
        """The same as a table, with the interval of each level."""
        known = self.marks or ((),) * len(self.rows)
        rows = (
            (label, *self._cells(shares, levels), *estimate_cells(mark, Unit.SHARE))
            for (label, shares, mark), levels in zip(self.rows, known, strict=True)
        )
        return Twin.of([*texts(self.of), *numbers(*self.levels), *estimate_columns()], rows)


def _with_interval(mark: Mark) -> str:
    """A share with its sign and interval, in one cell."""
    said, interval = f"{mark.sign} {mark.said(Unit.SHARE)}".strip(), mark.interval(Unit.SHARE)
    return f"{said} ({interval})" if interval else said


@dataclass(frozen=True)
class Panels:
    """Small multiples: the same chart for each place or kind of people, on one axis."""

    caption: str
    panels: tuple[tuple[str, tuple[Row, ...]], ...]
    of: str
    by: str
    unit: Unit = Unit.SHARE
    note: str = ""

    @property
    def marks(self) -> list[Mark]:
        """All estimates."""
        return [row.mark for _heading, rows in self.panels for row in rows]

    @cached_property
    def scale(self) -> Scale:
        """One axis for all, so that panels can be compared."""
        return scale((end for mark in self.marks for end in mark.ends), with_zero=True, most_ticks=4)

    def body(self) -> SafeString:
        """The panels side by side; rows keep their order, so that the eye finds the same one in each."""
        drawn = (
            lines(_in_order(rows, self.scale, self.unit), self.scale, self.unit.at_axis, heading=heading)
            for heading, rows in self.panels
        )
        return format_html('<div class="li-panels">{}</div>', strips.joined(drawn))

    def legend(self) -> list[Key]:
        """What the looks mean."""
        return trust_keys(self.marks)

    def twin(self) -> Twin:
        """The same as a table."""
        rows = (
            (heading, row.label, *estimate_cells(row.mark, self.unit)) for heading, rows in self.panels for row in rows
        )
        return Twin.of([*texts(self.by, self.of), *estimate_columns()], rows)
