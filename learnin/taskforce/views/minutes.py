"""Minutes: the draft, objections, approval, the seal."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.kit import pages
from learnin.kit.refusal import Refusal
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn
from learnin.taskforce import access
from learnin.taskforce.forms import minutes as forms
from learnin.taskforce.models import Meeting
from learnin.taskforce.operations import minutes as operations
from learnin.taskforce.operations import seal as seals
from learnin.taskforce.queries import minutes as queries
from learnin.taskforce.queries import papers, record
from learnin.taskforce.queries import seal as sealed


@require_safe
def minutes(request: SignedIn, pk: int) -> HttpResponse:
    """The draft as members read it, the objections, and the one act that waits."""
    return _page(request, access.meeting(request.user, pk), forms.ObjectForm())


def _page(request: SignedIn, found: Meeting, form: forms.ObjectForm) -> HttpResponse:
    country = found.task_force.country
    pages.at(request, country, stage="taskforce")
    stands = queries.standing(found, timezone.now())
    kept = found.record if stands.is_sealed and found.record else record.record(found)
    context: dict[str, Any] = {
        "country": country,
        "meeting": found,
        "stands": stands,
        "paper": papers.minutes(found, kept),
        "may_object": may(request.user, Can.OBJECT_TO_MINUTES, country),
        "may_lead": may(request.user, Can.HOLD_MEETINGS, country),
    }
    return pages.page(request, "taskforce/minutes.html", context, form=form)


@require_POST
def send(request: SignedIn, pk: int) -> HttpResponse:
    """Send the draft to members."""
    found = access.meeting(request.user, pk, can=Can.HOLD_MEETINGS)
    return _act(request, operations.send, found, _("The draft went to all members."))


@require_POST
def take_back(request: SignedIn, pk: int) -> HttpResponse:
    """Open the meeting again to correct the draft."""
    found = access.meeting(request.user, pk, can=Can.HOLD_MEETINGS)
    return _act(request, operations.take_back, found, _("You can correct the meeting now. Then send the draft again."))


@require_POST
def approve(request: SignedIn, pk: int) -> HttpResponse:
    """Approve and seal."""
    found = access.meeting(request.user, pk, can=Can.APPROVE_MINUTES)
    return _act(request, seals.approve, found, _("The minutes are approved and sealed."))


@require_POST
def shelve(request: SignedIn, pk: int) -> HttpResponse:
    """Put the sealed minutes on the shelf of documents."""
    found = access.meeting(request.user, pk, can=Can.PUBLISH_DOCUMENTS)
    return _act(request, seals.shelve, found, _("The minutes are among the country’s documents."))


def _act(request: SignedIn, operation: Any, found: Meeting, done: str) -> HttpResponse:
    try:
        operation(found, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("taskforce:minutes", found.pk)


@require_POST
def object_to(request: SignedIn, pk: int) -> HttpResponse:
    """Object to the draft."""
    found = access.meeting(request.user, pk, can=Can.OBJECT_TO_MINUTES)
    form = forms.ObjectForm(request.POST)
    if form.is_valid():
        try:
            operations.object_to(found, text=form.cleaned_data["text"], by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your objection is written down. Somebody will answer it."))
            return redirect("taskforce:minutes", pk)
    return _page(request, found, form)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SignedIn, pk: int) -> HttpResponse:
    """Answer an objection."""
    objection = access.objection(request.user, pk, can=Can.HOLD_MEETINGS)
    meeting = objection.meeting
    country = meeting.task_force.country
    pages.at(request, country, stage="taskforce")
    form = forms.AnswerForm(pages.sent(request))
    if form.is_valid():
        try:
            operations.answer(objection, answer=form.cleaned_data["answer"], by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("taskforce:minutes", meeting.pk)
    context = {"country": country, "meeting": meeting, "objection": objection}
    return pages.page(request, "taskforce/minutes_answer.html", context, form=form)


@require_safe
def seal(request: SignedIn, pk: int) -> HttpResponse:
    """The seal, what it covers, and whether it holds."""
    found = access.meeting(request.user, pk)
    country = found.task_force.country
    pages.at(request, country, stage="taskforce")
    is_sealed = bool(found.approved_at)
    problems = sealed.verify(found) if is_sealed else []
    broken = ngettext("This seal is broken: %(n)d problem.", "This seal is broken: %(n)d problems.", len(problems))
    context = {
        "country": country,
        "meeting": found,
        "is_sealed": is_sealed,
        "problems": problems,
        "verdict": broken % {"n": len(problems)} if problems else _("The seal holds"),
        "record_fingerprint": record.fingerprint(found.record) if found.record else "",
        "documents": queries.sealed_documents(found) if is_sealed else [],
        "is_shelved": queries.is_shelved(found) if is_sealed else False,
        "may_publish": may(request.user, Can.PUBLISH_DOCUMENTS, country),
    }
    return pages.page(request, "taskforce/minutes_seal.html", context)
