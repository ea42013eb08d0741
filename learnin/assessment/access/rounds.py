"""Who may reach a round and what it collects."""

from learnin.assessment.access.countries import found_in_country
from learnin.assessment.models import Enumerator, Invitation, Round
from learnin.people.models import Person
from learnin.people.roles import Can


def round(person: Person, pk: int, *, can: Can = Can.SEE_ASSESSMENT) -> Round:
    """A round. Raises Http404 or PermissionDenied."""
    return found_in_country(Round, person, pk, can, also=("instrument", "sample", "assessment"))


def enumerator(person: Person, pk: int, *, can: Can = Can.RUN_ROUNDS) -> Enumerator:
    """An enumerator. Raises Http404 or PermissionDenied."""
    return found_in_country(Enumerator, person, pk, can, way="round__country")


def invitation(person: Person, pk: int, *, can: Can = Can.RUN_ROUNDS) -> Invitation:
    """An invitation to answer. Raises Http404 or PermissionDenied."""
    return found_in_country(Invitation, person, pk, can, way="round__country", also=("unit__unit", "person"))
