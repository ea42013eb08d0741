"""Who may reach an assessment, its plan, and an assessment of the whole region."""

from django.http import Http404

from learnin.assessment.access.countries import found_in_country
from learnin.assessment.models import Assessment, Consent, Milestone, Population, RegionalAssessment
from learnin.people import access
from learnin.people.models import Person
from learnin.people.roles import Can


def assessment(person: Person, pk: int, *, can: Can = Can.SEE_ASSESSMENT) -> Assessment:
    """An assessment. Raises Http404 or PermissionDenied."""
    return found_in_country(Assessment, person, pk, can, also=("coordinator", "regional"))


def population(person: Person, pk: int, *, can: Can = Can.EDIT_ASSESSMENT) -> Population:
    """A group in a plan. Raises Http404 or PermissionDenied."""
    return found_in_country(Population, person, pk, can, way="assessment__country")


def milestone(person: Person, pk: int, *, can: Can = Can.EDIT_ASSESSMENT) -> Milestone:
    """A day of a calendar. Raises Http404 or PermissionDenied."""
    return found_in_country(Milestone, person, pk, can, way="assessment__country")


def consent(person: Person, pk: int, *, can: Can = Can.EDIT_ASSESSMENT) -> Consent:
    """A consent text. Raises Http404 or PermissionDenied."""
    return found_in_country(Consent, person, pk, can, way="assessment__country")


def regional(person: Person, pk: int, *, can: Can = Can.SEE_REGION) -> RegionalAssessment:
    """An assessment of the whole region, for who works there. Raises Http404 or PermissionDenied."""
    access.region(person, can=can)
    found = RegionalAssessment.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
