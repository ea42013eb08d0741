"""The follow-up board, and the phone: who has not answered, what was tried, whom to call next."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learnin.assessment.access import rounds as access
from learnin.assessment.access.collection import invited_token
from learnin.assessment.forms import invitations as forms
from learnin.assessment.models import Round, Submission
from learnin.assessment.operations import invitations as operations
from learnin.assessment.queries import follow_up as queries
from learnin.assessment.queries import invitations
from learnin.assessment.queries import rounds as round_queries
from learnin.assessment.views.frames import at
from learnin.kit import asking, pages
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn

A_PAGE = 50


def _board(round: Round) -> str:
    return reverse("assessment:follow_up", args=[round.pk])


@require_safe
def follow_up(request: SignedIn, pk: int) -> HttpResponse:
    """How each group answers, the worst first; from here reminders, reserves and calls."""
    found = access.round(request.user, pk)
    at(request, found.country)
    now = timezone.now()
    board = queries.board(found, by=request.GET.get("by", ""), unsaid=_("Not said"), now=now)
    context = {
        "round": found,
        "form": forms.StratumForm(strata=[row.key for row in board.rows if row.waiting]),
        "state": round_queries.state(found, now),
        "board": board,
        "reach": invitations.reach(found),
        "may_run": may(request.user, Can.RUN_ROUNDS, found.country),
        "may_call": may(request.user, Can.ENTER_ANSWERS, found.country),
    }
    return pages.page(request, "assessment/follow_up.html", context)


@require_safe
def waiting(request: SignedIn, pk: int) -> HttpResponse:
    """Those without an answer, with what was tried."""
    found = access.round(request.user, pk, can=Can.RUN_ROUNDS)
    at(request, found.country)
    asked = invitations.asked(found, state="waiting")
    context = {"round": found, "page": Paginator(asked, A_PAGE).get_page(request.GET.get("page"))}
    return pages.page(request, "assessment/without_answer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: SignedIn, pk: int) -> HttpResponse:
    """Note a try to reach somebody."""
    found = access.invitation(request.user, pk)
    at(request, found.round.country)
    context = {"heading": _("Note a try to reach %(name)s") % {"name": found}, "back_label": _("Without an answer")}
    back = reverse("assessment:without_answer", args=[found.round_id])
    form = forms.AttemptForm(pages.sent(request))
    return asking.ask(request, form, operations.note_attempt, found, back=back, context=context)


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: SignedIn, pk: int) -> HttpResponse:
    """Let a reserve stand in, and ask it."""
    found = access.invitation(request.user, pk)
    at(request, found.round.country)
    context = {
        "heading": _("Let a reserve stand in for %(unit)s") % {"unit": found},
        "lede": _("The next reserve of the same stratum gets an invitation. The response rate does not change by it."),
        "back_label": _("Without an answer"),
        "verb": _("Let the reserve stand in"),
    }
    back = reverse("assessment:without_answer", args=[found.round_id])
    form = forms.ReplaceForm(pages.sent(request))
    return asking.ask(request, form, operations.replace, found, back=back, context=context)


@require_safe
def calls(request: SignedIn, pk: int) -> HttpResponse:
    """The next person to call."""
    found = access.round(request.user, pk, can=Can.ENTER_ANSWERS)
    at(request, found.country)
    next_one = invitations.to_call(found, now=timezone.now()).first()
    if next_one is not None:
        return redirect("assessment:call", next_one.pk)
    return pages.page(request, "assessment/calls_done.html", {"round": found})


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: SignedIn, pk: int) -> HttpResponse:
    """Somebody to call: the number, what was tried, the questionnaire to fill in for them, what came of it."""
    found = access.waiting_invitation(request.user, pk)
    at(request, found.round.country)
    form = forms.CallForm(pages.sent(request))
    after = reverse("assessment:calls", args=[found.round_id])
    answered = asking.tried(request, form, operations.note_attempt, found, back=after)
    now = timezone.now()
    context = {
        "invitation": found,
        "round": found.round,
        "attempts": invitations.attempts_of(found),
        "is_open": found.round.is_open(now),
        "form_url": round_queries.form_address(invited_token(found, Submission.Channel.PHONE)),
        "local_time": now,
    }
    return answered or pages.page(request, "assessment/call.html", context, form=form)
