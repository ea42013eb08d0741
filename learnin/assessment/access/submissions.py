"""Who may reach an answer."""

from learnin.assessment.access.countries import found_in_country
from learnin.assessment.models import Submission
from learnin.people.models import Person
from learnin.people.roles import Can


def submission(person: Person, pk: int, *, can: Can = Can.SEE_ANSWERS) -> Submission:
    """An answer that came in. Raises Http404 or PermissionDenied."""
    also = ("round", "version", "enumerator", "invitation")
    return found_in_country(Submission, person, pk, can, way="instrument__country", also=also)
