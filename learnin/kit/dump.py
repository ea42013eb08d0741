"""The database as one file, and back: SQLite and PostgreSQL."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from django.db import connection, connections
from django.db.backends.postgresql.client import DatabaseClient

from learnin.kit.refusal import Refusal

# All of ours stands in the schema `public`; extensions and the schema itself stay.
EMPTY_IT = """
SET lock_timeout = '30s';
DO $$ DECLARE thing record; BEGIN
  FOR thing IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP TABLE IF EXISTS public.%I CASCADE', thing.name);
  END LOOP;
  FOR thing IN SELECT sequencename AS name FROM pg_sequences WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP SEQUENCE IF EXISTS public.%I CASCADE', thing.name);
  END LOOP;
END $$;
"""


class DatabaseRefuses(Refusal):
    """A database program is missing or said no."""


def save(path: Path) -> None:
    """Write the whole database, as it is at one moment, to this file. Others may go on working."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
    else:
        _run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={path}"])


def load(path: Path) -> None:
    """Put this file in the place of the whole database: all of it or, when anything goes wrong, nothing."""
    if connection.vendor == "sqlite":
        _load_sqlite(path)
    else:
        _load_postgres(path)


def _load_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as copy:
        if not _is_sound(copy):
            raise DatabaseRefuses("The database in this backup is damaged.")
        connection.ensure_connection()
        copy.backup(connection.connection)  # one transaction of SQLite
    if not connection.in_atomic_block:
        connections.close_all()


def _is_sound(copy: sqlite3.Connection) -> bool:
    try:
        return copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        return False


def _load_postgres(path: Path) -> None:
    script, empty = path.with_suffix(".sql"), path.with_suffix(".empty.sql")
    _run("pg_restore", ["--no-owner", "--no-privileges", f"--file={script}", str(path)], database=False)
    empty.write_text(EMPTY_IT)
    connections.close_all()
    steps = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    _run("psql", [*steps, f"--file={empty}", f"--file={script}"])


def _run(program: str, arguments: Sequence[str], *, database: bool = True) -> None:
    known, secrets = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    where = [f"--dbname={known[-1]}", *known[1:-1]] if database else []
    command = [str(find(program)), *where, *arguments]
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        command, env={**os.environ, **(secrets or {})}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise DatabaseRefuses(f"{program} stopped: {done.stderr.strip() or done.returncode}")


def find(program: str) -> Path:
    """The newest of this PostgreSQL program: on PATH or where Debian keeps it. Raises DatabaseRefuses."""
    by_version = sorted(
        (path for path in Path("/usr/lib/postgresql").glob(f"*/bin/{program}") if path.parts[-3].isdigit()),
        key=lambda path: int(path.parts[-3]),
    )
    if by_version:
        return by_version[-1]
    on_path = shutil.which(program)
    if on_path is None:
        raise DatabaseRefuses(f"{program} is missing. Install the PostgreSQL client programs.")
    return Path(on_path)
