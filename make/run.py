"""Start LearnIn on this machine: web server and background worker, with the example country."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType

from make import environment, system
from make.steps import PYTHON, ROOT, Stop, heading, once, run, say, start

MANAGE = (str(PYTHON), "manage.py")
SECONDS_TO_ANSWER = 60
SECONDS_TO_STOP = 15
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
NOBODY, SOMEBODY = 40, 41
COUNT_PEOPLE = f"""
import sys, django
django.setup()
from django.contrib.auth import get_user_model
sys.exit({SOMEBODY} if get_user_model().objects.exists() else {NOBODY})
"""


class Ended(Exception):
    """Somebody asked us to end: Ctrl-C, or a signal."""


def main() -> None:
    """Prepare what is missing, then serve until Ctrl-C."""
    port = int(os.environ.get("PORT") or 8000)
    address = f"http://127.0.0.1:{port}"
    os.environ.setdefault("LEARNIN_SITE_URL", address)
    os.environ.setdefault("DJANGO_RUNSERVER_HIDE_WARNING", "true")
    _is_free(port)
    system.need([system.PDF, system.FONT], or_stop=False)
    prepare()
    serve(port, address)


def prepare() -> None:
    """Have the environment and an up-to-date database, as on somebody's own machine."""
    os.environ["LEARNIN_DEBUG"] = "1"
    environment.prepare()
    database()


def database() -> None:
    """Bring the database up to date; a new one gets the example country."""
    if os.environ.get("LEARNIN_DATABASE_URL"):
        _database()  # somebody else may have changed it: always look
        return
    folder = Path(os.environ.get("LEARNIN_DATA_DIR") or ROOT / "var")
    migrations = sorted((ROOT / "learnin").glob("*/migrations/*.py"))
    data = sorted((ROOT / "learnin").glob("*/*.yaml"))
    once(
        "database",
        inputs=[*migrations, *data, ROOT / "requirements.lock", str(folder)],
        outputs=[folder / "db.sqlite3"],
        action=_database,
    )


def _database() -> None:
    heading("Database")
    run(*MANAGE, "migrate", "--no-input", "--verbosity", "0", what="Migrating the database")
    run(*MANAGE, "load_places", what="Loading countries and regions")
    if not _has_people():
        heading("Example country")
        run(*MANAGE, "demo", quiet=True, what="Building the example country")


def _has_people() -> bool:
    """Whether anybody has an account: then this database is somebody's, and no example goes in."""
    env = {"DJANGO_SETTINGS_MODULE": "learnin.settings", **os.environ}
    code = subprocess.run([str(PYTHON), "-c", COUNT_PEOPLE], cwd=ROOT, env=env, check=False).returncode
    if code not in (NOBODY, SOMEBODY):
        raise Stop("the database could not be read.")
    return code == SOMEBODY


def serve(port: int, address: str) -> None:
    """Run web server and worker side by side; when one ends or we are asked to, end both."""
    for one in SIGNALS:
        signal.signal(one, _end)
    children: dict[str, subprocess.Popen[str]] = {}
    try:
        children["The web server"] = _child("runserver", f"127.0.0.1:{port}", "--verbosity", "0")
        children["The worker"] = _child("worker")
        accounts = _child("demo", "--accounts", stdout=subprocess.PIPE)
        _wait_for(port, children)
        _welcome(address, accounts.communicate()[0])
        while True:
            _all_alive(children)
            time.sleep(0.2)
    except Ended:
        say("\nEnding.")
    finally:
        for one in SIGNALS:
            signal.signal(one, signal.SIG_IGN)
        _end_all(list(children.values()))


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise Ended


def _child(*words: str, stdout: int | None = None) -> subprocess.Popen[str]:
    """Start a command in its own session, so that Ctrl-C reaches it through us only."""
    return subprocess.Popen([*MANAGE, *words], cwd=ROOT, stdout=stdout, text=True, start_new_session=True)


def _is_free(port: int) -> None:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as error:
        raise Stop(f"port {port} is in use. Take another: make run PORT={port + 1}") from error


def _wait_for(port: int, children: dict[str, subprocess.Popen[str]]) -> None:
    until = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < until:
        _all_alive(children)
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise Stop(f"the web server did not answer within {SECONDS_TO_ANSWER} seconds.")


def _all_alive(children: dict[str, subprocess.Popen[str]]) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise Stop(f"{name} ended by itself (exit code {child.returncode}).")


def _welcome(address: str, accounts: str) -> None:
    say(f"\nLearnIn is at {address}\n\n{accounts.strip()}\n\nCtrl-C ends it.\n")


def _end_all(children: list[subprocess.Popen[str]]) -> None:
    """Ask each to end, wait, then end whatever is left of it."""
    for child in children:
        with suppress(ProcessLookupError):
            child.terminate()
    until = time.monotonic() + SECONDS_TO_STOP
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, until - time.monotonic()))
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


if __name__ == "__main__":
    start(prepare if "--prepare" in sys.argv else main)
