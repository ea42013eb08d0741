"""Words and signs of answers on pages."""

from django import template

from learnin.assessment import flag_words
from learnin.assessment.models import Flag, Submission

register = template.Library()

State = Submission.State
TAGS = {
    State.RECEIVED: "wait",
    State.ISSUES: "late",
    State.CORRECTED: "doing",
    State.APPROVED: "done",
    State.REJECTED: "none",
}


@register.filter
def state_tag(state: str) -> str:
    """The kind of tag in which a state stands."""
    return TAGS[State(state)]


@register.filter
def flag_said(flag: Flag) -> str:
    """Why somebody should look."""
    return flag_words.said(flag)


@register.filter
def span(seconds: float) -> str:
    """A duration as minutes and seconds.

    >>> span(605)
    '10:05'
    """
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
