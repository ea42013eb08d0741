"""Who may reach a task force and what belongs to it. A stranger learns nothing: 404; a reader who may not act: 403."""

from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core import signing
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
    CalendarKey,
    Decision,
    HandOverTask,
    Invitee,
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
ANSWER_SALT = "learnin.taskforce.answer"
CALENDAR_SALT = "learnin.taskforce.calendar"
ACTIVITY_SALT = "learnin.taskforce.activity"


def country(person: Person, code: str, *, can: Can = Can.SEE_TASK_FORCE) -> Country:
    """The country of a task force, established or not. Raises Http404 or PermissionDenied."""
    found = access.country(person, code)
    access.let_pass(person, found, Can.SEE_TASK_FORCE, can)
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
    return access.found_in_country(model, person, pk, Can.SEE_TASK_FORCE, can, way=f"{way}__country", also=also)


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


def own_action(person: Person, pk: int) -> ActionPoint:
    """An action of a seat in which the person sits; whoever holds meetings reaches all. Raises as `action`."""
    found = action(person, pk, can=Can.DO_ACTIONS)
    if not is_owner(person, found):
        raise PermissionDenied
    return found


def is_owner(person: Person, found: ActionPoint) -> bool:
    """Whether the person may begin and finish this action."""
    if may(person, Can.HOLD_MEETINGS, found.task_force.country):
        return True
    sits = Sitting.objects.filter(person=person, seat=found.seat_id, ended_on=None)
    return may(person, Can.DO_ACTIONS, found.task_force.country) and sits.exists()


def answer_token(invitee: Invitee) -> str:
    """What an invitation carries so that it can be answered without signing in, until the meeting begins."""
    return signing.dumps(invitee.pk, salt=ANSWER_SALT)


def invitee_by_link(token: str) -> Invitee:
    """Whose answer this signed link gives. Raises Http404 where the link was never ours."""
    (pk,) = access.carried(token, salt=ANSWER_SALT)
    chosen = Invitee.objects.select_related("meeting__task_force__country", "sitting__person", "sitting__seat")
    return access.found_among(chosen, pk=pk)


def calendar_token(person: Person, version: int, country: Country | None = None) -> str:
    """The secret of a calendar address: of a country's meetings, or of all that concerns the person."""
    return signing.dumps([person.pk, version, country.pk if country else ""], salt=CALENDAR_SALT)


def calendar_by_link(token: str) -> tuple[Person, Country | None]:
    """Whose calendar this address shows, and of which country. Raises Http404 once it was made new or is not allowed.

    A person who may no longer sign in, or no longer sees the task force, sees nothing here either.
    """
    pk, version, code = access.carried(token, salt=CALENDAR_SALT, parts=3)
    person = Person.objects.filter(pk=pk, is_active=True).first()
    key = CalendarKey.objects.filter(person=pk).first()
    if person is None or version != (key.version if key else 0):
        raise Http404
    if not code:
        return person, None
    found = Country.objects.filter(code=code).first()
    if found is None or not may(person, Can.SEE_TASK_FORCE, found):
        raise Http404
    return person, found


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
    access.let_pass(person, found.country, Can.SEE_TASK_FORCE, can)
    return found


def copy_token(copy: ActivityCopy, key: str) -> str:
    """What a letter about a regional activity carries, so that its reader answers without signing in."""
    return signing.dumps([copy.pk, key], salt=ACTIVITY_SALT)


def copy_by_link(token: str) -> tuple[ActivityCopy, str]:
    """The copy a signed link answers, and whose link it is. Raises Http404 where the link was never ours."""
    pk, key = access.carried(token, salt=ACTIVITY_SALT, parts=2)
    return access.found_among(ActivityCopy.objects.select_related("activity", "country"), pk=pk), key


@files.holder
def through_activity(person: Person | AnonymousUser, attachment: Attachment) -> bool:
    """The papers of a regional activity: for the region, and for every country it was sent to."""
    if may(person, Can.RUN_ACTIVITIES):
        return attachment.activities.exists()
    copies = ActivityCopy.objects.filter(activity__papers=attachment).exclude(activity__sent_at=None)
    return any(may(person, Can.SEE_TASK_FORCE, copy.country) for copy in copies.select_related("country"))


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
