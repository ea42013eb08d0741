"""The rooms of the initiatives, as tabs."""

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.kit.components import frame
from learnin.people.models import Country
from learnin.people.roles import Can, may

register = template.Library()

ROOMS: tuple[tuple[str, str | Promise, Can], ...] = (("coverage", gettext_lazy("Coverage"), Can.SEE_COVERAGE),)
"""Each: the name of its address, its words, and who may enter. In the order of the work."""


@register.simple_tag
def rooms(request: HttpRequest, country: Country, room: str = "") -> SafeString:
    """The tabs of the stage that the person may enter. The current one is the room that is named."""
    mine = [(name, label) for name, label, can in ROOMS if may(request.user, can, country)]
    tabs = format_html_join(
        "",
        "{}",
        (
            (frame.tab(label, reverse(f"initiatives:{name}", args=[country.pk]), current=name == room),)
            for name, label in mine
        ),
    )
    return frame.tabs(tabs, _("Initiatives"))
