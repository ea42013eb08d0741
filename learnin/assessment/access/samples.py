"""Who may reach a sampling frame and a sample."""

from learnin.assessment.access.countries import found_in_country
from learnin.assessment.models import Frame, Sample
from learnin.people.models import Person
from learnin.people.roles import Can


def frame(person: Person, pk: int, *, can: Can = Can.SEE_ASSESSMENT) -> Frame:
    """A sampling frame. Raises Http404 or PermissionDenied."""
    return found_in_country(Frame, person, pk, can, also=("source",))


def sample(person: Person, pk: int, *, can: Can = Can.SEE_ASSESSMENT) -> Sample:
    """A sample. Raises Http404 or PermissionDenied."""
    return found_in_country(Sample, person, pk, can, also=("frame", "assessment"))
