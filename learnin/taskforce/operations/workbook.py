"""Bring the composition to what an accepted workbook says, whole or not at all."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from learnin.kit.refusal import Refusal
from learnin.people.models import Area, Person
from learnin.taskforce.formats.composition_workbook import Row
from learnin.taskforce.models import Seat, TaskForce
from learnin.taskforce.operations import composition, life
from learnin.taskforce.queries import workbook


class ChangedMeanwhile(Refusal):
    """The composition is no longer the one the preview showed."""


@transaction.atomic
def apply(task_force: TaskForce, *, rows: Sequence[Row], expected: int, by: Person, now: datetime) -> int:
    """Apply the rows of a previewed workbook. The same rows a second time change nothing.

    Args:
        expected: how many changes the preview showed; another number means somebody worked in between.
    Returns:
        How many rows changed something. Raises ChangedMeanwhile, TaskForceEnded and what the single operations raise.
    """
    task_force = life.working(task_force)
    wanted = workbook.changes(task_force, list(rows), now.date())
    if len(wanted) != expected:
        raise ChangedMeanwhile(_("Somebody changed the composition in the meantime. Look at the preview again."))
    areas = workbook.areas_by_code(task_force)
    return sum(_apply_row(task_force, row, areas, by, now) for row in sorted(rows, key=lambda r: (r.number, r.deputy)))


def _apply_row(task_force: TaskForce, row: Row, areas: dict[str, Area], by: Person, now: datetime) -> bool:
    seat = task_force.seats.filter(number=row.number, closed_on=None).first()
    facts: dict[str, Any] = {
        "constituency": row.constituency,
        "title": row.seat,
        "institution": row.institution,
        "faces_region": row.faces_region,
    }
    changed = False
    if seat is None:
        seat = composition.add_seat(task_force, number=row.number, by=by, now=now, **facts)
        changed = True
    elif not row.deputy:
        changed = composition.correct_seat(seat, by=by, now=now, **facts)
    return _apply_person(seat, row, areas, by, now) or changed


def _apply_person(seat: Seat, row: Row, areas: dict[str, Area], by: Person, now: datetime) -> bool:
    if not row.name:
        return False
    there = seat.sittings.filter(ended_on=None, is_deputy=row.deputy).first()
    details: dict[str, Any] = {
        "email": row.email,
        "organisation": row.organisation,
        "position": row.position,
        "english": row.english,
        "sex": row.sex,
        "area": areas.get(row.area),
    }
    if there and there.name != row.name:
        composition.end_sitting(there, by=by, now=now)
        there = None
    if there is None:
        there = composition.nominate(
            seat, name=row.name, is_deputy=row.deputy, by=by, now=now, on=row.nominated_on, **details
        )
        changed = True
    else:
        days: dict[str, Any] = {
            "nominated_on": row.nominated_on or there.nominated_on,
            "term_ends_on": row.term_ends_on,
        }
        if there.appointed_on:
            days["appointed_on"] = row.appointed_on or there.appointed_on
        changed = composition.correct_sitting(there, by=by, now=now, **details, **days)
    if row.appointed_on and not there.appointed_on:
        composition.appoint(there, by=by, now=now, on=row.appointed_on, term_ends_on=row.term_ends_on)
        changed = True
    return changed
