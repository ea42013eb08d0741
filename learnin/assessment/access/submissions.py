"""Who may reach an answer."""

from django.http import Http404

from learnin.assessment.access.countries import found_in_country
from learnin.assessment.models import Flag, Submission, SubmissionFile
from learnin.people.models import Person
from learnin.people.roles import Can


def submission(person: Person, pk: int, *, can: Can = Can.SEE_ANSWERS) -> Submission:
    """An answer that came in. Raises Http404 or PermissionDenied."""
    also = ("round", "version", "enumerator", "invitation")
    return found_in_country(Submission, person, pk, can, way="instrument__country", also=also)


def answer(person: Person, pk: int, *, can: Can = Can.SEE_ANSWERS) -> Submission:
    """An answer that counts: no try of a draft. Raises Http404 or PermissionDenied."""
    found = submission(person, pk, can=can)
    if found.round is None or found.is_test:
        raise Http404
    return found


def flag(person: Person, pk: int, *, can: Can = Can.REVIEW_ANSWERS) -> Flag:
    """Something about an answer that somebody should look at. Raises Http404 or PermissionDenied."""
    also = ("submission__instrument__country", "submission__round")
    return found_in_country(Flag, person, pk, can, way="submission__instrument__country", also=also)


def file(person: Person, pk: int) -> SubmissionFile:
    """A file that came with an answer. Raises Http404 or PermissionDenied."""
    also = ("submission__instrument__country", "submission__version")
    way = "submission__instrument__country"
    return found_in_country(SubmissionFile, person, pk, Can.SEE_ANSWERS, way=way, also=also)


def personal_file(person: Person, pk: int) -> SubmissionFile:
    """A file about a person. Raises Http404 or PermissionDenied."""
    way = "submission__instrument__country"
    return found_in_country(SubmissionFile, person, pk, Can.SEE_PERSONAL_ANSWERS, way=way)
