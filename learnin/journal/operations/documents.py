"""A country's documents: added, published, withdrawn."""

from datetime import datetime
from typing import IO

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from learnin.journal.models import Document
from learnin.journal.operations import entries, files, notices
from learnin.kit import written
from learnin.kit.refusal import Refusal
from learnin.people.models import Country, Person


class AlreadyPublic(Refusal):
    """Everybody can open it already."""


class NotPublic(Refusal):
    """It is not on the public page, so it cannot be taken off."""


@transaction.atomic
def add(
    country: Country,
    *,
    title: str,
    language: str,
    theme: str,
    file: IO[bytes],
    name: str,
    by: Person,
    now: datetime,
) -> Document:
    """Keep a document for the country's people. Raises files.FileRefused."""
    attachment = files.attach(file, name=name, country=country, by=by, now=now)
    document = Document.objects.create(
        country=country,
        title=title,
        language=language,
        theme=theme,
        attachment=attachment,
        added_by=by,
        added_at=now,
    )
    after = {"title": title, "language": language, "theme": theme, "file": attachment.name, "sha256": attachment.sha256}
    entries.write("document.added", document, by=by, now=now, country=country, after=after)
    return document


@transaction.atomic
def publish(document: Document, *, by: Person, now: datetime) -> Document:
    """Put it on the public page. Raises AlreadyPublic."""
    document = _locked(document)
    if document.is_public:
        raise AlreadyPublic(
            _("“%(title)s” is on the public page since %(day)s.")
            % {"title": document.title, "day": written.day(document.published_at or now)}
        )
    document.published_at, document.published_by = now, by
    document.withdrawn_at = document.withdrawn_by = None
    document.save(update_fields=["published_at", "published_by", "withdrawn_at", "withdrawn_by"])
    entries.write("document.published", document, by=by, now=now, country=document.country)
    _tell(document, "document.published", by, now)
    return document


@transaction.atomic
def withdraw(document: Document, *, by: Person, now: datetime) -> Document:
    """Take it off the public page; the country's people keep it. Raises NotPublic."""
    document = _locked(document)
    if not document.is_public:
        raise NotPublic(_("“%(title)s” is not on the public page.") % {"title": document.title})
    document.withdrawn_at, document.withdrawn_by = now, by
    document.save(update_fields=["withdrawn_at", "withdrawn_by"])
    entries.write("document.withdrawn", document, by=by, now=now, country=document.country)
    _tell(document, "document.withdrawn", by, now)
    return document


def _locked(document: Document) -> Document:
    return Document.objects.select_for_update(of=("self",)).select_related("country", "added_by").get(pk=document.pk)


def _tell(document: Document, kind: str, by: Person, now: datetime) -> None:
    """Whoever added a document hears what becomes of it."""
    if document.added_by_id != by.pk:
        notices.tell(
            document.added_by,
            kind=kind,
            params={"title": document.title, "country": document.country_id},
            url=reverse("journal:documents", args=[document.country_id]),
            now=now,
        )
