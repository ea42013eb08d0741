"""Estimates as people read them: in percent, points or numbers, never without their interval."""

from django import template
from django.utils.translation import gettext as _

from learnin.assessment.models import Indicator
from learnin.assessment.queries.estimates import Number
from learnin.assessment.queries.reading import Read
from learnin.kit import written

register = template.Library()
NOTHING = "–"


def _shown(of: Number, value: float | None) -> str:
    if value is None:
        return NOTHING
    return written.percent(value) if of.indicator.unit == Indicator.Unit.SHARE else written.number(_rounded(value))


def _rounded(value: float) -> float:
    """Three digits that matter: more would promise what no survey keeps."""
    return float(f"{value:.3g}") if abs(value) < 1000 else float(round(value))


@register.simple_tag
def estimate(read: Read) -> str:
    """The number itself, after the sign that says how far it may be trusted; or what stands in its place."""
    said = _shown(read.of, read.of.estimate) if read.is_seen else read.mark.said(read.unit)
    return f"{read.sign} {said}".strip()


@register.simple_tag
def interval(read: Read) -> str:
    """The ends of its interval; none where nobody was drawn, for then no interval says how sure a number is."""
    of = read.of
    if of.ci_low is None or of.ci_high is None:
        return NOTHING
    return _("%(low)s and %(high)s") % {"low": _shown(of, of.ci_low), "high": _shown(of, of.ci_high)}


@register.simple_tag
def estimate_change(read: Read) -> str:
    """What it was in the run before."""
    before = read.of.before
    return _("before: %(number)s") % {"number": _shown(read.of, before.estimate if before else None)}
