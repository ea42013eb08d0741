"""A real PostgreSQL for one test run: own folder, free port, no fsync; stopped and deleted afterwards."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from make import system
from make.steps import Stop

FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=100", "jit=off")
SECONDS_TO_START = 30
ORDINARY = ("postgres", "nobody")  # PostgreSQL refuses to run as root


@contextmanager
def server() -> Iterator[str]:
    """Its address, as LEARNIN_DATABASE_URL takes it."""
    programs = system.postgres_folder()
    if programs is None:
        raise Stop("PostgreSQL's initdb was not found.")
    as_whom = _ordinary_person()
    folder = Path(tempfile.mkdtemp(prefix="learnin-postgres-"))
    if as_whom:
        os.chown(folder, as_whom["user"], as_whom["group"])
    password, port = secrets.token_hex(8), _free_port()
    process: subprocess.Popen[bytes] | None = None
    try:
        _create(programs, folder, password, as_whom)
        process = _serve(programs, folder, port, as_whom)
        _wait(process, port, folder)
        yield f"postgres://learnin:{password}@127.0.0.1:{port}/postgres"
    finally:
        if process:
            _stop(process)
        shutil.rmtree(folder, ignore_errors=True)


def _ordinary_person() -> dict[str, Any]:
    """Whom to run as when we are root; nothing to change otherwise."""
    if os.geteuid() != 0:
        return {}
    known = {one.pw_name: one for one in pwd.getpwall()}
    one = next((known[name] for name in ORDINARY if name in known), None)
    if one is None:
        raise Stop("PostgreSQL does not run as root, and there is no user postgres or nobody.")
    return {"user": one.pw_uid, "group": one.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def _create(programs: Path, folder: Path, password: str, as_whom: dict[str, Any]) -> None:
    words = folder / "password"
    words.write_text(password)
    words.chmod(0o644)  # the folder above is closed to others
    command = (programs / "initdb", "-D", folder / "data", "-U", "learnin", "-A", "scram-sha-256", "--no-sync")
    made = subprocess.run(
        [*map(str, command), f"--pwfile={words}", "--encoding=UTF8", f"--locale={_locale()}"],
        **as_whom,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise Stop(f"initdb failed: {made.stderr.strip()}")


def _locale() -> str:
    """A locale that knows small and capital letters beyond ASCII, so that search is tried as people meet it."""
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout.split()
    return next((name for name in ("C.UTF-8", "C.utf8", "en_US.UTF-8", "en_US.utf8") if name in known), "C")


def _serve(programs: Path, folder: Path, port: int, as_whom: dict[str, Any]) -> subprocess.Popen[bytes]:
    settings = (*FAST, "listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={folder}")
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [str(programs / "postgres"), "-D", str(folder / "data"), *(f"--{one}" for one in settings)],
            **as_whom,
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches us, and we stop it
        )


def _wait(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        if "ready to accept connections" in (folder / "log").read_text():
            return
        time.sleep(0.05)
    raise Stop(f"PostgreSQL did not start on port {port}: {(folder / 'log').read_text().strip()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(3)  # SIGQUIT: at once, nothing here is kept
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
