"""Programs that are told of new answers: in a signed message without answers, tried until it is taken or given up."""

import hashlib
import hmac
import http.client
import json
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.assessment import calling
from learnin.assessment.models import Delivery, Round, Submission, Webhook
from learnin.journal.operations import entries
from learnin.journal.operations import jobs as journal_jobs
from learnin.kit import jobs
from learnin.kit.refusal import Refusal
from learnin.people.models import Person

AT_MOST = 5  # programs of one round
EVENT = "answers.received"


class AddressRefused(Refusal):
    """Nothing is sent to this address."""


class NotForThisRound(Refusal):
    """Programs are not told of answers that are tied to nobody, or not of more places."""


class NotTaken(Exception):
    """The program did not take the message; it is tried again."""


def add(round: Round, *, url: str, by: Person, now: datetime) -> Webhook:
    """Tell a program of new answers from now on. The secret is shown once. Raises AddressRefused, NotForThisRound."""
    if round.naming == Round.Naming.UNLINKED:
        raise NotForThisRound(
            _("Answers of this round are tied to nobody. A message would tell when one came, so none is sent.")
        )
    try:
        calling.target(url, allow_here=settings.DEBUG)
    except calling.NotCallable as why:
        raise AddressRefused(_why(why.reason)) from None
    with transaction.atomic():
        if Round.objects.select_for_update().get(pk=round.pk).webhooks.filter(stopped_at=None).count() >= AT_MOST:
            raise NotForThisRound(_("Five programs are told already. Stop one of them first."))
        made = Webhook.objects.create(round=round, url=url, secret=secrets.token_hex(32), added_by=by, added_at=now)
        entries.write("webhook.added", round, by=by, now=now, country=round.country, after={"address": _host(url)})
    return made


@transaction.atomic
def stop(webhook: Webhook, *, by: Person, now: datetime) -> None:
    """Tell the program nothing more. What waits is given up."""
    webhook = Webhook.objects.select_for_update().select_related("round__country").get(pk=webhook.pk)
    if webhook.stopped_at is None:
        webhook.stopped_at = now
        webhook.save(update_fields=["stopped_at"])
        webhook.deliveries.filter(taken_at=None, given_up_at=None).update(given_up_at=now, answer=_("Stopped"))
        told = {"address": _host(webhook.url)}
        entries.write("webhook.stopped", webhook.round, by=by, now=now, country=webhook.round.country, after=told)


@transaction.atomic
def queue(submissions: Iterable[Submission], *, by: Person | None, now: datetime) -> int:
    """One message for each program and round, with the ids of what came. Returns how many messages wait."""
    came: dict[int, list[Submission]] = {}
    for one in submissions:
        if one.round_id and not one.is_test:
            came.setdefault(one.round_id, []).append(one)
    listening = Webhook.objects.filter(round__in=came, stopped_at=None).select_related("round__country").order_by("pk")
    count = 0
    for webhook in listening:
        answers = [{"id": one.instance_id, "url": _link(one)} for one in came[webhook.round_id]]
        body = {"event": EVENT, "round": webhook.round_id, "answers": answers}
        waiting = Delivery.objects.create(webhook=webhook, body=body, queued_at=now)
        journal_jobs.start(deliver, by=by, now=now, country=webhook.round.country, delivery=waiting.pk)
        count += 1
    return count


def _link(one: Submission) -> str:
    return f"{settings.SITE_URL}{reverse('assessment:answer', args=[one.pk])}"


@jobs.job(label=gettext_lazy("Tell a program of new answers"), atomic=False, tries=8)
def deliver(delivery: int, *, by: Person | None, now: datetime) -> dict[str, str]:
    """Send a message. What is not taken is tried again with longer pauses, and in the end given up. Raises NotTaken."""
    waiting = Delivery.objects.select_related("webhook").get(pk=delivery)
    if waiting.taken_at or waiting.given_up_at:
        return {"text": waiting.answer}
    is_taken, said = _sent(waiting, now)
    waiting.tries += 1
    waiting.answer = said[:300]
    if is_taken:
        waiting.taken_at = now
    elif jobs.is_last_try():
        waiting.given_up_at = now
    still = Delivery.objects.filter(pk=waiting.pk, given_up_at=None)
    still.update(tries=waiting.tries, answer=waiting.answer, taken_at=waiting.taken_at, given_up_at=waiting.given_up_at)
    if not (is_taken or waiting.given_up_at):
        raise NotTaken(said[:200])
    return {"text": said}


def _sent(waiting: Delivery, now: datetime) -> tuple[bool, str]:
    """Whether the program took it, and what it said."""
    body = json.dumps(waiting.body, ensure_ascii=False, separators=(",", ":")).encode()
    stamp = str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "LearnIn",
        "X-LearnIn-Delivery": str(waiting.pk),
        "X-LearnIn-Timestamp": stamp,
        "X-LearnIn-Signature": f"sha256={signature(waiting.webhook.secret, stamp, body)}",
    }
    try:
        status, said = calling.post(calling.target(waiting.webhook.url, allow_here=settings.DEBUG), body, headers)
    except calling.NotCallable as why:
        return False, _why(why.reason)
    except (OSError, http.client.HTTPException) as error:
        return False, f"{type(error).__name__}: {error}"
    return 200 <= status < 300, f"{status} {said}".strip().replace("\x00", "")


def signature(secret: str, stamp: str, body: bytes) -> str:
    """What proves that a message is ours and fresh: HMAC-SHA256 over the time, a dot and the body."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _host(url: str) -> str:
    """The address without what may be secret in it."""
    return url.split("?")[0][:200]


def _why(reason: str) -> str:
    return {
        "https": _("The address must begin with https://."),
        "private": _("This address lies in a network of its own. Messages go to the open internet only."),
        "unknown": _("Nobody knows this address."),
    }.get(reason) or _("This is no address that a message can be sent to.")
