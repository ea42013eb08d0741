"""The questionnaires of a country: brought in, looked over by the import doctor, mended."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.assessment.access import countries
from learnin.assessment.access import instruments as gate
from learnin.assessment.formats.doctor import REPAIRABLE
from learnin.assessment.forms import instruments as forms
from learnin.assessment.operations import instruments as operations
from learnin.assessment.queries import instruments as queries
from learnin.kit import asking, pages
from learnin.kit.refusal import Refusal
from learnin.people.models import Country
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn


def at(request: SignedIn, country: Country) -> None:
    """Stand in the stage of the needs assessment."""
    pages.at(request, country, stage="assessment")


@require_safe
def instruments(request: SignedIn, code: str) -> HttpResponse:
    """What the country asks, and where each questionnaire stands."""
    country = countries.country(request.user, code)
    at(request, country)
    may_edit = may(request.user, Can.EDIT_ASSESSMENT, country)
    context = {"country": country, "lines": queries.instruments(country), "may_edit": may_edit}
    return pages.page(request, "assessment/instruments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_instrument(request: SignedIn, code: str) -> HttpResponse:
    """Bring a questionnaire in from a workbook."""
    country = countries.country(request.user, code, can=Can.EDIT_ASSESSMENT)
    at(request, country)
    form = forms.AddForm(pages.sent(request), request.FILES or None, country=country)
    if form.is_valid():
        given = dict(form.cleaned_data)
        file = given.pop("file")
        try:
            book = operations.read(file, file.name)
            made = operations.add_instrument(
                country, book=book, **given, file=file.file, name=file.name, by=request.user, now=timezone.now()
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return _to_draft(queries.draft_of(made))
    return pages.page(request, "assessment/instrument_add.html", {"country": country}, form=form)


def _to_draft(draft: Any) -> HttpResponse:
    """To the doctor where there is something to mend, else to the preview."""
    return redirect("assessment:version_problems" if draft.problems else "assessment:version", draft.pk)


@require_safe
def instrument(request: SignedIn, pk: int) -> HttpResponse:
    """A questionnaire and its versions."""
    found = gate.instrument(request.user, pk)
    at(request, found.country)
    context = {
        "country": found.country,
        "instrument": found,
        "about": queries.dimension_names(found),
        "versions": queries.versions(found),
        "draft": queries.draft_of(found),
        "may_edit": may(request.user, Can.EDIT_ASSESSMENT, found.country),
    }
    return pages.page(request, "assessment/instrument.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def dimensions(request: SignedIn, pk: int) -> HttpResponse:
    """Say what a questionnaire is about; what its questions of the bank are about is ticked until somebody says it."""
    found = gate.instrument(request.user, pk, can=Can.EDIT_ASSESSMENT)
    at(request, found.country)
    initial = {"dimensions": queries.dimensions(found) or queries.suggested_dimensions(found)}
    form = forms.DimensionsForm(pages.sent(request), initial=initial)
    context = {"heading": _("What it is about"), "back_label": found.title}
    back = reverse("assessment:instrument", args=[pk])
    return asking.ask(request, form, operations.say_dimensions, found, back=back, context=context)


@require_safe
def problems(request: SignedIn, pk: int) -> HttpResponse:
    """What the import doctor found, and what it can mend."""
    version = gate.version(request.user, pk)
    country = version.instrument.country
    at(request, country)
    context = {
        "country": country,
        "version": version,
        "look": queries.Look(version),
        "may_edit": may(request.user, Can.EDIT_ASSESSMENT, country) and not version.is_published,
    }
    return pages.page(request, "assessment/version_problems.html", context)


@require_POST
def repair_draft(request: SignedIn, pk: int) -> HttpResponse:
    """Mend one kind of problem, or all that is safe to mend."""
    version = gate.version(request.user, pk, can=Can.EDIT_ASSESSMENT)
    try:
        mended = operations.repair_draft(version, codes=repairable(request), by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        say_repaired(request, len(mended.problems))
    return redirect("assessment:version_problems", pk)


def repairable(request: SignedIn) -> frozenset[str] | None:
    """The kind of problem that a button asks to mend; nothing where it asks for all that is safe."""
    code = request.POST.get("code", "")
    return REPAIRABLE & {code} if code else None


def say_repaired(request: SignedIn, left: int) -> None:
    """Say what the import doctor could not mend."""
    messages.success(request, _("Repaired. Problems that are left: %(n)s.") % {"n": left})


@require_http_methods(["GET", "HEAD", "POST"])
def replace_draft(request: SignedIn, pk: int) -> HttpResponse:
    """Upload another workbook in the place of the draft."""
    version = gate.version(request.user, pk, can=Can.EDIT_ASSESSMENT)
    at(request, version.instrument.country)
    form = forms.ReplaceForm(pages.sent(request), request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            book = operations.read(file, file.name)
            draft = operations.replace_draft(
                version, book=book, file=file.file, name=file.name, by=request.user, now=timezone.now()
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return _to_draft(draft)
    context = {"country": version.instrument.country, "version": version}
    return pages.page(request, "assessment/version_replace.html", context, form=form)


@require_POST
def begin_draft(request: SignedIn, pk: int) -> HttpResponse:
    """Begin a new draft from this version."""
    version = gate.version(request.user, pk, can=Can.EDIT_ASSESSMENT)
    try:
        draft = operations.begin_draft_from(version, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("assessment:instrument", version.instrument_id)
    return redirect("assessment:version", draft.pk)
