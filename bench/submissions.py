"""Answers coming in: 30 questions, 1.5 kB, 8 phones on lines that stay open, a real server.

A bare Django view that reads the same posts and answers the same bytes is the floor, in turns.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from bench import database, posts
from bench.crowd import Waited
from bench.server import ROOT, processor, serving
from bench.table import table

AIM = "Aim on two quiet processors with PostgreSQL: at least 350 a second, p95 at most 45 ms, at most 5 ms each."
TURNS = 3


@dataclass(frozen=True)
class Came:
    """Answers that came in, and what they cost the processes of the server (not the database's)."""

    waited: Waited
    processor: float | None

    @property
    def each(self) -> str:
        """Milliseconds of processor time for one answer."""
        return "unknown" if self.processor is None else f"{self.processor * 1000 / len(self.waited.times):.2f}"


def run(repetitions: int) -> list[str]:
    """The table. An eighth of a second of each measurement for each repetition, at most ten seconds."""
    seconds = min(10.0, max(0.5, repetitions / 8))
    with _served() as (port, server, key):
        ways = {"Answers": f"/collect/{key}/submission", "Floor": "/floor-submission/"}
        for path in ways.values():
            posts.send(port, path, seconds=min(2.0, seconds))  # every thread opens its line to the database
        came: dict[str, list[Came]] = {name: [] for name in ways}
        for _turn in range(TURNS):
            for name, path in ways.items():
                came[name].append(_measured(port, server, path, seconds / TURNS))
    return [_table(came), f"{posts.PHONES} phones, gunicorn with 2 processes of 4 threads, {database.name()}. {AIM}"]


def _measured(port: int, server: int, path: str, seconds: float) -> Came:
    before = processor(server)
    waited = posts.send(port, path, seconds=seconds)
    after = processor(server)
    return Came(waited, None if before is None or after is None else after - before)


def _table(came: dict[str, list[Came]]) -> str:
    head = ["what", "a second", "p50 ms", "p95 ms", "processor ms each", "answers"]
    rows = []
    for name, turns in came.items():
        rates = [one.waited.rate for one in turns]
        rows.append(
            [
                name,
                f"{median(rates):.0f} ({min(rates):.0f} to {max(rates):.0f})",
                f"{median(one.waited.middle for one in turns):.1f}",
                f"{median(one.waited.slow for one in turns):.1f}",
                " ".join(one.each for one in turns),
                f"{sum(len(one.waited.times) for one in turns):,}",
            ]
        )
    return table(head, rows)


@contextmanager
def _served() -> Iterator[tuple[int, int, str]]:
    """A round in a database of its own, served: the port, the process, and an enumerator's key."""
    with tempfile.TemporaryDirectory(prefix="learnin-bench-") as folder, database.own("round") as address:
        environ = {name: value for name, value in os.environ.items() if not name.startswith("LEARNIN_")}
        environ |= {"LEARNIN_DATA_DIR": folder, "LEARNIN_LOG_LEVEL": "ERROR", "PYTHONPATH": str(ROOT)}
        environ |= {"DJANGO_SETTINGS_MODULE": "learnin.settings"} | address
        laid = subprocess.run(
            [sys.executable, "-m", "bench.laid_round"], cwd=ROOT, env=environ, stdout=subprocess.PIPE, check=True
        )
        with serving(environ, workers=2, threads=4) as (port, server):
            yield port, server, json.loads(laid.stdout)["key"]
