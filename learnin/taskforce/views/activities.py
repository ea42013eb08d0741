"""Regional activities as a country sees them: its own copies, and the answer out of a letter."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.kit import asking, pages
from learnin.kit.refusal import Refusal
from learnin.people.models import Country
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn
from learnin.taskforce import access
from learnin.taskforce.forms import activities as forms
from learnin.taskforce.models import ActivityCopy
from learnin.taskforce.operations import activities as operations
from learnin.taskforce.operations import events
from learnin.taskforce.queries import activities as queries

FORM = "taskforce/activity_form.html"


def at(request: SignedIn, country: Country) -> None:
    """We are in the task force's stage of this country."""
    pages.at(request, country, stage="taskforce")


@require_safe
def activities(request: SignedIn, code: str) -> HttpResponse:
    """What the region invited this country to."""
    country = access.country(request.user, code)
    at(request, country)
    lines = queries.copies_in(country, timezone.now())
    return pages.page(request, "taskforce/activities.html", {"country": country, "lines": lines})


@require_safe
def activity(request: SignedIn, pk: int) -> HttpResponse:
    """The country's copy: what is asked, what was answered, what is next."""
    return _copy(request, access.activity_copy(request.user, pk))


def _copy(request: SignedIn, copy: ActivityCopy, form: forms.AnswerForm | None = None) -> HttpResponse:
    country, now = copy.country, timezone.now()
    at(request, country)
    has_begun = copy.activity.starts_at is None or copy.activity.starts_at <= now
    is_on = copy.activity.cancelled_at is None
    context = {
        "country": country,
        "copy": copy,
        "level": queries.LEVELS[queries.level(copy, now)],
        "is_overdue": copy.is_overdue(now),
        "is_open": copy.is_open(now),
        "papers": copy.activity.papers.order_by("pk"),
        "files": copy.files.order_by("pk"),
        "may_answer": may(request.user, Can.ANSWER_ACTIVITIES, country) and is_on,
        "may_reopen": may(request.user, Can.RUN_ACTIVITIES, country) and is_on,
        "may_publish": may(request.user, Can.ANSWER_ACTIVITIES, country)
        and copy.is_ahead(now)
        and copy.state in queries.SAID_YES,
        "may_attend": has_begun and copy.state not in queries.TOOK_PART,
    }
    initial = {"state": copy.state, "reason": copy.reason}
    return pages.page(
        request, "taskforce/activity.html", context, form=forms.AnswerForm(initial=initial) if form is None else form
    )


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SignedIn, pk: int) -> HttpResponse:
    """Say whether the country takes part. The form stands on the copy's own page."""
    copy = access.activity_copy(request.user, pk, can=Can.ANSWER_ACTIVITIES)
    if request.method != "POST":
        return redirect(_back(copy))
    form = forms.AnswerForm(request.POST)
    return asking.tried(request, form, operations.answer, copy, back=_back(copy)) or _copy(request, copy, form)


def _back(copy: ActivityCopy) -> str:
    return reverse("taskforce:activity", args=[copy.pk])


def _one_form(request: SignedIn, copy: ActivityCopy, form: Any, operation: Any, heading: str) -> HttpResponse:
    at(request, copy.country)
    context = {"heading": heading, "back_label": str(copy), "lede": "", "button": _("Save")}
    return asking.ask(request, form, operation, copy, back=_back(copy), context=context, template=FORM)


@require_http_methods(["GET", "HEAD", "POST"])
def adapt(request: SignedIn, pk: int) -> HttpResponse:
    """Translate the copy, give it to a seat, plan it."""
    copy = access.activity_copy(request.user, pk, can=Can.ANSWER_ACTIVITIES)
    initial = {"title": copy.title, "text": copy.text, "seat": copy.seat_id or "", "note": copy.note}
    form = forms.AdaptForm(pages.sent(request), initial=initial, seats=queries.seats(copy.country))
    return _one_form(request, copy, form, operations.adapt, _("Adapt it for your country"))


@require_POST
def attend(request: SignedIn, pk: int) -> HttpResponse:
    """Note that the country took part."""
    copy = access.activity_copy(request.user, pk, can=Can.ANSWER_ACTIVITIES)
    return asking.do(request, operations.attend, copy, back=_back(copy))


@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: SignedIn, pk: int) -> HttpResponse:
    """Show what the country did."""
    copy = access.activity_copy(request.user, pk, can=Can.ANSWER_ACTIVITIES)
    form = forms.EvidenceForm(pages.sent(request), request.FILES or None, initial={"evidence": copy.evidence})
    return _one_form(request, copy, form, operations.give_evidence, _("Show what your country did"))


@require_POST
def publish(request: SignedIn, pk: int) -> HttpResponse:
    """Put the activity on the public page of the country."""
    copy = access.activity_copy(request.user, pk, can=Can.ANSWER_ACTIVITIES)
    return asking.do(request, events.publish_activity, copy, back=_back(copy))


@require_POST
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """Take the activity off the public page of the country."""
    copy = access.activity_copy(request.user, pk, can=Can.ANSWER_ACTIVITIES)
    return asking.do(request, events.withdraw_activity, copy, back=_back(copy))


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: SignedIn, pk: int) -> HttpResponse:
    """Let a country answer again."""
    copy = access.activity_copy(request.user, pk, can=Can.RUN_ACTIVITIES)
    form = forms.ReopenForm(pages.sent(request))
    return _one_form(request, copy, form, operations.reopen, _("Open the answer again"))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Answer out of a letter, without an account, in the language of the letter. Reading records nothing."""
    copy, key = access.copy_by_link(token)
    lead = queries.lead_of(copy.country, key)
    has_own = request.user.is_authenticated or request.COOKIES.get("django_language")
    language = translation.get_language() if has_own or lead is None else lead.language
    with translation.override(language), timezone.override(copy.country.zone):
        return _by_link(request, copy, lead, token)


def _by_link(request: HttpRequest, copy: ActivityCopy, lead: queries.Lead | None, token: str) -> HttpResponse:
    over = _why_over(copy, lead)
    if over or lead is None:
        context = {"copy": copy, "lead": lead, "over": over, "is_answered": False}
        return pages.page(request, "taskforce/activity_answer.html", context, status=410)
    chosen = request.GET.get("answer", "") or copy.state
    form = forms.AnswerForm(pages.sent(request), initial={"state": chosen, "reason": copy.reason})
    if form.is_valid():
        try:
            operations.answer(copy, **form.cleaned_data, by=lead.person, name=lead.name, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("taskforce:activity_answer", token)
    context = {"copy": copy, "lead": lead, "over": "", "is_answered": bool(copy.state)}
    return pages.page(request, "taskforce/activity_answer.html", context, form=form)


def _why_over(copy: ActivityCopy, lead: queries.Lead | None) -> str:
    """Why the link no longer answers; nothing as long as it does."""
    if lead is None:
        return _("This link was for somebody who no longer leads the task force of this country.")
    try:
        operations.require_open(copy, timezone.now())
    except Refusal as refusal:
        return str(refusal)
    return ""
