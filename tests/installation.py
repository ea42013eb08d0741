"""An installation of its own for tests with real processes: data, database, programs run to their end."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

ROOT = Path(__file__).parents[1]


@dataclass
class Installation:
    """Where it lies, and the variables that its programs are started with."""

    environment: dict[str, str]
    folder: Path

    def call(self, *command: str) -> str:
        """Run one of our programs to its end."""
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def own_database() -> Iterator[str]:
    """Empty where SQLite lies in the data folder; else a new database on the server of this run."""
    if connection.vendor == "sqlite":
        yield ""
        return
    at, name = settings.DATABASES["default"], f"own_{secrets.token_hex(4)}"
    where = f"{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT'] or 5432}"
    with psycopg.connect(f"postgresql://{where}/postgres", autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield f"postgres://{where}/{name}"
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def environment(folder: Path) -> Iterator[dict[str, str]]:
    """Variables of an installation in this folder, with a database that is gone afterwards."""
    with own_database() as database:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LEARNIN_")}
        ours = {"DJANGO_SETTINGS_MODULE": "learnin.settings", "LEARNIN_DATA_DIR": str(folder / "var")}
        yield {**kept, **ours, **({"LEARNIN_DATABASE_URL": database} if database else {})}
