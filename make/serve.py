"""Web server and background worker side by side, until one is told to stop. Both start again when the code changes."""

import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from types import FrameType

from make.steps import MANAGE, ROOT, Stop, say

SECONDS_TO_ANSWER = 60
SECONDS_TO_STOP = 15
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
CODE_CHANGED = 3  # what Django's reloader ends with
RELOADED_BY_US = {"RUN_MAIN": "true"}  # so that Django's own supervisor, which starts everything twice, is not needed

Children = dict[str, subprocess.Popen[bytes]]


class Ended(Exception):
    """Somebody asked us to end: Ctrl-C, or a signal."""


def until_stopped(port: int, welcome: str) -> None:
    """Start both, welcome the person, keep both running; end both when asked to, or when one ends by itself."""
    for one in SIGNALS:
        signal.signal(one, _end)
    children: Children = {}
    try:
        _start(children, port)
        _wait_for_answer(port, children)
        say(f"\n{welcome}\n\nCtrl-C ends it.\n")
        while True:
            if children["The web server"].poll() == CODE_CHANGED:
                _end_all(children)
                _start(children, port)
            _all_alive(children)
            time.sleep(0.2)
    except Ended:
        say("\nEnding.")
    finally:
        for one in SIGNALS:
            signal.signal(one, signal.SIG_IGN)
        _end_all(children)


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise Ended


def _start(children: Children, port: int) -> None:
    """Each in its own session, so that Ctrl-C reaches it through us only."""
    for name, words in (("The web server", ("runserver", f"127.0.0.1:{port}")), ("The worker", ("worker",))):
        env = os.environ | RELOADED_BY_US
        children[name] = subprocess.Popen([*MANAGE, *words], cwd=ROOT, env=env, start_new_session=True)


def _wait_for_answer(port: int, children: Children) -> None:
    until = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < until:
        _all_alive(children)
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise Stop(f"the web server did not answer within {SECONDS_TO_ANSWER} seconds.")


def _all_alive(children: Children) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise Stop(f"{name} ended by itself (exit code {child.returncode}).")


def _end_all(children: Children) -> None:
    """Ask each to end, wait, then end whatever is left of it."""
    for child in children.values():
        with suppress(ProcessLookupError):
            child.terminate()
    until = time.monotonic() + SECONDS_TO_STOP
    for child in children.values():
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, until - time.monotonic()))
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
