"""Say who looks after each point of the mandate, and show what was done for it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from learnin.journal.operations import entries, files
from learnin.kit.refusal import Refusal
from learnin.people.models import Person
from learnin.programme import reader
from learnin.taskforce.models import (
    ActionPoint,
    ActivityCopy,
    Decision,
    MandateEvidence,
    MandateOwner,
    Meeting,
    Seat,
    TaskForce,
)
from learnin.taskforce.operations.life import working
from learnin.taskforce.queries import mandate as queries


class NotOurs(Refusal):
    """The seat or the record belongs to another task force."""


class NothingShown(Refusal):
    """Evidence is exactly one thing."""


class NotYetDone(Refusal):
    """What is shown has not happened yet."""


class AlreadyShown(Refusal):
    """The same thing shows work on this point already."""


class UnknownPoint(Refusal):
    """The programme has no such mandate point."""


def today_of(task_force: TaskForce, now: datetime) -> date:
    """The day it is in the country."""
    return now.astimezone(task_force.country.zone).date()


@transaction.atomic
def assign(task_force: TaskForce, *, owners: Mapping[str, Seat | None], by: Person, now: datetime) -> int:
    """Give mandate points to seats; None takes a point back. Returns how many changed.

    Raises TaskForceEnded, NotOurs, UnknownPoint.
    """
    task_force = working(task_force)
    held = queries.owners(task_force)
    changed = 0
    for point, seat in owners.items():
        _require_point(point)
        if seat and (seat.task_force_id != task_force.pk or seat.closed_on):
            raise NotOurs(_("Choose a seat of this task force."))
        if held.get(point) != seat:
            changed += 1
            _give(task_force, point, held.get(point), seat, by, now)
    return changed


def _require_point(point: str) -> None:
    if reader.current().item("mandate_point", point) is None:
        raise UnknownPoint(_("The programme has no such mandate point."))


def _give(task_force: TaskForce, point: str, was: Seat | None, seat: Seat | None, by: Person, now: datetime) -> None:
    owner = MandateOwner.objects.filter(task_force=task_force, mandate_point=point).first()
    owner = owner or MandateOwner(task_force=task_force, mandate_point=point)
    if seat:
        owner.seat = seat
        owner.save()
    entries.write(
        "mandate.assigned",
        owner,
        by=by,
        now=now,
        country=task_force.country,
        before={"seat": was.title if was else ""},
        after={"mandate_point": point, "seat": seat.title if seat else ""},
    )
    if seat is None:
        owner.delete()


@transaction.atomic
def add_evidence(
    task_force: TaskForce,
    *,
    mandate_point: str,
    by: Person,
    now: datetime,
    note: str = "",
    on_day: date | None = None,
    meeting: Meeting | None = None,
    decision: Decision | None = None,
    action: ActionPoint | None = None,
    activity_copy: ActivityCopy | None = None,
    file: BinaryIO | None = None,
    file_name: str = "",
) -> MandateEvidence:
    """Attach one thing that happened to a mandate point; without a day, on the day it happened.

    Raises TaskForceEnded, UnknownPoint, NothingShown, NotOurs, NotYetDone, AlreadyShown, FileRefused.
    """
    task_force = working(task_force)
    _require_point(mandate_point)
    given = {"meeting": meeting, "decision": decision, "action": action, "activity_copy": activity_copy}
    shown = {kind: record for kind, record in given.items() if record is not None}
    if len(shown) + (file is not None) != 1:
        raise NothingShown(_("Choose one thing that shows it: a record or a file."))
    today = today_of(task_force, now)
    day = on_day or today
    kept: dict[str, Any] = {**shown}
    for kind, record in shown.items():
        day = on_day or _day(task_force, kind, record)
        if MandateEvidence.objects.filter(task_force=task_force, mandate_point=mandate_point, **shown).exists():
            raise AlreadyShown(_("This is evidence for that point already."))
    if day > today:
        raise NotYetDone(_("Evidence has a day that is past: today or earlier."))
    if file is not None:
        country = task_force.country
        kept["attachment"] = files.attach(file, name=file_name, country=country, by=by, now=now)
    evidence = MandateEvidence.objects.create(
        task_force=task_force,
        mandate_point=mandate_point,
        note=note.strip(),
        on_day=day,
        added_by=by,
        added_at=now,
        **kept,
    )
    _line("evidence.added", evidence, by, now, after=_picture(evidence))
    return evidence


def _day(task_force: TaskForce, kind: str, record: Any) -> date:
    """The day this record of this task force happened. Raises NotOurs, NotYetDone."""
    of_country = kind == "activity_copy" and record.country_id == task_force.country_id
    if not of_country and getattr(record, "task_force_id", None) != task_force.pk:
        raise NotOurs(_("Choose something of this task force."))
    day = queries.day_of(record, task_force.country.zone)
    if day is None:
        raise NotYetDone(_("This has not happened yet, so it shows nothing: %(name)s") % {"name": record})
    return day


def _picture(evidence: MandateEvidence) -> dict[str, Any]:
    shown = evidence.attachment or evidence.meeting or evidence.decision or evidence.action or evidence.activity_copy
    return {
        "mandate_point": evidence.mandate_point,
        "proof": str(shown),
        "note": evidence.note,
        "on_day": evidence.on_day,
    }


def _line(verb: str, evidence: MandateEvidence, by: Person, now: datetime, **told: dict) -> None:
    country = evidence.task_force.country
    entries.write(verb, evidence, by=by, now=now, country=country, before=told.get("before"), after=told.get("after"))


@transaction.atomic
def remove_evidence(evidence: MandateEvidence, *, by: Person, now: datetime) -> None:
    """Take a piece of evidence away; what it showed stays, and the journal says what it was. Raises TaskForceEnded."""
    working(evidence.task_force)
    found = MandateEvidence.objects.select_for_update(of=("self",)).filter(pk=evidence.pk)
    there = found.select_related("task_force__country").first()
    if there is None:
        return
    _line("evidence.removed", there, by, now, before=_picture(there))
    there.delete()
