"""Islands: a custom element around its own fallback."""

import json
import re
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.template import Library, TemplateSyntaxError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from learnin.kit.components import draw

register = Library()


@register.simple_block_tag
def island(content: str, name: str, *, data: Any = None) -> SafeString:
    """An element that a script improves; without scripts its content does the work."""
    if not re.fullmatch(r"li-[a-z]+(-[a-z]+)*", name):
        raise TemplateSyntaxError(f"An island is called li-something, not {name!r}")
    packed = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)
    return format_html('<{0} data-island data-li="{1}">{2}</{0}>', name, packed, content)


@register.simple_tag
def copy_link(url: str, label: Any) -> SafeString:
    """An address to send to somebody: text to select, and a button that copies it where scripts run."""
    return draw("copy_link", url=url, label=label, data={"text": url, "label": _("Copy"), "copied": _("Copied")})
