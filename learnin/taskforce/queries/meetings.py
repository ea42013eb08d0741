"""Meetings of a task force: the list, one with everything on it, who is asked, who came."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from learnin.kit import languages
from learnin.people.models import Country, Person
from learnin.taskforce.models import (
    ActionPoint,
    AgendaItem,
    Attendance,
    Decision,
    Invitee,
    Meeting,
    Post,
    Seat,
    Sitting,
    TaskForce,
)
from learnin.taskforce.models.composition import PostKind
from learnin.taskforce.models.meetings import Life


@dataclass(frozen=True)
class Quorum:
    """How many of the filled seats came."""

    filled: int
    present: int
    is_noted: bool

    @property
    def needed(self) -> int:
        """More than half of the filled seats."""
        return self.filled // 2 + 1

    @property
    def is_met(self) -> bool:
        """Whether enough seats came."""
        return self.present >= self.needed

    @property
    def words(self) -> str:
        """As people read it."""
        if not self.is_noted:
            return _("Quorum: %(needed)d of %(filled)d seats") % {"needed": self.needed, "filled": self.filled}
        told = {"present": self.present, "filled": self.filled, "needed": self.needed}
        if self.is_met:
            return _("%(present)d of %(filled)d came, quorum met") % told
        return _("%(present)d of %(filled)d came, no quorum: %(needed)d are needed") % told


def meetings(task_force: TaskForce) -> QuerySet[Meeting]:
    """All meetings, the latest first, with how much was decided and promised."""
    found = task_force.meetings.select_related("task_force__country")
    counted = found.annotate(
        items_count=Count("items", distinct=True),
        decisions_count=Count("decisions", distinct=True),
        actions_count=Count("actions", distinct=True),
    )
    return counted.order_by("-starts_at", "-pk")


def sitting_now(task_force: TaskForce) -> QuerySet[Sitting]:
    """Appointed members and deputies, by seat."""
    found = Sitting.objects.filter(
        seat__task_force=task_force, seat__closed_on=None, ended_on=None, appointed_on__isnull=False
    )
    return found.select_related("seat", "person").order_by("seat__number", "is_deputy", "pk")


def members_on(meeting: Meeting) -> list[Sitting]:
    """Who sat in each seat on the day of the meeting; deputies fill no seat."""
    found = Sitting.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=meeting.day),
        Q(seat__closed_on=None) | Q(seat__closed_on__gt=meeting.day),
        seat__task_force=meeting.task_force_id,
        is_deputy=False,
        appointed_on__lte=meeting.day,
    )
    ordered = found.select_related("seat", "person").order_by("seat__number", "appointed_on", "pk")
    return list({sitting.seat_id: sitting for sitting in ordered}.values())


def quorum(meeting: Meeting) -> Quorum:
    """More than half of the filled seats must come. The seats are those that were noted, else those of the day."""
    noted = list(meeting.attendances.all())
    if not noted:
        return Quorum(len(members_on(meeting)), 0, is_noted=False)
    return Quorum(len(noted), sum(one.is_present for one in noted), is_noted=any(one.presence for one in noted))


def address_of(sitting: Sitting) -> str:
    """Where letters reach who sits: the account's address, else the one of the nomination."""
    if sitting.person:
        return sitting.person.email if sitting.person.is_active else ""
    return sitting.email


def language_of(sitting: Sitting, country: Country) -> str:
    """The language of letters to who sits: their own, else the country's."""
    return sitting.person.language if sitting.person else country_language(country)


def country_language(country: Country) -> str:
    """The language of official papers: the one the task force chose, else the one worked out from the country."""
    force: TaskForce | None = getattr(country, "task_force", None)
    chosen = force.documents_language if force else ""
    return chosen if chosen in _spoken() else worked_out_language(country)


def worked_out_language(country: Country) -> str:
    """The first official language that we speak; English where we speak none."""
    return next((code for code in country.official_languages if code in _spoken()), "en")


def _spoken() -> set[str]:
    return {one.code for one in languages.interface()}


def invitees(meeting: Meeting) -> QuerySet[Invitee]:
    """Who was asked to come, by seat."""
    found = meeting.invitees.select_related("sitting__seat", "sitting__person")
    return found.order_by("sitting__seat__number", "sitting__is_deputy", "pk")


def not_invited(meeting: Meeting) -> list[Sitting]:
    """Members and deputies who were not asked yet, with and without an address."""
    asked = set(meeting.invitees.values_list("sitting", flat=True))
    return [one for one in sitting_now(meeting.task_force) if one.pk not in asked]


def own_invitations(person: Person, meeting: Meeting) -> list[Invitee]:
    """The invitations of this person to the meeting: one for each seat they sit in."""
    return [one for one in invitees(meeting) if one.sitting.person_id == person.pk]


def items(meeting: Meeting) -> list[AgendaItem]:
    """The agenda in order, with papers, components, decisions and what the items take over."""
    decisions = Decision.objects.select_related("task_force").prefetch_related("components").order_by("number", "pk")
    found = meeting.items.select_related("owner", "action__task_force", "action__seat")
    return list(
        found.prefetch_related("papers", "components", Prefetch("decisions", queryset=decisions)).order_by(
            "position", "pk"
        )
    )


def loose_decisions(meeting: Meeting) -> list[Decision]:
    """Decisions that belong to no item of the agenda."""
    found = meeting.decisions.filter(item=None).select_related("task_force").prefetch_related("components")
    return list(found.order_by("number", "pk"))


def actions_of(meeting: Meeting) -> list[ActionPoint]:
    """What was promised at the meeting."""
    return list(meeting.actions.select_related("task_force", "seat").order_by("number", "pk"))


def unfinished_for(meeting: Meeting) -> list[ActionPoint]:
    """Open actions with which the agenda opens, the oldest due day first; not those it has taken over."""
    found = ActionPoint.objects.filter(task_force=meeting.task_force_id, done_at=None, dropped_at=None)
    found = found.exclude(taken_over_by__meeting=meeting).exclude(meeting=meeting)
    return list(found.select_related("task_force", "seat").order_by("due_on", "pk"))


def attendances(meeting: Meeting) -> list[Attendance]:
    """Who came, seat by seat."""
    found = meeting.attendances.select_related("seat", "sitting")
    return list(found.order_by("seat__number", "pk"))


def seats_with_sitters(task_force: TaskForce) -> list[tuple[Seat, str]]:
    """Open seats, each with the name of who sits there; without one, only the seat."""
    names = {one.seat_id: one.name for one in sitting_now(task_force) if not one.is_deputy}
    seats = task_force.seats.filter(closed_on=None).order_by("number", "pk")
    return [(seat, names.get(seat.pk, "")) for seat in seats]


def decisions(task_force: TaskForce) -> QuerySet[Decision]:
    """Everything that was decided, the latest first."""
    found = task_force.decisions.select_related("meeting", "item", "task_force").prefetch_related("components")
    return found.order_by("-year", "-number", "-pk")


def leaders(task_force: TaskForce) -> list[Post]:
    """Chair and coordinator today."""
    kinds = [PostKind.CHAIR, PostKind.COORDINATOR]
    return list(task_force.posts.filter(kind__in=kinds, ended_on=None).order_by("kind", "pk"))


@dataclass(frozen=True)
class Moment:
    """One moment in the life of a meeting."""

    name: str
    state: str
    at: datetime | None = None
    on: date | None = None


LINE = (Life.PLANNED, Life.INVITED, Life.HELD, Life.OBJECTION, Life.SEALED)


def life(meeting: Meeting) -> list[Moment]:
    """The meeting's life as steps: what is behind it, where it stands, what is to come."""
    moments = {
        Life.INVITED: meeting.invited_at,
        Life.HELD: meeting.held_at,
        Life.OBJECTION: meeting.minutes_sent_at,
        Life.SEALED: meeting.approved_at,
    }
    stands = max((at for at, step in enumerate(LINE) if moments.get(step) or step is Life.PLANNED), default=0)
    found = []
    for at, step in enumerate(LINE):
        is_over = at < stands or step is meeting.life is Life.SEALED
        state = "done" if is_over else "now" if at == stands and not meeting.cancelled_at else "later"
        found.append(Moment(str(step.label), state, at=moments.get(step)))
    return found


def waiting_act(meeting: Meeting, quorum: Quorum, now: datetime, *, may_hold: bool) -> str:
    """The one act that waits for whoever leads: invite, hold, attend, or nothing."""
    if not may_hold or not meeting.is_open:
        return ""
    if meeting.held_at:
        return "" if quorum.is_noted else "attend"
    if now.astimezone(meeting.zone).date() >= meeting.day:
        return "hold"
    return "" if meeting.invited_at else "invite"
