"""Assessments of the whole region: how far each country is with its copy."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from learnin.assessment.formats.workbook import Book
from learnin.assessment.models import Assessment, RegionalAssessment, Version
from learnin.assessment.queries.instruments import Findings, examined
from learnin.assessment.queries.plan import answers_that_count
from learnin.people.models import Country, Person, Role
from learnin.people.roles import Kind, current
from learnin.programme import reader
from learnin.taskforce.queries import activities

SERVED = ("regional-activities", "needs-assessment")
"""Mandate points that a copy serves, where the programme has them."""
FRAMES = ("begin", "end")
"""Rows of a questionnaire that hold others and ask nothing."""


@dataclass(frozen=True)
class Line:
    """One country's copy, and how far it is."""

    copy: Assessment
    coordinator: str
    is_published: bool
    samples: int
    answers: int


def regionals() -> QuerySet[RegionalAssessment]:
    """Every assessment of the region, the newest first, with how many countries have a copy."""
    return RegionalAssessment.objects.annotate(copy_count=Count("copies")).order_by("-starts_on", "-pk")


def lines(regional: RegionalAssessment) -> list[Line]:
    """Each country's copy, by the name of the country."""
    versions = Version.objects.filter(instrument__assessment=OuterRef("pk"), published_at__isnull=False)
    copies = regional.copies.select_related("country", "coordinator").annotate(
        is_published=Exists(versions),
        sample_count=Count("samples", distinct=True),
        answers=Count("rounds__submissions", filter=answers_that_count("rounds__submissions__"), distinct=True),
    )
    found = [
        Line(
            copy=one,
            coordinator=one.coordinator.name if one.coordinator else "",
            is_published=one.is_published,
            samples=one.sample_count,
            answers=one.answers,
        )
        for one in copies.order_by("pk")
    ]
    return sorted(found, key=lambda line: str(line.copy.country.name))


def without_copy(regional: RegionalAssessment) -> list[Country]:
    """Countries that have no copy yet, by name."""
    there = regional.copies.values("country")
    return sorted(Country.objects.exclude(pk__in=there).order_by("pk"), key=lambda place: str(place.name))


def names(book: Book) -> tuple[str, ...]:
    """The questions of a questionnaire by their names; what only holds others is left out."""
    rows = book.survey.rows
    return tuple(row["name"] for row in rows if row.get("name") and not row.get("type", "").startswith(FRAMES))


def core_names(regional: RegionalAssessment) -> tuple[str, ...]:
    """The questions that every country asks."""
    return names(Book.from_json(regional.core))


def core_findings(regional: RegionalAssessment) -> Findings:
    """What the import doctor and the converter say of the core questionnaire."""
    if not regional.core:
        return Findings([])
    _xform, problems = examined(Book.from_json(regional.core), form_id=form_id(regional), title=regional.title)
    return Findings(problems)


def form_id(regional: RegionalAssessment) -> str:
    """The form id of the core in every country."""
    return f"regional_{regional.pk}"


def may_change_core(regional: RegionalAssessment) -> bool:
    """Whether the core may change: it is there, and no country has it yet."""
    return bool(regional.core) and not regional.copies.exists()


def mandate_points() -> list[str]:
    """The mandate points that a copy serves."""
    return [one.id for one in reader.current().mandate_points if one.id in SERVED]


def leads(countries: Collection[Country]) -> dict[str, list[Person]]:
    """Who answers for each country: who leads its task force, and its needs assessment coordinators."""
    heads = activities.leads(countries)
    coordinators = Role.objects.filter(current(), country__in=countries, kind=Kind.ASSESSMENT_COORDINATOR)
    found = {code: [lead.person for lead in known if lead.person] for code, known in heads.items()}
    for role in coordinators.filter(person__is_active=True).select_related("person").order_by("pk"):
        if role.person not in found[role.country_id or ""]:
            found[role.country_id or ""].append(role.person)
    return found
