"""What taking answers along costs: CSV of 50,000 answers with 46 columns, beside Python's own csv.writer.

A real server, begun for this and with one process, gives the file to somebody signed in. The floor writes rows that
stand ready in memory. An export reads them from the database, as JSON, and lays them out.
"""

import csv
import http.client
import io
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.installation import lead
from bench.server import forget_peak, memory, processor, serving
from bench.table import table

if TYPE_CHECKING:
    from learnin.assessment.models import Export

ANSWERS, COLUMNS, OURS = 50_000, 46, 10  # ours: the key, and what we say about each answer
FULL = 40  # repetitions of a usual run, in which all answers are taken
BEGINNING = 200_000  # bytes of the file, about a thousand rows: the rows of the floor
TAKES = 3


def run(repetitions: int) -> list[str]:
    """One table: speed, first byte, memory."""
    count = min(ANSWERS, max(1, ANSWERS * repetitions // FULL))
    export = _laid(count)
    who = Client()
    who.force_login(export.made_by)
    key = who.cookies[settings.SESSION_COOKIE_NAME]
    with serving(os.environ, workers=1, threads=4) as (port, server):
        taker = Taker(port, server, f"{key.key}={key.value}")
        taker.take(reverse("assessment:exports", args=[export.round_id]))  # everything that a page needs is loaded
        lines = [_take(taker, export, count) for _again in range(TAKES)]
    head = ["answers", "rows/s", "of processor", "floor", "times floor", "first byte ms", "MB", "memory MB", "peak MB"]
    return [table(head, lines)]


@dataclass(frozen=True)
class Taken:
    """A file that came: when its first byte did and its last, in seconds; and its beginning."""

    first: float
    whole: float
    size: int
    beginning: bytes


@dataclass(frozen=True)
class Taker:
    """Somebody signed in, who takes files from a server."""

    port: int
    server: int
    cookie: str

    def take(self, address: str) -> Taken:
        """Fetch one file to its end, keeping only its beginning. Raises RuntimeError where it does not come."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        begun, size, beginning, first = time.perf_counter(), 0, b"", 0.0
        line.request("GET", address, headers={"Cookie": self.cookie, "Accept-Language": "en"})
        answer = line.getresponse()
        if answer.status != 200:
            raise RuntimeError(f"{address} answered {answer.status}")
        while piece := answer.read1(65_536):
            first = first or time.perf_counter() - begun
            size += len(piece)
            beginning += piece if len(beginning) < BEGINNING else b""
        line.close()
        return Taken(first, time.perf_counter() - begun, size, beginning)


def _take(taker: Taker, export: "Export", count: int) -> list[str]:
    """One export, and the floor beside it."""
    before, spent = memory(taker.server, "VmRSS"), processor(taker.server) or 0.0
    forget_peak(taker.server)
    taken = taker.take(reverse("assessment:export_file", args=[export.pk]))
    peak, spent = memory(taker.server, "VmHWM"), (processor(taker.server) or 0.0) - spent
    ready = list(csv.reader(taken.beginning.decode("utf-8-sig", "ignore").splitlines()))[1:-1]
    if {len(line) for line in ready} != {COLUMNS}:
        raise ValueError(ready[:1])
    floor = _floor(ready, count)
    return [
        f"{count:,} x {COLUMNS}",
        f"{count / taken.whole:,.0f}",
        f"{count / spent:,.0f}",
        f"{count / floor:,.0f}",
        f"{spent / floor:.1f}",
        f"{taken.first * 1000:.0f}",
        f"{taken.size / 2**20:.1f}",
        f"{before:.0f}",
        f"{peak:.0f}",
    ]


def _floor(ready: list[list[str]], count: int) -> float:
    """Seconds of processor for as many rows that stand ready."""
    begun = time.process_time()
    out = io.StringIO()
    writer = csv.writer(out)
    for at in range(count):
        writer.writerow(ready[at % len(ready)])
        if out.tell() > 65_536:
            out.getvalue().encode()
            out.seek(0)
            out.truncate()
    return time.process_time() - begun


def _laid(count: int) -> "Export":
    """A round with so many answers, and an export of it."""
    from learnin.assessment.formats.workbook import Book, Sheet
    from learnin.assessment.models import Export, Instrument, Round, Submission, Version

    now = timezone.now()
    country, by = lead()
    names = [f"question_{number}" for number in range(COLUMNS - OURS)]
    rows = tuple({"type": "integer", "name": name, "label": f"What about {name}?"} for name in names)
    book = Book({"survey": Sheet("survey", ("type", "name", "label"), rows)})
    instrument = Instrument.objects.create(country=country, title="Bench", form_id="bench", added_by=by, added_at=now)
    version = Version.objects.create(
        instrument=instrument, number=1, version="1", book=book.as_json(), changed_by=by, changed_at=now,
        published_by=by, published_at=now,
    )  # fmt: skip
    of = Round.objects.create(
        country=country, instrument=instrument, title="Bench", kind=Round.Kind.OPEN, key="bench", planned_by=by,
        planned_at=now, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1),
    )  # fmt: skip

    def answers() -> Iterator[Submission]:
        for at in range(count):
            id_ = f"uuid:{at:012}"
            yield Submission(
                instrument=instrument, version=version, round=of, instance_id=id_, root_id=id_, xml=b"<a/>", sha256="0",
                channel="web", received_at=now - timedelta(seconds=at), started_at=now, worked_out_at=now,
                ended_at=now + timedelta(seconds=600), data={name: str((at + n) % 97) for n, name in enumerate(names)},
            )  # fmt: skip

    waiting = answers()
    while piece := [one for one, _n in zip(waiting, range(1_000), strict=False)]:
        Submission.objects.bulk_create(piece)
    return Export.objects.create(
        round=of, format=Export.Format.CSV, rows=count, made_by=by, made_at=timezone.now() + timedelta(seconds=1)
    )
