"""Files of initiatives: they come in, are read and compared, and are applied as a whole or not at all."""

from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import datetime
from itertools import islice
from typing import IO, Any, BinaryIO, cast

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learnin.initiatives.formats import fivew, iati
from learnin.initiatives.formats.fivew import ColumnMapping
from learnin.initiatives.formats.record import NotReadable, Read
from learnin.initiatives.models import HeadingMemory, Import, ImportedRecord
from learnin.initiatives.operations import bringing, pairs
from learnin.initiatives.queries import imports as queries
from learnin.initiatives.queries import judgements, known_words
from learnin.initiatives.queries.judge import Judge
from learnin.journal.operations import entries
from learnin.journal.operations import jobs as journal_jobs
from learnin.journal.operations.files import attach
from learnin.kit import jobs, written
from learnin.kit.refusal import Refusal
from learnin.people.models import Country, Person

State = ImportedRecord.State
READ_AT_ONCE = 1_000_000  # bytes: a file of so many is read in a few seconds
APPLY_AT_ONCE = 300  # records: they come in in a few seconds
A_PIECE = 500  # rows of one insert
ENDINGS = (".xlsx", ".xls", ".csv", ".xml")


class FileRefused(Refusal):
    """The file is no file of initiatives, or a hostile one. `code` names why."""

    def __init__(self, message: str, code: str = "") -> None:
        """Keep the code beside the words."""
        super().__init__(message)
        self.code = code


class ImportBusy(Refusal):
    """A job works on this file."""


class ImportOver(Refusal):
    """It was applied or given up."""


class NotRead(Refusal):
    """Its columns have no meaning yet, or it is still being read."""


class Undecided(Refusal):
    """Where file and register differ, somebody has to say who wins."""


def format_of(head: bytes) -> str:
    """What kind of file its first bytes say it is: XML is IATI, all else a table."""
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").replace(b"\x00", b"")
    return Import.Format.IATI if start.startswith(b"<") else Import.Format.FIVEW


@transaction.atomic
def bring_in(
    country: Country,
    *,
    file: IO[bytes],
    file_name: str,
    by: Person,
    now: datetime,
    limit_mb: int | None = None,
    at_once: bool = False,
    reads: Iterable[Read] | None = None,
    takes_regions: bool = False,
) -> Import:
    """Keep a file as it came. An IATI file is read next; a table waits until somebody says what its columns mean.

    at_once: however large it is; the command line waits for no job. reads: what it gives, where it was read already.
    takes_regions: whether what names a whole region, and no country, comes in too.

    Raises FileRefused, and journal's FileRefused.
    """
    kind = format_of(file.read(4096))
    file.seek(0)
    try:
        if kind == Import.Format.IATI:
            next(iati.read(cast(BinaryIO, file)), None)  # refuses what is no IATI file before anything is kept
        else:
            fivew.look(file.read(), file_name)
    except NotReadable as why:
        raise FileRefused(known_words.why(why), why.code) from None
    file.seek(0)
    attachment = attach(file, name=file_name, country=country, by=by, now=now, allowed=ENDINGS, limit_mb=limit_mb)
    made = Import.objects.create(
        country=country, format=kind, attachment=attachment, takes_regions=takes_regions, added_by=by, added_at=now
    )
    entries.write("import.added", made, by=by, now=now, country=country, after={"file": attachment.name})
    if kind == Import.Format.IATI:
        _read(made, by=by, now=now, at_once=at_once, reads=reads)
    return made


@transaction.atomic
def say_columns(
    source: Import,
    *,
    mapping: ColumnMapping,
    by: Person,
    now: datetime,
    at_once: bool = False,
    reads: Iterable[Read] | None = None,
) -> Import:
    """Say what the columns of a table mean; the next one with the same heading is offered the same. Then it is read.

    Raises ImportBusy, ImportOver, FileRefused.
    """
    found = _free(source)
    found.mapping = mapping.as_json()
    found.save(update_fields=["mapping"])
    try:
        heading = known_words.look_of(found).fingerprint
    except NotReadable as why:
        raise FileRefused(known_words.why(why), why.code) from None
    HeadingMemory.objects.update_or_create(
        country=found.country, heading=heading, defaults={"mapping": found.mapping | {"sheet": ""}, "used_at": now}
    )
    entries.write("import.columns-said", found, by=by, now=now, country=found.country)
    _read(found, by=by, now=now, at_once=at_once, reads=reads)
    return found


@transaction.atomic
def take_regions(source: Import, *, take: bool, by: Person, now: datetime) -> Import:
    """Say whether what names a whole region, and no country, comes into this register too. The file is read anew.

    Raises ImportBusy, ImportOver, FileRefused.
    """
    found = _free(source)
    if found.takes_regions != take:
        found.takes_regions = take
        found.save(update_fields=["takes_regions"])
        verb = "import.regions-taken" if take else "import.regions-left"
        entries.write(verb, found, by=by, now=now, country=found.country)
        _read(found, by=by, now=now, at_once=False, reads=None)
    return found


def _free(source: Import) -> Import:
    chosen = Import.objects.select_for_update(of=("self",)).select_related("country", "attachment", "job")
    found = chosen.get(pk=source.pk)
    if found.applied_at or found.dropped_at:
        raise ImportOver(_("This file was applied or given up. Bring it in again."))
    if found.is_busy:
        raise ImportBusy(_("This file is being worked on. Wait until the job is done."))
    return found


def _read(source: Import, *, by: Person, now: datetime, at_once: bool, reads: Iterable[Read] | None) -> None:
    if source.attachment.size > READ_AT_ONCE and not at_once:
        source.read_at = None
        source.job = journal_jobs.start(read_file, by=by, now=now, country=source.country, source=source.pk)
        source.save(update_fields=["job", "read_at"])
    else:
        _keep_reads(source, reads, by=by, now=now)


@jobs.job(label=gettext_lazy("Read a file of initiatives"), atomic=False)
def read_file(*, source: int, by: Person, now: datetime) -> dict[str, str]:
    """Read a large file and compare it with the register. Raises FileRefused."""
    found = Import.objects.select_related("country", "attachment", "added_by").get(pk=source)
    with jobs.finishing(), transaction.atomic():
        n = _keep_reads(found, None, by=by, now=now)
    text = ngettext("%(shown)s record was read.", "%(shown)s records were read.", n)
    return {"text": text % {"shown": written.number(n)}, "url": reverse("initiatives:import", args=[source])}


def _keep_reads(source: Import, reads: Iterable[Read] | None, *, by: Person, now: datetime) -> int:
    """Read a file, and keep each record with what applying would do. Returns how many records it has.

    What is the person's own counts as theirs, and what somebody else's is as somebody else's.
    """
    source.records.all().delete()
    judge = Judge.of(source.country, by)
    about: list[dict[str, Any]] = []
    n = 0
    try:
        with closing(only_records(_reads(source) if reads is None else reads, about)) as given:
            found = judgements.judged(source, given, judge)
            while piece := list(islice(found, A_PIECE)):
                ImportedRecord.objects.bulk_create(piece, batch_size=A_PIECE)
                n += len(piece)
                jobs.progress(n, 0, _("Records are being read."))
    except NotReadable as why:
        raise FileRefused(known_words.why(why), why.code) from None
    source.problems, source.read_at = about, now
    source.save(update_fields=["problems", "read_at"])
    return n


def only_records(reads: Iterable[Read], about: list[dict[str, Any]]) -> Generator[Read, None, None]:
    """The records; what is said of the file as a whole goes aside."""
    for read in reads:
        if queries.is_only_of_file(read):
            about.extend(judgements.kept(one) for one in read.problems)
        else:
            yield read


def _reads(source: Import) -> Iterator[Read]:
    with source.attachment.file.open("rb") as file:
        if source.format == Import.Format.IATI:
            yield from iati.read(cast(BinaryIO, file))
            return
        if source.mapping is None:
            raise NotRead(_("Say first what the columns mean."))
        mapping = ColumnMapping.from_json(source.mapping)
        yield from records_of_table(file.read(), source.attachment.name, mapping)


def records_of_table(content: bytes, name: str, mapping: ColumnMapping) -> Iterator[Read]:
    """The records of a 5W table, its names looked up as this installation knows them. Raises NotReadable."""
    return fivew.read(content, name, mapping, places=known_words.places(), codes=known_words.codes())


@transaction.atomic
def decide(source: Import, *, choices: Mapping[int, str], by: Person, now: datetime, rest: str = "") -> None:
    """Say who wins where a file and a person differ, record by record; `rest`: for those that are not decided then.

    Raises ImportBusy, ImportOver.
    """
    found = _free(source)
    for choice in ImportedRecord.Choice:
        those = [pk for pk, chosen in choices.items() if chosen == choice]
        found.records.filter(pk__in=those, state=State.CONFLICT).update(choice=choice)
    n = len(choices)
    if rest:
        n += queries.undecided(found).update(choice=ImportedRecord.Choice(rest))
    entries.write("import.decided", found, by=by, now=now, country=found.country, after={"records": n})


@transaction.atomic
def drop(source: Import, *, by: Person, now: datetime) -> None:
    """Give a file up: nothing of it came into the register. Raises ImportBusy, ImportOver."""
    found = _free(source)
    found.dropped_at = now
    found.save(update_fields=["dropped_at"])
    found.records.all().delete()
    entries.write("import.dropped", found, by=by, now=now, country=found.country)


@transaction.atomic
def apply(source: Import, *, by: Person, now: datetime, at_once: bool = False) -> Import:
    """Bring a file into the register: at once where it is short, else as a job.

    Where the register changed since the file was read, so that the file would now do something else, nothing comes in:
    it is shown anew.

    Raises ImportBusy, ImportOver, NotRead, Undecided.
    """
    found = _free(source)
    _require_ready(found)
    if found.records.filter(state__in=THAT_COME_IN).count() > APPLY_AT_ONCE and not at_once:
        found.job = journal_jobs.start(apply_file, by=by, now=now, country=found.country, source=found.pk)
        found.save(update_fields=["job"])
    else:
        _apply(found, by=by, now=now)
    return found


THAT_COME_IN = (State.NEW, *bringing.OF_THE_REGISTER)


def _require_ready(source: Import) -> None:
    if source.read_at is None:
        raise NotRead(_("This file has not been read yet."))
    n = queries.undecided(source).count()
    if n:
        words = ngettext("Say first who wins for %(n)s record.", "Say first who wins for %(n)s records.", n)
        raise Undecided(words % {"n": written.number(n)})


@jobs.job(label=gettext_lazy("Bring initiatives into the register"), atomic=False)
def apply_file(*, source: int, by: Person, now: datetime) -> dict[str, str]:
    """Bring a large file into the register: all of it, or nothing. Raises ImportOver, Undecided."""
    with jobs.finishing(), transaction.atomic():
        chosen = Import.objects.select_for_update(of=("self",)).select_related("country", "attachment")
        found = chosen.get(pk=source)
        if found.applied_at or found.dropped_at:
            raise ImportOver(_("This file was applied or given up. Bring it in again."))
        _require_ready(found)
        n = _apply(found, by=by, now=now)
    url = reverse("initiatives:import", args=[source])
    if not found.applied_at:
        return {
            "text": _("The register changed since the file was read. Look at what the file would do now."),
            "url": url,
        }
    text = ngettext("%(shown)s initiative came in or changed.", "%(shown)s initiatives came in or changed.", n)
    return {"text": text % {"shown": written.number(n)}, "url": url}


def _apply(source: Import, *, by: Person, now: datetime) -> int:
    Country.objects.select_for_update().get(pk=source.country_id)  # two files bring the same initiative in only once
    judge = Judge.of(source.country, by)
    if _is_otherwise_now(source, judge, now=now):
        return 0
    new = bringing.new(source, judge.settler.known, by=by, now=now)
    changed = bringing.changed(source, judge.settler, by=by, now=now)
    source.applied_at, source.applied_by = now, by
    source.save(update_fields=["applied_at", "applied_by"])
    after = {"new": new, "changed": changed, "file": source.attachment.name}
    entries.write("import.applied", source, by=by, now=now, country=source.country, after=after)
    if new + changed:
        pairs.ask(source.country, by=by, now=now)
    return new + changed


def _is_otherwise_now(source: Import, judge: Judge, *, now: datetime) -> bool:
    """Compare the file with the register again, and keep what became otherwise since it was read."""
    other: list[ImportedRecord] = []
    found = source.records.filter(state__in=THAT_COME_IN).order_by("row", "pk").iterator(chunk_size=A_PIECE)
    while piece := list(islice(found, A_PIECE)):
        other.extend(judgements.otherwise(piece, judge))
    if other:
        ImportedRecord.objects.bulk_update(
            other, ["state", "differences", "initiative", "problems", "choice"], batch_size=A_PIECE
        )
        source.read_at = now
        source.save(update_fields=["read_at"])
    return bool(other)
