"""The frame of a page: title, sections, tabs, panels."""

from typing import Any

from django.template import Library
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from learnin.kit.components import choose, draw, tidy
from learnin.kit.pages import Shell

register = Library()


@register.simple_tag(takes_context=True)
def say_again(context: Context, block: str) -> str:
    """What the page wrote into a block, once more: the title in the print header."""
    found = context.render_context[BLOCK_CONTEXT_KEY].get_block(block)
    return SafeString(found.nodelist.render(context).strip()) if found else ""


@register.simple_block_tag
def title(content: str, heading: Any, *, size: str = "l", lede: Any = "") -> SafeString:
    """The heading of the page, a sentence below it, and two or three facts."""
    choose("The size of a title", size, ("xl", "l"))
    return draw("title", heading=heading, size=size, lede=lede, facts=tidy(content))


@register.simple_block_tag
def section(
    content: str, heading: Any = "", *, id: str = "", url: str = "", link: Any = "", quiet: bool = False
) -> SafeString:
    """A part of the page under a heading, with an optional link at the heading's end; quiet keeps it off paper."""
    return draw("section", heading=heading, id=id, url=url, link=link, quiet=quiet, content=content)


@register.simple_block_tag
def panel(content: str, heading: Any = "") -> SafeString:
    """Something beside the main matter, on paper colour."""
    return draw("panel", heading=heading, content=content)


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """A note set apart by a line."""
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag
def details(content: str, summary: Any, *, open: bool = False) -> SafeString:
    """What only some readers need, folded away."""
    return draw("details", summary=summary, open=open, content=content)


@register.simple_block_tag
def tabs(content: str, label: Any) -> SafeString:
    """The rooms of one stage."""
    return format_html('<nav aria-label="{}"><ul class="li-tabs">{}</ul></nav>', label, content)


@register.simple_tag
def tab(label: Any, url: str, *, current: bool = False) -> SafeString:
    """One room of the stage."""
    mark = SafeString(' aria-current="page"') if current else ""
    return format_html('<li><a href="{}"{}>{}</a></li>', url, mark, label)


@register.simple_tag
def back_link(url: str, label: Any = _("Back")) -> SafeString:
    """One step up."""
    return format_html('<a href="{}" class="govuk-back-link">{}</a>', url, label)


# The bar and the foot, on every page.


@register.simple_tag
def stage_links(shell: Shell, look: str, link_look: str = "") -> SafeString:
    """The stages one can go to from here."""
    return draw("stages", stages=shell.stages, look=look, link_look=link_look)


@register.simple_tag
def links_of_mine(shell: Shell, look: str = "") -> SafeString:
    """The links about the person, with the way in or out."""
    known = {"is_signed_in": shell.is_signed_in, "can_sign_in": shell.can_sign_in}
    return draw("mine", links=shell.mine, look=look, **known)


@register.simple_tag
def language_buttons(shell: Shell) -> SafeString:
    """The languages one can choose."""
    known = tuple([(one.code, one.html, one.endonym) for one in shell.languages])
    return draw("language_buttons", languages=known, current=shell.language.code)


@register.simple_tag
def foot_links(shell: Shell) -> SafeString:
    """The links at the foot of the page."""
    return draw("foot_links", links=shell.foot)
