"""The strips of SVG: places in percent, looks by class, no words but the numbers of an axis."""

from collections.abc import Callable, Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from learnin.kit.charts.marks import Mark, Trust
from learnin.kit.charts.scale import Scale

SHAPES = (
    "M-5.5,0a5.5,5.5 0 1,0 11,0a5.5,5.5 0 1,0 -11,0z",  # circle
    "M0,-7L7,0L0,7L-7,0z",  # diamond
    "M-5,-5H5V5H-5z",  # square
    "M0,-6.5L6.5,5.5H-6.5z",  # triangle
    "M0,6.5L6.5,-5.5H-6.5z",  # triangle on its point
)
"""Marker shapes around their middle, in px: five, so that five series differ without colour."""
CIRCLE, DIAMOND, SQUARE, UP, DOWN = SHAPES
BAR = "M-1.5,-7H1.5V7H-1.5z"
HUES = ("1", "4", "3", "2", "5")
"""Categorical hues, those first that differ most."""
MOST_SERIES = len(SHAPES)


def svg(*parts: SafeString) -> SafeString:
    """A strip that fills its place. Whoever does not see it reads the words beside it."""
    return format_html('<svg aria-hidden="true" focusable="false">{}</svg>', joined(parts))


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Parts one after the other."""
    return format_html_join("", "{}", ((part,) for part in parts))


def line(look: str, start: float, end: float, *, y: str = "50%") -> SafeString:
    """A line from left to right."""
    return format_html('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>', look, pct(start), pct(end), y, y)


def upright(look: str, place: float, *, top: str = "0", bottom: str = "100%") -> SafeString:
    """A line from top to bottom."""
    at = pct(place)
    return format_html('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>', look, at, at, top, bottom)


def shape(look: str, place: float, outline: str, *, y: str = "50%") -> SafeString:
    """A marker, as large at any width."""
    return format_html(
        '<svg x="{}" y="{}" overflow="visible"><path class="{}" d="{}"/></svg>', pct(place), y, look, outline
    )


def block(look: str, start: float, end: float, *, top: str = "15%", height: str = "70%") -> SafeString:
    """A bar from one place to another."""
    return format_html(
        '<rect class="{}" x="{}" width="{}" y="{}" height="{}"/>', look, pct(start), pct(end - start), top, height
    )


def pct(place: float) -> str:
    """A place as SVG writes it; the same in every language."""
    return f"{place:.1f}%"


def grid(scale: Scale, *, reference: float | None = None) -> SafeString:
    """Thin lines at the numbers of the axis, and a dashed one to compare with."""
    lines = [upright("li-g-grid", scale.at(tick)) for tick in scale.ticks]
    return joined(lines if reference is None else [*lines, upright("li-g-ref", scale.at(reference))])


def axis(scale: Scale, says: Callable[[float], str]) -> SafeString:
    """The numbers of the axis."""
    ticks = ((pct(scale.at(tick)), scale.anchor(tick), says(tick)) for tick in scale.ticks)
    return svg(format_html_join("", '<text class="li-g-axis" x="{}" y="14" text-anchor="{}">{}</text>', ticks))


def estimate(
    scale: Scale, mark: Mark, *, outline: str = CIRCLE, hue: str = "", y: str = "50%", is_thin: bool = False
) -> SafeString:
    """A marker on its interval, if it has one; nothing for what is not shown."""
    if mark.value is None:
        return mark_safe("")
    unsure = mark.trust is Trust.UNSURE
    interval = "li-g-int li-g-int--unsure" if unsure else "li-g-int"
    dot = "li-g-dot li-g-dot--unsure" if unsure else "li-g-dot"
    look = f" li-s-{hue}" if hue else ""
    thin = " li-g-int--thin" if is_thin else ""
    between = mark_safe("")
    if mark.low is not None and mark.high is not None:
        between = line(f"{interval}{thin}{look}", scale.at(mark.low), scale.at(mark.high), y=y)
    return joined([between, shape(f"{dot}{look}", scale.at(mark.value), outline, y=y)])


def marker(outline: str, hue: str = "") -> SafeString:
    """A marker in a legend or a line of text."""
    return format_html(
        '<svg class="li-key" width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true" focusable="false">'
        '<path class="li-g-dot{}" d="{}"/></svg>',
        f" li-s-{hue}" if hue else "",
        outline,
    )


def sample(*, is_sure: bool) -> SafeString:
    """A number in a legend: solid where it is reliable, dotted and hollow where not."""
    unsure = "" if is_sure else " li-g-int--unsure"
    return format_html(
        '<svg width="36" height="16" aria-hidden="true" focusable="false">'
        '<line class="li-g-int{}" x1="2" x2="34" y1="8" y2="8"/>'
        '<circle class="li-g-dot{}" cx="18" cy="8" r="5.5"/></svg>',
        unsure,
        unsure.replace("int", "dot"),
    )


def swatch(look: str, *, over: str = "") -> SafeString:
    """A patch of colour in a legend, perhaps with a pattern over it."""
    patch = '<rect class="{}" x="0.5" y="0.5" width="21" height="15"/>'
    pattern = format_html('<rect fill="url(#{})" x="0.5" y="0.5" width="21" height="15"/>', over) if over else ""
    return format_html(
        '<svg width="22" height="16" aria-hidden="true" focusable="false">{}{}</svg>', format_html(patch, look), pattern
    )


def sign(letters: str) -> SafeString:
    """A symbol in a legend."""
    return format_html('<span class="li-sym">{}</span>', letters)


def hatches(key: str) -> SafeString:
    """Patterns that need no colour: stripes for unreliable, dots for what is not shown."""
    return format_html(
        '<defs><pattern id="{0}-stripes" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><line class="li-g-stripe" x1="0" y1="0" x2="0" y2="6"/></pattern>'
        '<pattern id="{0}-dots" width="7" height="7" patternUnits="userSpaceOnUse"><circle class="li-g-speck" cx="2" '
        'cy="2" r="1"/></pattern></defs>',
        key,
    )


def picture(look: str, title: str, told: Sequence[str], *parts: SafeString, box: str = "") -> SafeString:
    """A whole drawing, with its name and what it shows in words."""
    return format_html(
        '<svg class="{}" role="img"{}><title>{}</title><desc>{}</desc>{}</svg>',
        look,
        format_html(' viewBox="{}"', box) if box else "",
        title,
        " ".join(told),
        joined(parts),
    )
