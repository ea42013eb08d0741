"""Who may reach open data before everybody may."""

from learnin.assessment.access.countries import found_in_country
from learnin.assessment.models import OpenData
from learnin.people.models import Person
from learnin.people.roles import Can


def open_data(person: Person, pk: int, *, can: Can = Can.EXPORT_ANSWERS) -> OpenData:
    """A file and its check, for whoever may take answers along. Raises Http404 or PermissionDenied."""
    also = ("round__instrument", "part__run__assessment", "attachment", "job", "made_by", "published_by")
    return found_in_country(OpenData, person, pk, can, way="round__country", also=also)
