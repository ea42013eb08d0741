"""Assessments of the whole region: written once, sent, and how far each country is."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learnin.assessment.access import plan as access
from learnin.assessment.forms import regional as forms
from learnin.assessment.models import RegionalAssessment
from learnin.assessment.operations import regional as operations
from learnin.assessment.queries import regional as queries
from learnin.kit import asking, pages
from learnin.kit.refusal import Refusal
from learnin.people import access as people
from learnin.people.region import REGION
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn


def at(request: SignedIn) -> None:
    """We are in the needs assessment of the region."""
    pages.at(request, REGION, stage="assessment")


def page_of(regional: RegionalAssessment) -> str:
    """The page of an assessment of the region."""
    return reverse("assessment:regional", args=[regional.pk])


@require_safe
def regional_assessments(request: SignedIn) -> HttpResponse:
    """What the countries assess together."""
    people.region(request.user)
    at(request)
    context = {"regionals": list(queries.regionals()), "may_run": may(request.user, Can.RUN_REGIONAL_ASSESSMENTS)}
    return pages.page(request, "assessment/regional_assessments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: SignedIn) -> HttpResponse:
    """Write an assessment for all countries."""
    people.region(request.user, can=Can.RUN_REGIONAL_ASSESSMENTS)
    at(request)
    form = forms.RegionalForm(pages.sent(request), request.FILES or None)
    if form.is_valid():
        return redirect(page_of(operations.write(**form.changes, by=request.user, now=timezone.now())))
    context = {
        "heading": _("Write a regional assessment"),
        "lede": _("Nobody hears of it before you send it."),
        "back": reverse("assessment:regional_assessments"),
        "back_label": _("Needs assessment"),
        "verb": "",
        "removal": None,
    }
    return asking.page(request, form, context)


@require_safe
def regional(request: SignedIn, pk: int) -> HttpResponse:
    """One assessment of the region: a row for each country, with how far it is."""
    found = access.regional(request.user, pk)
    at(request)
    context = {
        "regional": found,
        "lines": queries.lines(found),
        "core": queries.core_names(found),
        "may_run": may(request.user, Can.RUN_REGIONAL_ASSESSMENTS),
    }
    return pages.page(request, "assessment/regional.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SignedIn, pk: int) -> HttpResponse:
    """Change the title, the purpose, the days or the core."""
    found = access.regional(request.user, pk, can=Can.RUN_REGIONAL_ASSESSMENTS)
    at(request)
    initial = {key: getattr(found, key) for key in ("title", "purpose", "starts_on", "ends_on")}
    form = forms.RegionalForm(pages.sent(request), request.FILES or None, initial=initial)
    lede = _("Copies that countries have already stay as they are.")
    context = {"heading": _("Change the regional assessment"), "back_label": found.title, "lede": lede}
    beside: dict[type[Refusal], str] = {operations.CoreIsOut: "core"}
    return asking.ask(request, form, operations.correct, found, back=page_of(found), context=context, fields=beside)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: SignedIn, pk: int) -> HttpResponse:
    """Choose the countries that get a copy."""
    found = access.regional(request.user, pk, can=Can.RUN_REGIONAL_ASSESSMENTS)
    at(request)
    form = forms.SendForm(pages.sent(request), places=queries.without_copy(found))
    lede = _("Whoever leads the task force and the needs assessment there gets a notice.")
    heading = _("Send it to countries")
    context = {"heading": heading, "back_label": found.title, "lede": lede, "verb": _("Send")}
    return asking.ask(request, form, operations.send, found, back=page_of(found), context=context)
