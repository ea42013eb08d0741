"""The rooms of the task force, as tabs."""

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.kit.components import frame
from learnin.people.models import Country
from learnin.taskforce.models import Sitting
from learnin.taskforce.queries import composition

register = template.Library()

ROOMS = (("composition", gettext_lazy("Composition")),)


@register.simple_tag
def rooms(request: HttpRequest, country: Country) -> SafeString:
    """The tabs of the stage. The room whose address is the longest beginning of this page's is the current one."""
    links = [(label, reverse(f"taskforce:{name}", args=[country.pk])) for name, label in ROOMS]
    inside = [url for _label, url in links if request.path.startswith(url)]
    here = max(inside, key=len, default="")
    tabs = format_html_join("", "{}", ((frame.tab(label, url, current=url == here),) for label, url in links))
    return frame.tabs(tabs, _("Task force"))


@register.simple_tag
def english_of(sitting: Sitting | None) -> str:
    """The member's level of English, or a dash."""
    return (composition.english_of(sitting) if sitting else "") or "-"
