"""Notices: told, seen, sent by letter once a day or a week."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from learnin.journal import access, kinds
from learnin.journal.models import Notice, NoticePreference
from learnin.journal.operations import entries
from learnin.kit import jobs, mail
from learnin.people.models import Person

Digest = NoticePreference.Digest
NEWS_DAYS = 30  # older things are no news, also for who switches the letters on again
IN_A_LETTER = 30
DAYS_BETWEEN = {Digest.DAILY: 1, Digest.WEEKLY: 7}


@transaction.atomic
def tell(person: Person, *, kind: str, params: Mapping[str, Any], url: str = "", now: datetime) -> Notice:
    """Let a person know. Never a letter by itself: letters gather (see send_digests)."""
    kinds.require(kind)
    return Notice.objects.create(person=person, kind=kind, params=dict(params), url=url, at=now)


@transaction.atomic
def mark_seen(notices: Iterable[Notice], *, now: datetime) -> int:
    """These were seen; reading leaves no line in the journal. Returns how many were new."""
    return Notice.objects.filter(pk__in=[notice.pk for notice in notices], seen_at=None).update(seen_at=now)


@transaction.atomic
def mark_all_seen(person: Person, *, now: datetime) -> int:
    """The person has seen everything told so far. Returns how many were new."""
    return Notice.objects.filter(person=person, seen_at=None, at__lte=now).update(seen_at=now)


@transaction.atomic
def choose_digest(person: Person, *, digest: str, by: Person, now: datetime) -> NoticePreference:
    """From now on the person's news come by letter this often, or never."""
    wish, _created = NoticePreference.objects.select_for_update().get_or_create(person=person)
    before = wish.digest
    if before != digest:
        wish.digest = digest
        wish.save(update_fields=["digest"])
        entries.write("digest.chosen", wish, by=by, now=now, before={"digest": before}, after={"digest": digest})
    return wish


@jobs.job(label=_("Write the letters with news"), schedule="daily 05:00")
@transaction.atomic
def send_digests(*, now: datetime, by: Person | None = None) -> dict[str, str]:
    """Write to everybody who has unseen news and whose day it is: one letter each, in their language."""
    waiting = (
        Notice.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(mailed_at=None, seen_at=None, person__is_active=True)
        .filter(at__gt=now - timedelta(days=NEWS_DAYS), at__lte=now)
        .order_by("person", "-at", "-pk")
    )
    wishes = {wish.person_id: wish for wish in NoticePreference.objects.all()}
    written = 0
    for person, news in groupby(waiting, key=lambda notice: notice.person):
        wish = wishes.get(person.pk) or NoticePreference(person=person)
        if _is_due(wish, now):
            _write(person, list(news), now)
            NoticePreference.objects.update_or_create(person=person, defaults={"last_sent_at": now})
            written += 1
    return {"text": ngettext("%(count)d letter written.", "%(count)d letters written.", written) % {"count": written}}


@transaction.atomic
def forget(person: Person, *, words: Collection[str]) -> None:
    """Remove what was told to an erased person, and the person's names from what others were told."""
    Notice.objects.filter(person=person).delete()
    NoticePreference.objects.filter(person=person).delete()
    pattern = entries.pattern_of(words)
    told = Notice.objects.annotate(params_text=Cast("params", models.TextField()))
    for notice in list(told.filter(entries.mentions(words, "params_text")).order_by("pk")):
        notice.params = entries.without(pattern, notice.params)
        notice.save(update_fields=["params"])


def _is_due(wish: NoticePreference, now: datetime) -> bool:
    if wish.digest == Digest.OFF:
        return False
    between = DAYS_BETWEEN[Digest(wish.digest)]
    return wish.last_sent_at is None or (now.date() - wish.last_sent_at.date()).days >= between


def _write(person: Person, news: list[Notice], now: datetime) -> None:
    shown = news[:IN_A_LETTER]
    with translation.override(person.language):
        sentences = kinds.say_all((notice.kind, notice.params) for notice in shown)
        subject = ngettext("%(count)d thing is new on LearnIn", "%(count)d things are new on LearnIn", len(news))
        subject %= {"count": len(news)}
    mail.letter(
        person.email,
        subject=subject,
        template="journal/mail/digest",
        context={
            "person": person,
            "news": [
                {"sentence": sentence, "at": notice.at, "url": settings.SITE_URL + notice.url if notice.url else ""}
                for sentence, notice in zip(sentences, shown, strict=True)
            ],
            "more": len(news) - len(shown),
            "all_url": settings.SITE_URL + reverse("journal:notices"),
            "wishes_url": settings.SITE_URL + reverse("journal:notice_preferences"),
        },
        language=person.language,
        unsubscribe=settings.SITE_URL + reverse("journal:stop_digest", args=[access.stop_token(person)]),
        kind="digest",
    )
    Notice.objects.filter(pk__in=[notice.pk for notice in news]).update(mailed_at=now)
