"""Who may reach an instrument and its versions."""

from django.contrib.auth.models import AnonymousUser

from learnin.assessment.access.countries import found_in_country
from learnin.assessment.models import Instrument, Medium, Version
from learnin.journal import access as files
from learnin.journal.models import Attachment
from learnin.people.models import Person
from learnin.people.roles import Can, may


def instrument(person: Person, pk: int, *, can: Can = Can.SEE_ASSESSMENT) -> Instrument:
    """An instrument. Raises Http404 or PermissionDenied."""
    return found_in_country(Instrument, person, pk, can, also=("assessment",))


def version(person: Person, pk: int, *, can: Can = Can.SEE_ASSESSMENT) -> Version:
    """A version of an instrument. Raises Http404 or PermissionDenied."""
    return found_in_country(Version, person, pk, can, way="instrument__country", also=("source",))


def medium(person: Person, pk: int, *, can: Can = Can.SEE_ASSESSMENT) -> Medium:
    """A file that a version shows. Raises Http404 or PermissionDenied."""
    return found_in_country(Medium, person, pk, can, way="version__instrument__country", also=("attachment",))


@files.holder
def through_instrument(person: Person | AnonymousUser, attachment: Attachment) -> bool:
    """Whoever may see the assessment may open the workbooks of its questionnaires and what they show."""
    country = attachment.country
    return (
        country is not None
        and may(person, Can.SEE_ASSESSMENT, country)
        and (attachment.instrument_versions.exists() or attachment.instrument_media.exists())
    )
