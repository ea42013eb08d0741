"""Who may reach a task force and what belongs to it. A stranger learns nothing: 404; a reader who may not act: 403."""

from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404

from learnin.journal import access as files
from learnin.journal.models import Attachment
from learnin.people import access
from learnin.people.models import Country, Person
from learnin.people.roles import Can, may
from learnin.taskforce.models import (
    ActionPoint,
    ActivityCopy,
    AgendaItem,
    Decision,
    HandOverTask,
    MandateEvidence,
    Meeting,
    MinutesDocument,
    Objection,
    Post,
    RegionalActivity,
    Seat,
    Sitting,
    TaskForce,
)

Found = TypeVar("Found", bound=Model)


def _let_pass(person: Person, country: Country, can: Can) -> None:
    """Raises Http404 where the person does not work in the country, PermissionDenied where they may not do this."""
    if not may(person, Can.SEE_COUNTRY, country):
        raise Http404
    if not (may(person, Can.SEE_TASK_FORCE, country) and may(person, can, country)):
        raise PermissionDenied


def country(person: Person, code: str, *, can: Can = Can.SEE_TASK_FORCE) -> Country:
    """The country of a task force, established or not. Raises Http404 or PermissionDenied."""
    found = access.country(person, code)
    _let_pass(person, found, can)
    return found


def task_force(person: Person, code: str, *, can: Can = Can.SEE_TASK_FORCE) -> TaskForce:
    """The task force of a country. Raises Http404 (also before it is established) or PermissionDenied."""
    place = country(person, code, can=can)
    found = TaskForce.objects.select_related("country", "order").filter(country=place).first()
    if found is None:
        raise Http404
    return found


def _of_task_force(
    model: type[Found], person: Person, pk: int, can: Can, *, way: str, also: tuple[str, ...] = ()
) -> Found:
    """An object that hangs on a task force by `way`. Raises Http404 or PermissionDenied."""
    found = model._default_manager.select_related(f"{way}__country", *also).filter(pk=pk).first()
    if found is None:
        raise Http404
    held: Any = found
    for step in way.split("__"):
        held = getattr(held, step)
    _let_pass(person, held.country, can)
    return found


def seat(person: Person, pk: int, *, can: Can = Can.SEE_TASK_FORCE) -> Seat:
    """A seat. Raises Http404 or PermissionDenied."""
    return _of_task_force(Seat, person, pk, can, way="task_force")


def sitting(person: Person, pk: int, *, can: Can = Can.SEE_TASK_FORCE) -> Sitting:
    """Somebody in a seat. Raises Http404 or PermissionDenied."""
    return _of_task_force(Sitting, person, pk, can, way="seat__task_force", also=("person", "letter"))


def post(person: Person, pk: int, *, can: Can = Can.SEE_TASK_FORCE) -> Post:
    """A post. Raises Http404 or PermissionDenied."""
    return _of_task_force(Post, person, pk, can, way="task_force", also=("person",))


def meeting(person: Person, pk: int, *, can: Can = Can.SEE_TASK_FORCE) -> Meeting:
    """A meeting. Raises Http404 or PermissionDenied."""
    return _of_task_force(Meeting, person, pk, can, way="task_force", also=("approved_by",))


def item(person: Person, pk: int, *, can: Can = Can.SEE_TASK_FORCE) -> AgendaItem:
    """An agenda item. Raises Http404 or PermissionDenied."""
    return _of_task_force(AgendaItem, person, pk, can, way="meeting__task_force", also=("owner",))


def decision(person: Person, pk: int, *, can: Can = Can.SEE_TASK_FORCE) -> Decision:
    """A decision. Raises Http404 or PermissionDenied."""
    return _of_task_force(Decision, person, pk, can, way="task_force", also=("meeting", "item"))


def objection(person: Person, pk: int, *, can: Can = Can.SEE_TASK_FORCE) -> Objection:
    """An objection to draft minutes. Raises Http404 or PermissionDenied."""
    return _of_task_force(Objection, person, pk, can, way="meeting__task_force", also=("person",))


def action(person: Person, pk: int, *, can: Can = Can.SEE_TASK_FORCE) -> ActionPoint:
    """An action point. Raises Http404 or PermissionDenied."""
    return _of_task_force(ActionPoint, person, pk, can, way="task_force", also=("seat", "meeting", "decision"))


def evidence(person: Person, pk: int, *, can: Can = Can.SEE_TASK_FORCE) -> MandateEvidence:
    """A piece of evidence for the mandate. Raises Http404 or PermissionDenied."""
    return _of_task_force(MandateEvidence, person, pk, can, way="task_force")


def hand_over_task(person: Person, pk: int, *, can: Can = Can.SEE_TASK_FORCE) -> HandOverTask:
    """A task to hand over. Raises Http404 or PermissionDenied."""
    return _of_task_force(HandOverTask, person, pk, can, way="task_force")


def activity(person: Person, pk: int, *, can: Can = Can.SEE_REGION) -> RegionalActivity:
    """A regional activity, for those who work for the region. Raises Http404 or PermissionDenied."""
    access.region(person, can=can)
    found = RegionalActivity.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def activity_copy(person: Person, pk: int, *, can: Can = Can.SEE_TASK_FORCE) -> ActivityCopy:
    """A country's copy of a regional activity that was sent. Raises Http404 or PermissionDenied."""
    found = ActivityCopy.objects.select_related("activity", "country", "seat").filter(pk=pk).first()
    if found is None or found.activity.sent_at is None:
        raise Http404
    _let_pass(person, found.country, can)
    return found


@files.holder
def through_task_force(person: Person | AnonymousUser, attachment: Attachment) -> bool:
    """Whoever may see the task force may open its order, its letters and its papers."""
    country = attachment.country
    return country is not None and may(person, Can.SEE_TASK_FORCE, country) and _is_ours(attachment)


def _is_ours(attachment: Attachment) -> bool:
    return (
        TaskForce.objects.filter(order=attachment).exists()
        or Sitting.objects.filter(letter=attachment).exists()
        or attachment.agenda_items.exists()
        or attachment.proves_actions.exists()
        or attachment.activity_copies.exists()
        or MinutesDocument.objects.filter(attachment=attachment).exists()
        or MandateEvidence.objects.filter(attachment=attachment).exists()
    )
