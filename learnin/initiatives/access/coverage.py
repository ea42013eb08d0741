"""Who may reach the gaps that were taken up."""

from learnin.initiatives.models import Gap
from learnin.people.access import found_in_country
from learnin.people.models import Person
from learnin.people.roles import Can


def gap(person: Person, pk: int, *, can: Can = Can.SEE_COVERAGE) -> Gap:
    """A gap that was taken up. Raises Http404 or PermissionDenied."""
    return found_in_country(Gap, person, pk, can, also=("initiative__reporter", "area", "taken_up_by"))
