"""What just happened, what to mind, what is not here yet."""

from typing import Any

from django.contrib.messages import get_messages
from django.template import Library
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from learnin.kit.components import choose, draw

register = Library()
KINDS = ("success", "info")


@register.simple_tag(takes_context=True)
def notifications(context: Context) -> SafeString:
    """What just happened, once."""
    request = context.get("request")
    found = get_messages(request) if request else []
    if not len(found):  # asking the number leaves the cookie alone; reading would send an empty one with each page
        return SafeString("")
    return draw("notifications", notices=[(_kind(one.level_tag), one.message) for one in found], words=_words())


@register.simple_block_tag
def banner(content: str, heading: Any = "", *, kind: str = "success") -> SafeString:
    """A notification written by the page itself."""
    choose("The kind of a banner", kind, KINDS)
    return draw("banner", heading=heading or _words()[kind], kind=kind, content=content)


@register.simple_block_tag
def warning(content: str) -> SafeString:
    """Something to know before an act that is final."""
    return draw("warning", content=content)


@register.simple_block_tag
def empty_state(content: str, heading: Any, *, level: int = 3) -> SafeString:
    """What will stand here, why it is empty, and the one thing that fills it."""
    return draw("empty_state", level=level, heading=heading, content=content)


@register.simple_tag
def empty_list(
    narrowed: bool, *, none_like_this: Any, instead: Any, none_yet: Any, why: Any, all_url: str = ""
) -> SafeString:
    """A list without a line: nothing in it is as somebody asked, or nothing is there yet. What it is, and what to do.

    `all_url`: the whole list, where it is far to leave the filters by hand.
    """
    if not narrowed:
        return draw("empty_list", heading=none_yet, words=why, all_url="")
    return draw("empty_list", heading=none_like_this, words=instead, all_url=all_url)


@register.simple_block_tag
def offline_line(content: str) -> SafeString:
    """There is no connection, and nothing is lost."""
    return format_html(
        '<div class="li-offline" role="status"><div class="govuk-width-container"><p>{}</p></div></div>', content
    )


def _kind(level: str) -> str:
    return "success" if level == "success" else "info"


def _words() -> dict[str, str]:
    return {"success": _("Done"), "info": _("Note")}
