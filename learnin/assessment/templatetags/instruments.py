"""Parts of pages that tell of questionnaires."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from learnin.assessment import telling
from learnin.assessment.formats.channels import Limit
from learnin.assessment.formats.definition import Group, Question
from learnin.assessment.formats.differences import Change
from learnin.assessment.models import Version
from learnin.kit.components import states

register = template.Library()

VALIDATION_LOOKS = {"": "wait", "passed": "done", "failed": "late", "unavailable": "none"}


@register.simple_tag
def version_tag(version: Version) -> SafeString:
    """Whether a version is published."""
    return states.tag("done", _("Published")) if version.is_published else states.tag("doing", _("Draft"))


@register.simple_tag
def convertible_tag(version: Version) -> SafeString:
    """Whether devices can show a version."""
    if not version.xform:
        return states.tag("late", _("Does not convert"))
    return states.tag(VALIDATION_LOOKS[version.validation], version.get_validation_display())


@register.simple_tag
def effect_tag(change: Change) -> SafeString:
    """What a change means for the data."""
    return states.tag(telling.EFFECT_LOOKS[change.effect], telling.EFFECTS[change.effect])


@register.filter
def type_of(one: Question | Group) -> str:
    """What kind of answer a question wants."""
    return telling.type_of(one)


@register.filter
def channel_name(channel: Any) -> str:
    """What people call a way of answering."""
    return str(telling.CHANNELS[channel])


@register.filter
def limit_said(limit: Limit) -> str:
    """What will not work."""
    return telling.limit(limit)


@register.filter
def change_said(change: Change) -> str:
    """What changed."""
    return telling.change(change)
