"""Minutes are approved and sealed: record, register number, official documents, and a hash over all of it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from learnin.journal.models import Attachment, Document
from learnin.journal.operations import documents as shelf
from learnin.journal.operations import entries, files
from learnin.kit import documents, written
from learnin.kit.refusal import Refusal
from learnin.people.models import Person
from learnin.taskforce import notices
from learnin.taskforce.models import Meeting, MinutesDocument, TaskForce
from learnin.taskforce.operations import minutes as operations
from learnin.taskforce.queries import minutes, papers, record
from learnin.taskforce.queries import seal as seals

TRIES = 3
"""How often we draw the documents again when somebody seals other minutes of the same task force meanwhile."""


class NotReady(Refusal):
    """The window is open, or an objection waits for its answer."""


class NotSealed(Refusal):
    """Only sealed minutes go on the shelf, and once."""


@dataclass(frozen=True)
class Drawn:
    """One official document, not stored yet."""

    language: str
    format: str
    content: bytes


@dataclass(frozen=True)
class Prepared:
    """Everything that will be sealed. Drawing takes seconds, so it is done before anything is locked."""

    kept: record.Record
    documents: tuple[Drawn, ...]


def approve(meeting: Meeting, *, by: Person, now: datetime) -> Meeting:
    """Approve the minutes and seal them, whole or not at all. Raises AlreadySealed, NotReady."""
    for _try in range(TRIES):
        meeting = Meeting.objects.select_related("task_force__country").get(pk=meeting.pk)
        _require_ready(meeting, now)
        prepared = _prepare(meeting, by, now)
        sealed = _seal(meeting, prepared, by, now)
        if sealed:
            return sealed
    raise NotReady(_("Somebody is working on the same minutes. Try again in a minute."))


def _require_ready(meeting: Meeting, now: datetime) -> None:
    if meeting.approved_at:
        raise operations.AlreadySealed(_("These minutes are sealed. Nobody can change them."))
    stands = minutes.standing(meeting, now)
    if not stands.is_sent:
        raise NotReady(_("Send the draft to members first."))
    if stands.is_window_open and meeting.objections_until:
        until = written.day(meeting.objections_until.astimezone(meeting.zone).date())
        raise NotReady(_("Members can object until %(day)s. Approve after that day.") % {"day": until})
    if stands.unanswered:
        raise NotReady(_("Answer every objection first. Waiting: %(n)d.") % {"n": len(stands.unanswered)})


def _record(meeting: Meeting, by: Person, now: datetime) -> record.Record:
    """The record as it will be sealed."""
    meeting.register_number = _next_number(meeting, now)
    meeting.approved_at, meeting.approved_by = now, by
    return record.record(meeting)


def _next_number(meeting: Meeting, now: datetime) -> str:
    start = f"{meeting.task_force.country_id}/MIN/{now.astimezone(meeting.zone).year}/"
    taken = Meeting.objects.filter(task_force=meeting.task_force_id, register_number__startswith=start)
    numbers = [int(number.removeprefix(start)) for number in taken.values_list("register_number", flat=True)]
    return f"{start}{max(numbers, default=0) + 1:03}"


def _prepare(meeting: Meeting, by: Person, now: datetime) -> Prepared:
    kept = _record(meeting, by, now)
    drawn = []
    for language in papers.languages_of(meeting.task_force.country):
        with translation.override(language):
            paper = papers.minutes(meeting, kept)
        drawn += [Drawn(language, form, documents.drawn(paper, language, format=form)) for form in documents.FORMATS]
    return Prepared(kept, tuple(drawn))


def _seal(meeting: Meeting, prepared: Prepared, by: Person, now: datetime) -> Meeting | None:
    """Store what was prepared, if it is still true; nothing otherwise. No file stays without its seal."""
    stored: list[Attachment] = []
    try:
        with transaction.atomic():
            return _store(meeting, prepared, by, now, stored)
    except BaseException:
        for attachment in stored:
            attachment.file.delete(save=False)
        raise


def _store(meeting: Meeting, prepared: Prepared, by: Person, now: datetime, stored: list[Attachment]) -> Meeting | None:
    TaskForce.objects.select_for_update(of=("self",)).get(pk=meeting.task_force_id)  # one number at a time
    meeting = operations.locked(meeting)
    _require_ready(meeting, now)
    kept = _record(meeting, by, now)
    if record.canonical(kept) != record.canonical(prepared.kept):
        return None
    covered = []
    for one in prepared.documents:
        attachment = _attach(meeting, one, by, now)
        stored.append(attachment)
        MinutesDocument.objects.create(meeting=meeting, language=one.language, format=one.format, attachment=attachment)
        covered.append((one.language, one.format, hashlib.sha256(one.content).hexdigest()))
    meeting.record = kept
    meeting.seal = seals.seal_of(record.canonical(kept), covered)
    meeting.save(update_fields=["register_number", "approved_at", "approved_by", "record", "seal"])
    after = {"register": meeting.register_number, "seal": meeting.seal}
    entries.write("minutes.sealed", meeting, by=by, now=now, country=meeting.task_force.country, after=after)
    operations.tell_members(meeting, "minutes.sealed", {"register": meeting.register_number}, now=now)
    notices.minutes_sealed.send(Meeting, meeting=meeting, by=by, now=now)
    return meeting


def _attach(meeting: Meeting, one: Drawn, by: Person, now: datetime) -> Attachment:
    name = f"{meeting.register_number.replace('/', '-')}-{one.language}.{one.format}"
    country = meeting.task_force.country
    return files.attach(BytesIO(one.content), name=name, country=country, by=by, now=now)


@transaction.atomic
def shelve(meeting: Meeting, *, by: Person, now: datetime) -> list[Document]:
    """Put the sealed PDFs on the country's shelf of documents, from where they can be published. Raises NotSealed."""
    chosen = Meeting.objects.select_for_update(of=("self",)).select_related("task_force__country")
    meeting = chosen.get(pk=meeting.pk)
    country = meeting.task_force.country
    if not meeting.approved_at:
        raise NotSealed(_("Approve the minutes first."))
    pdfs = [one for one in minutes.sealed_documents(meeting) if one.format == MinutesDocument.Format.PDF]
    if minutes.is_shelved(meeting):
        raise NotSealed(_("These minutes are on the shelf already."))
    made = []
    for one in pdfs:
        with translation.override(one.language):
            title = _("Minutes %(number)s: %(meeting)s") % {
                "number": meeting.register_number,
                "meeting": meeting.title,
            }
        with one.attachment.file.storage.open(one.attachment.file.name or "", "rb") as file:
            content = BytesIO(file.read())
        made.append(
            shelf.add(
                country,
                title=title[:200],
                language=one.language,
                theme="",
                file=content,
                name=one.attachment.name,
                by=by,
                now=now,
            )
        )
    return made
