"""How letters leave: every one into the outbox first; without a mail server, into files and onto the console."""

import logging
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from learnin.journal.operations import mail

log = logging.getLogger(__name__)


class OutboxBackend(BaseEmailBackend):
    """Keeps every message in the outbox, in the caller's transaction; the worker delivers it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Put them all into the outbox."""
        now = timezone.now()
        return sum(mail.post(message, now=now) is not None for message in email_messages)


class ConsoleBackend(BaseEmailBackend):
    """For one's own machine: a letter becomes a file in var/mail and a few lines where the worker runs."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each to a file and to the console."""
        folder = Path(settings.MAIL_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            parsed = message.message()
            name = str(parsed["Message-ID"]).strip("<>").partition("@")[0]
            (folder / f"{timezone.now():%Y%m%d-%H%M%S}-{name}.eml").write_bytes(parsed.as_bytes())
            log.warning("Letter to %s: %s\n%s", ", ".join(message.recipients()), message.subject, message.body)
        return len(email_messages)
