"""Findings in words: why one is as strong as it is, how a number moved, and its marks for charts and tables."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models import Finding, Indicator
from learnin.assessment.queries.estimates import Number
from learnin.assessment.queries.reading import Reading
from learnin.compute.reading import Verdict
from learnin.compute.strength import Ground, Strength
from learnin.kit import written
from learnin.kit.charts import Mark, Trust, Unit

STRENGTHS: Mapping[Strength, str | Promise] = {
    Strength.STRONG: _("Strong evidence"),
    Strength.MODERATE: _("Moderate evidence"),
    Strength.WEAK: _("Weak evidence"),
    Strength.NONE: _("No evidence yet"),
}
WHY: Mapping[Ground, str | Promise] = {
    Ground.NUMBER_AND_MORE: _("A reliable number, and other evidence beside it."),
    Ground.NUMBER_ALONE: _("A reliable number, but no other kind of evidence."),
    Ground.SEVERAL_KINDS: _("No reliable number, but at least three pieces of evidence of two kinds."),
    Ground.LITTLE: _("No reliable number, and little other evidence."),
    Ground.NOTHING: _("Nothing is cited that people may read."),
}
LOOKS: Mapping[str, str] = {
    Finding.State.DRAFT: "wait",
    Finding.State.AGREED: "doing",
    Finding.State.PUBLISHED: "done",
    Finding.State.WITHDRAWN: "none",
}
"""How a state looks as a tag."""
KINDS: Mapping[str, str | Promise] = {
    "fact": _("Document"),
    "statement": _("Conversation"),
    "resource": _("Resource"),
}


def mark(number: Number, reading: Reading) -> Mark:
    """A number as charts and tables may show it: one that is withheld or too inexact carries no number at all, and one
    of an open link no interval, for nobody was drawn."""
    if reading.why is not None:
        return Mark(trust=Trust.WITHHELD)
    if reading.reliability.verdict is Verdict.WITHHOLD:
        return Mark(trust=Trust.INEXACT)
    trust = Trust.SURE if reading.reliability.verdict is Verdict.SHOW else Trust.UNSURE
    if not number.is_probability:
        return Mark(number.estimate, n=number.n, trust=trust, has_margin=False)
    return Mark(number.estimate, number.ci_low, number.ci_high, number.n, trust)


def unit(number: Number) -> Unit:
    """What a number counts."""
    return Unit.SHARE if number.indicator.unit == Indicator.Unit.SHARE else Unit.NUMBER


def name(number: Number) -> str:
    """What a number is of: indicator, value, group."""
    return written.named(number.name, number.group, ",")
