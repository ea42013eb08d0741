"""The five dimensions of a country on one page, each from its own sources; what is not known stays blank."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from learnin.assessment.models import CultureProfile, Estimate, Fact, Finding, Resource, Statement
from learnin.assessment.queries import estimates, evidence, findings, needs
from learnin.assessment.queries.findings import Found
from learnin.assessment.queries.needs import Need
from learnin.kit import written
from learnin.people.models import Country
from learnin.programme import reader

SHOWN = 5
"""Needs and findings of each dimension; the rest stands on pages of its own."""
STANDING = (Finding.State.AGREED, Finding.State.PUBLISHED)


@dataclass(frozen=True)
class Line:
    """Something known by its name: a field of the culture, a kind of resource, a theme that experts know."""

    name: str
    text: str


@dataclass(frozen=True)
class Part:
    """One dimension of a country."""

    id: str
    name: str
    findings: tuple[Found, ...]
    more: int
    drafts: int
    lines: tuple[Line, ...]
    needs: tuple[Need, ...]
    numbers: int
    facts: int
    statements: int
    page: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all is known."""
        return not (self.findings or self.drafts or self.lines or self.needs or self.numbers or self.facts
                    or self.statements)  # fmt: skip


def profile(country: Country) -> list[Part]:
    """Every dimension of the programme, in its order."""
    found = list(findings.findings(country).exclude(state=Finding.State.WITHDRAWN))
    standing = [one for one in found if one.state in STANDING]
    drafts = Counter(one.dimension for one in found if one.state not in STANDING)
    shown = {one.finding.pk: one for one in findings.with_evidence(_first(standing))}
    facts = _counted(Fact.objects.filter(source__assessment__country=country))
    statements = _counted(Statement.objects.filter(conversation__assessment__country=country))
    numbers = _numbers(country)
    known = {"culture": _culture(country), "resources": _resources(country), "expertise": _experts(country)}
    parts = []
    for one in reader.current().dimensions:
        here = [each for each in standing if each.dimension == one.id]
        parts.append(
            Part(
                id=one.id,
                name=str(one.name),
                findings=tuple(shown[each.pk] for each in here[:SHOWN]),
                more=max(0, len(here) - SHOWN),
                drafts=drafts[one.id],
                lines=known.get(one.id, ()),
                needs=_needs(country) if one.id == "needs" else (),
                numbers=numbers.get(one.id, 0),
                facts=facts.get(one.id, 0),
                statements=statements.get(one.id, 0),
                page=reverse(f"assessment:{_PAGES.get(one.id, 'findings')}", args=[country.pk]),
            )
        )
    return parts


_PAGES = {"needs": "needs", "culture": "culture", "resources": "resources", "expertise": "experts"}


def _first(standing: Sequence[Finding]) -> Iterable[Finding]:
    """The first findings of each dimension."""
    taken: Counter[str] = Counter()
    for one in standing:
        taken[one.dimension] += 1
        if taken[one.dimension] <= SHOWN:
            yield one


def _counted(rows: QuerySet[Any]) -> dict[str, int]:
    counted = rows.values("dimension").annotate(n=Count("pk")).order_by()
    return {one["dimension"]: one["n"] for one in counted}


def _numbers(country: Country) -> dict[str, int]:
    """How many numbers of everybody the current runs have, by dimension."""
    runs = [run for one in needs.assessments(country) if (run := estimates.current(one)) is not None]
    rows = Estimate.objects.filter(run__in=runs, key="")
    counted = rows.values("indicator__dimension").annotate(n=Count("pk")).order_by()
    return {one["indicator__dimension"]: one["n"] for one in counted}


def _needs(country: Country) -> tuple[Need, ...]:
    """The heaviest needs of the newest assessment with results."""
    for one in needs.assessments(country)[:1]:
        if run := estimates.current(one):
            return needs.ranked(run).needs[:SHOWN]
    return ()


def _culture(country: Country) -> tuple[Line, ...]:
    found = evidence.culture(country)
    fields = CultureProfile._meta
    if found is None:
        return ()
    return tuple(
        Line(str(fields.get_field(name).verbose_name), getattr(found, name))  # type: ignore[union-attr]
        for name in evidence.CULTURE
        if getattr(found, name)
    )


def _resources(country: Country) -> tuple[Line, ...]:
    by_kind: dict[str, list[str]] = {}
    for one in evidence.resources(country):
        by_kind.setdefault(one.kind, []).append(one.name)
    return tuple(Line(str(Resource.Kind(kind).label), ", ".join(names)) for kind, names in by_kind.items())


def _experts(country: Country) -> tuple[Line, ...]:
    """How many experts know each theme; their names stand on their own page."""
    counted = Counter(theme for _expert, themes, _languages in evidence.experts(country) for theme in themes)
    return tuple(Line(theme, _known_by(count)) for theme, count in sorted(counted.items()))


def _known_by(count: int) -> str:
    return ngettext("%(n)s expert", "%(n)s experts", count) % {"n": written.number(count)}
