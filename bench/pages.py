"""What a page costs: processor time and queries at the server, bytes on the way.

The floor of each page is a bare Django view that answers the same bytes, called in turns with it.
"""

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from bench import floor
from bench.clock import Cost, side_by_side
from bench.table import table
from learnin.people.models import Person

Visit = Callable[[], bytes]
PAGES = (  # what, its address, who reads it
    ("Empty page, a stranger", "/accessibility/", None),
    ("Empty page, signed in", "/accessibility/", "ana"),
    ("Public page of a country", "/public/XA/", None),
    ("Country home, the chair", "/c/XA/", "ana"),
    ("Region, 23 countries", "/region/", "rena"),
)
STYLE = re.compile(r'<link[^>]*rel="stylesheet"[^>]*href="([^"]+)"|<link[^>]*href="([^"]+)"[^>]*rel="stylesheet"')
SCRIPT = re.compile(r'<script[^>]*src="([^"]+)"')


@dataclass(frozen=True)
class Measured:
    """Everything about one page."""

    name: str
    cost: Cost
    floor: Cost
    queries: int
    html: bytes

    def time(self) -> list[str]:
        """Its line in the table of time."""
        low, high = self.cost.half
        ratio = self.cost.middle / self.floor.middle
        times = [f"{self.cost.middle:.2f}", f"{low:.2f} to {high:.2f}", f"{self.floor.middle:.2f}", f"{ratio:.1f}"]
        return [self.name, *times, str(self.queries)]

    def bytes(self) -> list[str]:
        """Its line in the table of bytes."""
        text = self.html.decode()
        styles = [_static(one or other) for one, other in STYLE.findall(text)]
        scripts = [_static(address) for address in SCRIPT.findall(text)]
        return [self.name, *_sizes([self.html]), *_sizes(styles), *_sizes(scripts)]


def run(repetitions: int) -> list[str]:
    """The two tables, and how far to trust them."""
    measured = [_measure(*page, repetitions) for page in PAGES]
    time = ["page", "ms", "half of the rounds", "floor ms", "times floor", "queries"]
    sizes = ["page", "HTML", "gzip", "CSS", "gzip", "script", "gzip"]
    return [
        table(time, [one.time() for one in measured]),
        table(sizes, [one.bytes() for one in measured]),
        _trust(measured, repetitions),
    ]


def _measure(name: str, address: str, reader: str | None, repetitions: int) -> Measured:
    environ = _environ(address, reader)
    visit = _visitor(WSGIHandler(), environ)
    html = visit()
    kept = f"{len(floor.answers)}/"
    floor.answers[kept] = html
    bare = _visitor(floor.Bare(), _environ(f"/{kept}", None))
    with CaptureQueriesContext(connection) as queries:
        visit()
    asked = len(queries)
    cost, lowest = side_by_side(visit, bare, repetitions)
    return Measured(name, cost, lowest, asked, html)


def _environ(address: str, reader: str | None) -> dict[str, Any]:
    """What a server hands to Django for this address and this reader."""
    request = RequestFactory(SERVER_NAME="127.0.0.1", HTTP_ACCEPT_LANGUAGE="en").get(address)
    if reader:
        client = Client()
        person = Person.objects.get(email=f"{reader}@arvenia.example")
        client.force_login(person)
        request.environ["HTTP_COOKIE"] = client.cookies.output(header="", sep=";").split(";")[0].strip()
    return dict(request.environ)


def _visitor(handler: WSGIHandler, environ: dict[str, Any]) -> Visit:
    """One visit, as a server makes it: call, read all, close."""

    def visit() -> bytes:
        said: list[str] = []
        answer = handler(dict(environ), lambda status, _headers, *_more: said.append(status))
        body = b"".join(answer)
        answer.close()
        if not said[0].startswith("200"):
            raise RuntimeError(f"{environ['PATH_INFO']} answered {said[0]}")
        return body

    return visit


def _static(address: str) -> bytes:
    return (Path(settings.STATIC_ROOT) / address.removeprefix(settings.STATIC_URL)).read_bytes()


def _sizes(files: list[bytes]) -> list[str]:
    """Bytes as they are, and as a server compresses them (gzip, level 6)."""
    return [f"{sum(map(len, files)):,}", f"{sum(len(gzip.compress(file, 6)) for file in files):,}"]


def _trust(measured: list[Measured], repetitions: int) -> str:
    """How noisy the run was: the floor does the same each time, so what it varies by is the machine."""
    noise = max((one.floor.half[1] - one.floor.half[0]) / one.floor.middle for one in measured)
    return (
        f"{repetitions} rounds of each, in turns with its floor. Half of the floor's own rounds differ by up to "
        f"{noise:.0%}:\ntake smaller differences for nothing, and compare ratios, not milliseconds."
    )
