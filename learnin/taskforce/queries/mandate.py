"""What shows work on each point of the mandate, and what can still be shown."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.kit import written
from learnin.kit.readings import reading
from learnin.programme import reader
from learnin.programme.formats.items import MandatePoint
from learnin.taskforce.models import (
    ActionPoint,
    ActivityCopy,
    Decision,
    MandateEvidence,
    MandateOwner,
    Meeting,
    Seat,
    Sitting,
    TaskForce,
)

EVIDENCE_DAYS = 90
"""A mandate point without evidence for longer than this is named (issue of the task force, section 1)."""
OFFERED = 40
"""How many of the newest records of a kind one can choose from; more make a list nobody reads."""

KINDS = {
    "meeting": gettext_lazy("Meetings"),
    "decision": gettext_lazy("Decisions"),
    "action": gettext_lazy("Actions that are done"),
    "activity_copy": gettext_lazy("Regional activities"),
}
Record = Meeting | Decision | ActionPoint | ActivityCopy


@dataclass(frozen=True)
class Proof:
    """One piece of evidence as people read it."""

    evidence: MandateEvidence
    kind: str
    name: str
    url: str


@dataclass(frozen=True)
class Point:
    """A mandate point: who looks after it, and what shows work on it, the newest first."""

    point: MandatePoint
    owner: Seat | None
    owner_name: str
    proofs: tuple[Proof, ...]
    today: date

    @property
    def last_on(self) -> date | None:
        """The day of the newest evidence."""
        return max((proof.evidence.on_day for proof in self.proofs), default=None)

    @property
    def is_bare(self) -> bool:
        """Whether nothing of the last ninety days shows work on it."""
        return _is_bare(self.last_on, self.today)

    @property
    def why(self) -> str:
        """How long nothing was shown, in words."""
        if self.last_on is None:
            return _("Nothing was shown yet.")
        return _("The latest evidence is from %(day)s.") % {"day": written.day(self.last_on)}


def _is_bare(last_on: date | None, today: date) -> bool:
    return last_on is None or (today - last_on) > timedelta(days=EVIDENCE_DAYS)


def points(task_force: TaskForce, today: date) -> list[Point]:
    """Every mandate point, those without evidence for the longest time first."""
    owners = {one.mandate_point: one.seat for one in _owners(task_force)}
    sitting = Sitting.objects.filter(seat__in=owners.values(), is_deputy=False, ended_on=None)
    names = dict(sitting.order_by("pk").values_list("seat", "name"))
    proofs: dict[str, list[Proof]] = {}
    for one in _evidence(task_force):
        proofs.setdefault(one.mandate_point, []).append(proof(one))
    found = [
        Point(
            point=point,
            owner=owners.get(point.id),
            owner_name=names.get(owners[point.id].pk, "") if point.id in owners else "",
            proofs=tuple(proofs.get(point.id, ())),
            today=today,
        )
        for point in reader.current().mandate_points
    ]
    return sorted(found, key=lambda one: (not one.is_bare, (one.last_on or date.min) if one.is_bare else date.min))


def _owners(task_force: TaskForce) -> list[MandateOwner]:
    return list(MandateOwner.objects.filter(task_force=task_force).select_related("seat").order_by("pk"))


def owners(task_force: TaskForce) -> dict[str, Seat]:
    """The seat that looks after each point."""
    return {one.mandate_point: one.seat for one in _owners(task_force)}


def _evidence(task_force: TaskForce) -> list[MandateEvidence]:
    found = MandateEvidence.objects.filter(task_force=task_force).select_related(
        "meeting__task_force__country",
        "decision__task_force",
        "action__task_force",
        "activity_copy__activity",
        "attachment",
    )
    return list(found.order_by("-on_day", "-pk"))


def proof(one: MandateEvidence) -> Proof:
    """What a piece of evidence is called and where it stands."""
    if one.attachment:
        return Proof(one, _("File"), one.attachment.name, reverse("journal:file", args=[one.attachment.pk]))
    for kind, record in (
        (_("Meeting"), one.meeting),
        (_("Decision"), one.decision),
        (_("Action"), one.action),
        (_("Regional activity"), one.activity_copy),
    ):
        if record:
            return Proof(one, kind, name_of(record), url_of(record))
    raise ValueError(f"evidence {one.pk} shows nothing")  # the table forbids it


def name_of(record: Record) -> str:
    """A record as it is offered and shown."""
    if isinstance(record, Meeting):
        return _("Meeting %(number)d: %(title)s") % {"number": record.number, "title": record.title}
    if isinstance(record, Decision | ActionPoint):
        return f"{record.full_number}: {record.text}"
    return str(record)


def url_of(record: Record) -> str:
    """Where a record stands; a decision stands in its meeting."""
    if isinstance(record, Meeting):
        return reverse("taskforce:meeting", args=[record.pk])
    if isinstance(record, Decision):
        return reverse("taskforce:meeting", args=[record.meeting_id])
    if isinstance(record, ActionPoint):
        return reverse("taskforce:action", args=[record.pk])
    return reverse("taskforce:activity", args=[record.pk])


def day_of(record: Record, zone: ZoneInfo) -> date | None:
    """The day a record is evidence of: when it happened, where it happened; nothing while it has not."""
    if isinstance(record, Meeting):
        return record.day if record.held_at and not record.cancelled_at else None
    if isinstance(record, Decision):
        return record.made_at.astimezone(zone).date()
    if isinstance(record, ActionPoint):
        return record.done_at.astimezone(zone).date() if record.done_at else None
    if record.state not in (ActivityCopy.State.ATTENDED, ActivityCopy.State.PROVEN):
        return None
    moment = record.activity.starts_at or record.answered_at
    return moment.astimezone(zone).date() if moment else None


def records(task_force: TaskForce) -> dict[str, list[Record]]:
    """What happened in this task force and can be shown, the newest of each kind first."""
    shown = (ActivityCopy.State.ATTENDED, ActivityCopy.State.PROVEN)
    copies = ActivityCopy.objects.filter(country=task_force.country_id, state__in=shown).select_related("activity")
    held = task_force.meetings.filter(held_at__isnull=False, cancelled_at=None).select_related("task_force__country")
    decided = task_force.decisions.select_related("task_force")
    done = task_force.actions.filter(done_at__isnull=False).select_related("task_force")
    return {
        "meeting": list(held.order_by("-starts_at", "-pk")[:OFFERED]),
        "decision": list(decided.order_by("-made_at", "-pk")[:OFFERED]),
        "action": list(done.order_by("-done_at", "-pk")[:OFFERED]),
        "activity_copy": list(copies.order_by("-answered_at", "-pk")[:OFFERED]),
    }


def bare_points(task_force: TaskForce, today: date) -> list[MandatePoint]:
    """Mandate points that nothing of the last ninety days shows work on, in the programme's order."""
    last = dict(_last_shown(task_force.pk))
    return [point for point in reader.current().mandate_points if _is_bare(last.get(point.id), today)]


@reading
def _last_shown(task_force: int) -> QuerySet[MandateEvidence, tuple[str, date]]:
    there = MandateEvidence.objects.filter(task_force=task_force).order_by()
    return there.values_list("mandate_point").annotate(last=Max("on_day"))
