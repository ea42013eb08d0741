"""Initiatives leave as files, and the journal keeps who took them."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learnin.initiatives.formats import fivew, iati
from learnin.initiatives.formats.record import Level, Problem
from learnin.initiatives.models import ExportFormat, Initiative
from learnin.initiatives.queries import known_words, leaving
from learnin.journal.models import Job
from learnin.journal.operations import entries, files
from learnin.journal.operations import jobs as journal_jobs
from learnin.kit import jobs, written
from learnin.kit.files import XLSX
from learnin.kit.refusal import Refusal
from learnin.people.models import Country, Person

AT_ONCE = 1_500  # initiatives: a file of so many is there in a few seconds
TYPES = {
    ExportFormat.FIVEW: XLSX,
    ExportFormat.CSV: "text/csv",
    ExportFormat.IATI: "application/xml",
    ExportFormat.GEOJSON: "application/geo+json",
}


class NothingThere(Refusal):
    """There is nothing to take along."""


@dataclass(frozen=True)
class Taken:
    """A file that is there, or the job that makes it."""

    name: str
    media_type: str
    content: bytes = b""
    job: Job | None = None
    left_behind: int = 0
    """Initiatives that this kind of file cannot hold: IATI wants an identifier, a title and a day."""


@transaction.atomic
def take(country: Country, *, initiatives: QuerySet[Initiative], format: str, by: Person, now: datetime) -> Taken:
    """Note that somebody takes initiatives along, and give them: at once where they are few, else as a job.

    Raises NothingThere.
    """
    numbers = list(initiatives.values_list("pk", flat=True))
    if not numbers:
        raise NothingThere(_("There is no such initiative."))
    kind = ExportFormat(format)
    told = {"taken": len(numbers), "taken_as": format}
    entries.write("initiatives.exported", country, by=by, now=now, country=country, after=told)
    name = file_name(country, kind, now)
    if len(numbers) > AT_ONCE:
        job = journal_jobs.start(
            make_initiatives_file, by=by, now=now, country=country, format=format, numbers=numbers, of=country.pk
        )
        return Taken(name, TYPES[kind], job=job)
    out = io.BytesIO()
    left = _of(numbers, kind, country, out, now=now)
    return Taken(name, TYPES[kind], out.getvalue(), left_behind=left)


@jobs.job(label=gettext_lazy("Make a file of initiatives"), atomic=False)
def make_initiatives_file(*, of: str, format: str, numbers: Sequence[int], by: Person, now: datetime) -> dict[str, str]:
    """Make the file of many initiatives, and keep it for whoever asked for it."""
    country, kind, out = Country.objects.get(pk=of), ExportFormat(format), io.BytesIO()
    left = _of(numbers, kind, country, out, now=now)
    with jobs.finishing(), transaction.atomic():
        kept = files.keep(
            out.getvalue(),
            name=file_name(country, kind, now),
            media_type=TYPES[kind],
            country=country,
            by=by,
            now=now,
        )
    n = len(numbers) - left
    text = ngettext("The file has %(shown)s initiative.", "The file has %(shown)s initiatives.", n)
    said = [text % {"shown": written.number(n)}, stayed(left)]
    return {"text": " ".join(filter(None, said)), "url": reverse("journal:file", args=[kept.pk])}


def stayed(n: int) -> str:
    """How many initiatives a file could not hold, and why; nothing where it holds all."""
    if not n:
        return ""
    text = ngettext(
        "%(shown)s initiative is not in it: IATI wants an identifier, a title and a day.",
        "%(shown)s initiatives are not in it: IATI wants an identifier, a title and a day.",
        n,
    )
    return text % {"shown": written.number(n)}


def _of(numbers: Sequence[int], kind: ExportFormat, country: Country, out: BinaryIO, *, now: datetime) -> int:
    """Write these. Returns how many the file could not hold."""
    problems = write(leaving.numbered(numbers), kind, country, out, now=now)
    return len({(one.row, one.identifier) for one in problems if one.level is Level.ERROR})


@transaction.atomic
def write_all(
    country: Country,
    *,
    out: BinaryIO,
    format: str,
    by: Person | None,
    now: datetime,
    only_published: bool = False,
) -> tuple[int, tuple[Problem, ...]]:
    """Write the register of a country for whoever runs the installation. Returns how many, and what did not go out."""
    kind, found = ExportFormat(format), leaving.of_country(country, only_published=only_published)
    n = found.count()
    told = {"taken": n, "taken_as": format}
    entries.write("initiatives.exported", country, by=by, now=now, country=country, after=told)
    return n, write(found, kind, country, out, now=now)


def write(
    initiatives: QuerySet[Initiative], kind: ExportFormat, country: Country, out: BinaryIO, *, now: datetime
) -> tuple[Problem, ...]:
    """Write initiatives into an open file; what a format cannot say comes back."""
    told = leaving.records(initiatives)
    if kind is ExportFormat.IATI:
        return iati.write(told, out, generated_at=now, publisher=leaving.publisher(country))
    words = known_words.words_for(country)
    if kind is ExportFormat.FIVEW:
        out.write(fivew.write_workbook(told, words))
    elif kind is ExportFormat.CSV:
        out.write(fivew.write_csv(told, words))
    else:
        out.write(fivew.write_geojson(told, words))
    return ()


def file_name(country: Country, kind: ExportFormat, now: datetime) -> str:
    """The name of a file: the country and the day."""
    return f"initiatives-{country.pk}-{now:%Y%m%d}.{leaving.ENDINGS[kind]}"
