"""The journal for programs: lines, documents, notices, behind the same gate as the pages."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Schema
from pydantic import Field

from learnin.journal import access
from learnin.journal.models import Document
from learnin.journal.operations import documents as operations
from learnin.journal.queries import entries, files, notices
from learnin.kit import api
from learnin.people import access as people
from learnin.people.api import CONFLICT, FORBIDDEN, NOT_FOUND, CountryCode
from learnin.people.roles import Can
from learnin.people.sign_in.programs import ApiRequest

router = Router()


class FileOut(Schema):
    """A file, and where it is read with the same token or session."""

    name: str
    media_type: str
    size: int
    sha256: str
    url: str


class DocumentOut(Schema):
    """A document of a country."""

    id: int
    title: str
    language: str
    theme: str
    country: str
    added_at: datetime
    is_public: bool
    published_at: datetime | None
    withdrawn_at: datetime | None
    file: FileOut


class Who(Schema):
    """Who did it."""

    id: int
    name: str


class What(Schema):
    """To what it was done; its name is the one it had then."""

    kind: str
    id: str
    name: str


class LineOut(Schema):
    """A line of the journal. Without `by`, LearnIn did it by itself."""

    id: int
    at: datetime
    by: Who | None
    verb: str
    sentence: str
    on: What
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class Lines(Schema):
    """A piece of the journal, newest first, and where the next piece begins."""

    items: list[LineOut]
    next: str | None = Field(description="The cursor of the next piece; nothing at the end")


class LinesAsked(api.Asked):
    """Which lines are asked for. Nothing chosen is all of them."""

    by: api.Id | None = Field(None, description="Who did it: the id of a person")
    verb: str | None = Field(None, max_length=60, pattern=api.NO_NUL)
    kind: str | None = Field(
        None, max_length=100, pattern=r"^[a-z0-9_]+\.[a-z0-9_]+$", description="As `on.kind` says it"
    )
    since: date | None = Field(None, description="First day")
    until: date | None = Field(None, description="Last day")
    cursor: str | None = Field(None, max_length=120, pattern=r"^[A-Za-z0-9_=-]+$")
    limit: int = Field(50, ge=1, le=api.MOST)


class NoticeOut(Schema):
    """One thing a person was told."""

    id: int
    kind: str
    sentence: str
    url: str
    at: datetime
    seen_at: datetime | None


def _document(document: Document) -> DocumentOut:
    file = document.attachment
    kept: dict[str, Any] = {
        name: getattr(document, name)
        for name in ("id", "title", "language", "theme", "added_at", "is_public", "published_at", "withdrawn_at")
    }
    return DocumentOut(
        country=document.country_id,
        file=FileOut(
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
            url=reverse("journal:file", args=[file.pk]),
        ),
        **kept,
    )


def _line(line: entries.Line) -> LineOut:
    entry = line.entry
    return LineOut(
        id=entry.pk,
        at=entry.at,
        by=Who(id=entry.by.pk, name=entry.by.name) if entry.by else None,
        verb=entry.verb,
        sentence=line.sentence,
        on=What(kind=f"{entry.on_app}.{entry.on_model}", id=entry.on_id, name=entry.on_label),
        before=entry.before,
        after=entry.after,
    )


def _notice(news: notices.News) -> NoticeOut:
    kept = {name: getattr(news.notice, name) for name in ("id", "kind", "url", "at", "seen_at")}
    return NoticeOut(sentence=news.sentence, **kept)


def _cursor_after(at: datetime, pk: int) -> str:
    return urlsafe_b64encode(f"{at.astimezone(UTC).isoformat()} {pk}".encode()).decode()


def _after(cursor: str) -> Q:
    """The lines below the cursor. Raises Unreadable."""
    try:
        at, pk = urlsafe_b64decode(cursor).decode().split(" ")
        moment, number = datetime.fromisoformat(at).astimezone(UTC), int(pk)
        if not 0 < number <= api.BIGGEST:
            raise ValueError
    except (ValueError, OverflowError):
        raise api.Unreadable([api.Wrong(where="query.cursor", why=_("This is no cursor of ours."))]) from None
    return Q(at__lt=moment) | Q(at=moment, pk__lt=number)


@router.get("/countries/{code}/documents", response=api.answers(api.Listed[DocumentOut], NOT_FOUND), tags=["Documents"])
def documents(request: ApiRequest, code: Path[CountryCode], asked: Query[api.Piece]) -> dict:
    """What the country keeps, newest first."""
    return api.piece(files.documents(people.country(request.auth, code)), asked, _document)


@router.post(
    "/documents/{pk}/publish",
    response=api.answers(DocumentOut, FORBIDDEN, NOT_FOUND, CONFLICT),
    tags=["Documents"],
)
def publish(request: ApiRequest, pk: Path[api.Id], asked: Query[api.Asked]) -> DocumentOut:
    """Put a document on the public page."""
    document = access.document(request.auth, pk, can=Can.PUBLISH_DOCUMENTS)
    return _document(operations.publish(document, by=request.auth, now=timezone.now()))


@router.post(
    "/documents/{pk}/withdraw",
    response=api.answers(DocumentOut, FORBIDDEN, NOT_FOUND, CONFLICT),
    tags=["Documents"],
)
def withdraw(request: ApiRequest, pk: Path[api.Id], asked: Query[api.Asked]) -> DocumentOut:
    """Take a document off the public page."""
    document = access.document(request.auth, pk, can=Can.PUBLISH_DOCUMENTS)
    return _document(operations.withdraw(document, by=request.auth, now=timezone.now()))


@router.get("/countries/{code}/journal", response=api.answers(Lines, FORBIDDEN, NOT_FOUND), tags=["Journal"])
def journal(request: ApiRequest, code: Path[CountryCode], asked: Query[LinesAsked]) -> Lines:
    """What was changed in the country, newest first. A piece stays the same while new lines come in."""
    _country, lines = access.lines_in(request.auth, code)
    if asked.cursor:
        lines = lines.filter(_after(asked.cursor))
    wanted = entries.Wanted(
        by=str(asked.by or ""), verb=asked.verb or "", kind=asked.kind or "", since=asked.since, until=asked.until
    )
    found = list(entries.wanted_lines(lines, wanted)[: asked.limit + 1])
    here = found[: asked.limit]
    last = _cursor_after(here[-1].at, here[-1].pk) if len(found) > len(here) else None
    return Lines(items=[_line(line) for line in entries.told(here)], next=last)


@router.get("/me/notices", response=api.answers(api.Listed[NoticeOut]), tags=["Me"])
def own_notices(request: ApiRequest, asked: Query[api.Piece]) -> dict:
    """What I was told, newest first."""
    told = notices.notices_to(request.auth)
    here = notices.told(told[asked.offset : asked.offset + asked.limit])
    return {"count": told.count(), "items": [_notice(news) for news in here]}
