"""Say where each task goes, note when it is taken over, and end the task force."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.journal.operations import entries
from learnin.kit import written
from learnin.kit.refusal import Refusal
from learnin.people.models import Person
from learnin.taskforce.models import HandOverTask, TaskForce
from learnin.taskforce.operations.life import working
from learnin.taskforce.operations.mandate import today_of


class AlreadyMet(Refusal):
    """Somebody has taken the task over already."""


class NotMet(Refusal):
    """Some task has not been taken over, or none is written down."""


class WrongDay(Refusal):
    """The day is ahead, or before the task force began."""


class NoProof(Refusal):
    """Nobody said what shows it."""


def _line(verb: str, task: HandOverTask, by: Person, now: datetime, **told: dict) -> None:
    country = task.task_force.country
    entries.write(verb, task, by=by, now=now, country=country, before=told.get("before"), after=told.get("after"))


def _task(task: HandOverTask) -> HandOverTask:
    force = working(task.task_force)
    task = HandOverTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    task.task_force = force
    return task


@transaction.atomic
def add_task(
    task_force: TaskForce, *, text: str, goes_to: str, condition: str, by: Person, now: datetime
) -> HandOverTask:
    """Write down a task, who takes it over, and what must be true first. Raises TaskForceEnded."""
    task_force = working(task_force)
    task = HandOverTask.objects.create(task_force=task_force, text=text, goes_to=goes_to, condition=condition)
    _line("hand_over.added", task, by, now, after={"goes_to": goes_to, "condition": condition})
    return task


@transaction.atomic
def correct_task(task: HandOverTask, *, text: str, goes_to: str, condition: str, by: Person, now: datetime) -> bool:
    """Correct a task that nobody has taken over yet. Returns whether anything changed. Raises AlreadyMet."""
    task = _task(task)
    if task.met_on:
        raise AlreadyMet(_("This task was taken over on %(day)s.") % {"day": written.day(task.met_on)})
    new = {"text": text, "goes_to": goes_to, "condition": condition}
    before: dict[str, Any] = {key: getattr(task, key) for key in new if getattr(task, key) != new[key]}
    if not before:
        return False
    for key, value in new.items():
        setattr(task, key, value)
    task.save(update_fields=list(new))
    _line("hand_over.corrected", task, by, now, before=before, after={key: new[key] for key in before})
    return True


@transaction.atomic
def meet(task: HandOverTask, *, proof: str, by: Person, now: datetime, on: date | None = None) -> None:
    """Note that the task is taken over, since when, and what shows it. Raises AlreadyMet, NoProof, WrongDay."""
    task = _task(task)
    if task.met_on:
        raise AlreadyMet(_("This task was taken over on %(day)s.") % {"day": written.day(task.met_on)})
    if not proof.strip():
        raise NoProof(_("Say what shows it."))
    today = today_of(task.task_force, now)
    day = on or today
    if not task.task_force.established_on <= day <= today:
        first = written.day(task.task_force.established_on)
        raise WrongDay(_("Write a day between %(first)s and today.") % {"first": first})
    task.met_on, task.proof = day, proof.strip()
    task.save(update_fields=["met_on", "proof"])
    _line("hand_over.met", task, by, now, after={"met_on": day, "proof": task.proof})


@transaction.atomic
def take_back(task: HandOverTask, *, by: Person, now: datetime) -> None:
    """Open a task again that was noted as taken over. Raises TaskForceEnded."""
    task = _task(task)
    if task.met_on is None:
        return
    before = {"met_on": task.met_on, "proof": task.proof}
    task.met_on, task.proof = None, ""
    task.save(update_fields=["met_on", "proof"])
    _line("hand_over.reopened", task, by, now, before=before, after={"met_on": None, "proof": ""})


@transaction.atomic
def remove_task(task: HandOverTask, *, by: Person, now: datetime) -> None:
    """Take a task off the list that nobody has taken over; the journal keeps what it was. Raises AlreadyMet."""
    task = _task(task)
    if task.met_on:
        raise AlreadyMet(_("This task was taken over on %(day)s.") % {"day": written.day(task.met_on)})
    before = {"text": task.text, "goes_to": task.goes_to, "condition": task.condition}
    _line("hand_over.removed", task, by, now, before=before)
    task.delete()


@transaction.atomic
def end(task_force: TaskForce, *, by: Person, now: datetime, on: date | None = None) -> None:
    """End the task force: every task has been taken over. Raises TaskForceEnded, NotMet, WrongDay."""
    task_force = working(task_force)
    tasks = list(task_force.hand_over_tasks.select_for_update().order_by("pk"))
    open_ones = sum(task.met_on is None for task in tasks)
    if not tasks:
        raise NotMet(_("Write down first which tasks go where."))
    if open_ones:
        words = ngettext(
            "%(n)d task has not been taken over yet.", "%(n)d tasks have not been taken over yet.", open_ones
        )
        raise NotMet(words % {"n": open_ones})
    today = today_of(task_force, now)
    day = on or today
    if not max(task.met_on for task in tasks if task.met_on) <= day <= today:
        raise WrongDay(_("The task force ends on the day of the last hand-over or later, not after today."))
    task_force.handed_over_on = day
    task_force.save(update_fields=["handed_over_on"])
    after = {"handed_over_on": day}
    entries.write("taskforce.ended", task_force, by=by, now=now, country=task_force.country, after=after)
