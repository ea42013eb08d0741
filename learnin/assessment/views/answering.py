"""What somebody with an invitation sees before the questionnaire: the link, the PIN, the way to stop letters."""

from dataclasses import asdict
from typing import Any, cast

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from learnin.assessment.access import rounds as access
from learnin.assessment.access.collection import Door, invited_token
from learnin.assessment.access.collection import invited as invited_door
from learnin.assessment.forms.invitations import LetterForm
from learnin.assessment.forms.unfinished import UnfinishedForm
from learnin.assessment.models import Invitation
from learnin.assessment.operations import invitations as operations
from learnin.assessment.operations import unfinished
from learnin.assessment.queries import rounds as queries
from learnin.assessment.queries import unfinished as begun
from learnin.assessment.views.web_form import form_urls
from learnin.kit import pages
from learnin.kit.refusal import Refusal

LOST = 409  # another device was faster, somebody answered, the round is over: what was sent finds no place
UNREADABLE, TOO_LONG = 400, 413


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of an invitation. POST opens the questionnaire."""
    invitation = access.invitation_by_link(token)
    pages.at(request, invitation.round.country)
    now = timezone.now()
    state = "answered" if invitation.answered_at else queries.state(invitation.round, now)
    if request.method == "POST" and state == "open":
        operations.begin(invitation, now=now)
        return redirect(queries.form_address(token))
    context = {"round": invitation.round, "invitation": invitation, "state": state, "token": token}
    return pages.page(request, "assessment/invited.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_letter(request: HttpRequest) -> HttpResponse:
    """Type the number and the PIN of a printed letter."""
    form = LetterForm(pages.sent(request))
    if form.is_valid():
        try:
            found = access.invitation_by_letter(**form.cleaned_data, caller=get_adapter().get_client_ip(request))
            return redirect("assessment:invited", invited_token(found))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return pages.page(request, "assessment/answer_by_letter.html", form=form)


@login_not_required
@csrf_exempt  # mail programs post here without a page or a cookie (RFC 8058); the signed link says whose letters
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the letters of this round by the link in the letter. GET shows a button."""
    invitation = access.invitation_by_link(token)
    pages.at(request, invitation.round.country)
    if request.method == "POST":
        operations.opt_out(invitation, now=timezone.now())
        invitation.refresh_from_db(fields=["opted_out_at"])
    context = {"round": invitation.round, "is_off": bool(invitation.opted_out_at), "token": token}
    return pages.page(request, "assessment/stop_letters.html", context)


@login_not_required
@csrf_exempt  # the questionnaire works offline and posts later; the signed link says whose answer it is
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """The unfinished answer of an invitation, for the script of the web form: read, keep, or forget it."""
    door = invited_door(token)
    if request.method != "POST":
        return JsonResponse(_kept(door))
    try:
        form = UnfinishedForm(request.POST)
    except RequestDataTooBig:
        return _not_kept(_("This unfinished answer is too long to be kept."), TOO_LONG)
    if not form.is_valid():
        return _not_kept(_("This unfinished answer cannot be read."), UNREADABLE)
    try:
        return JsonResponse({"at": _keep(door, form)})
    except unfinished.KeptElsewhere as newer:
        return _not_kept(str(newer), LOST, at=newer.at.isoformat())
    except Refusal as refusal:
        return _not_kept(str(refusal), LOST)


def _keep(door: Door, form: UnfinishedForm) -> str:
    """Keep what was sent, or forget what is kept; the moment by which it is known."""
    asked, now = cast(Invitation, door.invitation), timezone.now()
    if form.unfinished is None:
        unfinished.drop(asked, now=now)
        return ""
    return unfinished.keep(asked, unfinished=form.unfinished, onto=form.cleaned_data["onto"], now=now).isoformat()


def _kept(door: Door) -> dict[str, Any]:
    """What the script needs to go on: the answer so far, and where the version it was begun on lies."""
    if (found := begun.kept(door, now=timezone.now())) is None:
        return {"at": ""}
    return {"at": found.at.isoformat(), **asdict(found.unfinished), **form_urls(door, found.version)}


def _not_kept(said: str, status: int, **more: Any) -> JsonResponse:
    return JsonResponse({"said": said, **more}, status=status)
