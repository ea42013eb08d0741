"""Parts of pages that tell of minutes."""

from dataclasses import dataclass

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from learnin.kit import documents, languages
from learnin.people.roles import Can, may
from learnin.taskforce.models import Meeting, MinutesDocument
from learnin.taskforce.queries import minutes

register = template.Library()


@dataclass(frozen=True)
class Seen:
    """Where the minutes stand, and what the reader may do about it."""

    stands: minutes.Standing
    documents: list[MinutesDocument]
    may_lead: bool
    may_approve: bool
    may_object: bool


@register.simple_tag(takes_context=True)
def minutes_of(context: Context, meeting: Meeting) -> Seen:
    """The minutes of a meeting, as the reader of the page sees them."""
    user, country = context["request"].user, meeting.task_force.country
    stands = minutes.standing(meeting, timezone.now())
    return Seen(
        stands=stands,
        documents=minutes.sealed_documents(meeting) if stands.is_sealed else [],
        may_lead=may(user, Can.HOLD_MEETINGS, country),
        may_approve=may(user, Can.APPROVE_MINUTES, country),
        may_object=may(user, Can.OBJECT_TO_MINUTES, country),
    )


@register.simple_tag
def spoken(code: str) -> str:
    """The name of a language under which its readers know it."""
    return languages.language(code).endonym


@register.simple_tag
def paper(document: documents.Document) -> SafeString:
    """An official document, read on a page: without the lines to sign, which belong on paper."""
    blocks = list(document.blocks)
    for at, block in enumerate(document.blocks):
        if isinstance(block, documents.SignatureLines):
            blocks = blocks[: at - 1] + blocks[at + 1 :]
    parts = (render_to_string("taskforce/minutes_block.html", {"block": block}) for block in blocks)
    return mark_safe("".join(parts))  # noqa: S308  each part is escaped by its template
