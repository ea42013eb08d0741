"""The hand-over: where each task goes, and the end of the task force."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learnin.kit import pages
from learnin.kit.refusal import Refusal
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn
from learnin.taskforce import access
from learnin.taskforce.forms import mandate as forms
from learnin.taskforce.models import HandOverTask, TaskForce
from learnin.taskforce.operations import hand_over as operations
from learnin.taskforce.queries import hand_over as queries


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: SignedIn, code: str) -> HttpResponse:
    """Tasks, who takes them over, and what must be true first; add one."""
    can = Can.EDIT_TASK_FORCE if request.method == "POST" else Can.SEE_TASK_FORCE
    task_force = access.task_force(request.user, code, can=can)
    pages.at(request, task_force.country, stage="taskforce")
    form = forms.HandOverForm(pages.sent(request))
    if _was_done(request, form, operations.add_task, task_force):
        return redirect("taskforce:hand_over", task_force.country_id)
    context = {
        "country": task_force.country,
        "task_force": task_force,
        "found": queries.hand_over(task_force),
        "may_edit": may(request.user, Can.EDIT_TASK_FORCE, task_force.country) and not task_force.handed_over_on,
    }
    return pages.page(request, "taskforce/hand_over.html", context, form=form)


def _was_done(request: SignedIn, form: Any, operation: Any, on: Any) -> bool:
    """Whether the form was sent, was right, and the work did not say no."""
    if not form.is_valid():
        return False
    data = {key: value for key, value in form.cleaned_data.items() if key != "is_sure"}
    try:
        operation(on, **data, by=request.user, now=timezone.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _change(request: SignedIn, task_force: TaskForce, form: Any, operation: Any, on: Any, **said: Any) -> HttpResponse:
    """A page of one form for one operation of the hand-over."""
    if _was_done(request, form, operation, on):
        return redirect("taskforce:hand_over", task_force.country_id)
    context = {"country": task_force.country, "task": None, "is_end": False, **said}
    return pages.page(request, "taskforce/hand_over_form.html", context, form=form)


def _task(request: SignedIn, pk: int) -> HandOverTask:
    task = access.hand_over_task(request.user, pk, can=Can.EDIT_TASK_FORCE)
    pages.at(request, task.task_force.country, stage="taskforce")
    return task


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_task(request: SignedIn, pk: int) -> HttpResponse:
    """Correct a task that nobody has taken over yet, or take it off the list."""
    task = _task(request, pk)
    initial = {field: getattr(task, field) for field in ("text", "goes_to", "condition")}
    form = forms.HandOverForm(pages.sent(request), initial=initial)
    said = {"heading": _("Correct the task"), "button": _("Save"), "task": task}
    return _change(request, task.task_force, form, operations.correct_task, task, **said)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_met(request: SignedIn, pk: int) -> HttpResponse:
    """Note that a task is taken over, since when, and what shows it."""
    task = _task(request, pk)
    form = forms.MetForm(pages.sent(request), initial={"on": timezone.localdate()})
    said = {"heading": _("Note the hand-over: %(task)s") % {"task": task.text}, "button": _("Save")}
    return _change(request, task.task_force, form, operations.meet, task, **said)


@require_POST
def hand_over_back(request: SignedIn, pk: int) -> HttpResponse:
    """Open a task again that was noted as taken over."""
    return _at_once(request, pk, operations.take_back)


@require_POST
def hand_over_remove(request: SignedIn, pk: int) -> HttpResponse:
    """Take a task off the list."""
    return _at_once(request, pk, operations.remove_task)


def _at_once(request: SignedIn, pk: int, operation: Any) -> HttpResponse:
    task = _task(request, pk)
    try:
        operation(task, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("taskforce:hand_over", task.task_force.country_id)


@require_http_methods(["GET", "HEAD", "POST"])
def end_task_force(request: SignedIn, code: str) -> HttpResponse:
    """End the task force once every task is taken over."""
    task_force = access.task_force(request.user, code, can=Can.EDIT_TASK_FORCE)
    pages.at(request, task_force.country, stage="taskforce")
    form = forms.EndForm(pages.sent(request), initial={"on": timezone.localdate()})
    said = {"heading": _("End the task force"), "button": _("End the task force"), "is_end": True}
    return _change(request, task_force, form, operations.end, task_force, **said)
