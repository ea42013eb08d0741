"""Everything a commit must pass, one stage after the other. The first that fails ends it."""

import io
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TypeVar, cast

from make import environment, postgres, system
from make.steps import MANAGE, PYTHON, ROOT, Stop, heading, run, say, start

BIN = PYTHON.parent
WARNINGS = ("--fail-level", "WARNING")
BROWSER_TESTS = ROOT / "tests" / "browser"
PRODUCTION = {
    "LEARNIN_SITE_URL": "https://learnin.example",
    "LEARNIN_ALLOWED_HOSTS": "learnin.example",
    "LEARNIN_EMAIL_URL": "smtp+tls://learnin:secret@mail.learnin.example:587",
}
NEEDS_OF_CHECK = (system.PDF, system.FONT)
AT_ONCE = ("-n", "2")  # tests/spread.py says who runs what
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
CLOSING = re.compile(r"\d+ passed.* in [\d.]+s")
T = TypeVar("T")
NEEDS_OF_TEST = (*NEEDS_OF_CHECK, system.POSTGRES, system.CHROMIUM)

LINT: list[tuple[str, tuple[str | Path, ...], dict[str, str]]] = [
    ("Python style (ruff check)", (BIN / "ruff", "check", "."), {}),
    ("Python layout (ruff format)", (BIN / "ruff", "format", "--check", "."), {}),
    ("Types (mypy)", (BIN / "mypy",), {}),
    ("Who imports whom (lint-imports)", (BIN / "lint-imports", "--no-logo"), {}),
    ("Templates (djlint)", (BIN / "djlint", "learnin", "--lint", "--quiet"), {}),
    ("Migrations are complete", (*MANAGE, "makemigrations", "--check", "--dry-run"), {}),
    ("Django's own checks", (*MANAGE, "check", "--database", "default", *WARNINGS), {}),
    ("Production settings (check --deploy)", (*MANAGE, "check", "--deploy", *WARNINGS), PRODUCTION),
]


def main() -> None:
    """Run the stages and end with one line that says it passed."""
    is_quick = "--quick" in sys.argv
    signal.signal(signal.SIGTERM, _interrupt)
    system.need(NEEDS_OF_CHECK if is_quick else NEEDS_OF_TEST)
    environment.prepare(for_tests=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="learnin-test-") as folder:
        lines = _stages(_clean_environment(folder), is_quick=is_quick)
    seconds = time.monotonic() - began
    heading(f"All passed in {seconds:.0f} s")
    say("PASSED " + "; ".join(lines))


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _clean_environment(folder: str) -> dict[str, str]:
    """The person's own settings must not change what the tests say, nor the tests the person's data."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("LEARNIN_")}
    seen = os.environ.get("SCREENSHOTS", "")  # a picture of every page is for people, and takes time
    return env | {"LEARNIN_DATA_DIR": folder, "CHROMIUM": system.chromium() or "", "SCREENSHOTS": seen}


def _stages(env: dict[str, str], *, is_quick: bool) -> list[str]:
    """Run every stage; the closing lines of the test runs."""
    for name, command, more in LINT:
        _stage(name, partial(run, *command, env=env | more, what=name))
    _stage("Front-end tests", partial(run, "npm", "test", "--silent", env=env, what="Front-end tests"))
    stages = [("SQLite", _on_sqlite), ("PostgreSQL", _on_postgres), ("Browser", _in_browser)]
    if is_quick:
        del stages[1:]
    elif not BROWSER_TESTS.exists():
        say("There are no browser journeys yet.")
        del stages[2]
    return [f"{name}: {_stage(f'Tests: {name}', partial(action, env))}" for name, action in stages]


def _stage(name: str, action: Callable[[], T]) -> T:
    """Run one stage under its name and say how long it took."""
    began = time.monotonic()
    heading(name)
    result = action()
    say(f"   {name}: {time.monotonic() - began:.1f} s")
    return result


def _on_sqlite(env: dict[str, str]) -> str:
    return _pytest("Tests on SQLite", env, *AT_ONCE, f"--ignore={BROWSER_TESTS}")


def _on_postgres(env: dict[str, str]) -> str:
    programs = str(system.postgres_folder())
    with postgres.server() as address:
        more = {"LEARNIN_DATABASE_URL": address, "PATH": f"{programs}{os.pathsep}{env['PATH']}"}
        apart = (f"--ignore={BROWSER_TESTS}", "--ignore=tests/compute", "-m", "database")  # the rest passed on SQLite
        return _pytest("Tests on PostgreSQL", env | more, *AT_ONCE, "tests", *apart)


def _in_browser(env: dict[str, str]) -> str:
    return _pytest("Browser journeys", env, str(BROWSER_TESTS))


def _pytest(what: str, env: dict[str, str], *words: str) -> str:
    """Run pytest, showing all it says; its closing line ("12 passed in 3.45s")."""
    colour = ("--color=yes",) if sys.stdout.isatty() else ()
    command = [str(PYTHON), "-m", "pytest", *colour, *words]
    said = b""
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE) as process:
        output = cast(io.BufferedReader, process.stdout)
        while part := output.read1(4096):  # dots come without an end of line
            sys.stdout.buffer.write(part)
            sys.stdout.flush()
            said += part
    if process.returncode:
        raise Stop(f"{what} failed (exit code {process.returncode}).")
    return _closing_line(said.decode(errors="replace"))


def _closing_line(said: str) -> str:
    lines = [COLOUR.sub("", line).strip("= ") for line in said.splitlines()]
    return next(line for line in reversed(lines) if CLOSING.search(line))


if __name__ == "__main__":
    start(main)
