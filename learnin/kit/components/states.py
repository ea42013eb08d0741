"""States, components of the programme, seats and checks: a word, a colour and a mark."""

from collections.abc import Iterable
from typing import Any

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.kit.components import choose, draw, tidy

register = Library()
STATES = ("done", "doing", "next", "late", "wait", "none", "sealed")


@register.simple_tag
def tag(state: str, word: Any) -> SafeString:
    """The state of a thing, as a word with a colour and a mark."""
    return format_html(
        '<strong class="govuk-tag li-tag--{}">{}</strong>', choose("The state of a tag", state, STATES), word
    )


@register.simple_tag
def chip(component: Any, word: Any = "") -> SafeString:
    """A component of the programme: its shape, its hue, its word."""
    key = component if isinstance(component, str) else component.chip
    return format_html('<span class="li-chip li-chip--{}">{}</span>', key, word or component.name)


@register.simple_tag
def chips(components: Iterable[Any]) -> SafeString:
    """Several components in a row."""
    return format_html(
        '<ul class="li-chips">{}</ul>', format_html_join("", "<li>{}</li>", ((chip(one),) for one in components))
    )


@register.simple_block_tag
def seats(content: str) -> SafeString:
    """A strip of constituencies with their seats."""
    return format_html('<ul class="li-strip">{}</ul>', content)


@register.simple_tag
def seat_group(what: Any, *, filled: int = 0, ending: int = 0, empty: int = 0) -> SafeString:
    """One constituency: its seats as shapes, the count in words. `filled` leaves out the ending ones."""
    taken, total = filled + ending, filled + ending + empty
    words = ngettext("%(taken)s of %(total)s filled", "%(taken)s of %(total)s filled", total)
    words = words % {"taken": taken, "total": total}
    said = [words]
    if ending:
        said.append(ngettext("%(count)s ending", "%(count)s ending", ending) % {"count": ending})
    lack = ngettext("%(count)s empty", "%(count)s empty", empty) % {"count": empty} if empty else ""
    if lack:
        said.append(lack)
    shapes = ("",) * filled + ("ending",) * ending + ("empty",) * empty
    return draw("seat_group", what=what, shapes=shapes, words=words, lack=lack, said=", ".join(said))


@register.simple_block_tag
def checks(content: str) -> SafeString:
    """Rules explained in words, worst first."""
    return format_html('<ul class="li-checks">{}</ul>', content)


@register.simple_block_tag
def check(content: str, text: Any, *, state: str = "met") -> SafeString:
    """One rule: what is so, and below it why it matters and what to do."""
    choose("The state of a check", state, ("no", "soon", "met"))
    said = {"no": _("Not met:"), "soon": _("Soon:"), "met": _("Met:")}[state]
    return draw("check", text=text, state=state, said=said, content=tidy(content))
