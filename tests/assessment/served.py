"""A server with real processes, and a phone that speaks plain HTTP to it."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.installation import ROOT, Installation, environment

SECONDS = 60
IDLE = 1.0  # gunicorn closes a line after two seconds
SERVER = ("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "error")


@dataclass(frozen=True)
class Said:
    """What the server answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


@dataclass
class Phone:
    """One connection that stays open; a new one where it broke, or rested for longer than the server waits."""

    port: int
    line: http.client.HTTPConnection | None = None
    used_at: float = 0

    def ask(
        self, method: str, path: str, body: bytes | Iterator[bytes] | None = None, headers: dict[str, str] | None = None
    ) -> Said:
        """One request, nothing added but what HTTP needs. Raises OSError or HTTPException where the line breaks."""
        if time.monotonic() - self.used_at > IDLE:
            self.hang_up()
        if self.line is None:
            self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            self.line.request(
                method, path, body=body, headers=headers or {}, encode_chunked=not isinstance(body, bytes)
            )
            answer = self.line.getresponse()
            said = Said(answer.status, answer.headers, answer.read())
        except BaseException:
            self.hang_up()
            raise
        self.used_at = time.monotonic()
        return said

    def post(
        self,
        path: str,
        xml: bytes,
        *,
        files: dict[str, bytes] | None = None,
        is_incomplete: bool = False,
        **headers: str,
    ) -> Said:
        """An answer with files, as Collect posts it."""
        kind, body = multipart(xml, files or {}, is_incomplete=is_incomplete)
        return self.ask("POST", path, body, {"Content-Type": kind, "X-OpenRosa-Version": "1.0", **headers})

    def hang_up(self) -> None:
        """The line is closed."""
        if self.line is not None:
            self.line.close()
            self.line = None


def multipart(xml: bytes, files: dict[str, bytes], *, is_incomplete: bool = False) -> tuple[str, bytes]:
    """The body of a post, and its kind."""
    edge, parts = uuid4().hex, []
    given = [("xml_submission_file", "answer.xml", "text/xml", xml)]
    given += [(name, name, "application/octet-stream", content) for name, content in files.items()]
    for name, file_name, kind, content in given:
        head = f'Content-Disposition: form-data; name="{name}"; filename="{file_name}"\r\nContent-Type: {kind}'
        parts.append(f"--{edge}\r\n{head}\r\n\r\n".encode() + content + b"\r\n")
    if is_incomplete:
        head = 'Content-Disposition: form-data; name="*isIncomplete*"'
        parts.append(f"--{edge}\r\n{head}\r\n\r\nyes\r\n".encode())
    return f"multipart/form-data; boundary={edge}", b"".join(parts) + f"--{edge}--\r\n".encode()


@dataclass
class Field(Installation):
    """A round in the field: its server, and what one must know to reach it."""

    port: int = 0
    laid: dict[str, Any] = field(default_factory=dict)
    server: subprocess.Popen[bytes] | None = None
    teller: subprocess.Popen[str] | None = None

    def story(self, *command: str) -> dict[str, Any]:
        """Lay something, or tell what is there. One program stays up for all of it."""
        if self.teller is None:
            program = [sys.executable, "-m", "tests.assessment.field"]
            self.teller = subprocess.Popen(
                program, cwd=ROOT, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        self.teller.stdin.write(json.dumps(command) + "\n")
        self.teller.stdin.flush()
        said = self.teller.stdout.readline()
        assert said, f"{command} went wrong"
        return json.loads(said)

    def start(self) -> None:
        """The server, with all its processes in a group of their own."""
        command = [sys.executable, "-m", "gunicorn", "learnin.wsgi", "--bind", f"127.0.0.1:{self.port}", *SERVER]
        with (self.folder / "server.log").open("ab") as log:
            self.server = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + SECONDS
        phone = Phone(self.port)
        while True:
            try:
                said = phone.ask("HEAD", f"/collect/{self.laid['key']}/submission")
            except (OSError, http.client.HTTPException):
                assert time.monotonic() < until, (self.folder / "server.log").read_text()[-4000:]
                time.sleep(0.1)
            else:
                phone.hang_up()
                assert said.status == 204
                return

    def kill(self) -> None:
        """Every process of the server at once, with -9."""
        if self.server is not None:
            os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait(SECONDS)
            self.server = None


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def in_the_field(folder: Path) -> Iterator[Field]:
    """A round that is served; gone afterwards."""
    with environment(folder) as variables:
        found = Field({**variables, "LEARNIN_BEHIND_PROXY": "true"}, folder, port=_free())
        found.call("manage.py", "migrate", "--verbosity=0")
        found.call("manage.py", "collectstatic", "--no-input", "--verbosity=0")
        found.laid = found.story("lay")
        try:
            yield found
        finally:
            found.kill()
            found.teller.communicate(timeout=SECONDS)
