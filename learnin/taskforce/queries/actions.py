"""Actions: the list as people ask for it, who answers for each, and what waits."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from learnin.people.models import Person
from learnin.taskforce.models import ActionPoint, Decision, Post, Sitting, TaskForce
from learnin.taskforce.models.composition import PostKind
from learnin.taskforce.queries import meetings

SOON = timedelta(days=3)
"""An action due within these days is named to its owner."""

SORTS = {"number": ("year", "number"), "due": ("due_on",), "seat": ("seat__number",), "text": ("text",)}


@dataclass(frozen=True)
class Wanted:
    """Which actions somebody wants to see. Nothing chosen is all that are open."""

    state: str = "open"
    seat: int | None = None
    component: str = ""
    mine: bool = False
    sort: str = "due"


@dataclass(frozen=True)
class Reader:
    """Who gets the letter about an action."""

    email: str
    name: str
    language: str
    person: Person | None


OPEN = Q(done_at=None, dropped_at=None)
STATES = {"done": Q(done_at__isnull=False), "dropped": Q(dropped_at__isnull=False), "all": Q()}


def actions(task_force: TaskForce, wanted: Wanted, today: date, person: Person) -> QuerySet[ActionPoint]:
    """The actions of a task force, narrowed and sorted as somebody asks."""
    found = task_force.actions.select_related("task_force", "seat", "meeting").prefetch_related("components")
    late = OPEN & Q(due_on__lt=today)
    found = found.filter({**STATES, "open": OPEN, "late": late}.get(wanted.state, OPEN))
    if wanted.seat:
        found = found.filter(seat=wanted.seat)
    if wanted.component:
        found = found.filter(pk__in=found.filter(components__component=wanted.component).values("pk"))
    if wanted.mine:
        found = found.filter(seat__in=own_seats(person))
    return found.order_by(*_order(wanted.sort))


def _order(sort: str) -> list[str]:
    down = sort.startswith("-")
    fields = SORTS.get(sort.lstrip("-"), SORTS["due"])
    return [*(f"-{field}" if down else field for field in fields), "-pk" if down else "pk"]


def own_seats(person: Person | int) -> QuerySet[Sitting, Any]:
    """The ids of the seats in which the person sits, as member or deputy."""
    return Sitting.objects.filter(person=person, ended_on=None).values("seat")


def with_names(found: Iterable[ActionPoint], today: date) -> list[tuple[ActionPoint, str, ActionPoint.State]]:
    """Each action with the name of who sits in its seat, and where it stands."""
    found = list(found)
    sitting = Sitting.objects.filter(
        seat__in={one.seat_id for one in found}, ended_on=None, is_deputy=False, appointed_on__isnull=False
    )
    names = dict(sitting.values_list("seat", "name"))
    return [(one, names.get(one.seat_id, ""), one.state_on(today)) for one in found]


def owner_of(action: ActionPoint) -> Sitting | None:
    """Who answers for it today: the member in the seat, else the deputy."""
    found = Sitting.objects.filter(seat=action.seat_id, ended_on=None, appointed_on__isnull=False)
    return found.select_related("person").order_by("is_deputy", "pk").first()


def counts(task_force: TaskForce, today: date) -> dict[str, int]:
    """How many actions are open, and how many of these late."""
    due = list(task_force.actions.filter(OPEN).values_list("due_on", flat=True))
    return {"open": len(due), "late": sum(day < today for day in due)}


def to_remind(now: datetime) -> QuerySet[ActionPoint]:
    """Open actions whose day is near or gone, anywhere, and whose owner was not told lately."""
    near = now.date() + SOON + timedelta(days=1)
    found = ActionPoint.objects.filter(OPEN, due_on__lte=near)
    fresh = Q(reminded_on=None) | Q(reminded_on__lte=F("due_on")) | Q(reminded_on__lte=now.date() - timedelta(days=6))
    return found.filter(fresh).select_related("task_force__country", "seat").order_by("due_on", "pk")


def readers(due: Iterable[ActionPoint]) -> Iterator[tuple[ActionPoint, Reader]]:
    """Who hears of each action: its owner; of an empty seat's action whoever coordinates."""
    due = list(due)
    seats = {one.seat_id for one in due}
    sitting = Sitting.objects.filter(seat__in=seats, ended_on=None, appointed_on__isnull=False)
    owners: dict[int, Sitting] = {}
    for sitter in sitting.select_related("person").order_by("is_deputy", "pk"):
        if meetings.address_of(sitter):
            owners.setdefault(sitter.seat_id, sitter)
    posts = Post.objects.filter(task_force__in={one.task_force_id for one in due}, ended_on=None)
    chosen = posts.filter(kind__in=[PostKind.COORDINATOR, PostKind.CHAIR]).select_related("person")
    leaders = {post.task_force_id: post for post in chosen.order_by("kind", "pk") if _address(post)}
    for one in due:
        holder = owners.get(one.seat_id) or leaders.get(one.task_force_id)
        if holder:
            spoken = holder.person.language if holder.person else meetings.country_language(one.task_force.country)
            yield one, Reader(_address(holder), holder.name, spoken, holder.person)


def _address(holder: Sitting | Post) -> str:
    if holder.person:
        return holder.person.email if holder.person.is_active else ""
    return holder.email


def of_decision(decision: Decision) -> list[ActionPoint]:
    """What follows from a decision."""
    return list(decision.actions.select_related("task_force", "seat").order_by("number", "pk"))
