"""What bringing initiatives in costs: 16,125 records of one country, beside libraries that only read the file.

The floor opens the same file and gives its cells or its elements: polars for CSV, lxml for IATI. Bringing it in also
understands each record, compares it with the register, lists what is wrong, and writes all of it into the database.
`again` brings the same file in once more: nothing changes.
"""

import io
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

import polars as pl
from lxml import etree

from bench.installation import lead
from bench.table import table

RECORDS = 16_125
"""As many as the real table has that LearnIn was tried on (18 countries, 7.6 MB)."""
FULL = 40  # repetitions of a usual run, in which all records come in
Result = TypeVar("Result")
VERBS = ("Digital skills", "School meals", "Ramps", "Mentors", "Tablets", "Open lessons", "Catch-up lessons", "Fibre")
WHOM = ("teachers", "pupils", "parents", "heads of schools", "librarians")


def run(repetitions: int) -> list[str]:
    """One table: each kind of file."""
    n = min(RECORDS, max(1, RECORDS * repetitions // FULL))
    files: list[tuple[str, bytes, Callable[[bytes], object]]] = [
        ("initiatives.csv", _csv(n), lambda data: pl.read_csv(io.BytesIO(data))),
        ("initiatives.xml", _iati(n), lambda data: [one.tag for one in etree.fromstring(data)]),
    ]
    head = ["file", "records", "MB", "reading s", "applying s", "again s", "all s", "floor s", "times floor"]
    return [table(head, [_take(*file, n) for file in files])]


def _take(name: str, data: bytes, floor: Callable[[bytes], object], n: int) -> list[str]:
    """One file comes in, as the jobs do it, is brought in again, and goes; and the floor beside it."""
    from learnin.initiatives.operations import importing

    (_country, by), now = lead(), datetime.now(tz=UTC)
    least = _spent(lambda: floor(data))[0]
    reading, source = _spent(lambda: _read(name, data))
    applying, _source = _spent(lambda: importing.apply(source, by=by, now=now, at_once=True))
    again, source = _spent(lambda: _read(name, data))
    same = source.records.filter(state="same").count()
    if same != n:
        raise AssertionError(f"{n - same} records of {name} changed something the second time")
    whole = reading + applying
    cells = [f"{one:.2f}" for one in (reading, applying, again, whole, least)]
    return [name, f"{n:,}", f"{len(data) / 2**20:.1f}", *cells, f"{whole / least:.0f}"]


def _read(name: str, data: bytes):  # type: ignore[no-untyped-def]  # models are known only inside an installation
    from learnin.initiatives.models import Import
    from learnin.initiatives.operations import importing
    from learnin.initiatives.queries import known_words

    (country, by), now = lead(), datetime.now(tz=UTC)
    source = importing.bring_in(country, file=io.BytesIO(data), file_name=name, by=by, now=now, at_once=True)
    if source.format == Import.Format.FIVEW:
        mapping = known_words.look_of(source).mapping
        source = importing.say_columns(source, mapping=mapping, by=by, now=now, at_once=True)
    return source


def _spent(act: Callable[[], Result]) -> tuple[float, Result]:
    """Seconds of processor, and what came of it."""
    begun = time.process_time()
    result = act()
    return time.process_time() - begun, result


def _told(n: int) -> list[tuple[str, ...]]:
    """Made initiatives with texts as long as real ones, of four hundred organisations."""
    chance = random.Random(1)
    told: list[tuple[str, ...]] = []
    for at in range(n):
        begin = f"20{chance.randrange(18, 26)}-0{chance.randrange(1, 10)}-01"
        title = f"{chance.choice(VERBS)} for {chance.choice(WHOM)} of municipality {at % 900}, part {at}"
        about = " ".join(f"What is done there, step {chance.randrange(10_000)}." for _step in range(12))
        organisation, partner = f"Organisation {chance.randrange(400)}", f"Partner {chance.randrange(400)}"
        told.append((f"XM-{at}", organisation, partner, title, about, begin, str(chance.randrange(10_000, 900_000))))
    return told


def _csv(n: int) -> bytes:
    lines = ["id,org,partners,title,description,start,budget,currency"]
    lines += [
        ",".join([one[0], one[1], one[2], f'"{one[3]}"', f'"{one[4]}"', one[5], one[6], "EUR"]) for one in _told(n)
    ]
    return "\n".join(lines).encode()


def _iati(n: int) -> bytes:
    activities = [
        f"<iati-activity><iati-identifier>IATI-{one[0]}</iati-identifier><reporting-org ref='' type='22'><narrative>"
        f"{one[1]}</narrative></reporting-org><title><narrative>{one[3]}</narrative></title><description><narrative>"
        f"{one[4]}</narrative></description><participating-org role='4'><narrative>{one[2]}</narrative>"
        f"</participating-org><activity-status code='2'/><activity-date type='1' iso-date='{one[5]}'/>"
        f"<budget><period-start iso-date='{one[5]}'/><period-end iso-date='2030-12-31'/>"
        f"<value currency='EUR' value-date='{one[5]}'>{one[6]}</value></budget></iati-activity>"
        for one in _told(n)
    ]
    return f'<iati-activities version="2.03">{"".join(activities)}</iati-activities>'.encode()
