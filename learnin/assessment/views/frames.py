"""Lists of units: bring one in, say what its columns mean, look at what it is worth."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learnin.assessment.access import countries, samples
from learnin.assessment.forms import frames as forms
from learnin.assessment.models import Frame
from learnin.assessment.operations import frames as operations
from learnin.assessment.queries import frames as queries
from learnin.assessment.queries import samples as sample_queries
from learnin.kit import asking, pages
from learnin.kit.refusal import Refusal
from learnin.people.models import Country
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn


def at(request: SignedIn, country: Country) -> None:
    """We are in the stage of the needs assessment of this country."""
    pages.at(request, country, stage="assessment")


@require_safe
def frames(request: SignedIn, code: str) -> HttpResponse:
    """The lists of a country and the samples drawn from them."""
    country = countries.country(request.user, code)
    at(request, country)
    context = {
        "country": country,
        "frames": queries.frames(country),
        "samples": sample_queries.samples(country),
        "may_edit": may(request.user, Can.EDIT_ASSESSMENT, country),
    }
    return pages.page(request, "assessment/frames.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedIn, code: str) -> HttpResponse:
    """Bring in a list. Its columns get their meaning on the next page."""
    country = countries.country(request.user, code, can=Can.EDIT_ASSESSMENT)
    at(request, country)
    form = forms.ListForm(pages.sent(request), request.FILES or None)
    if form.is_valid():
        try:
            frame = operations.add_list(country, **form.changes, by=request.user, now=timezone.now())
            return _to_job(frame) or redirect("assessment:frame_columns", frame.pk)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    context = {
        "heading": _("Bring in a list of units"),
        "lede": _("A sample is drawn from a list of all schools, or of whatever you ask."),
        "back": reverse("assessment:frames", args=[country.pk]),
        "back_label": _("Samples"),
        "verb": _("Look at its columns"),
    }
    return asking.page(request, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: SignedIn, pk: int) -> HttpResponse:
    """Say what each column means."""
    frame = samples.frame(request.user, pk, can=Can.EDIT_ASSESSMENT)
    at(request, frame.country)
    if frame.is_busy or frame.is_unread:
        return redirect("assessment:frame", frame.pk)
    found = queries.contents(frame)
    remembered = queries.remembered(frame, found)
    form = forms.ColumnsForm(pages.sent(request), columns=found.columns, remembered=remembered)
    after = reverse("assessment:frame_units", args=[frame.pk])
    answered = asking.tried(request, form, operations.say_columns, frame, back=after)
    context = {"frame": frame, "columns": found.columns, "rows": found.rows, "remembered": remembered}
    return answered or pages.page(request, "assessment/frame_columns.html", context, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def units(request: SignedIn, pk: int) -> HttpResponse:
    """Look at the first units, say who is not at work, and make units of all rows."""
    frame = samples.frame(request.user, pk, can=Can.EDIT_ASSESSMENT)
    at(request, frame.country)
    if frame.is_busy or frame.is_unread:
        return redirect("assessment:frame", frame.pk)
    found = queries.contents(frame)
    if not queries.are_columns_said(frame, found):
        return redirect("assessment:frame_columns", frame.pk)
    preview = queries.preview(frame, found)
    form = forms.UnitsForm(pages.sent(request), preview=preview, remembered=queries.remembered(frame, found))
    if form.is_valid():
        try:
            made = operations.import_units(frame, **form.changes, by=request.user, now=timezone.now())
            return _to_job(made) or redirect("assessment:frame", frame.pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {"frame": frame, "preview": preview, "rows": found.rows}
    return pages.page(request, "assessment/frame_units.html", context, form=form)


def _to_job(frame: Frame) -> HttpResponse | None:
    """To where one sees how far the work on a long list is; nothing where none is under way."""
    return redirect("journal:job", frame.job_id) if frame.is_busy else None


@require_safe
def frame(request: SignedIn, pk: int) -> HttpResponse:
    """What a list is worth: units, strata, what is missing; and the way to a sample."""
    found = samples.frame(request.user, pk)
    at(request, found.country)
    may_edit = may(request.user, Can.EDIT_ASSESSMENT, found.country)
    context: dict[str, Any] = {
        "frame": found,
        "country": found.country,
        "about": queries.about(found),
        "samples": sample_queries.samples(found.country).filter(frame=found),
        "may_edit": may_edit,
    }
    return pages.page(request, "assessment/frame.html", context)
