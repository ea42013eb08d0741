"""The composition as rows of a workbook, and what an uploaded workbook would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from learnin.journal.formats.cells import Problem
from learnin.people.models import Area
from learnin.people.models.persons import Level
from learnin.programme import reader
from learnin.taskforce.formats import composition_workbook as workbook
from learnin.taskforce.formats.composition_workbook import Choices, Row
from learnin.taskforce.models import Sitting, TaskForce
from learnin.taskforce.models.composition import Sex
from learnin.taskforce.queries.composition import composition


@dataclass(frozen=True)
class Told:
    """A problem in words, with its cell."""

    cell: str
    text: str


@dataclass(frozen=True)
class Change:
    """What a row would do, in words."""

    number: int
    seat: str
    text: str


def choices(task_force: TaskForce) -> Choices:
    """What may stand in the workbook, in the reader's language."""
    return Choices(
        constituencies={str(one.name): one.id for one in reader.current().constituencies},
        english=list(Level.values),
        sexes={str(label): value for value, label in Sex.choices},
        areas={f"{area.name} ({area.code})": area.code for area in task_force.country.areas.order_by("code")},
        yes=_("Yes"),
        no=_("No"),
    )


def headings() -> dict[str, str]:
    """The words over the columns."""
    return {
        "number": _("Seat number"),
        "constituency": _("Constituency"),
        "seat": _("Seat"),
        "institution": _("Nominating institution"),
        "faces_region": _("Works with the region"),
        "deputy": _("Is a deputy"),
        "name": _("Name"),
        "email": _("E-mail address"),
        "organisation": _("Organisation"),
        "position": _("Position"),
        "english": _("English"),
        "sex": _("Sex"),
        "area": _("Area"),
        "nominated_on": _("Nominated on"),
        "appointed_on": _("Appointed on"),
        "term_ends_on": _("Term until"),
    }


def guide() -> list[str]:
    """What the third sheet explains."""
    return [
        _("One row is one seat and who is in it. A deputy has a row of their own with the same seat number."),
        _("Choose from the lists where there is one. Write days as 2026-12-31."),
        _("Leave the name empty for an open seat. A seat that is missing here stays as it is."),
        _("Nothing changes until you accept the preview. The same file a second time changes nothing."),
    ]


def row_of(number: int, sitting: Sitting | None, place: object, *, deputy: bool) -> Row:
    """One row of the workbook."""
    seat = place.seat  # type: ignore[attr-defined]
    about = {"number": number, "constituency": seat.constituency, "seat": seat.title, "institution": seat.institution}
    if sitting is None:
        return Row(**about, faces_region=seat.faces_region, deputy=deputy)
    return Row(
        **about,
        faces_region=seat.faces_region,
        deputy=deputy,
        name=sitting.name,
        email=sitting.email,
        organisation=sitting.organisation,
        position=sitting.position,
        english=sitting.english,
        sex=sitting.sex,
        area=sitting.area.code if sitting.area else "",
        nominated_on=sitting.nominated_on,
        appointed_on=sitting.appointed_on,
        term_ends_on=sitting.term_ends_on,
    )


def rows(task_force: TaskForce, today: date) -> list[Row]:
    """The composition today, a row for each member and each deputy."""
    found = []
    for place in composition(task_force, today).places:
        found.append(row_of(place.seat.number, place.member, place, deputy=False))
        if place.deputy:
            found.append(row_of(place.seat.number, place.deputy, place, deputy=True))
    return sorted(found, key=lambda row: (row.number, row.deputy))


def written(task_force: TaskForce, today: date) -> bytes:
    """The workbook to download."""
    return workbook.write(rows(task_force, today), choices(task_force), headings(), guide=guide())


def told(problem: Problem) -> Told:
    """A problem of the workbook in the reader's language."""
    sentences = {
        "no_workbook": _("This is not an Excel workbook (.xlsx). Download ours and fill it in."),
        "too_many": _("There are more than %(said)s rows."),
        "missing": _("This cell is empty, but it is needed."),
        "not_in_list": _("“%(said)s” is not in the list of this column."),
        "too_long": _("This text is too long."),
        "no_number": _("Write the number of the seat, from 1 to 999, not “%(said)s”."),
        "no_day": _("“%(said)s” is not a day. Write it like 2026-12-31."),
        "no_address": _("“%(said)s” is not an e-mail address."),
        "before_nomination": _("The appointment is before the nomination."),
        "before_appointment": _("The term ends before it begins."),
        "twice": _("Seat %(said)s stands here twice. One row is for the member, one for the deputy."),
    }
    where = ""
    if problem.column:
        letter = chr(ord("A") + workbook.COLUMNS.index(problem.column))
        where = f"{letter}{problem.row}"
    elif problem.row:
        where = str(problem.row)
    return Told(where, sentences[problem.reason] % {"said": problem.said})


def changes(task_force: TaskForce, read: list[Row], today: date) -> list[Change]:
    """What these rows would change, in words; rows that say what is so already are not named."""
    now = {(row.number, row.deputy): row for row in rows(task_force, today)}
    names = headings()
    found = []
    for row in read:
        old = now.get((row.number, row.deputy))
        text = _change(row, old, names)
        if text:
            found.append(Change(row.number, row.seat, text))
    return found


def _change(row: Row, old: Row | None, names: Mapping[str, str]) -> str:
    if old is None:
        return _("New: %(name)s") % {"name": row.name} if row.name else _("New seat, open")
    if old.name and not row.name:
        return _("%(name)s stays: an empty name ends no term. End it on the page.") % {"name": old.name}
    if old.name and row.name != old.name:
        return _("%(old)s gives way to %(new)s") % {"old": old.name, "new": row.name}
    if row.name and not old.name:
        return _("New in the seat: %(name)s") % {"name": row.name}
    differs = [column for column in workbook.COLUMNS if _differs(row, old, column)]
    return _("Corrected: %(what)s") % {"what": ", ".join(names[column] for column in differs)} if differs else ""


def _differs(row: Row, old: Row, column: str) -> bool:
    """An empty day of nomination or appointment takes nothing back."""
    said = getattr(row, column)
    return said != getattr(old, column) and not (said is None and column != "term_ends_on")


def areas_by_code(task_force: TaskForce) -> dict[str, Area]:
    """The country's areas by their code."""
    return {area.code: area for area in task_force.country.areas.order_by("code")}
