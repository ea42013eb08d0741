"""Who may reach indicators, the ways to split people, and results."""

from learnin.assessment.access.countries import found_in_country
from learnin.assessment.models import Grouping, Indicator, Run
from learnin.people.models import Person
from learnin.people.roles import Can

COUNTRY = "assessment__country"


def indicator(person: Person, pk: int, *, can: Can = Can.SEE_ASSESSMENT) -> Indicator:
    """An indicator. Raises Http404 or PermissionDenied."""
    return found_in_country(Indicator, person, pk, can, way=COUNTRY, also=("instrument", "country"))


def grouping(person: Person, pk: int, *, can: Can = Can.MAKE_ESTIMATES) -> Grouping:
    """A way to split people. Raises Http404 or PermissionDenied."""
    return found_in_country(Grouping, person, pk, can, way=COUNTRY)


def run(person: Person, pk: int, *, can: Can = Can.SEE_ASSESSMENT) -> Run:
    """A run of estimates. Raises Http404 or PermissionDenied."""
    return found_in_country(Run, person, pk, can, way=COUNTRY)
