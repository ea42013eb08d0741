"""Cards, lists, facts and files."""

from datetime import date
from typing import Any

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from learnin.kit import written
from learnin.kit.components import draw, tidy

register = Library()


@register.simple_block_tag
def cards(content: str) -> SafeString:
    """Up to six things to choose between."""
    return format_html('<ul class="li-cards">{}</ul>', content)


@register.simple_block_tag
def card(content: str, heading: Any, *, url: str = "", quiet: bool = False, level: int = 3) -> SafeString:
    """One thing that one opens."""
    return draw("card", level=level, heading=heading, url=url, quiet=quiet, content=content)


@register.simple_block_tag
def listing(content: str) -> SafeString:
    """Things one under the other."""
    return format_html('<ul class="li-list">{}</ul>', content)


@register.simple_block_tag
def item(content: str, heading: Any = "", *, url: str = "", on: date | None = None, note: Any = "") -> SafeString:
    """One thing of a list: a heading or link, what it says, a small line; with a day at its side if it has one."""
    return draw("item", heading=heading, url=url, on=on, note=note, content=tidy(content))


@register.simple_block_tag
def summary_list(content: str) -> SafeString:
    """The facts of one record."""
    return format_html('<dl class="govuk-summary-list">{}</dl>', content)


@register.simple_block_tag
def fact(content: str, key: Any, *, url: str = "", link: Any = _("Change")) -> SafeString:
    """One fact, with the way to change it."""
    return draw("fact", key=key, url=url, link=link, content=content)


@register.simple_block_tag
def files(content: str) -> SafeString:
    """Files to take along."""
    return format_html('<ul class="li-files">{}</ul>', content)


@register.simple_tag
def file(name: Any, url: str, *, kind: Any = "", size: int | None = None, note: Any = "") -> SafeString:
    """One file: its name, its kind and size."""
    facts = [str(kind) if kind else "", written.size(size) if size is not None else "", str(note) if note else ""]
    return draw("file", name=name, url=url, facts=", ".join(filter(None, facts)))
