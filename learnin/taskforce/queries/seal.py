"""The seal of minutes: what it covers, and whether it still holds."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from learnin.journal.models import Attachment, Entry
from learnin.kit import documents
from learnin.taskforce.models import Meeting, MinutesDocument
from learnin.taskforce.queries import minutes, papers, record

CHUNK = 1024 * 1024
Covered = tuple[str, str, str]
"""Language, format and SHA-256 of a document."""


def seal_of(canonical: bytes, covered: Iterable[Covered]) -> str:
    """SHA-256 over the record and one line for each document, in the order of language and format."""
    lines = "".join(f"\n{language} {format} {digest}" for language, format, digest in sorted(covered))
    return hashlib.sha256(canonical + lines.encode()).hexdigest()


def verify(meeting: Meeting) -> list[str]:
    """What is broken, in sentences; nothing when the seal holds. Reads every stored byte again."""
    if not meeting.seal or meeting.record is None:
        return [_("These minutes are not sealed.")]
    kept = minutes.sealed_documents(meeting)
    found = [*_missing(meeting, kept)]
    digests = {one.pk: digest_of(one.attachment) for one in kept}
    for one in kept:
        if digests[one.pk] is None:
            found.append(_("This document is lost: %(name)s") % {"name": one.attachment.name})
        elif digests[one.pk] != one.attachment.sha256:
            found.append(_("This document was changed: %(name)s") % {"name": one.attachment.name})
    covered = [(one.language, one.format, digests[one.pk] or "") for one in kept]
    if seal_of(record.canonical(meeting.record), covered) != meeting.seal and not found:
        found.append(_("The record, the seal or the list of documents was changed."))
    if _in_journal(meeting) != meeting.seal:
        found.append(_("The journal keeps another seal for this meeting."))
    return found or _changed_since(meeting, meeting.record)


def digest_of(attachment: Attachment) -> str | None:
    """SHA-256 of the stored file as it lies there now; nothing when it is lost."""
    digest = hashlib.sha256()
    try:
        with attachment.file.storage.open(attachment.file.name or "", "rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except FileNotFoundError:
        return None
    return digest.hexdigest()


def _missing(meeting: Meeting, kept: list[MinutesDocument]) -> Iterable[str]:
    there = {(one.language, one.format) for one in kept}
    wanted = {language for language, _format in there} or set(papers.languages_of(meeting.task_force.country))
    for language in sorted(wanted):
        for format in documents.FORMATS:
            if (language, format) not in there:
                yield _("A document is missing: %(language)s, %(format)s") % {
                    "language": language,
                    "format": format.upper(),
                }


def _in_journal(meeting: Meeting) -> str:
    lines = Entry.objects.filter(
        verb="minutes.sealed", on_app="taskforce", on_model="meeting", on_id=str(meeting.pk)
    ).order_by("pk")
    line = lines.first()
    return str((line.after or {}).get("seal", "")) if line else ""


def _changed_since(meeting: Meeting, kept: record.Record) -> list[str]:
    """Whether the pages still say what was sealed."""
    if _text_of(record.record(meeting)) == _text_of(kept):
        return []
    return [_("What the pages show differs from the sealed record.")]


def _text_of(kept: record.Record) -> list[Any]:
    agenda = [[item["position"], item["title"], item["notes"]] for item in kept["agenda"]]
    return [kept["meeting"]["title"], kept["meeting"]["starts_at"], agenda, kept["decisions"]]


def sealed_meetings(country: str = "") -> QuerySet[Meeting]:
    """Every sealed meeting, of one country or of all."""
    found = Meeting.objects.exclude(seal="").select_related("task_force__country", "approved_by")
    found = found.filter(task_force__country=country) if country else found
    return found.order_by("task_force__country", "register_number", "pk")
