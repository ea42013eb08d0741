"""Letters: into the outbox, out of the house, and out of our memory."""

import base64
import smtplib
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.mime.base import MIMEBase
from email.utils import format_datetime, make_msgid
from typing import Any
from urllib.parse import urlsplit

from anymail import exceptions as anymail
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.journal.models import Job, Mail
from learnin.journal.operations import entries
from learnin.journal.operations import jobs as queue
from learnin.kit import jobs
from learnin.kit.refusal import Refusal
from learnin.people.models import Person

CONTENT_KEPT = timedelta(days=7)  # of letters that could not be delivered
ROWS_KEPT = timedelta(days=90)
PERMANENT = (
    anymail.AnymailRecipientsRefused,
    anymail.AnymailInvalidAddress,
    anymail.AnymailSerializationError,
    UnicodeError,
    ValueError,  # a header that cannot be written
)


class CannotSendAgain(Refusal):
    """The letter was sent, is on its way, or its text is gone."""


@transaction.atomic
def post(message: EmailMessage, *, now: datetime) -> Mail | None:
    """Put a message into the outbox; it leaves after the caller's transaction. A message to nobody is none."""
    if not message.recipients():
        return None
    mail = Mail.objects.create(
        to=", ".join(message.recipients()),
        subject=str(message.subject),
        language=getattr(message, "language", "") or translation.get_language() or settings.LANGUAGE_CODE,
        kind=getattr(message, "kind", ""),
        content=_packed(message, now),
        created_at=now,
    )
    mail.job = queue.start(deliver, by=None, now=now, mail_pk=mail.pk)
    mail.save(update_fields=["job"])
    return mail


def _packed(message: EmailMessage, now: datetime) -> dict[str, Any]:
    """All it takes to send the message later, as often as needed, with the same Message-ID and date."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    headers = {
        "Message-ID": make_msgid(domain=host),
        "Date": format_datetime(now),
        "Auto-Submitted": "auto-generated",
        **{name: str(value) for name, value in message.extra_headers.items()},
    }
    return {
        "from": str(message.from_email),
        "to": [str(address) for address in message.to],
        "cc": [str(address) for address in message.cc],
        "bcc": [str(address) for address in message.bcc],
        "reply_to": [str(address) for address in message.reply_to],
        "subject": str(message.subject),
        "body": str(message.body),
        "subtype": message.content_subtype,
        "alternatives": [[str(content), kind] for content, kind in getattr(message, "alternatives", [])],
        "attachments": [_packed_attachment(attachment) for attachment in message.attachments],
        "headers": headers,
    }


def _packed_attachment(attachment: Any) -> list[str]:
    if isinstance(attachment, MIMEBase):
        name, kind = attachment.get_filename() or "", attachment.get_content_type()
        content = attachment.get_payload(decode=True)
    else:
        name, content, kind = attachment
    data = content.encode() if isinstance(content, str) else bytes(content)
    return [name or "", base64.b64encode(data).decode("ascii"), kind or "application/octet-stream"]


def unpacked(content: dict[str, Any]) -> EmailMultiAlternatives:
    """The message as it was posted."""
    fields = {name: content[name] for name in ("to", "cc", "bcc", "reply_to", "headers", "body", "subject")}
    message = EmailMultiAlternatives(**fields, from_email=content["from"])
    message.content_subtype = content["subtype"]
    for text, kind in content["alternatives"]:
        message.attach_alternative(text, kind)
    for name, data, kind in content["attachments"]:
        raw = base64.b64decode(data)
        message.attach(name, raw.decode() if kind.startswith("text/") else raw, kind)
    return message


@jobs.job(label=gettext_lazy("Deliver a letter"), tries=6, atomic=False)
def deliver(*, mail_pk: int, by: Person | None, now: datetime) -> None:
    """Hand one letter to the mail server, then forget what it says.

    No transaction is open while the server answers. A worker killed between the server's yes and our note of it sends
    the letter a second time, with the same Message-ID: better twice than never.
    """
    mail = Mail.objects.filter(pk=mail_pk, state=Mail.State.WAITING).first()
    if mail is None or mail.content is None:
        return
    try:
        get_connection(settings.MAIL_DELIVERY_BACKEND, fail_silently=False).send_messages([unpacked(mail.content)])
    except Exception as problem:
        is_final = is_permanent(problem)
        _not_delivered(mail, problem, is_final=is_final or jobs.is_last_try())
        if is_final:
            return
        raise
    with jobs.finishing():
        Mail.objects.filter(pk=mail.pk).update(
            state=Mail.State.SENT, sent_at=now, content=None, error="", tries=mail.tries + 1
        )


def _not_delivered(mail: Mail, problem: Exception, *, is_final: bool) -> None:
    state = Mail.State.FAILED if is_final else Mail.State.WAITING
    Mail.objects.filter(pk=mail.pk).update(state=state, tries=mail.tries + 1, error=_in_words(problem))


def is_permanent(problem: Exception) -> bool:
    """The server will never take this letter (RFC 5321, 4.2.1: codes from 500), or nobody can send it."""
    if isinstance(problem, smtplib.SMTPAuthenticationError):
        return False  # our settings are wrong, not the letter
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in problem.recipients.values())
    if isinstance(problem, smtplib.SMTPResponseException):
        return problem.smtp_code >= 500
    return isinstance(problem, PERMANENT)


def _in_words(problem: Exception) -> str:
    """What the server said, readable."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        answers: Sequence[tuple[str, tuple[int, bytes]]] = sorted(problem.recipients.items())
        return "; ".join(f"{to}: {code} {words.decode(errors='replace')}" for to, (code, words) in answers)
    if isinstance(problem, smtplib.SMTPResponseException):
        said = problem.smtp_error
        return f"{problem.smtp_code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
    return f"{type(problem).__name__}: {problem}"


@transaction.atomic
def send_again(mail: Mail, *, by: Person, now: datetime) -> Mail:
    """Try a letter again that could not be delivered. Raises CannotSendAgain."""
    mail = Mail.objects.select_for_update().get(pk=mail.pk)
    if not mail.can_be_sent_again:
        raise CannotSendAgain(_("Only a letter that failed in the last 7 days can be sent again."))
    mail.state, mail.error = Mail.State.WAITING, ""
    mail.job = queue.start(deliver, by=None, now=now, mail_pk=mail.pk)
    mail.save()
    entries.write("mail.sent-again", mail, by=by, now=now)
    return mail


@jobs.job(label=gettext_lazy("Tidy the outbox"), schedule="every hour")
def tidy(*, by: Person | None, now: datetime) -> None:
    """Call a letter failed when its job failed; forget what failed letters say; forget old letters altogether."""
    given_up = Mail.objects.filter(state=Mail.State.WAITING, job__state=Job.State.FAILED)
    given_up.update(state=Mail.State.FAILED, error=_("Its worker stopped in mid-job, each time."))
    old = Q(created_at__lt=now - CONTENT_KEPT, state=Mail.State.FAILED)
    Mail.objects.filter(old, content__isnull=False).update(content=None)
    Mail.objects.filter(created_at__lt=now - ROWS_KEPT).delete()


@transaction.atomic
def forget(address: str) -> int:
    """Remove every letter to this address: its owner asked to be erased."""
    return Mail.objects.filter(to__iexact=address).delete()[0]
