"""Findings as everybody may read them: sentences with the numbers they rest on, as far as these may be told."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from learnin.assessment import finding_words
from learnin.assessment.queries import findings
from learnin.assessment.queries.findings import Cited, Found
from learnin.people.models import Country
from learnin.programme import reader


def published(country: Country) -> list[Found]:
    """What a country published, by dimension."""
    return findings.with_evidence(findings.published(country))


def shelves(found: Iterable[Found]) -> list[tuple[str, list[Found]]]:
    """Published findings under the names of their dimensions, in the programme's order."""
    by_dimension = {key: list(group) for key, group in groupby(found, key=lambda one: one.finding.dimension)}
    names = [(one.id, str(one.name)) for one in reader.current().dimensions]
    known = [(name, by_dimension.pop(id)) for id, name in names if id in by_dimension]
    return known + list(by_dimension.items())


def told(found: Found) -> dict[str, Any]:
    """A published finding for programs. A number that nobody may read is not in it, only that there is one."""
    one = found.finding
    return {
        "id": one.pk,
        "texts": one.texts,
        "written_in": one.language,
        "dimension": one.dimension,
        "theme": one.theme,
        "component": one.component,
        "population": one.population,
        "place": one.area.code if one.area else "",
        "strength": found.strength.value,
        "published_at": one.published_at,
        "numbers_changed": bool(found.moved),
        "numbers": [_number(each) for each in found.cited],
    }


def _number(cited: Cited) -> dict[str, Any]:
    mark = finding_words.mark(cited.number, cited.reading)
    return {
        "indicator": cited.number.indicator.code,
        "level": cited.number.level,
        "group": cited.number.domain,
        "unit": cited.number.indicator.unit,
        "reading": mark.trust.value,
        "is_probability_sample": cited.number.is_probability,
        "estimate": mark.value,
        "ci_low": mark.low,
        "ci_high": mark.high,
        "answers": mark.n,
    }
