"""How agreements look."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from learnin.initiatives.models import Agreement, Initiative, Party
from learnin.kit.components import states

register = template.Library()

LOOKS = {
    Agreement.State.ASKED: "wait",
    Agreement.State.OBJECTED: "late",
    Agreement.State.AGREED: "doing",
    Agreement.State.DONE: "done",
    Agreement.State.WITHDRAWN: "none",
}
SAID = {
    Party.Answer.NONE: "wait",
    Party.Answer.ACCEPT: "done",
    Party.Answer.OBJECT: "late",
    Party.Answer.AMEND: "next",
}


@register.simple_tag
def agreement_tag(state: Agreement.State) -> SafeString:
    """Where an agreement stands."""
    return states.tag(LOOKS[state], state.label)


@register.simple_tag
def answer_tag(answer: Party.Answer) -> SafeString:
    """What a party says."""
    return states.tag(SAID[answer], answer.label)


@register.simple_tag
def initiative_link(initiative: Initiative, is_linked: bool = True) -> SafeString | str:
    """The title of an initiative, with the way to its page for whoever may read it."""
    if not is_linked:
        return initiative.title()
    url = reverse("initiatives:initiative", args=[initiative.pk])
    return format_html('<a class="govuk-link" href="{}">{}</a>', url, initiative.title())
