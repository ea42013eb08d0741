"""Components: template tags with a Python signature, each drawn by a template of its own."""

from datetime import date, datetime
from functools import lru_cache
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.template import TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

PLAIN = frozenset({str, SafeString, int, bool, type(None), date, datetime})
LONGEST, MOST = 1_000, 500
"""Of longer texts and lists, hardly one comes twice."""


HOLE = SafeString(f"content-{token_hex(16)}")
"""Stands in the frame of a block where its content goes. Nobody can write it: every process has another."""


def draw(component: str, /, **values: Any) -> SafeString:
    """The component's template with these values; the template escapes them.

    What a block holds (`content`) differs each time, and the template only puts it somewhere: so the frame around it
    is what is drawn once.
    """
    content = values.get("content")
    if not content or type(content) is not SafeString:
        return draw_template(f"kit/components/{component}.html", **values)
    frame = draw_template(f"kit/components/{component}.html", **{**values, "content": HOLE})
    return SafeString(frame.replace(HOLE, content))


def draw_template(template: str, /, **values: Any) -> SafeString:
    """A template that knows nothing but these values: what it drew of them lately, it need not draw again."""
    said = {key: _said(value) for key, value in values.items()}
    if settings.DEBUG or not all(map(_is_plain, said.values())):
        return _draw(template, said)
    kinds = tuple(map(_kind, said.values()))
    return _drawn(template, tuple(said.items()), kinds, get_language(), timezone.get_current_timezone())


def _said(value: Any) -> Any:
    """The value in the reader's language, also inside a tuple."""
    if isinstance(value, Promise):
        return str(value)
    return tuple([_said(one) for one in value]) if type(value) is tuple else value


def _is_plain(value: Any) -> bool:
    if isinstance(value, tuple):
        return len(value) <= MOST and all(map(_is_plain, value))
    return type(value) in PLAIN and not (isinstance(value, str) and len(value) > LONGEST)


def _kind(value: Any) -> Any:
    """What tells equal values apart that are not drawn the same: 1 and yes, a safe text, a moment of other hours."""
    if isinstance(value, tuple):
        return type(value), *map(_kind, value)
    return value.tzinfo if isinstance(value, datetime) else type(value)


def _draw(template: str, said: dict[str, Any]) -> SafeString:
    return tidy(render_to_string(template, said))


@lru_cache(maxsize=2_000)
def _drawn(template: str, said: tuple[tuple[str, Any], ...], kinds: tuple[Any, ...], *reader: Any) -> SafeString:
    """Drawn once for the same values of the same kinds, in the same language and hours."""
    return _draw(template, dict(said))


def choose(what: str, value: str, allowed: tuple[str, ...]) -> str:
    """The value, if it is one of these; a component with an unknown state must not be drawn."""
    if value not in allowed:
        raise TemplateSyntaxError(f"{what} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def tidy(content: str) -> SafeString:
    """A block's content without the white space around it: an empty block counts as nothing."""
    return SafeString(content.strip())
