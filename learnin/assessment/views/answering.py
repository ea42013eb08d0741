"""What somebody with an invitation sees before the questionnaire: the link, the PIN, the way to stop letters."""

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from learnin.assessment.access import rounds as access
from learnin.assessment.access.collection import invited_token
from learnin.assessment.forms.invitations import LetterForm
from learnin.assessment.operations import invitations as operations
from learnin.assessment.queries import rounds as queries
from learnin.kit import pages
from learnin.kit.refusal import Refusal

LOST = 409  # somebody answered, or the round is over: what was sent finds no place


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
    """The unfinished answer of an invitation: read it, or keep it, to go on with another device."""
    invitation = access.invitation_by_link(token)
    if request.method == "POST":
        try:
            text = request.body.decode(errors="replace").replace("\0", "")
            operations.keep_draft(invitation, draft=text, now=timezone.now())
        except Refusal as refusal:
            return HttpResponse(str(refusal), status=LOST, content_type="text/plain; charset=utf-8")
        return HttpResponse(status=204)
    return HttpResponse(invitation.draft, content_type="text/plain; charset=utf-8")
