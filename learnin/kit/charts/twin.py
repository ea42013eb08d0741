"""What every chart has: a caption, a legend of what occurs, and a table with the same numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from learnin.kit import written
from learnin.kit.charts import strips
from learnin.kit.charts.marks import MEANINGS, SIGNS, Mark, Trust, Unit


@dataclass(frozen=True)
class Column:
    """The head of a column, and whether numbers stand below it."""

    head: str
    is_number: bool = True


@dataclass(frozen=True)
class Twin:
    """The table that says the same. The first cell of a row names it."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, columns: Iterable[Column], rows: Iterable[tuple[str, ...]]) -> "Twin":
        """The table without columns that say nothing."""
        every, cells = tuple(columns), list(rows)
        kept = [at for at, _column in enumerate(every) if not at or any(row[at] for row in cells)]
        return cls(tuple(every[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in cells))

    @property
    def cells(self) -> list[list[tuple[Column, str]]]:
        """Each row, with the column of each cell."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Key:
    """One line of a legend: a small picture or a sign, and what it means."""

    picture: SafeString
    means: str


class Chart(Protocol):
    """What the component can draw."""

    @property
    def caption(self) -> str:
        """What is counted, of whom."""
        ...

    @property
    def note(self) -> str:
        """What is what in the picture."""
        ...

    def body(self) -> SafeString:
        """The picture."""
        ...

    def legend(self) -> list[Key]:
        """What occurs in it."""
        ...

    def twin(self) -> Twin | None:
        """The table; nothing where the chart is one."""
        ...


DOTS = {Trust.SURE: strips.sample(is_sure=True), Trust.UNSURE: strips.sample(is_sure=False)}
SIGNS_ONLY: Mapping[Trust, SafeString] = {}


def trust_keys(marks: Iterable[Mark], pictures: Mapping[Trust, SafeString] = DOTS) -> list[Key]:
    """What the looks mean that occur, by their picture in this chart or by their sign; none where all are reliable."""
    occurring = {mark.trust for mark in marks}
    if occurring <= {Trust.SURE}:
        return []
    keys = []
    for trust, means in MEANINGS.items():
        if trust in occurring and (trust in pictures or SIGNS[trust]):
            sign = SIGNS[trust] if trust in pictures else ""
            keys.append(Key(pictures.get(trust) or strips.sign(SIGNS[trust]), f"{sign} {means}".strip()))
    return keys


def texts(*heads: str) -> list[Column]:
    """Columns of words."""
    return [Column(head, is_number=False) for head in heads]


def numbers(*heads: str) -> list[Column]:
    """Columns of numbers."""
    return [Column(head) for head in heads]


def estimate_columns() -> list[Column]:
    """The columns of a table of estimates, after what the rows are about."""
    return [*numbers(_("Estimate"), _("95% interval"), _("Answers")), *texts(_("Note"))]


def estimate_cells(mark: Mark, unit: Unit) -> tuple[str, ...]:
    """An estimate in a table."""
    answers = "" if mark.n is None else written.number(mark.n)
    return f"{mark.sign} {mark.said(unit)}".strip(), mark.interval(unit), answers, mark.note
