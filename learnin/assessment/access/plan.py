"""Who may reach an assessment and its plan."""

from learnin.assessment.access.countries import found_in_country
from learnin.assessment.models import Assessment
from learnin.people.models import Person
from learnin.people.roles import Can


def assessment(person: Person, pk: int, *, can: Can = Can.SEE_ASSESSMENT) -> Assessment:
    """An assessment. Raises Http404 or PermissionDenied."""
    return found_in_country(Assessment, person, pk, can, also=("coordinator", "regional"))
