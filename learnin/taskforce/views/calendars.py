"""Calendars that other programs read, and answers by a link in a letter."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.kit import pages
from learnin.kit.refusal import Refusal
from learnin.people import access as people
from learnin.people.roles import Can
from learnin.people.signed_in import SignedIn
from learnin.taskforce import access
from learnin.taskforce.forms import meetings as forms
from learnin.taskforce.models import Invitee
from learnin.taskforce.operations import calendars as operations
from learnin.taskforce.operations import invitations
from learnin.taskforce.queries import calendars as queries
from learnin.taskforce.queries import meetings


@require_safe
def calendars(request: SignedIn) -> HttpResponse:
    """The person's own calendar addresses."""
    version = queries.key_version(request.user)
    places = [None, *people.countries_where(request.user, Can.SEE_TASK_FORCE)]
    addresses = [
        (place, request.build_absolute_uri(_address(access.calendar_token(request.user, version, place))))
        for place in places
    ]
    return pages.page(request, "taskforce/calendars.html", {"addresses": addresses})


def _address(token: str) -> str:
    return reverse("taskforce:calendar", args=[token])


@require_POST
def renew(request: SignedIn) -> HttpResponse:
    """Make new addresses; the old ones stop."""
    operations.renew(request.user, by=request.user, now=timezone.now())
    return redirect("taskforce:calendars")


@login_not_required
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """A calendar, for a program that has its secret address."""
    person, country = access.calendar_by_link(token)
    now = timezone.now()
    with translation.override(person.language):
        content = queries.of_country(country, now=now) if country else queries.of_person(person, now=now)
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": 'inline; filename="learnin.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Answer an invitation by the link in its letter, without signing in. GET only shows the answer one pressed."""
    invitee = access.invitee_by_link(token)
    country = invitee.meeting.task_force.country
    language = meetings.language_of(invitee.sitting, country)
    if request.user.is_authenticated or request.COOKIES.get("django_language"):
        language = translation.get_language() or language
    with translation.override(language), timezone.override(invitee.meeting.zone):
        return _answer(request, invitee)


def _answer(request: HttpRequest, invitee: Invitee) -> HttpResponse:
    meeting = invitee.meeting
    context = {"meeting": meeting, "invitee": invitee, "country": meeting.task_force.country}
    now = timezone.now()
    try:
        invitations.require_in_time(meeting, now)
    except Refusal as refusal:
        return pages.page(request, "taskforce/answer_over.html", context | {"problem": str(refusal)}, status=410)
    pressed = request.GET.get("answer") or invitee.answer
    form = forms.AnswerForm(pages.sent(request), initial={"answer": pressed})
    if form.is_valid():
        try:
            invitations.answer(invitee, **form.cleaned_data, by=invitee.sitting.person, now=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{request.path}?thanks=1")
    is_thanked = "thanks" in request.GET and bool(invitee.answer) and not form.is_bound
    return pages.page(request, "taskforce/answer.html", context | {"is_thanked": is_thanked}, form=form)
