"""A real IATI file and the real table of initiatives become the register; each record is confirmed by hand, made up."""

import csv
import io
from pathlib import Path

from django.utils import timezone

from chain.stages.taskforce import COORDINATOR
from chain.walk import COUNTRY, Made, Walk, work
from learnin.initiatives.models import Import, ImportedRecord, Initiative
from learnin.initiatives.operations import importing, life
from learnin.initiatives.queries import imports, known_words

IATI = "UNHCR-Activities-2023.xml"
TABLE = "eca_initiatives.csv"
State = ImportedRecord.State


def from_iati(walk: Walk) -> Made:
    """Bring in the whole file: what it tells of other countries stays outside."""
    path = walk.data / "initiatives" / "iati" / IATI
    return {"file": IATI, **_brought(walk, path.read_bytes(), path.name)}


def from_table(walk: Walk) -> Made:
    """Bring in the table, whole or some rows of the country, with the columns that the mapper proposes."""
    path = walk.data / "initiatives" / TABLE
    content = _some(path, walk.size.initiatives) if walk.size.initiatives else path.read_bytes()
    return {"file": TABLE, **_brought(walk, content, path.name)}


def confirm(walk: Walk) -> Made:
    """Imported is not confirmed: somebody says of each that it is so."""
    here = Initiative.objects.filter(country=walk.country, confirmed_at=None).order_by("pk")
    found = list(here)
    for one in found:
        life.confirm(one, by=walk.people[COORDINATOR], now=timezone.now())
    reporters = Initiative.objects.filter(country=walk.country).order_by().values("reporter").distinct().count()
    return {"confirmed (made up)": len(found), "reporting organisations": reporters}


def _some(path: Path, most: int) -> bytes:
    """The heading, and so many rows of the country from all over the table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        ours = [row for row in rows if row["cc"] == COUNTRY]
        out = io.StringIO()
        written = csv.DictWriter(out, rows.fieldnames or ())
        written.writeheader()
        written.writerows(ours[:: max(1, len(ours) // most)])
    return out.getvalue().encode()


def _brought(walk: Walk, content: bytes, name: str) -> dict[str, int]:
    """Bring a file in as a page does, large ones as jobs, and tell what became of its records."""
    by = walk.people[COORDINATOR]
    source = importing.bring_in(walk.country, file=io.BytesIO(content), file_name=name, by=by, now=timezone.now())
    if source.format == Import.Format.FIVEW:
        mapping = known_words.look_of(source).mapping
        source = importing.say_columns(source, mapping=mapping, by=by, now=timezone.now())
    work(source.job)
    source.refresh_from_db()
    source = importing.apply(source, by=by, now=timezone.now())
    if source.applied_at is None:
        work(source.job)
        source.refresh_from_db()
    if source.applied_at is None:
        raise RuntimeError(f"{name} was not applied")
    told = imports.counts(source)
    return {
        "records": sum(told.values()),
        "came in": told[State.NEW] + told[State.CHANGED],
        "of other countries": told[State.ELSEWHERE],
        "of a whole region": told[State.REGION],
        "kept out": told[State.BAD],
        "with a warning": imports.records_of(source, State.NEW, with_problems=True).count(),
    }
