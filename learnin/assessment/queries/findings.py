"""What we know of findings: what each rests on, how strong that is, who agrees, and which numbers moved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, When

from learnin.assessment.models import (
    Assessment,
    Estimate,
    Fact,
    Finding,
    FindingEstimate,
    FindingEvidence,
    FindingOpinion,
    Indicator,
    Resource,
    Statement,
)
from learnin.assessment.queries import estimates, evidence, reading
from learnin.assessment.queries.estimates import Number
from learnin.assessment.queries.reading import Reading
from learnin.compute.strength import Basis, Ground, Strength, ground
from learnin.kit import readings
from learnin.people.models import Country, Person

A_PAGE = 20
OUTDATED = (FindingEstimate.Change.INTERVAL, FindingEstimate.Change.GONE)
"""A number that a later run does not bear out is not sure any more, until somebody confirms the new one."""
LEAST_AGREE = 2
"""One person's word is no agreement; the smallest task force has four members."""
OFFERED = 40
"""How many pieces of a kind one can choose from; more make a list nobody reads."""


@dataclass(frozen=True)
class Wanted:
    """Which findings somebody wants to see; an empty word means every."""

    dimension: str = ""
    theme: str = ""
    component: str = ""
    state: str = ""

    @property
    def about(self) -> dict[str, str]:
        """What a finding must be."""
        asked = {"dimension": self.dimension, "theme": self.theme, "component": self.component, "state": self.state}
        return {key: value for key, value in asked.items() if value}


@dataclass(frozen=True)
class Cited:
    """A number under a finding as it was cited, and what it became where it moved."""

    row: FindingEstimate
    number: Number
    reading: Reading
    became: Number | None
    became_reading: Reading | None

    @property
    def is_sure(self) -> bool:
        """Whether it speaks for more people than those who answered, may be read without a warning, and still holds."""
        return self.number.is_probability and self.reading.is_sure and self.row.change not in OUTDATED


@dataclass(frozen=True)
class Piece:
    """Other evidence under a finding, and where it stands for good."""

    row: FindingEvidence
    piece: Fact | Statement | Resource
    url: str

    @property
    def kind(self) -> str:
        """What it is: fact, statement or resource."""
        return self.piece._meta.model_name or ""

    @property
    def text(self) -> str:
        """What it says."""
        if isinstance(self.piece, Resource):
            return self.piece.name
        return self.piece.text

    @property
    def whence(self) -> str:
        """Where it is from, without a name of whoever spoke."""
        if isinstance(self.piece, Fact):
            return f"{self.piece.source.title}, {self.piece.page}"
        if isinstance(self.piece, Statement):
            return str(self.piece.conversation.get_kind_display())
        return self.piece.source


@dataclass(frozen=True)
class Found:
    """A finding with everything under it."""

    finding: Finding
    cited: tuple[Cited, ...]
    pieces: tuple[Piece, ...]
    opinions: tuple[FindingOpinion, ...]

    @property
    def basis(self) -> Basis:
        """What is counted for its strength."""
        seen = [one for one in self.cited if one.reading.is_seen]
        kept = [one.piece for one in self.pieces]
        return Basis(
            sure=sum(one.is_sure for one in seen),
            doubtful=sum(not one.is_sure for one in seen),
            documents=len({one.source_id for one in kept if isinstance(one, Fact)}),
            conversations=len({one.conversation_id for one in kept if isinstance(one, Statement)}),
            resources=sum(isinstance(one, Resource) for one in kept),
        )

    @cached_property
    def ground(self) -> Ground:
        """The line of the rule it falls under."""
        return ground(self.basis)

    @property
    def strength(self) -> Strength:
        """How much it rests on."""
        return self.ground.strength

    @property
    def moved(self) -> tuple[Cited, ...]:
        """Numbers that are others now."""
        return tuple(one for one in self.cited if one.row.change)

    @property
    def is_beyond_a_sample(self) -> bool:
        """Whether a number under it comes from an open link: its sentence then speaks for those who answered only."""
        return any(not one.number.is_probability for one in self.cited)

    @property
    def withheld(self) -> tuple[Cited, ...]:
        """Numbers that nobody may read."""
        return tuple(one for one in self.cited if not one.reading.is_seen)

    @property
    def agree(self) -> tuple[FindingOpinion, ...]:
        """Who agrees."""
        return tuple(one for one in self.opinions if one.stance == FindingOpinion.Stance.AGREES)

    @property
    def object(self) -> tuple[FindingOpinion, ...]:
        """Who objects."""
        return tuple(one for one in self.opinions if one.stance == FindingOpinion.Stance.OBJECTS)

    @property
    def can_be_agreed(self) -> bool:
        """Whether enough people agree, more than object, and there is something to rest on."""
        return (
            len(self.agree) >= LEAST_AGREE and len(self.agree) > len(self.object) and self.ground is not Ground.NOTHING
        )


def findings(country: Country, wanted: Wanted | None = None) -> QuerySet[Finding]:
    """The findings of a country, the newest first."""
    found = country.findings.filter(**(wanted or Wanted()).about)
    return found.select_related("assessment", "area", "written_by").order_by("-written_at", "-pk")


def published(country: Country) -> QuerySet[Finding]:
    """What everybody may read, by dimension, the newest first."""
    found = country.findings.filter(state=Finding.State.PUBLISHED).select_related("assessment", "area")
    return found.order_by("dimension", "-published_at", "-pk")


def with_evidence(found: Iterable[Finding]) -> list[Found]:
    """These findings with everything under them, in as many queries for twenty as for one."""
    keys = [one.pk for one in found]
    full = ("indicator", "of")
    numbers = (
        Prefetch("estimate", Estimate.objects.select_related(*full)),
        Prefetch("became", Estimate.objects.select_related(*full)),
    )
    rows = {
        one.pk: one
        for one in Finding.objects.filter(pk__in=keys)
        .prefetch_related(
            Prefetch("estimates", FindingEstimate.objects.prefetch_related(*numbers).order_by("pk")),
            Prefetch(
                "evidence",
                FindingEvidence.objects.select_related("fact__source", "statement__conversation", "resource").order_by(
                    "pk"
                ),
            ),
            Prefetch("opinions", FindingOpinion.objects.select_related("person").order_by("said_at", "pk")),
        )
        .select_related("country", "assessment", "area", "written_by", "agreed_by", "published_by", "withdrawn_by")
    }
    read = _read(rows.values())
    return [_found(rows[key], read) for key in keys]


def of(finding: Finding) -> Found:
    """One finding with everything under it."""
    (found,) = with_evidence([finding])
    return found


Read = dict[int, tuple[Number, Reading]]


def _read(found: Iterable[Finding]) -> Read:
    rows = [row for one in found for row in one.estimates.all()]
    numbers = [estimates.number(each) for row in rows for each in (row.estimate, row.became) if each is not None]
    known = reading.readings(numbers)
    return {one.pk: (one, known[one.pk]) for one in numbers}


def _found(finding: Finding, read: Read) -> Found:
    return Found(
        finding=finding,
        cited=tuple(
            Cited(row, *read[row.estimate_id], *(read[row.became_id] if row.became_id else (None, None)))
            for row in finding.estimates.all()
        ),
        pieces=tuple(Piece(row, row.piece, evidence.address(row.piece)) for row in finding.evidence.all()),
        opinions=tuple(finding.opinions.all()),
    )


def moved(country: Country) -> QuerySet[Finding]:
    """Findings that people stand behind, under which a number is another one now."""
    held = country.findings.exclude(state=Finding.State.WITHDRAWN)
    return held.filter(Exists(FindingEstimate.objects.filter(finding=OuterRef("pk")).exclude(change=""))).order_by("pk")


def waiting(country: Country, person: Person) -> list[Any]:
    """Findings that wait for somebody: `has_moved` numbers, agreed, or `is_unjudged` by this person and a draft."""
    return _waiting(country.pk, person.pk)


@readings.reading
def _waiting(country: str, person: int) -> QuerySet[Finding]:
    cited = FindingEstimate.objects.filter(finding=OuterRef("pk"))
    has_moved = Exists(cited.exclude(change=""))
    rests = Exists(cited) | Exists(FindingEvidence.objects.filter(finding=OuterRef("pk")))
    judged = Exists(FindingOpinion.objects.filter(finding=OuterRef("pk"), person=person))
    unjudged = Q(rests, ~judged, state=Finding.State.DRAFT)
    found = Finding.objects.filter(country=country).exclude(state=Finding.State.WITHDRAWN)
    found = found.annotate(has_moved=has_moved, is_unjudged=Case(When(unjudged, then=True), default=False))
    waits = Q(has_moved=True) | Q(state=Finding.State.AGREED) | Q(is_unjudged=True)
    return found.filter(waits).only("state", "texts").order_by("written_at", "pk")


def citing(piece: Fact | Statement | Resource) -> list[Finding]:
    """The findings that rest on a piece of evidence: the trace the other way."""
    rows = piece.cited_by.select_related("finding").order_by("finding_id", "pk")
    return [row.finding for row in rows]


def citing_indicator(indicator: Indicator) -> list[Finding]:
    """The findings that rest on a number of this indicator."""
    return list(Finding.objects.filter(estimates__estimate__indicator=indicator).distinct().order_by("pk"))


def the_number(assessment: Assessment, *, indicator: str, level: str = "", domain: str = "") -> Estimate | None:
    """The number of the current run that an address asks for, by the code of its indicator, its value and its group."""
    run = estimates.current(assessment)
    if run is None:
        return None
    asked = {"indicator__code": indicator, "level": level, "key": domain}
    return run.estimates.filter(**asked).select_related("indicator", "of").order_by("order", "pk").first()


@dataclass(frozen=True)
class Offered:
    """What a finding could rest on besides, by kind, each with what it says."""

    by_name: Mapping[str, Sequence[tuple[Estimate | Fact | Statement | Resource, str]]]


def offered(finding: Finding) -> Offered:
    """Numbers near it that may be read, and the newest other evidence of its dimension; all resources."""
    wanted = evidence.Wanted(dimension=finding.dimension)
    facts = evidence.facts(finding.country, wanted)
    statements = evidence.statements(finding.country, wanted)
    resources = evidence.resources(finding.country)
    held = FindingEvidence.objects.filter(finding=finding)
    return Offered(
        {
            "numbers": _numbers(finding),
            "facts": _said(facts.exclude(pk__in=held.exclude(fact=None).values("fact"))),
            "statements": _said(statements.exclude(pk__in=held.exclude(statement=None).values("statement"))),
            "resources": _said(resources.exclude(pk__in=held.exclude(resource=None).values("resource"))),
        }
    )


def _said(found: QuerySet[Any]) -> list[tuple[Any, str]]:
    return [(one, one.name if isinstance(one, Resource) else one.text) for one in found[:OFFERED]]


def _numbers(finding: Finding) -> list[tuple[Estimate, str]]:
    """Numbers of everybody in the current run on the same dimension or theme that may be read and are not cited yet."""
    run = estimates.current(finding.assessment)
    if run is None:
        return []
    near = Q(indicator__dimension=finding.dimension)
    if finding.theme:
        near |= Q(indicator__theme=finding.theme)
    rows = run.estimates.filter(near, by="").select_related("indicator", "of").order_by("order", "pk")
    cited = set(finding.estimates.values_list("estimate__of__round", "estimate__indicator", "estimate__level"))
    found = {row.pk: row for row in rows if (row.of.round_id, row.indicator_id, row.level) not in cited}
    numbers = [estimates.number(row) for row in found.values()]
    read = reading.readings(numbers)
    seen = [one for one in numbers if read[one.pk].is_seen]
    return [(found[one.pk], one.name) for one in seen[:OFFERED]]
