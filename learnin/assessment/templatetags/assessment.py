"""The rooms of the needs assessment, as tabs."""

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.assessment import weight_words
from learnin.assessment.models import Fact, Round, Statement
from learnin.kit.components import frame, states
from learnin.people.models import Country

register = template.Library()

ROOMS: tuple[tuple[str, Promise], ...] = (
    ("assessments", gettext_lazy("Plan")),
    ("instruments", gettext_lazy("Questionnaires")),
    ("frames", gettext_lazy("Samples")),
    ("rounds", gettext_lazy("Collection")),
    ("findings", gettext_lazy("Findings")),
    ("sources", gettext_lazy("Documents")),
    ("conversations", gettext_lazy("Interviews and groups")),
    ("experts", gettext_lazy("Experts")),
    ("resources", gettext_lazy("Resources")),
    ("culture", gettext_lazy("Culture")),
)


@register.simple_tag
def assessment_rooms(request: HttpRequest, country: Country, room: str = "") -> SafeString:
    """The tabs of the stage. The current one is the room that is named, else the nearest by its address."""
    links = [(label, reverse(f"assessment:{name}", args=[country.pk])) for name, label in ROOMS]
    inside = [url for _label, url in links if request.path.startswith(url)]
    here = reverse(f"assessment:{room}", args=[country.pk]) if room else max(inside, key=len, default="")
    tabs = format_html_join("", "{}", ((frame.tab(label, url, current=url == here),) for label, url in links))
    return frame.tabs(tabs, _("Needs assessment"))


@register.simple_tag
def sample_mark(round: Round) -> SafeString:
    """“Not a probability sample”, wherever a number of an open link stands; nothing for other rounds."""
    said = weight_words.mark_of(round)
    return states.tag("next", said) if said else mark_safe("")


@register.simple_tag
def about(one: Fact | Statement) -> str:
    """What a piece of evidence is about: dimension, theme, component, as far as it is known."""
    words = (one.get_dimension_display(), one.get_theme_display(), one.get_component_display())
    return ", ".join(str(word) for word in words if word)
