"""Who may reach an instrument and its versions."""

from learnin.assessment.access.countries import found_in_country
from learnin.assessment.models import Instrument, Version
from learnin.people.models import Person
from learnin.people.roles import Can


def instrument(person: Person, pk: int, *, can: Can = Can.SEE_ASSESSMENT) -> Instrument:
    """An instrument. Raises Http404 or PermissionDenied."""
    return found_in_country(Instrument, person, pk, can, also=("assessment",))


def version(person: Person, pk: int, *, can: Can = Can.SEE_ASSESSMENT) -> Version:
    """A version of an instrument. Raises Http404 or PermissionDenied."""
    return found_in_country(Version, person, pk, can, way="instrument__country", also=("source",))
