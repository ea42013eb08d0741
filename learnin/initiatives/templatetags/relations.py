"""Pairs of initiatives as people read them: what adds up, where the two are, what stands in a field."""

from collections.abc import Iterable, Mapping
from math import log
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from learnin.initiatives import reason_words
from learnin.initiatives.compared import Side
from learnin.initiatives.models import Initiative, Pair
from learnin.kit import written
from learnin.kit.charts import areas, strips
from learnin.kit.components import states

register = template.Library()
MOST_SIGNS = 8
LOOKS = {"same": "late", "joint": "doing", "phase": "doing", "site": "doing", "overlap": "next", "unrelated": "none"}
Sign = tuple[str, float]


@register.simple_tag
def side(shown: Side) -> SafeString:
    """What one initiative says in a field, one line below the other, with its own words marked."""
    lines = (
        format_html_join(" ", "{}", ((_piece(piece.words, piece.is_own),) for piece in line)) for line in shown.lines
    )
    return format_html_join(SafeString("<br>"), "{}", ((line,) for line in lines))


def _piece(words: str, is_own: bool) -> SafeString:
    return format_html("<mark>{}</mark>", words) if is_own else format_html("{}", words)


@register.simple_tag
def relation(code: str, label: str) -> SafeString:
    """What two are to each other, as a tag."""
    return states.tag(LOOKS.get(code, "none"), label)


@register.simple_tag
def chance(pair: Pair) -> str:
    """How likely it is that two belong together, or how much overlapping ones share."""
    return written.percent(pair.score)


@register.simple_tag
def in_words(pair: Pair, names: Mapping[str, str]) -> str:
    """The reasons of a pair in one line."""
    return "; ".join(reason_words.reasons(pair.reasons, names))


@register.simple_tag
def why(pair: Pair) -> SafeString:
    """What each sign adds to the sum or takes from it, as words, a bar and a number; small ones are put together."""
    parts = [(reason_words.sign(one["feature"]), float(one["log_odds"])) for one in pair.contributions]
    if not parts:
        return SafeString("")
    total = _points(pair.score)
    shown, rest = parts[:MOST_SIGNS], parts[MOST_SIGNS:]
    if rest:
        shown.append((_("All other signs together"), sum(amount for _name, amount in rest)))
    shown.append((_("Most pairs are not related"), total - sum(amount for _name, amount in parts)))
    widest = max(abs(amount) for _name, amount in shown) or 1.0
    rows = format_html_join(
        "",
        "<li><span>{}</span>{}<b>{}</b></li>",
        ((name, _bar(amount / widest), _signed(amount)) for name, amount in shown),
    )
    return format_html(
        '<ul class="li-why">{}<li class="li-why__sum"><span>{}</span><b>{}</b></li></ul>',
        rows,
        _("Together"),
        _signed(total),
    )


def _points(chance: float) -> float:
    """A chance as the sum of what speaks for it and against it: its log-odds."""
    held = min(max(chance, 0.0001), 0.9999)
    return log(held / (1 - held))


def _bar(share: float) -> SafeString:
    """From the middle to the right for what speaks for it, to the left for what speaks against it."""
    look, start = ("li-g-pos", 50.0) if share > 0 else ("li-g-neg", 50.0 + 50 * share)
    return format_html(
        '<svg aria-hidden="true" focusable="false"><line class="li-g-grid" x1="50%" x2="50%" y1="-4" y2="20"/>'
        '<rect class="{}" x="{}%" y="2" width="{}%" height="12"/></svg>',
        look,
        f"{start:.1f}",
        f"{abs(50 * share):.1f}",
    )


def _signed(amount: float) -> str:
    sign = "+" if amount > 0 else "\N{MINUS SIGN}" if amount < 0 else ""
    return f"{sign}{written.number(round(abs(amount), 1))}"


@register.simple_tag
def where(first: Initiative, second: Initiative, label: str) -> SafeString:
    """A small map: regions of both dark, of A plain, of B striped; nothing where there is no drawing."""
    code = first.country_id
    mine, theirs = _regions(first), _regions(second)
    if code not in areas.COUNTRIES or not (mine or theirs):
        return SafeString("")
    drawing = areas.shapes(code)
    drawn = {name: shape.path for name in {*mine, *theirs} if (shape := drawing.named(name))}
    if not drawn:
        return SafeString("")
    by_path = {path: name for name, path in drawn.items()}
    parts = [_area(shape.path, by_path.get(shape.path, ""), mine, theirs) for shape in drawing.areas]
    told = [_told(name, mine, theirs) for name in sorted(drawn)]
    box = f"0 0 {drawing.width} {drawing.height}"
    picture = strips.picture("li-areas li-areas--small", label, told, strips.hatches("pair"), *parts, box=box)
    keys = [
        (strips.swatch("li-g-shade li-f-seq-5"), _("both")),
        (strips.swatch("li-g-shade li-f-seq-2"), _("only A")),
        (strips.swatch("li-g-shade li-areas__blank", over="pair-stripes"), _("only B")),
    ]
    legend = format_html_join("", "<li>{}{}</li>", keys)
    return format_html('{}<ul class="li-legend">{}</ul>', picture, legend)


def _regions(one: Initiative) -> set[str]:
    return {place.area.name for place in one.places.all() if place.area}


def _told(name: str, mine: Iterable[str], theirs: Iterable[str]) -> str:
    who = _("both") if name in mine and name in theirs else _("only A") if name in mine else _("only B")
    return _("%(name)s: %(value)s.") % {"name": name, "value": who}


def _area(path: str, name: str, mine: Any, theirs: Any) -> SafeString:
    if not name:
        return format_html('<path class="li-areas__blank" d="{}"/>', path)
    look = "li-f-seq-5" if name in mine and name in theirs else "li-f-seq-2" if name in mine else "li-areas__blank"
    over = (
        format_html('<path fill="url(#pair-stripes)" d="{}"/>', path) if look == "li-areas__blank" else SafeString("")
    )
    told = _told(name, mine, theirs)
    return format_html('<g><title>{}</title><path class="{}" d="{}"/>{}</g>', told, look, path, over)
