"""Needs that a country's findings tell of, handed to the coverage of its initiatives: neither stage knows the other."""

from collections.abc import Iterator

from django.urls import reverse

from learnin.assessment.models import Finding, Indicator
from learnin.assessment.queries import findings
from learnin.assessment.queries import needs as ranking
from learnin.assessment.queries.findings import Found
from learnin.compute.strength import Strength
from learnin.initiatives.needs import Need
from learnin.people.models import Country

NEEDS = "needs"
"""The dimension of findings that say what people need; others say what there is, or how people are used to work."""
_STRENGTHS = (Strength.NONE, Strength.WEAK, Strength.MODERATE, Strength.STRONG)


def of_findings(country: Country) -> Iterator[Need]:
    """Findings about needs that people agreed on, each as a need of its theme, for its group, in its area."""
    stood_behind = country.findings.filter(dimension=NEEDS, state__in=[Finding.State.AGREED, Finding.State.PUBLISHED])
    for found in findings.with_evidence(stood_behind.exclude(theme="").order_by("pk")):
        one = found.finding
        yield Need(
            words=one.text(),
            url=reverse("assessment:finding", args=[one.pk]),
            severity=severity(found),
            theme=one.theme,
            component=one.component,
            audience=one.population,
            area=one.area.code if one.area else "",
        )


def severity(found: Found) -> float:
    """From 0 to 1, the largest share in need of its numbers; below 0 where it has none, the weaker, the lower."""
    shares = [
        ranking.severity(cited.number)
        for cited in found.cited
        if cited.reading.is_seen and _is_share_in_need(cited.number.indicator)
    ]
    return max(shares, default=float(_STRENGTHS.index(found.strength) - len(_STRENGTHS)))


def _is_share_in_need(one: Indicator) -> bool:
    return one.unit == Indicator.Unit.SHARE and bool(one.direction)
