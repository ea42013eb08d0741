"""Assessments of the whole region: written once, sent, and how far each country is."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.assessment.access import plan as access
from learnin.assessment.formats import xlsform
from learnin.assessment.formats.workbook import Book
from learnin.assessment.forms import regional as forms
from learnin.assessment.models import RegionalAssessment
from learnin.assessment.operations import regional as operations
from learnin.assessment.queries import regional as queries
from learnin.assessment.views.instruments import repairable, say_repaired
from learnin.kit import asking, pages
from learnin.kit.files import XLSX
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
        return _to_core(operations.write(**form.changes, by=request.user, now=timezone.now()))
    context = {
        "heading": _("Write a regional assessment"),
        "lede": _("Nobody hears of it before you send it."),
        "back": reverse("assessment:regional_assessments"),
        "back_label": _("Needs assessment"),
        "verb": "",
        "removal": None,
    }
    return asking.page(request, form, context)


def _to_core(regional: RegionalAssessment) -> HttpResponse:
    """To the import doctor where it has something to say, else to the assessment."""
    has_problems = bool(queries.core_findings(regional).ills)
    return redirect(reverse("assessment:regional_core", args=[regional.pk]) if has_problems else page_of(regional))


@require_safe
def core(request: SignedIn, pk: int) -> HttpResponse:
    """What the import doctor found in the core questionnaire, and what it can mend."""
    found = access.regional(request.user, pk, can=Can.RUN_REGIONAL_ASSESSMENTS)
    at(request)
    context = {"regional": found, "look": queries.core_findings(found), "may_edit": queries.may_change_core(found)}
    return pages.page(request, "assessment/regional_core.html", context)


@require_POST
def repair_core(request: SignedIn, pk: int) -> HttpResponse:
    """Mend one kind of problem of the core, or all that is safe to mend."""
    found = access.regional(request.user, pk, can=Can.RUN_REGIONAL_ASSESSMENTS)
    codes = repairable(request)
    try:
        left = operations.repair_core(found, codes=codes, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        say_repaired(request, sum(len(ill.problems) for ill in left.ills))
    return redirect("assessment:regional_core", pk)


@require_safe
def core_workbook(request: SignedIn, pk: int) -> HttpResponse:
    """The core questionnaire as it is now, as an Excel workbook."""
    found = access.regional(request.user, pk, can=Can.RUN_REGIONAL_ASSESSMENTS)
    if not found.core:
        raise Http404
    headers = {
        "Content-Disposition": f'attachment; filename="core-{found.pk}.xlsx"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(xlsform.write(Book.from_json(found.core)), content_type=XLSX, headers=headers)


@require_safe
def regional(request: SignedIn, pk: int) -> HttpResponse:
    """One assessment of the region: a row for each country, with how far it is."""
    found = access.regional(request.user, pk)
    at(request)
    may_run = may(request.user, Can.RUN_REGIONAL_ASSESSMENTS)
    context = {
        "regional": found,
        "lines": queries.lines(found),
        "core": queries.core_names(found),
        "findings": queries.core_findings(found) if may_run else None,
        "may_run": may_run,
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
    beside: dict[type[Refusal], str] = {operations.CoreIsOut: "core"}
    if asking.tried(request, form, operations.correct, found, back=page_of(found), fields=beside):
        return _to_core(access.regional(request.user, pk)) if form.cleaned_data["core"] else redirect(page_of(found))
    heading = _("Change the regional assessment")
    context = {"heading": heading, "back": page_of(found), "back_label": found.title, "lede": lede}
    return asking.page(request, form, context)


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
