"""A real mail server on this machine, for the tests."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Office:
    """What came in, and how the server answers."""

    answers: dict[str, str] = field(default_factory=dict)
    accepted: list[EmailMessage] = field(default_factory=list)
    hold: bool = False
    holding: threading.Event = field(default_factory=threading.Event)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the address, or not."""
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take the letter, or keep the other side waiting."""
        if self.hold:
            self.holding.set()
            await asyncio.sleep(3600)
        self.accepted.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@contextmanager
def office() -> Iterator[tuple[Office, int]]:
    """A server on a free port of this machine."""
    handler = Office()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port, server_hostname="localhost")
    controller.start()
    try:
        yield handler, port
    finally:
        controller.stop()
