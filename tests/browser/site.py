"""The real thing: gunicorn, the worker and a mail server, on free ports of this machine, with a folder of their own."""

import ctypes
import json
import os
import secrets
import signal
import smtplib
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.browser.scenery import REFUSED

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS_TO_ANSWER = 60
SECONDS_TO_STOP = 15
SECONDS_OF_POST = 30
PR_SET_PDEATHSIG = 1  # prctl(2)


@dataclass(frozen=True)
class Site:
    """A running LearnIn."""

    address: str
    keys: dict[str, str]
    broken: dict[str, str]
    letters: "Letters"
    took: dict[str, float]
    env: dict[str, str] = field(default_factory=dict, repr=False)

    def manage(self, *words: str) -> str:
        """What `manage.py` says to these words, on this site's own database."""
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


class Letters:
    """A mail server that keeps what it is given."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, EmailMessage]] = []

    async def handle_RCPT(  # noqa: N802  (the library's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take letters to everybody but one."""
        if address == REFUSED:
            return "550 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep one letter."""
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.kept += [(to, letter) for to in envelope.rcpt_tos]
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """What came for this address, oldest first."""
        return [letter for to, letter in list(self.kept) if to == address]

    def next_to(self, address: str, *, after: int) -> EmailMessage:
        """The letter that comes after so many, once the worker has sent it."""
        wait_for(lambda: len(self.to(address)) > after, SECONDS_OF_POST, f"no letter came to {address}")
        return self.to(address)[after]


def text_of(letter: EmailMessage) -> str:
    """What a mail program without HTML shows."""
    body = letter.get_body(("plain",))
    assert body is not None
    return "\n".join(str(body.get_content()).splitlines())


def wait_for(is_so: Callable[[], bool], seconds: float, otherwise: str) -> None:
    """Wait until something is so; fail with these words where it never is."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, otherwise
        time.sleep(0.05)


@contextmanager
def running(folder: Path) -> Iterator[Site]:
    """Build everything, serve, and end every process afterwards."""
    took: dict[str, float] = {}
    with _mail_server() as (letters, mail_url), _database() as database:
        port = _free_port()
        address = f"http://127.0.0.1:{port}"
        env = _environment(folder, address, mail_url) | database
        began = time.monotonic()
        told = _build(env)
        took["scenery"] = time.monotonic() - began
        with _processes(folder, env, port) as alive:
            began = time.monotonic()
            wait_for(lambda: _answers(address, alive), SECONDS_TO_ANSWER, "the web server does not answer")
            took["start"] = time.monotonic() - began
            yield Site(address=address, letters=letters, took=took, env=env, **told)


def _environment(folder: Path, address: str, mail_url: str) -> dict[str, str]:
    """The settings of production, apart from https; and no GET may write, which production does not pay for."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("LEARNIN_")}
    return bare | {
        "DJANGO_SETTINGS_MODULE": "learnin.settings",
        "LEARNIN_DATA_DIR": str(folder),
        "LEARNIN_SITE_URL": address,
        "LEARNIN_EMAIL_URL": mail_url,
        "LEARNIN_JOB_WORKERS": "1",
        "LEARNIN_FORBID_WRITES_ON_GET": "true",
        "PYTHONUNBUFFERED": "1",
    }


@contextmanager
def _mail_server() -> Iterator[tuple[Letters, str]]:
    letters = Letters()
    controller = Controller(letters, hostname="127.0.0.1", port=_free_port())
    controller.start()
    try:
        with smtplib.SMTP("127.0.0.1", controller.port) as post:
            assert post.noop()[0] == 250
        yield letters, f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop()


@contextmanager
def _database() -> Iterator[dict[str, str]]:
    """SQLite in the folder; or, on the server of LEARNIN_DATABASE_URL, a database of our own."""
    address = os.environ.get("LEARNIN_DATABASE_URL", "")
    if not address.startswith(("postgres://", "postgresql://")):
        yield {}
        return
    name = f"learnin_browser_{secrets.token_hex(4)}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {"LEARNIN_DATABASE_URL": urlsplit(address)._replace(path=f"/{name}").geturl()}
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _build(env: dict[str, str]) -> dict[str, dict[str, str]]:
    command = [sys.executable, "-m", "tests.browser.scenery"]
    built = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    told: dict[str, dict[str, str]] = json.loads(built.stdout)
    return told


@contextmanager
def _processes(folder: Path, env: dict[str, str], port: int) -> Iterator[Callable[[], None]]:
    gunicorn = ("gunicorn", "learnin.wsgi:application", f"--bind=127.0.0.1:{port}", "--no-control-socket")
    commands = {
        "web": (*gunicorn, "--worker-class=gthread", "--threads=4", "--keep-alive=30"),
        "worker": ("manage.py", "worker"),
    }
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, words in commands.items():
            module = ("-m",) if name == "web" else ()
            with (folder / f"{name}.log").open("wb") as log:
                running[name] = subprocess.Popen(
                    [sys.executable, *module, *words],
                    cwd=ROOT,
                    env=env,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    preexec_fn=_end_with_us,
                )
        yield lambda: _all_alive(folder, running)
        _all_alive(folder, running)
    finally:
        _end(list(running.values()))


def _end_with_us() -> None:
    """On Linux, what we started ends also when the tests are killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _all_alive(folder: Path, running: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, process in running.items():
        said = (folder / f"{name}.log").read_text(errors="replace")[-4000:]
        assert process.poll() is None, f"{name} ended by itself: {said}"


def _answers(address: str, alive: Callable[[], None]) -> bool:
    alive()
    with suppress(OSError), urllib.request.urlopen(f"{address}/accessibility/", timeout=5) as answer:
        return bool(answer.status == 200)
    return False


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask each to end, wait, then end whatever is left of it and of what it started."""
    for one in processes:
        with suppress(ProcessLookupError):
            one.terminate()
    until = time.monotonic() + SECONDS_TO_STOP
    for one in processes:
        with suppress(subprocess.TimeoutExpired):
            one.wait(max(0.1, until - time.monotonic()))
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(one.pid, signal.SIGKILL)
        one.wait()
