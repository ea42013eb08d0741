"""Samples: how large, how drawn, who is in it, who stands in."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learnin.assessment.access import countries
from learnin.assessment.access import samples as access
from learnin.assessment.forms import samples as forms
from learnin.assessment.models import Frame, Sample
from learnin.assessment.operations import samples as operations
from learnin.assessment.queries import sample_papers, sample_sizes
from learnin.assessment.queries import samples as queries
from learnin.assessment.views.frames import at
from learnin.compute import sampling
from learnin.kit import asking, documents, languages, pages
from learnin.kit.files import XLSX
from learnin.kit.refusal import Refusal
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn

A_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def design(request: SignedIn, pk: int) -> HttpResponse:
    """Say how the sample is drawn; see what that would draw in each stratum; draw it."""
    frame = access.frame(request.user, pk, can=Can.EDIT_ASSESSMENT)
    at(request, frame.country)
    asked = request.POST if request.method == "POST" else request.GET
    is_asked = bool(asked.get("method")) or request.method == "POST"
    form = forms.SampleForm(asked if is_asked else None, frame=frame, assessments=queries.assessments(frame.country))
    context: dict[str, Any] = {"frame": frame, "country": frame.country, "strata": [], "asked": []}
    if form.is_valid():
        try:
            if request.method == "POST":
                drawn = operations.draw(frame, **form.changes, by=request.user, now=timezone.now())
                return redirect("assessment:sample", drawn.pk)
            context |= _planned(frame, form.design)
            context["asked"] = [(key, value) for key, values in asked.lists() for value in values]
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return pages.page(request, "assessment/sample_design.html", context, form=form)


def _planned(frame: Frame, wanted: queries.Design) -> dict[str, Any]:
    """What the design would draw, stratum by stratum. Raises operations.CannotDraw."""
    here = queries.listed(frame, wanted)
    try:
        planned = queries.plan(here, wanted)
    except sampling.CannotSample as why:
        raise operations.CannotDraw(queries.why_not(why, here)) from None
    return {"strata": queries.planned_strata(here, planned), "total": int(planned.sum()), "here": here}


@require_safe
def sample(request: SignedIn, pk: int) -> HttpResponse:
    """A sample: its design in words, its strata, its units with their chance and weight."""
    found = access.sample(request.user, pk)
    at(request, found.country)
    units = queries.units_of(found)
    context = {
        "sample": found,
        "country": found.country,
        "design": queries.design_of(found),
        "strata": queries.strata_of(found),
        "page": Paginator(units, A_PAGE).get_page(request.GET.get("page")),
        "may_edit": may(request.user, Can.EDIT_ASSESSMENT, found.country),
        "may_run": may(request.user, Can.RUN_ROUNDS, found.country),
        "is_reproduced": queries.is_reproduced(found) if "again" in request.GET else None,
    }
    return pages.page(request, "assessment/sample.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reserve(request: SignedIn, pk: int) -> HttpResponse:
    """Let the next reserve stand in for a unit."""
    unit = access.sampled_unit(request.user, pk, can=Can.RUN_ROUNDS)
    at(request, unit.sample.country)
    context = {
        "heading": _("Let a reserve stand in for %(unit)s") % {"unit": unit.unit.name},
        "lede": _("The next reserve of the same stratum takes its place and its weight. The unit stays on record."),
        "back_label": str(unit.sample),
        "verb": _("Let the reserve stand in"),
    }
    form = forms.ReserveForm(pages.sent(request))
    return asking.ask(request, form, operations.put_in_reserve, unit, back=_page(unit.sample), context=context)


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: SignedIn, pk: int) -> HttpResponse:
    """Draw people inside a sampled unit from its list."""
    unit = access.sampled_unit(request.user, pk, can=Can.RUN_ROUNDS)
    at(request, unit.sample.country)
    context = {
        "unit": unit,
        "heading": _("Draw people in %(unit)s") % {"unit": unit.unit.name},
        "people": queries.people_of(unit),
        "back": _page(unit.sample),
        "back_label": str(unit.sample),
    }
    form = forms.PeopleForm(pages.sent(request))
    here = reverse("assessment:sampled_people", args=[unit.pk])
    answered = asking.tried(request, form, operations.draw_people, unit, back=here)
    return answered or pages.page(request, "assessment/sampled_people.html", context, form=form)


@require_safe
def units_file(request: SignedIn, pk: int, form: str) -> HttpResponse:
    """The units of a sample as an Excel workbook, Word or PDF, for those who go there."""
    found = access.sample(request.user, pk, can=Can.RUN_ROUNDS)
    name = f"sample-{found.pk}-units.{form}"
    if form == "xlsx":
        content, kind = sample_papers.workbook(found), XLSX
    else:
        paper = sample_papers.unit_list(found)
        content, kind = documents.drawn(paper, languages.language().code, format=form), documents.MEDIA_TYPES[form]
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_safe
def size(request: SignedIn, code: str) -> HttpResponse:
    """How many people a result needs, with the steps and the trade-off."""
    country = countries.country(request.user, code)
    at(request, country)
    form = forms.SizeForm(request.GET if request.GET.get("margin") else None)
    context: dict[str, Any] = {"country": country, "needed": None}
    if form.is_valid():
        data = form.cleaned_data
        context["survey"] = form.survey
        context["needed"] = sample_sizes.needed(data["margin"], form.survey, data["groups"])
    return pages.page(request, "assessment/sample_size.html", context, form=form)


def _page(found: Sample) -> str:
    return reverse("assessment:sample", args=[found.pk])
