"""Region and country home under load: 22 countries, three years of history, 16 people at once, a real server.

The same with a tenth of the history, and a bare Django view of the same bytes from the same server, in turns.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from bench import crowd, database
from bench.crowd import Waited
from bench.server import ROOT, serving
from bench.table import table

SIZES = ("small", "large")
PAGES = {"country": "Country home, the coordinator", "region": "Region, 22 countries"}
PAUSES = {"no pause": 0.0, "a second's pause": 1.0}
LIMIT_MS, LIMIT_QUERIES = 250, 25
WORKERS, THREADS, KEEP_ALIVE = 2, 4, 0  # as docs/admin/deploy.md says
QUIET = 0.5  # programs waiting for each processor before we begin: with more, times are those of the others too
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Server:
    """One that runs, and what a client must know of it."""

    port: int
    told: dict[str, Any]

    def visits(self, page: str, *, bare: bool = False) -> list[tuple[str, str]]:
        """Everybody's address and cookie; of the floor, the same for all."""
        found = self.told["pages"][page]["visits"]
        return [(f"/floor-{page}/", "")] * len(found) if bare else found


def run(repetitions: int) -> list[str]:
    """The tables, and how to read them. An eighth of a second of each measurement for each repetition."""
    seconds, before = max(0.5, repetitions / 8), os.getloadavg()[0]
    with ExitStack() as stack:
        servers = {size: stack.enter_context(_server(size)) for size in SIZES}
        waited: dict[Key, Waited] = {}
        for page in PAGES:
            for how, pause in PAUSES.items():
                for size, server in servers.items():
                    crowd.read(server.port, server.visits(page), seconds=0.5, pause=0)
                    waited[page, how, size] = crowd.read(server.port, server.visits(page), seconds=seconds, pause=pause)
            for size, server in servers.items():
                visits = server.visits(page, bare=True)
                waited[page, "floor", size] = crowd.read(server.port, visits, seconds=seconds / 3, pause=0)
    return [_times(waited, servers), _ratios(waited), _made(servers, seconds), _verdict(waited, servers, before)]


@contextmanager
def _server(size: str) -> Iterator[Server]:
    """A history of this size in a database of its own, served; both are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="learnin-bench-") as folder, database.own(size) as address:
        environ = {name: value for name, value in os.environ.items() if not name.startswith("LEARNIN_")}
        environ |= {"LEARNIN_DATA_DIR": folder, "LEARNIN_LOG_LEVEL": "ERROR", "PYTHONPATH": str(ROOT)}
        environ |= {"DJANGO_SETTINGS_MODULE": "learnin.settings"} | address
        laid = subprocess.run(
            [sys.executable, "-m", "bench.laid", size], cwd=ROOT, env=environ, stdout=subprocess.PIPE, check=True
        )
        with serving(environ, workers=WORKERS, threads=THREADS, keep_alive=KEEP_ALIVE) as (port, _pid):
            yield Server(port, json.loads(laid.stdout))


def _times(waited: dict[Key, Waited], servers: dict[str, Server]) -> str:
    head = ["page", "history", "reading", "p50 ms", "p95 ms", "pages/s", "queries", "alone, processor ms"]
    rows = [
        [
            PAGES[page],
            size,
            how,
            f"{one.middle:.0f}",
            f"{one.slow:.0f}",
            f"{one.rate:.0f}",
            *(["0", ""] if how == "floor" else _alone(servers[size].told["pages"][page])),
        ]
        for (page, how, size), one in waited.items()
    ]
    return table(head, rows)


def _alone(page: dict[str, Any]) -> list[str]:
    return [str(page["queries"]), f"{page['alone']:.1f}"]


def _ratios(waited: dict[Key, Waited]) -> str:
    """Large by small: 1.0 is a page that does not feel history. Page by floor: what is ours, the rest is Django's."""
    rows = []
    for page, name in PAGES.items():
        for how in PAUSES:
            small, large = (waited[page, how, size] for size in SIZES)
            by_size = [f"{large.middle / small.middle:.2f}", f"{large.slow / small.slow:.2f}"]
            floor = waited[page, "floor", "large"]
            rows.append([name, how, *by_size, "" if PAUSES[how] else f"{large.middle / floor.middle:.1f}"])
        small, large = (waited[page, "floor", size] for size in SIZES)
        rows.append([name, "floor", f"{large.middle / small.middle:.2f}", f"{large.slow / small.slow:.2f}", ""])
    return table(["page", "reading", "p50 large/small", "p95 large/small", "p50 large/floor"], rows)


def _made(servers: dict[str, Server], seconds: float) -> str:
    """What stood in each database, and how long everybody read."""
    shown = {"ActionPoint": "actions", "Meeting": "meetings", "Person": "people", "Entry": "lines of the journal"}
    lines = [
        f"{size}: " + ", ".join(f"{server.told['made'][key]:,} {word}" for key, word in shown.items())
        for size, server in servers.items()
    ]
    server = f"gunicorn, {WORKERS} processes of {THREADS} threads"
    read = f"{crowd.PEOPLE} people for {seconds:g} s each time; {server}; {database.name()}."
    return "\n".join(
        [*lines, read, "The client runs on the same processors. Compare the ratios, not the milliseconds."]
    )


def _verdict(waited: dict[Key, Waited], servers: dict[str, Server], before: float) -> str:
    """In words: whether the aim was met, page by page, and how busy the machine was."""
    lines = [
        f"Aim: p95 at most {LIMIT_MS} ms, at most {LIMIT_QUERIES} queries, both constant in the amount of history."
    ]
    for page, name in PAGES.items():
        asked = [servers[size].told["pages"][page]["queries"] for size in SIZES]
        said = [
            f"{_met(max(asked) <= LIMIT_QUERIES and len(set(asked)) == 1)} in queries ({' and '.join(map(str, asked))})"
        ]
        for how in PAUSES:
            small, large = (waited[page, how, size].slow for size in SIZES)
            said.append(
                f"{_met(large <= LIMIT_MS)} with {how} ({large:.0f} ms, {large / small:.2f} times the small history)"
            )
        lines.append(f"{name}: {'; '.join(said)}.")
    quiet = before <= QUIET * (os.cpu_count() or 1)
    lines.append(
        f"Before we began, {before:.1f} programs waited for {os.cpu_count()} processors: the machine was "
        + ("quiet." if quiet else "busy, so times that miss the aim may be those of other programs.")
    )
    return "\n".join(lines)


def _met(is_met: bool) -> str:
    return "met" if is_met else "not met"
