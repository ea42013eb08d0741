"""Who may reach other evidence: documents, conversations, experts, resources."""

from django.contrib.auth.models import AnonymousUser

from learnin.assessment.access.countries import found_in_country
from learnin.assessment.models import Conversation, Expert, Fact, Participants, Resource, Source, Statement
from learnin.journal import access as files
from learnin.journal.models import Attachment
from learnin.people.models import Person
from learnin.people.roles import Can, may


def source(person: Person, pk: int, *, can: Can = Can.SEE_ASSESSMENT) -> Source:
    """A document of the desk review. Raises Http404 or PermissionDenied."""
    return found_in_country(Source, person, pk, can, way="assessment__country", also=("attachment",))


def fact(person: Person, pk: int, *, can: Can = Can.ADD_EVIDENCE) -> Fact:
    """A fact that a document holds. Raises Http404 or PermissionDenied."""
    return found_in_country(Fact, person, pk, can, way="source__assessment__country")


def conversation(person: Person, pk: int, *, can: Can = Can.SEE_ASSESSMENT) -> Conversation:
    """An interview or a focus group. Raises Http404 or PermissionDenied."""
    return found_in_country(Conversation, person, pk, can, way="assessment__country")


def participants(person: Person, pk: int, *, can: Can = Can.ADD_EVIDENCE) -> Participants:
    """Who took part in a conversation. Raises Http404 or PermissionDenied."""
    return found_in_country(Participants, person, pk, can, way="conversation__assessment__country")


def statement(person: Person, pk: int, *, can: Can = Can.ADD_EVIDENCE) -> Statement:
    """Something that was said. Raises Http404 or PermissionDenied."""
    return found_in_country(Statement, person, pk, can, way="conversation__assessment__country")


def expert(person: Person, pk: int, *, can: Can = Can.ADD_EVIDENCE) -> Expert:
    """Somebody on the list of experts. Raises Http404 or PermissionDenied."""
    return found_in_country(Expert, person, pk, can)


def resource(person: Person, pk: int, *, can: Can = Can.ADD_EVIDENCE) -> Resource:
    """Something the country has. Raises Http404 or PermissionDenied."""
    return found_in_country(Resource, person, pk, can)


@files.holder
def through_source(person: Person | AnonymousUser, attachment: Attachment) -> bool:
    """Whoever may see the needs assessment may open what its desk review read."""
    country = attachment.country
    return country is not None and may(person, Can.SEE_ASSESSMENT, country) and attachment.assessment_sources.exists()
