"""Who may reach a sampling frame and a sample."""

from django.contrib.auth.models import AnonymousUser

from learnin.assessment.access.countries import found_in_country
from learnin.assessment.models import Frame, Sample, SampledUnit
from learnin.journal import access as files
from learnin.journal.models import Attachment
from learnin.people.models import Person
from learnin.people.roles import Can, may


def frame(person: Person, pk: int, *, can: Can = Can.SEE_ASSESSMENT) -> Frame:
    """A sampling frame. Raises Http404 or PermissionDenied."""
    return found_in_country(Frame, person, pk, can, also=("source", "job"))


def sample(person: Person, pk: int, *, can: Can = Can.SEE_ASSESSMENT) -> Sample:
    """A sample. Raises Http404 or PermissionDenied."""
    return found_in_country(Sample, person, pk, can, also=("frame", "assessment"))


def sampled_unit(person: Person, pk: int, *, can: Can = Can.SEE_ASSESSMENT) -> SampledUnit:
    """A unit of a sample. Raises Http404 or PermissionDenied."""
    return found_in_country(SampledUnit, person, pk, can, way="sample__country", also=("unit", "sample__frame"))


@files.holder
def through_frame(person: Person | AnonymousUser, attachment: Attachment) -> bool:
    """Whoever plans assessments may open the list a frame was made from; it may name people."""
    country = attachment.country
    return country is not None and may(person, Can.EDIT_ASSESSMENT, country) and attachment.frames.exists()
