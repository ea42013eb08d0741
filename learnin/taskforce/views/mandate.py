"""The mandate: who looks after each point, and what was done for it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learnin.kit import pages
from learnin.kit.refusal import Refusal
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn
from learnin.taskforce import access
from learnin.taskforce.forms import mandate as forms
from learnin.taskforce.models import TaskForce
from learnin.taskforce.operations import mandate as operations
from learnin.taskforce.queries import mandate as queries


@require_http_methods(["GET", "HEAD", "POST"])
def mandate(request: SignedIn, code: str) -> HttpResponse:
    """Each mandate point with its owner and its evidence; add evidence."""
    can = Can.DO_ACTIONS if request.method == "POST" else Can.SEE_TASK_FORCE
    task_force = access.task_force(request.user, code, can=can)
    pages.at(request, task_force.country, stage="taskforce")
    initial = {"mandate_point": request.GET.get("point", ""), "record": request.GET.get("record", "")}
    form = forms.EvidenceForm(pages.sent(request), request.FILES or None, initial=initial, task_force=task_force)
    if form.is_valid():
        try:
            operations.add_evidence(task_force, **form.evidence, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The evidence stands with its mandate point."))
            return redirect("taskforce:mandate", task_force.country_id)
    return _mandate(request, task_force, form)


def _mandate(request: SignedIn, task_force: TaskForce, form: forms.EvidenceForm) -> HttpResponse:
    country = task_force.country
    points = queries.points(task_force, timezone.localdate())
    context = {
        "country": country,
        "task_force": task_force,
        "points": points,
        "shown": sum(not point.is_bare for point in points),
        "days": queries.EVIDENCE_DAYS,
        "may_add": may(request.user, Can.DO_ACTIONS, country) and not task_force.handed_over_on,
        "may_edit": may(request.user, Can.EDIT_TASK_FORCE, country) and not task_force.handed_over_on,
    }
    return pages.page(request, "taskforce/mandate.html", context, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def mandate_owners(request: SignedIn, code: str) -> HttpResponse:
    """Say which seat looks after each mandate point."""
    task_force = access.task_force(request.user, code, can=Can.EDIT_TASK_FORCE)
    pages.at(request, task_force.country, stage="taskforce")
    form = forms.OwnersForm(pages.sent(request), task_force=task_force)
    if form.is_valid():
        try:
            operations.assign(task_force, owners=form.owners, by=request.user, now=timezone.now())
            return redirect("taskforce:mandate", task_force.country_id)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return pages.page(request, "taskforce/mandate_owners.html", {"country": task_force.country}, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_evidence(request: SignedIn, pk: int) -> HttpResponse:
    """Ask, then take a piece of evidence away from its mandate point."""
    found = access.evidence(request.user, pk, can=Can.EDIT_TASK_FORCE)
    country = found.task_force.country
    pages.at(request, country, stage="taskforce")
    if request.method != "POST":
        context = {"country": country, "proof": queries.proof(found)}
        return pages.page(request, "taskforce/evidence_remove.html", context)
    try:
        operations.remove_evidence(found, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("taskforce:mandate", country.pk)
