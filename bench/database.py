"""A database for one run: SQLite in the folder of the run, or a new one on the PostgreSQL server that was named."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from uuid import uuid4

GIVEN = os.environ.get("LEARNIN_DATABASE_URL", "")  # read before the benchmarks forget all settings
IS_POSTGRES = GIVEN.startswith("postgres")


def name() -> str:
    """What the numbers were measured on."""
    return "PostgreSQL" if IS_POSTGRES else f"SQLite {sqlite3.sqlite_version}"


@contextmanager
def own(size: str) -> Iterator[dict[str, str]]:
    """The variable that leads to it. On PostgreSQL the person of the address must be allowed to make databases."""
    if not IS_POSTGRES:
        yield {}
        return
    import psycopg

    made = f"learnin_bench_{size}_{uuid4().hex[:8]}"
    with psycopg.connect(GIVEN, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {made}")
        try:
            yield {"LEARNIN_DATABASE_URL": urlsplit(GIVEN)._replace(path=f"/{made}").geturl()}
        finally:
            server.execute(f"DROP DATABASE {made} WITH (FORCE)")
