"""Estimates as people read them: in percent, points or numbers, never without their interval."""

from django import template
from django.utils.translation import gettext as _

from learnin.assessment.models import Indicator
from learnin.assessment.queries.estimates import Number
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
def estimate(of: Number) -> str:
    """The number itself."""
    return _shown(of, of.estimate)


@register.simple_tag
def interval(of: Number) -> str:
    """The ends of its interval; none where nobody was drawn, for then no interval says how sure a number is."""
    if not of.is_probability:
        return NOTHING
    if of.ci_low is None or of.ci_high is None:
        return _("not known")
    return _("%(low)s and %(high)s") % {"low": _shown(of, of.ci_low), "high": _shown(of, of.ci_high)}


@register.simple_tag
def estimate_change(of: Number) -> str:
    """What it was in the run before."""
    return _("before: %(number)s") % {"number": _shown(of, of.before.estimate if of.before else None)}
