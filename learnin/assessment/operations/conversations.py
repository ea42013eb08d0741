"""Key-informant interviews and focus groups: the guide, who came, what was said."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from learnin.assessment.models import Assessment, Conversation, Participants, Statement
from learnin.assessment.operations.rows import corrected, require_uncited, still_open
from learnin.journal.operations import entries
from learnin.kit.refusal import Refusal
from learnin.people.models import Person


class HasStatements(Refusal):
    """Statements were taken from the conversation."""


@transaction.atomic
def add(
    assessment: Assessment,
    *,
    kind: str,
    title: str,
    by: Person,
    now: datetime,
    guide: str = "",
    held_on: date | None = None,
    place: str = "",
    language: str = "",
    notes: str = "",
) -> Conversation:
    """Write down an interview or a focus group, planned or held. Raises AssessmentClosed."""
    assessment = still_open(assessment.pk)
    made = Conversation.objects.create(
        assessment=assessment,
        kind=Conversation.Kind(kind),
        title=title,
        guide=guide,
        held_on=held_on,
        place=place,
        language=language,
        notes=notes,
        added_by=by,
        added_at=now,
    )
    after = {"title": title, "kind": kind, "held_on": held_on}
    entries.write("conversation.added", made, by=by, now=now, country=assessment.country, after=after)
    return made


@transaction.atomic
def correct(conversation: Conversation, *, by: Person, now: datetime, **new: Any) -> None:
    """Change the guide, the day, the notes. Raises AssessmentClosed."""
    country = still_open(conversation.assessment_id).country
    conversation = Conversation.objects.select_for_update().get(pk=conversation.pk)
    corrected(conversation, new, verb="conversation.corrected", country=country, by=by, now=now)


@transaction.atomic
def remove(conversation: Conversation, *, by: Person, now: datetime) -> None:
    """Take a conversation off the list, as long as no statement was taken from it.

    Raises AssessmentClosed, HasStatements.
    """
    country = still_open(conversation.assessment_id).country
    if conversation.statements.exists():
        raise HasStatements(_("Statements were taken from this conversation. Take them away first."))
    before = {"title": conversation.title}
    entries.write("conversation.removed", conversation, by=by, now=now, country=country, before=before)
    conversation.delete()


@transaction.atomic
def note_participants(
    conversation: Conversation, *, audience: str, number: int, by: Person, now: datetime, note: str = ""
) -> Participants:
    """Note how many people of a group took part; what was noted of the same group before is replaced.

    Raises AssessmentClosed.
    """
    country = still_open(conversation.assessment_id).country
    told = {"number": number, "note": note}
    found = conversation.participants.filter(audience=audience).first()
    if found:
        corrected(found, told, verb="participants.noted", country=country, by=by, now=now)
        return found
    made = Participants.objects.create(conversation=conversation, audience=audience, **told)
    entries.write("participants.noted", made, by=by, now=now, country=country, after={"audience": audience, **told})
    return made


@transaction.atomic
def correct_participants(participants: Participants, *, by: Person, now: datetime, **new: Any) -> None:
    """Change how many of a group took part. Raises AssessmentClosed."""
    country = still_open(participants.conversation.assessment_id).country
    participants = Participants.objects.select_for_update().get(pk=participants.pk)
    corrected(participants, new, verb="participants.noted", country=country, by=by, now=now)


@transaction.atomic
def remove_participants(participants: Participants, *, by: Person, now: datetime) -> None:
    """This group did not take part after all. Raises AssessmentClosed."""
    country = still_open(participants.conversation.assessment_id).country
    before = {"audience": participants.audience, "number": participants.number}
    entries.write("participants.removed", participants, by=by, now=now, country=country, before=before)
    participants.delete()


@transaction.atomic
def add_statement(
    conversation: Conversation,
    *,
    text: str,
    dimension: str,
    by: Person,
    now: datetime,
    audience: str = "",
    theme: str = "",
    component: str = "",
) -> Statement:
    """Write down something that was said, and what it is about. Raises AssessmentClosed."""
    country = still_open(conversation.assessment_id).country
    told = {"text": text, "audience": audience, "dimension": dimension, "theme": theme, "component": component}
    made = Statement.objects.create(conversation=conversation, added_by=by, added_at=now, **told)
    entries.write("statement.added", made, by=by, now=now, country=country, after=told)
    return made


@transaction.atomic
def correct_statement(statement: Statement, *, by: Person, now: datetime, **new: Any) -> None:
    """Change a statement or what it is about. Raises AssessmentClosed."""
    country = still_open(statement.conversation.assessment_id).country
    statement = Statement.objects.select_for_update().get(pk=statement.pk)
    corrected(statement, new, verb="statement.corrected", country=country, by=by, now=now)


@transaction.atomic
def remove_statement(statement: Statement, *, by: Person, now: datetime) -> None:
    """Take a statement away; the journal keeps it. Raises AssessmentClosed."""
    country = still_open(statement.conversation.assessment_id).country
    require_uncited(statement)
    entries.write("statement.removed", statement, by=by, now=now, country=country, before={"text": statement.text})
    statement.delete()
