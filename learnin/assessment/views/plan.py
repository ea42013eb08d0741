"""Assessments of a country, and one assessment: plan and progress on one page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.assessment import next_plan
from learnin.assessment.access import countries
from learnin.assessment.access import plan as access
from learnin.assessment.forms import plan as forms
from learnin.assessment.models import Assessment
from learnin.assessment.operations import plan as operations
from learnin.assessment.queries import open_plans
from learnin.assessment.queries import plan as queries
from learnin.kit import asking, languages, pages
from learnin.kit.refusal import Refusal
from learnin.people.models import Country
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn

SHOWN = 3


def at(request: SignedIn, country: Country) -> None:
    """We are in the needs assessment of this country."""
    pages.at(request, country, stage="assessment")


def page_of(assessment: Assessment, part: str = "") -> str:
    """The page of an assessment, or a part of it."""
    return reverse("assessment:assessment", args=[assessment.pk]) + (f"#{part}" if part else "")


def about(assessment: Assessment, heading: str, **more: Any) -> dict[str, Any]:
    """What a page of one form says around it."""
    return {"heading": heading, "back_label": assessment.title, **more}


@require_safe
def assessments(request: SignedIn, code: str) -> HttpResponse:
    """What the country assesses, and how far each assessment is."""
    country = countries.country(request.user, code)
    at(request, country)
    context = {
        "country": country,
        "assessments": list(queries.assessments(country)),
        "may_edit": may(request.user, Can.EDIT_ASSESSMENT, country),
    }
    return pages.page(request, "assessment/assessments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: SignedIn, code: str) -> HttpResponse:
    """Begin an assessment."""
    country = countries.country(request.user, code, can=Can.EDIT_ASSESSMENT)
    at(request, country)
    initial = {"mandate_points": ["needs-assessment"]}
    form = forms.AssessmentForm(pages.sent(request), country=country, initial=initial)
    if form.is_valid():
        try:
            made = operations.plan(country, **form.changes, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error("ends_on", str(refusal))
        else:
            return redirect(page_of(made))
    context = {
        "heading": _("Plan an assessment"),
        "lede": _("Begin with why and when. Whom you ask, the calendar and the consent texts follow on its page."),
        "back": reverse("assessment:assessments", args=[country.pk]),
        "back_label": _("Needs assessment"),
        "verb": _("Begin the plan"),
        "verb_kind": "",
        "removal": None,
    }
    return asking.page(request, form, context)


@require_safe
def assessment(request: SignedIn, pk: int) -> HttpResponse:
    """Plan and progress on one page."""
    found = access.assessment(request.user, pk)
    country = found.country
    at(request, country)
    known = queries.plan(found, timezone.localdate(), timezone.now())
    may_edit = may(request.user, Can.EDIT_ASSESSMENT, country)
    is_editable = may_edit and not found.closed_at
    context = {
        "country": country,
        "assessment": found,
        "plan": known,
        "next": next_plan.pressing(open_plans.of(known), known.today, most=SHOWN) if is_editable else [],
        "today": known.today,
        "consents": [(one, languages.language_name(one.language)) for one in known.consents],
        "unspoken": [languages.language_name(code) for code in queries.missing_consents(known, country)],
        "may_edit": is_editable,
        "may_reopen": may_edit and bool(found.closed_at),
        "may_see_task_force": may(request.user, Can.SEE_TASK_FORCE, country),
        "may_see_journal": may(request.user, Can.SEE_JOURNAL, country),
    }
    return pages.page(request, "assessment/assessment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SignedIn, pk: int) -> HttpResponse:
    """Change the purpose, the days, the dimensions, the coordinator."""
    found = access.assessment(request.user, pk, can=Can.EDIT_ASSESSMENT)
    at(request, found.country)
    sent, initial = pages.sent(request), forms.as_planned(found)
    form = forms.AssessmentForm(sent, country=found.country, kept=found.coordinator, initial=initial)
    context = about(found, _("Change the plan"))
    return asking.ask(request, form, operations.correct, found, back=page_of(found), context=context)


@require_http_methods(["GET", "HEAD", "POST"])
def protect(request: SignedIn, pk: int) -> HttpResponse:
    """Say how people are protected, and until when what they said is kept."""
    found = access.assessment(request.user, pk, can=Can.EDIT_ASSESSMENT)
    at(request, found.country)
    initial = {key: getattr(found, key) for key in ("ethics", "keep_answers_until", "keep_contacts_until")}
    form = forms.ProtectionForm(pages.sent(request), initial=initial)
    context = about(found, _("How people are protected"))
    return asking.ask(request, form, operations.protect, found, back=page_of(found, "protection"), context=context)


@require_POST
def close(request: SignedIn, pk: int) -> HttpResponse:
    """End the work on an assessment."""
    found = access.assessment(request.user, pk, can=Can.EDIT_ASSESSMENT)
    return asking.do(request, operations.close, found, back=page_of(found))


@require_POST
def reopen(request: SignedIn, pk: int) -> HttpResponse:
    """Take up a closed assessment again."""
    found = access.assessment(request.user, pk, can=Can.EDIT_ASSESSMENT)
    return asking.do(request, operations.reopen, found, back=page_of(found))
