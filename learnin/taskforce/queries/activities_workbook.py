"""The matrix of regional activities as a workbook, and what a filled one would change."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from learnin.journal.formats.cells import Problem
from learnin.taskforce.formats import activities_workbook as workbook
from learnin.taskforce.formats.activities_workbook import Cell, Reading
from learnin.taskforce.models import ActivityCopy, RegionalActivity
from learnin.taskforce.queries import activities as queries
from learnin.taskforce.queries.workbook import Told

State = ActivityCopy.State


@dataclass(frozen=True)
class Change:
    """What a cell would do, in words."""

    copy: ActivityCopy
    cell: Cell
    text: str


def states() -> dict[str, str]:
    """Words that stand in the drop-down, and what we keep."""
    return {str(label): value for value, label in State.choices}


def guide() -> list[str]:
    """What the second sheet explains."""
    return [
        _("Choose each country’s answer from the list. Beside it stands its plan, or why it declined."),
        _("A grey cell belongs to a country that was not invited. Leave it empty."),
        _("“No answer” is not a no: only “Declined” is, and it needs a reason."),
        _("Nothing changes until you accept the preview. The same file a second time changes nothing."),
    ]


def _cell(copy: ActivityCopy) -> Cell:
    note = copy.reason if copy.state == State.DECLINED else copy.note
    return Cell(copy.country_id, copy.activity_id, copy.state, note)


def written(kind: str = "") -> bytes:
    """The workbook to download: every activity that was sent, of one kind or of all."""
    sent = list(queries.activities(kind).exclude(sent_at=None).filter(cancelled_at=None))
    copies = list(queries.copies_of(sent))
    named = {copy.country_id for copy in copies}
    return workbook.write(
        {place.pk: place.name for place in queries.countries() if place.pk in named or not place.is_example},
        {one.pk: one.title for one in sent},
        [_cell(copy) for copy in copies],
        states(),
        words={"code": _("Code"), "country": _("Country"), "note": _("plan or reason")},
        guide=guide(),
    )


def _there() -> dict[tuple[str, int], ActivityCopy]:
    sent = RegionalActivity.objects.filter(cancelled_at=None).exclude(sent_at=None)
    return {(copy.country_id, copy.activity_id): copy for copy in queries.copies_of(sent)}


def read(content: bytes) -> Reading:
    """What an uploaded workbook says."""
    there = _there()
    return workbook.read(
        content,
        countries=[place.pk for place in queries.countries()],
        activities=sorted({activity for _code, activity in there}),
        invited=list(there),
        states=states(),
    )


def told(problem: Problem) -> Told:
    """A problem of the workbook in the reader's language."""
    sentences = {
        "no_workbook": _("This is not an Excel workbook (.xlsx). Download ours and fill it in."),
        "no_country": _("“%(said)s” is not the code of a country of the programme."),
        "no_activity": _("“%(said)s” is not an activity that was sent. Keep the heads of the columns as they were."),
        "not_invited": _("This country was not invited to this activity. Empty the cell."),
        "missing": _("There is a note, but no answer. Choose one from the list."),
        "not_in_list": _("“%(said)s” is not in the list of this column."),
        "reason": _("Write why the country declined."),
        "too_long": _("This text is too long."),
        "twice": _("The country %(said)s stands here twice."),
    }
    return Told(f"{problem.column}{problem.row or ''}", sentences[problem.reason] % {"said": problem.said})


def changes(cells: Iterable[Cell]) -> list[Change]:
    """What these cells would change; cells that say what is so already are not named."""
    there, found = _there(), []
    for cell in cells:
        copy = there.get((cell.country, cell.activity))
        if copy is not None and (text := _change(copy, cell)):
            found.append(Change(copy, cell, text))
    return found


def _change(copy: ActivityCopy, cell: Cell) -> str:
    if cell.state != copy.state:
        words = {"was": State(copy.state).label, "now": State(cell.state).label}
        return _("%(was)s becomes %(now)s") % words
    if cell.note and cell.note != _cell(copy).note:
        return _("New note: %(note)s") % {"note": cell.note}
    return ""
