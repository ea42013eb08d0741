"""Actions: promised, begun, done with what was done, dropped with a reason; owners are reminded."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learnin.journal import access as journal
from learnin.journal.operations import entries, files, notices
from learnin.journal.queries import notices as wishes
from learnin.kit import jobs, mail, written
from learnin.kit.refusal import Refusal
from learnin.people.models import Person
from learnin.taskforce.models import ActionComponent, ActionPoint, AgendaItem, Decision, Meeting, Seat, TaskForce
from learnin.taskforce.operations import life
from learnin.taskforce.queries import actions as queries

Priority = ActionPoint.Priority
REMIND_AGAIN = timedelta(days=7)  # a late action comes back once a week, not every morning


class AlreadyOver(Refusal):
    """The action was done or dropped."""


class AlreadyBegun(Refusal):
    """Somebody works on it already."""


class DueTooEarly(Refusal):
    """The due day does not come after the meeting, or is gone."""


class SeatElsewhere(Refusal):
    """The seat is closed or belongs to another task force."""


class NothingToShow(Refusal):
    """Nobody said what was done, or the file that proves it is missing."""


def _open(action: ActionPoint) -> ActionPoint:
    chosen = ActionPoint.objects.select_for_update(of=("self",)).select_related("task_force__country", "seat")
    action = chosen.select_related("meeting").get(pk=action.pk)
    if not action.is_open:
        raise AlreadyOver(_("This action is over: %(state)s.") % {"state": action.state_on(date.min).label})
    return action


def _line(verb: str, action: ActionPoint, by: Person, now: datetime, **told: dict) -> None:
    country = action.task_force.country
    entries.write(verb, action, by=by, now=now, country=country, before=told.get("before"), after=told.get("after"))


def _require_seat(task_force: TaskForce, seat: Seat) -> None:
    if seat.task_force_id != task_force.pk or seat.closed_on:
        raise SeatElsewhere(_("Choose a seat of this task force."))


def _require_day(due_on: date, meeting: Meeting | None, task_force: TaskForce, now: datetime) -> None:
    if meeting and due_on <= meeting.day:
        raise DueTooEarly(_("The due date must be after the meeting, %(day)s") % {"day": written.day(meeting.day)})
    today = now.astimezone(task_force.country.zone).date()
    if not meeting and due_on < today:
        raise DueTooEarly(_("The due date must be today or later, %(day)s") % {"day": written.day(today)})


@transaction.atomic
def add(
    task_force: TaskForce,
    *,
    text: str,
    seat: Seat,
    due_on: date,
    by: Person,
    now: datetime,
    priority: str = Priority.NORMAL,
    meeting: Meeting | None = None,
    item: AgendaItem | None = None,
    decision: Decision | None = None,
    components: Collection[str] = (),
) -> ActionPoint:
    """Write down who does what by when; it gets the year's next number, and who sits in the seat hears of it.

    Raises MeetingClosed, NotYet, DueTooEarly, SeatElsewhere, TaskForceEnded.
    """
    task_force = life.working(task_force)
    meeting = life.held(meeting) if meeting else None
    _require_seat(task_force, seat)
    _require_day(due_on, meeting, task_force, now)
    year = (meeting.day if meeting else now.astimezone(task_force.country.zone)).year
    last = task_force.actions.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    action = ActionPoint.objects.create(
        task_force=task_force,
        year=year,
        number=last + 1,
        meeting=meeting,
        item=item,
        decision=decision,
        text=text,
        seat=seat,
        due_on=due_on,
        priority=priority,
        created_at=now,
    )
    ActionComponent.objects.bulk_create(
        ActionComponent(action=action, component=one) for one in dict.fromkeys(components)
    )
    after = {"number": action.full_number, "text": text, "seat": seat.title, "due_on": due_on, "priority": priority}
    _line("action.added", action, by, now, after={**after, "components": list(components)})
    _tell_owner(action, "action.given", by, now)
    return action


def _tell_owner(action: ActionPoint, kind: str, by: Person, now: datetime) -> None:
    """Who sits in the seat and has an account hears of it, except who did it."""
    owner = queries.owner_of(action)
    if owner and owner.person and owner.person != by and owner.person.is_active:
        params = {"number": action.full_number, "text": action.text, "day": action.due_on.isoformat()}
        notices.tell(owner.person, kind=kind, params=params, url=reverse("taskforce:action", args=[action.pk]), now=now)


@transaction.atomic
def begin(action: ActionPoint, *, by: Person, now: datetime) -> None:
    """Somebody works on it now. Raises AlreadyOver, AlreadyBegun."""
    action = _open(action)
    if action.begun_at:
        raise AlreadyBegun(_("Somebody works on this action already."))
    action.begun_at = now
    action.save(update_fields=["begun_at"])
    _line("action.begun", action, by, now)


@transaction.atomic
def complete(
    action: ActionPoint,
    *,
    outcome: str,
    by: Person,
    now: datetime,
    file: BinaryIO | None = None,
    file_name: str = "",
) -> ActionPoint:
    """Say what was done; what matters most is proved by a file. Raises AlreadyOver, NothingToShow, FileRefused."""
    action = _open(action)
    if not outcome.strip():
        raise NothingToShow(_("Say what was done."))
    if file:
        country = action.task_force.country
        action.proofs.add(files.attach(file, name=file_name, country=country, by=by, now=now))
    if action.priority == Priority.HIGH and not action.proofs.exists():
        raise NothingToShow(_("This action has high priority: attach a file that shows what was done."))
    action.outcome, action.done_at, action.done_by = outcome.strip(), now, by
    action.begun_at = action.begun_at or now
    action.save(update_fields=["outcome", "done_at", "done_by", "begun_at"])
    names = list(action.proofs.order_by("pk").values_list("name", flat=True))
    _line("action.done", action, by, now, after={"outcome": action.outcome, "files": names})
    return action


@transaction.atomic
def drop(action: ActionPoint, *, why: str, by: Person, now: datetime) -> None:
    """Give an action up, for a reason. Raises AlreadyOver, NothingToShow."""
    action = _open(action)
    if not why.strip():
        raise NothingToShow(_("Say why the action is dropped."))
    action.dropped_at, action.dropped_why = now, why.strip()
    action.save(update_fields=["dropped_at", "dropped_why"])
    _line("action.dropped", action, by, now, after={"why": action.dropped_why})
    _tell_owner(action, "action.dropped", by, now)


@transaction.atomic
def change(action: ActionPoint, *, seat: Seat, due_on: date, why: str, by: Person, now: datetime) -> bool:
    """Give an action to another seat or another day, for a reason. Returns whether anything changed.

    Raises AlreadyOver, NothingToShow, DueTooEarly, SeatElsewhere.
    """
    action = _open(action)
    if (action.seat_id, action.due_on) == (seat.pk, due_on):
        return False
    if not why.strip():
        raise NothingToShow(_("Say why the action changes."))
    _require_seat(action.task_force, seat)
    if due_on != action.due_on:
        _require_day(due_on, None, action.task_force, now)
    before = {"seat": action.seat.title, "due_on": action.due_on}
    is_handed_on = action.seat_id != seat.pk
    action.seat, action.due_on, action.reminded_on = seat, due_on, None
    action.save(update_fields=["seat", "due_on", "reminded_on"])
    after = {"seat": seat.title, "due_on": due_on, "why": why.strip()}
    _line("action.changed", action, by, now, before=before, after=after)
    _tell_owner(action, "action.given" if is_handed_on else "action.moved", by, now)
    return True


@jobs.job(label=gettext_lazy("Remind owners of actions"), schedule="daily 05:00")
@transaction.atomic
def remind(*, now: datetime, by: Person | None = None) -> dict[str, str]:
    """Write one letter to each owner of actions that are late or due within three days.

    An action stands in a letter when its day comes near, when it is late, and then once a week.
    """
    waiting = queries.to_remind(now).select_for_update(of=("self",))
    due = [one for one in waiting if _is_news(one, _today(one, now))]
    addressed = sorted(
        ((reader, one) for one, reader in queries.readers(due)), key=lambda pair: (pair[0].email, pair[1].due_on)
    )
    written_to = 0
    for _email, pairs in groupby(addressed, key=lambda pair: pair[0].email):
        told = list(pairs)
        written_to += _write(told[0][0], [one for _reader, one in told], now)
    for one in due:
        ActionPoint.objects.filter(pk=one.pk).update(reminded_on=_today(one, now))
    return {"text": ngettext("%(count)d letter written.", "%(count)d letters written.", written_to)
            % {"count": written_to}}  # fmt: skip


def _today(action: ActionPoint, now: datetime) -> date:
    return now.astimezone(action.task_force.country.zone).date()


def _is_news(action: ActionPoint, today: date) -> bool:
    if action.due_on > today + queries.SOON:
        return False
    last = action.reminded_on
    if last is None:
        return True
    became_late = last <= action.due_on < today
    return became_late or last <= today - REMIND_AGAIN


def _write(reader: queries.Reader, due: Iterable[ActionPoint], now: datetime) -> bool:
    """One letter about all of them, unless the person wants no letters."""
    if reader.person and wishes.chosen_digest(reader.person) == "off":
        return False
    due = list(due)
    with translation.override(reader.language):
        late = [one for one in due if one.due_on < _today(one, now)]
        soon = [one for one in due if one not in late]
        subject = ngettext("%(count)d action waits for you", "%(count)d actions wait for you", len(due))
        stop = reverse("journal:stop_digest", args=[journal.stop_token(reader.person)]) if reader.person else ""
        mail.letter(
            reader.email,
            subject=subject % {"count": len(due)},
            template="taskforce/mail/actions",
            context={
                "name": reader.name,
                "lists": [
                    (heading, [(one, settings.SITE_URL + reverse("taskforce:action", args=[one.pk])) for one in ones])
                    for heading, ones in ((_("Late"), late), (_("Due soon"), soon))
                    if ones
                ],
            },
            language=reader.language,
            unsubscribe=settings.SITE_URL + stop if stop else None,
            kind="actions",
        )
    return True
