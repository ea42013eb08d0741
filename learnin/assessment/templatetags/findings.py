"""Findings as people read them: state and strength, numbers with their interval, and how a number moved."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from learnin.assessment import finding_words
from learnin.assessment.models import Finding
from learnin.assessment.queries.estimates import Number
from learnin.assessment.queries.findings import Found, Piece
from learnin.assessment.queries.reading import Reading
from learnin.kit.components import states

register = template.Library()


@register.simple_tag
def finding_state(finding: Finding) -> SafeString:
    """How far people stand behind it."""
    return states.tag(finding_words.LOOKS[finding.state], finding.get_state_display())


@register.simple_tag
def strength(found: Found) -> str:
    """How much it rests on."""
    return str(finding_words.STRENGTHS[found.strength])


@register.simple_tag
def why_so_strong(found: Found) -> str:
    """The line of the rule it falls under."""
    return str(finding_words.WHY[found.ground])


@register.simple_tag
def evidence_kind(piece: Piece) -> str:
    """What kind of evidence it is."""
    return str(finding_words.KINDS[piece.kind])


@register.simple_tag
def cited_number(number: Number, reading: Reading) -> SafeString:
    """A number as it may be read: with its sign, or what stands in its place."""
    mark = finding_words.mark(number, reading)
    said = mark.said(finding_words.unit(number))
    return format_html('<span class="li-sym">{}</span> {}', mark.sign, said) if mark.sign else format_html("{}", said)


@register.simple_tag
def cited_note(number: Number, reading: Reading) -> SafeString:
    """What its sign means, on a line below; nothing for a reliable one."""
    note = finding_words.mark(number, reading).note
    return format_html('<br><span class="li-small">{}</span>', note) if note else SafeString("")


@register.simple_tag
def cited_interval(number: Number, reading: Reading) -> str:
    """Its interval, as far as it may be read."""
    return finding_words.mark(number, reading).interval(finding_words.unit(number)) or "-"


@register.simple_tag
def number_of(number: Number) -> str:
    """What a number is of: indicator, value, group."""
    return finding_words.name(number)


@register.simple_tag
def about_finding(finding: Finding) -> str:
    """What it is about: dimension, theme, population, place, as far as it is said."""
    words = (
        finding.get_dimension_display(),
        finding.get_theme_display(),
        finding.get_population_display(),
        finding.area or "",
    )
    return ", ".join(str(word) for word in words if word)
