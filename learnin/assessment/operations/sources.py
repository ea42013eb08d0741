"""The desk review: documents that were read, and the facts they hold."""

from datetime import datetime
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from learnin.assessment.models import Assessment, Fact, Source
from learnin.assessment.operations.rows import corrected, renew, require_uncited, still_open
from learnin.journal.operations import entries, files
from learnin.kit.refusal import Refusal
from learnin.people.models import Person


class HasFacts(Refusal):
    """Facts were taken from the document."""


@transaction.atomic
def add(
    assessment: Assessment,
    *,
    title: str,
    by: Person,
    now: datetime,
    publisher: str = "",
    year: int | None = None,
    url: str = "",
    file: IO[bytes] | None = None,
    file_name: str = "",
) -> Source:
    """Write down a document that the desk review reads. Raises AssessmentClosed, FileRefused."""
    assessment = still_open(assessment.pk)
    country = assessment.country
    kept = files.attach(file, name=file_name, country=country, by=by, now=now) if file else None
    made = Source.objects.create(
        assessment=assessment,
        title=title,
        publisher=publisher,
        year=year,
        url=url,
        attachment=kept,
        added_by=by,
        added_at=now,
    )
    entries.write("source.added", made, by=by, now=now, country=country, after={"title": title, "file": file_name})
    return made


@transaction.atomic
def correct(
    source: Source, *, by: Person, now: datetime, file: IO[bytes] | None = None, file_name: str = "", **new: Any
) -> None:
    """Change what is known of a document, or its file. Raises AssessmentClosed, FileRefused."""
    country = still_open(source.assessment_id).country
    source = Source.objects.select_for_update(of=("self",)).get(pk=source.pk)
    was = source.attachment.name if source.attachment else ""
    before, after = renew(source, new)
    if file:
        renew(source, {"attachment": files.attach(file, name=file_name, country=country, by=by, now=now)})
        before, after = before | {"file": was}, after | {"file": file_name}
    if before:
        entries.write("source.corrected", source, by=by, now=now, country=country, before=before, after=after)


@transaction.atomic
def remove(source: Source, *, by: Person, now: datetime) -> None:
    """Take a document off the list, as long as no fact was taken from it. Raises AssessmentClosed, HasFacts."""
    country = still_open(source.assessment_id).country
    if source.facts.exists():
        raise HasFacts(_("Facts were taken from this document. Take them away first."))
    entries.write("source.removed", source, by=by, now=now, country=country, before={"title": source.title})
    source.delete()


@transaction.atomic
def add_fact(
    source: Source,
    *,
    text: str,
    page: str,
    dimension: str,
    by: Person,
    now: datetime,
    theme: str = "",
    component: str = "",
) -> Fact:
    """Write down what a document says, and where. Raises AssessmentClosed."""
    country = still_open(source.assessment_id).country
    told = {"text": text, "page": page, "dimension": dimension, "theme": theme, "component": component}
    made = Fact.objects.create(source=source, added_by=by, added_at=now, **told)
    entries.write("fact.added", made, by=by, now=now, country=country, after=told)
    return made


@transaction.atomic
def correct_fact(fact: Fact, *, by: Person, now: datetime, **new: Any) -> None:
    """Change a fact, its page or what it is about. Raises AssessmentClosed."""
    country = still_open(fact.source.assessment_id).country
    fact = Fact.objects.select_for_update().get(pk=fact.pk)
    corrected(fact, new, verb="fact.corrected", country=country, by=by, now=now)


@transaction.atomic
def remove_fact(fact: Fact, *, by: Person, now: datetime) -> None:
    """Take a fact away; the journal keeps it. Raises AssessmentClosed."""
    country = still_open(fact.source.assessment_id).country
    require_uncited(fact)
    before = {"text": fact.text, "page": fact.page}
    entries.write("fact.removed", fact, by=by, now=now, country=country, before=before)
    fact.delete()
