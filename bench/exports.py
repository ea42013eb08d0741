"""What taking answers along costs: CSV of 50,000 answers with 46 columns, beside Python's own csv.writer.

The floor writes rows that stand ready in memory. An export reads them from the database, as JSON, and lays them out.
"""

import csv
import io
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

from bench.installation import lead
from bench.table import table

if TYPE_CHECKING:
    from learnin.assessment.models import Export

ANSWERS, COLUMNS, OURS = 50_000, 46, 10  # ours: the key, and what we say about each answer
FULL = 40  # repetitions of a usual run, in which all answers are taken
READY = 1_000  # different rows of the floor
TAKES = 3


def run(repetitions: int) -> list[str]:
    """One table: speed, first byte, memory."""
    count = min(ANSWERS, max(1, ANSWERS * repetitions // FULL))
    export = _laid(count)
    ready = list(islice(csv.reader(_lines(_pieces(export))), READY + 1))[1:]
    if len(ready[0]) != COLUMNS:
        raise ValueError(len(ready[0]))
    lines = [_take(export, ready, count) for _again in range(TAKES)]
    head = ["answers", "rows/s", "of processor", "floor", "times floor", "first byte ms", "MB", "memory MB", "peak MB"]
    return [table(head, lines)]


def _take(export: "Export", ready: list[list[str]], count: int) -> list[str]:
    """One export, and the floor beside it."""
    floor = _floor(ready, count)
    before = _memory("VmRSS")
    _forget_peak()
    begun, spent, first, size = time.perf_counter(), time.process_time(), 0.0, 0
    for piece in _pieces(export):
        first = first or time.perf_counter() - begun
        size += len(piece)
    whole, spent = time.perf_counter() - begun, time.process_time() - spent
    return [
        f"{count:,} x {COLUMNS}",
        f"{count / whole:,.0f}",
        f"{count / spent:,.0f}",
        f"{count / floor:,.0f}",
        f"{spent / floor:.1f}",
        f"{first * 1000:.0f}",
        f"{size / 2**20:.1f}",
        f"{before:.0f}",
        f"{_memory('VmHWM'):.0f}",
    ]


def _lines(pieces: Iterator[bytes]) -> Iterator[str]:
    """The lines of a file that comes in pieces, each of whole lines."""
    return (line for piece in pieces for line in piece.decode("utf-8-sig").splitlines())


def _pieces(export: "Export") -> Iterator[bytes]:
    from learnin.assessment.operations import exports

    pieces, _ending = exports.streamed(export)
    return pieces


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


def _memory(what: str) -> float:
    """What this process holds now (VmRSS), or held at most since it was last asked to forget (VmHWM), in megabytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{what}:")) / 1024


def _forget_peak() -> None:
    """Begin to measure the peak anew (Linux: proc(5), clear_refs)."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


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
