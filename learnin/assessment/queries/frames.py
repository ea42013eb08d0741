"""What we know of lists of units: what stands in the file, what became of it, and what can be drawn."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from learnin.assessment.formats import unit_list
from learnin.assessment.formats.unit_list import Contents, Meaning, Sizes, Spots, Unit, UnitList
from learnin.assessment.models import ColumnMemory, Frame, FrameUnit
from learnin.people.models import Country

NO_VALUE = "–"
"""How the value of a strata column is called that a unit does not have."""


def why_unreadable(code: str) -> str:
    """Why a file is no list, in words."""
    return {
        "no-rows": _("The list has a heading, but no rows."),
        "too-many-rows": _("A list can have at most %(most)d rows.") % {"most": unit_list.MOST_ROWS},
        "too-many-columns": _("A list can have at most %(most)d columns.") % {"most": unit_list.MOST_COLUMNS},
        "same-heading": _("Two columns have the same heading. Give each its own."),
    }.get(code, _("This file cannot be read as a table. Save it as an Excel or CSV file with one heading row."))


def frames(country: Country) -> QuerySet[Frame]:
    """The lists of a country with how many samples were drawn from each, newest first."""
    found = Frame.objects.filter(country=country).select_related("job").defer("contents")
    return found.annotate(drawn=Count("samples")).order_by("-added_at", "-pk")


def reading(frame: Frame) -> UnitList:
    """The list as it stands in its file."""
    with frame.source.file.open("rb") as file:
        return unit_list.read(file.read(), str(frame.source.file.name))


def contents(frame: Frame) -> Contents:
    """What stands in the file: kept since it was read; a list of before that was kept is read now."""
    return Contents.from_json(frame.contents) if frame.contents else Contents.of(reading(frame))


def are_columns_said(frame: Frame, found: Contents) -> bool:
    """Whether somebody said what the columns mean, and they all stand in the file."""
    return bool(frame.mapping) and {*frame.mapping.values(), *frame.strata} <= {*found.first.headings}


@dataclass(frozen=True)
class Remembered:
    """What the columns of a list may mean, before a person has said it."""

    mapping: Mapping[str, str]
    strata: tuple[str, ...]
    groups: Mapping[str, Mapping[str, str]]
    is_from_before: bool


def remembered(frame: Frame, found: Contents) -> Remembered:
    """What a list with the same heading meant before; else what the words of the heading say."""
    kept = ColumnMemory.objects.filter(country=frame.country_id, heading=found.first.fingerprint).first()
    if frame.mapping:
        groups = frame.groups or (kept.groups if kept else {})
        return Remembered(frame.mapping, tuple(frame.strata), groups, bool(kept))
    if kept:
        return Remembered(kept.mapping, tuple(kept.strata), kept.groups, True)
    return Remembered(unit_list.guess(found.first.headings), (), {}, False)


@dataclass(frozen=True)
class Layer:
    """A strata column and its values, before units are made of the rows."""

    heading: str
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Trouble:
    """What is wrong in a column: how often, and on which lines of the file with what is written there."""

    heading: str
    says: str
    spots: Spots

    @property
    def more(self) -> int:
        """How many lines are not named."""
        return self.spots.count - len(self.spots.first)


@dataclass(frozen=True)
class Preview:
    """The first units as they would be, and what still needs a word: who is not at work, which values count as one."""

    units: tuple[Unit, ...]
    statuses: tuple[tuple[str, int], ...]
    layers: tuple[Layer, ...]
    troubles: tuple[Trouble, ...]

    @property
    def not_at_work(self) -> tuple[str, ...]:
        """Statuses that probably say so: all but the most frequent one."""
        return tuple(value for value, _n in self.statuses[1:])


def preview(frame: Frame, found: Contents) -> Preview:
    """How the list would come in."""
    told = {column.heading: column for column in found.columns}
    status = told.get(frame.mapping.get("status", ""))
    return Preview(
        units=tuple(unit_list.units(found.first, frame.mapping, strata=frame.strata)),
        statuses=status.values if status else (),
        layers=tuple(Layer(heading, told[heading].values) for heading in frame.strata),
        troubles=tuple(one for one in _troubles(frame, found) if one.spots.count),
    )


def _troubles(frame: Frame, found: Contents) -> Iterator[Trouble]:
    """What does not fit what a column was said to mean."""
    told = {column.heading: column for column in found.columns}
    means = {meaning: told[heading] for meaning, heading in frame.mapping.items() if heading in told}
    if name := means.get(Meaning.NAME):
        yield Trouble(name.heading, _("No name stands here"), name.empty)
    if code := means.get(Meaning.CODE):
        yield Trouble(code.heading, _("The same code stands above: the unit is set aside"), code.again)
    for meaning in (Meaning.SIZE, Meaning.SECONDS):
        if column := means.get(meaning):
            yield Trouble(column.heading, _("This is no number and counts as not known"), column.no_number)


@dataclass(frozen=True)
class Cell:
    """A stratum of a list: the combination of values, its units and their sizes."""

    name: str
    units: int
    size: float


@dataclass(frozen=True)
class About:
    """What a list is worth."""

    units: int
    drawable: int
    set_aside: tuple[tuple[str, int], ...]
    twins: int
    twin_examples: tuple[str, ...]
    sizes: Sizes | None
    has_sizes: bool
    cells: tuple[Cell, ...]

    @property
    def suspicious_ones(self) -> int:
        """How many units have the size 1, where that is more than one in twenty: probably “not known”."""
        return self.sizes.ones if self.sizes and self.sizes.ones * 20 > self.drawable else 0


def about(frame: Frame) -> About:
    """What a list is worth, as it was found when its units were made."""
    report = frame.report or {}
    aside = report.get("set_aside", {})
    labels = dict(FrameUnit.SetAside.choices)
    sizes = report.get("sizes")
    return About(
        units=frame.unit_count,
        drawable=frame.unit_count - sum(aside.values()),
        set_aside=tuple((str(labels.get(code, code)), n) for code, n in aside.items()),
        twins=report.get("twins", 0),
        twin_examples=tuple(report.get("twin_examples", ())),
        sizes=Sizes(**sizes) if sizes else None,
        has_sizes="size" in frame.mapping,
        cells=tuple(
            Cell(" / ".join(value or NO_VALUE for value in one["values"]), one["units"], one["size"])
            for one in report.get("cells", ())
        ),
    )
