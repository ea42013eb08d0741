"""Answers leave: who takes them, why, and where large files wait."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learnin.assessment.formats.exports import codebook, csv_files, excel, frames, places
from learnin.assessment.models import Export, Round
from learnin.assessment.queries import exports as queries
from learnin.journal.models import Attachment
from learnin.journal.operations import entries
from learnin.journal.operations import jobs as journal_jobs
from learnin.kit import jobs
from learnin.kit.refusal import Refusal
from learnin.people.models import Person
from learnin.people.roles import Can, may

AT_ONCE = 5_000  # answers: a file of so many is there in a few seconds
FRESH = 15 * 60  # seconds in which the file of an export may be fetched by whoever made it
KEPT = timedelta(days=7)  # large files, then they go: answers should not lie about
BOOKS = frozenset({Export.Format.CODEBOOK, Export.Format.DDI})  # they hold no answers
STREAMED = frozenset({Export.Format.CSV, Export.Format.GEOJSON, Export.Format.DDI})
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "sav": "application/x-spss-sav",
    "dta": "application/x-stata-dta",
    "parquet": "application/vnd.apache.parquet",
    "geojson": "application/geo+json",
    "xml": "application/xml",
    "zip": "application/zip",
}


class NotAllowed(Refusal):
    """Personal fields do not go along with this person, or not without a reason."""


class NothingThere(Refusal):
    """There is nothing to take along."""


class TooLarge(Refusal):
    """This kind of file cannot hold so many answers."""


@transaction.atomic
def export(
    round: Round,
    *,
    format: str,
    language: str = "",
    scope: str = Export.Scope.KEPT,
    with_personal: bool = False,
    has_mark: bool = True,
    reason: str = "",
    by: Person,
    now: datetime,
) -> Export:
    """Note that somebody takes answers along. Small files are made when they are fetched, large ones as a job.

    Raises NotAllowed, NothingThere, TooLarge.
    """
    if with_personal and not may(by, Can.SEE_PERSONAL_ANSWERS, round.country):
        raise NotAllowed(_("Your role does not allow you to take personal fields along."))
    if with_personal and not reason.strip():
        raise NotAllowed(_("Write why you need the personal fields. It stands in the journal."))
    rows = queries.wanted(round, scope, until=now).count()
    if not rows and format not in BOOKS:
        raise NothingThere(_("There are no such answers yet."))
    if format == Export.Format.XLSX and rows >= excel.ROWS:
        raise TooLarge(_("A sheet of Excel has room for 1,048,575 answers. Choose another format."))
    made = Export.objects.create(
        round=round,
        format=format,
        language=language,
        scope=scope,
        has_mark=has_mark,
        has_personal=with_personal,
        reason=reason.strip(),
        rows=rows,
        made_by=by,
        made_at=now,
    )
    told = {"export_format": format, "scope": scope, "answers": rows, "personal": with_personal, "reason": made.reason}
    entries.write("answers.exported", round, by=by, now=now, country=round.country, after=told)
    if format not in STREAMED | BOOKS and rows > AT_ONCE:
        made.job = journal_jobs.start(make_file, by=by, now=now, country=round.country, export=made.pk)
        made.save(update_fields=["job"])
    return made


@jobs.job(label=gettext_lazy("Make a file of answers"), atomic=False)
def make_file(export: int, *, by: Person | None, now: datetime) -> dict[str, str]:
    """Make the file of a large export, and keep it for a week for whoever asked for it."""
    of = Export.objects.select_related("round__instrument", "round__country", "made_by").get(pk=export)
    with TemporaryDirectory() as folder:
        path = written(of, Path(folder), total=of.rows or 0)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            kept = Attachment(
                name=file_name(of, path.suffix),
                size=path.stat().st_size,
                media_type=TYPES[path.suffix.lstrip(".")].partition(";")[0],
                sha256=digest,
                country=of.round.country,
                added_by=of.made_by,
                added_at=now,
            )
            kept.file.save(kept.name, File(file), save=False)
    try:
        with jobs.finishing(), transaction.atomic():
            kept.save()
            of.attachment = kept
            of.save(update_fields=["attachment"])
    except Exception:
        kept.file.delete(save=False)  # no file without its row
        raise
    return {"text": _("The file is ready on the page of the exports.")}


@jobs.job(label=gettext_lazy("Remove old files of answers"), schedule="daily 03:40")
@transaction.atomic
def forget_files(*, by: Person | None, now: datetime) -> dict[str, str]:
    """Large files go after a week; that they were made stays on record."""
    old = list(Export.objects.filter(attachment__isnull=False, made_at__lt=now - KEPT).select_related("attachment"))
    for one in old:
        kept = one.attachment
        one.attachment = None
        one.save(update_fields=["attachment"])
        if kept is not None:
            transaction.on_commit(lambda file=kept.file: file.delete(save=False), robust=True)  # type: ignore[misc]
            kept.delete()
    return {"text": ngettext("%(count)d file removed.", "%(count)d files removed.", len(old)) % {"count": len(old)}}


def streamed(of: Export) -> tuple[Iterator[bytes], str]:
    """The file of an export piece by piece, and its ending; for formats whose first bytes need not wait."""
    layout = queries.layout(of.round, with_personal=of.has_personal)
    rows = queries.wanted(of.round, of.scope, until=of.made_at)
    if of.format == Export.Format.GEOJSON:
        return places.geojson(layout, queries.records(of.round, rows)), "geojson"
    if of.format == Export.Format.DDI:
        return iter((codebook.ddi(layout, of.language, count=of.rows),)), "xml"
    log = queries.cleaning_log(of.round, of.scope, with_personal=of.has_personal, until=of.made_at)
    records = queries.records(of.round, rows)
    if not layout.repeats and not log:
        return csv_files.one_file(layout, records, bom=of.has_mark), "csv"
    more = [("cleaning-log.csv", csv_files.plain(queries.LOG_COLUMNS, log, bom=of.has_mark))] if log else []
    return csv_files.zip_file(layout, records, bom=of.has_mark, more=more), "zip"


def written(of: Export, folder: Path, *, total: int = 0) -> Path:
    """The file of an export in a folder; for formats that are written as a whole."""
    layout = queries.layout(of.round, with_personal=of.has_personal)
    if of.format == Export.Format.CODEBOOK:
        return excel.book_of_text(codebook.sheets(layout, of.language), folder / "codebook.xlsx")
    records = queries.records(of.round, queries.wanted(of.round, of.scope, until=of.made_at), total=total)
    log = queries.cleaning_log(of.round, of.scope, with_personal=of.has_personal, until=of.made_at)
    if of.format == Export.Format.XLSX:
        more = [("cleaning log", [queries.LOG_COLUMNS, *log])] if log else []
        return excel.workbook(layout, records, folder / "answers.xlsx", language=of.language, more=more)
    if of.format == Export.Format.PARQUET:
        path = frames.parquet(layout, records, folder)
    else:
        write = frames.sav if of.format == Export.Format.SAV else frames.dta
        path = write(layout, records, folder, of.language)
    return _with_log(path, log) if log else path


def file_name(of: Export, suffix: str) -> str:
    """The name of the file: the questionnaire, the round, the day."""
    kind = f"-{of.format}" if of.format in BOOKS else ""
    return f"{of.round.instrument.form_id}-{of.round_id}-{of.made_at:%Y%m%d}{kind}{suffix}"


def _with_log(path: Path, log: list[tuple[str, ...]]) -> Path:
    """The file and the cleaning log in one."""
    beside = path.parent / "cleaning-log.csv"
    beside.write_bytes(csv_files.plain(queries.LOG_COLUMNS, log))
    if path.suffix == ".zip":
        frames.add_to_zip(path, beside)
        return path
    return frames.zipped([path, beside], path.with_suffix(".zip"))
