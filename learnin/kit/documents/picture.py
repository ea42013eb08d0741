"""A figure as SVG for paper: a dot and its interval in each row, the words above it."""

import base64
from collections.abc import Iterator
from xml.sax.saxutils import escape

from learnin.kit import written
from learnin.kit.charts.marks import Unit
from learnin.kit.charts.scale import Scale, scale
from learnin.kit.documents.content import Bar, Figure

WIDTH, ROW, AXIS, LETTER = 470.0, 30.0, 22.0, 9.5  # points of the paper
INK, LINE, PALE = "#1b3a6f", "#111111", "#c9c4b8"
FACES = "Noto Sans, Noto Sans Georgian, Noto Sans Armenian, sans-serif"


def address(figure: Figure) -> str:
    """The picture as an address that holds it whole."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg(figure).encode()).decode()


def svg(figure: Figure) -> str:
    """The picture."""
    held = scale(figure.ends, with_zero=True)
    bottom = ROW * len(figure.bars) + 2
    unit = Unit.SHARE if figure.is_share else Unit.NUMBER
    parts = [*_axis(held, unit, bottom), *(part for at, bar in enumerate(figure.bars) for part in _row(held, bar, at))]
    height = bottom + AXIS
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" width="{WIDTH:g}" '
    return f'{head}height="{height:g}" font-family="{FACES}" font-size="{LETTER:g}">{"".join(parts)}</svg>'


def _x(held: Scale, value: float) -> float:
    """Where a number stands; the ends keep room for the words of the axis."""
    return 12 + held.at(value) / 100 * (WIDTH - 40)


def _axis(held: Scale, unit: Unit, bottom: float) -> Iterator[str]:
    for tick in held.ticks:
        x = _x(held, tick)
        said = escape(unit.at_axis(tick))
        yield f'<text x="{x:.2f}" y="{bottom + 12:g}" text-anchor="middle" font-size="8" fill="#333333">{said}</text>'


def _row(held: Scale, bar: Bar, at: int) -> Iterator[str]:
    top = at * ROW
    words, y = escape(written.named(bar.label, bar.said)), top + 21
    for x in (_x(held, tick) for tick in held.ticks):  # not through the words
        yield f'<line x1="{x:.2f}" x2="{x:.2f}" y1="{y - 6:g}" y2="{y + 6:g}" stroke="{PALE}" stroke-width="0.5"/>'
    yield f'<text x="0" y="{top + 11:g}" fill="{LINE}">{words}</text>'
    if bar.low is not None and bar.high is not None:
        low, high = _x(held, bar.low), _x(held, bar.high)
        yield f'<line x1="{low:.2f}" x2="{high:.2f}" y1="{y:g}" y2="{y:g}" stroke="{INK}" stroke-width="2"/>'
    if bar.value is not None:
        yield f'<circle cx="{_x(held, bar.value):.2f}" cy="{y:g}" r="3.6" fill="{INK}"/>'
