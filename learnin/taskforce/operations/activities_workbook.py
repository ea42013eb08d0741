"""Bring the answers of countries to what an accepted workbook says, whole or not at all."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from learnin.people.models import Person
from learnin.taskforce.formats.activities_workbook import Cell
from learnin.taskforce.models import ActivityCopy
from learnin.taskforce.operations import activities
from learnin.taskforce.operations.workbook import ChangedMeanwhile
from learnin.taskforce.queries import activities_workbook as queries


@transaction.atomic
def apply(*, cells: Sequence[Cell], expected: int, by: Person, now: datetime) -> int:
    """Apply the cells of a previewed workbook; the same cells a second time change nothing.

    Args:
        expected: how many changes the preview showed; another number means somebody answered in between.
    Returns:
        How many cells changed something. Raises ChangedMeanwhile and what `activities.record` raises.
    """
    list(ActivityCopy.objects.select_for_update().filter(activity__in={cell.activity for cell in cells}).order_by("pk"))
    wanted = queries.changes(cells)
    if len(wanted) != expected:
        raise ChangedMeanwhile(_("A country answered in the meantime. Look at the preview again."))
    return sum(_apply(change, by, now) for change in wanted)


def _apply(change: queries.Change, by: Person, now: datetime) -> bool:
    copy, cell = change.copy, change.cell
    is_no = cell.state == ActivityCopy.State.DECLINED
    note = copy.note if is_no else cell.note or copy.note
    return activities.record(copy, state=cell.state, note=note, reason=cell.note if is_no else "", by=by, now=now)
