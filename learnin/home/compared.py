"""Indicators that several countries measured in the same way, beside each other: only what countries publish."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from learnin.assessment import finding_words
from learnin.assessment.formats import indicator as definitions
from learnin.assessment.models import Finding, Indicator
from learnin.assessment.queries import findings
from learnin.assessment.queries.findings import Cited
from learnin.kit import sorting
from learnin.kit.charts import Panels, Row
from learnin.people.models import Country

LEAST = 2
"""With fewer countries there is nothing to compare."""
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Compared:
    """What can be laid side by side, and how many countries publish at all."""

    panels: tuple[tuple[str, tuple[Row, ...]], ...]
    countries: int

    @property
    def chart(self) -> Panels:
        """One panel for each indicator; countries stand in the order of the alphabet, never by their number."""
        return Panels(
            caption=_("Indicators measured in the same way"),
            panels=self.panels,
            of=_("Country"),
            by=_("Indicator"),
            note=_("Dot: estimate. Line: interval (95%). Countries by name: this is no ranking."),
        )


def compared() -> Compared:
    """Shares of everybody from samples, cited by published findings, of which the definition is the same."""
    rows = Finding.objects.filter(state=Finding.State.PUBLISHED, country__public_since__isnull=False)
    by_key: dict[Key, dict[str, tuple[Country, Cited]]] = defaultdict(dict)
    countries = set()
    for found in findings.with_evidence(rows.order_by("published_at", "pk")):
        place = found.finding.country
        countries.add(place.pk)
        for cited in found.cited:
            if _is_comparable(cited):
                by_key[_key(cited)][place.pk] = (place, cited)
    kept = [each for each in by_key.values() if len(each) >= LEAST]
    return Compared(tuple(_panel(list(each.values())) for each in kept), len(countries))


def _is_comparable(cited: Cited) -> bool:
    number = cited.number
    is_core = bool(number.indicator.source) and number.indicator.unit == Indicator.Unit.SHARE
    return is_core and not number.key and number.is_probability and cited.reading.is_seen and not cited.row.change


def _key(cited: Cited) -> Key:
    """The item of the question bank, the value, and how it is worked out."""
    of = cited.number.indicator
    return (of.source, cited.number.level, definitions.fingerprint(of.definition))


def _panel(found: list[tuple[Country, Cited]]) -> tuple[str, tuple[Row, ...]]:
    ordered = sorting.in_order(found, key=lambda pair: pair[0].name)
    rows = tuple(Row(place.name, finding_words.mark(cited.number, cited.reading)) for place, cited in ordered)
    return finding_words.name(ordered[0][1].number), rows
