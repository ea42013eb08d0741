"""What is wrong in a file of initiatives: rows of a table, and the same to take along."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from learnin.initiatives import problems
from learnin.initiatives.formats.record import Level
from learnin.initiatives.models import Import, ImportedRecord

SHOWN_TOGETHER = 8
"""Problems of one record that its row of the page shows; the table to take along has all."""

OUT = (ImportedRecord.State.BAD, ImportedRecord.State.REGION)
"""What becomes of records that stay out, for whoever mends the file or says otherwise."""


@dataclass(frozen=True)
class Told:
    """One problem in words."""

    row: int
    place: str
    words: str
    keeps_out: bool


@dataclass(frozen=True)
class OfRecord:
    """A record that has problems, and the first of them."""

    record: ImportedRecord
    problems: tuple[Told, ...]
    more: int

    @property
    def stays_out(self) -> bool:
        """Whether it does not come in."""
        return self.record.state in OUT


def with_problems(source: Import, level: str = "") -> QuerySet[ImportedRecord]:
    """The records that have problems: those that stay out first, then in the order of the file."""
    found = source.records.exclude(problems=[]).alias(stays=Q(state__in=OUT)).order_by("-stays", "row", "pk")
    if level == Level.ERROR:
        return found.filter(state__in=OUT)
    return found.exclude(state__in=OUT) if level == Level.WARNING else found


def told(kept: Iterable[Mapping[str, Any]]) -> list[Told]:
    """Problems in words, those that keep a record out first."""
    found = [Told(one["row"], str(one.get("place", "")), problems.of(one), one["level"] == Level.ERROR) for one in kept]
    return sorted(found, key=lambda one: not one.keeps_out)


def of_records(records: Iterable[ImportedRecord]) -> list[OfRecord]:
    """Records with their problems in words."""
    every = [(one, told(one.problems)) for one in records]
    return [OfRecord(one, tuple(all[:SHOWN_TOGETHER]), max(0, len(all) - SHOWN_TOGETHER)) for one, all in every]


def columns() -> list[tuple[str, int]]:
    """The columns of the table to take along, with their widths in letters."""
    return [
        (_("Row"), 8), (_("Identifier"), 28), (_("Title"), 50), (_("Column or element"), 40),
        (_("What is wrong"), 80), (_("What it does"), 24),
    ]  # fmt: skip


def rows(source: Import) -> Iterator[list[str]]:
    """Every problem of a file, as texts: first those of the file as a whole."""
    for one in told(source.problems):
        yield [str(one.row), "", "", one.place, one.words, _does(one)]
    for record in with_problems(source).iterator(chunk_size=2000):
        for one in told(record.problems):
            yield [str(one.row), record.identifier, record.title, one.place, one.words, _does(one)]


def _does(one: Told) -> str:
    return str(problems.ERROR if one.keeps_out else problems.WARNING)
