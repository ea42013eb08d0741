"""Components: template tags with a Python signature, each drawn by a template of its own."""

from typing import Any

from django.template import TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


def draw(component: str, /, **values: Any) -> SafeString:
    """The component's template with these values; the template escapes them."""
    return tidy(render_to_string(f"kit/components/{component}.html", values))


def choose(what: str, value: str, allowed: tuple[str, ...]) -> str:
    """The value, if it is one of these; a component with an unknown state must not be drawn."""
    if value not in allowed:
        raise TemplateSyntaxError(f"{what} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def tidy(content: str) -> SafeString:
    """A block's content without the white space around it: an empty block counts as nothing."""
    return SafeString(content.strip())
