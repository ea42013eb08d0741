"""The steps that make a set of weights: choose, see what that does, take it; then the set gets its name."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learnin.assessment import weight_words
from learnin.assessment.access import weights as access
from learnin.assessment.formats import weight_recipe
from learnin.assessment.formats.weight_recipe import STEPS, Recipe
from learnin.assessment.forms import weights as forms
from learnin.assessment.models import Weighting, WeightSet
from learnin.assessment.operations import weights as operations
from learnin.assessment.queries import totals_file, weight_stages
from learnin.assessment.queries import weights as queries
from learnin.assessment.queries.weighting import Ground, ground
from learnin.assessment.views.weights import around
from learnin.compute.base_weights import NoChance
from learnin.kit import pages
from learnin.kit.files import XLSX
from learnin.kit.refusal import Refusal
from learnin.people.signed_in import SignedIn

FINISH = "finish"


def _address(name: str, of: Weighting) -> str:
    return reverse(f"assessment:weighting_{name}", args=[of.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """One step: choose, see what that does, take it."""
    of = access.weighting(request.user, pk)
    recipe = weight_recipe.recipe(of.steps)
    now = timezone.now()
    here, why_not = _ground(of, recipe, now)
    facts = queries.facts(of, here)
    asked = request.POST if request.method == "POST" else request.GET if "look" in request.GET else None
    form = forms.STEPS[name](asked, facts=facts, recipe=recipe)
    if form.is_valid():
        recipe = recipe.having(name, form.said)
        if request.method == "POST":
            try:
                operations.decide(of, step=name, said=form.said, by=request.user, now=now)
                return redirect(_address([*STEPS, FINISH][STEPS.index(name) + 1], of))
            except Refusal as refusal:
                form.add_error(None, str(refusal))
        if name in {"base", "totals"}:  # other answers count, or other questions are asked of them
            here, why_not = _ground(of, recipe, now)
    context = _frame(request, of, name)
    if not form.errors:
        context |= _previewed(here, why_not, recipe, name, facts.labels)
        context["pairs"] = list(_pairs(form)) if context["can_take"] else []
    return pages.page(request, "assessment/weighting_step.html", context | {"facts": facts}, form=form)


def _ground(of: Weighting, recipe: Recipe, now: datetime) -> tuple[Ground | None, str]:
    """What the weights stand on, or why there is nothing."""
    try:
        return ground(of.round, recipe, until=now), ""
    except NoChance as why:
        return None, weight_words.why_not(why)


def _previewed(here: Ground | None, why_not: str, recipe: Recipe, name: str, labels: dict[str, str]) -> dict[str, Any]:
    """What the step does, before anybody takes it."""
    if here is None:
        return {"stages": [], "why_not": why_not, "can_take": False}
    found = queries.preview(here, recipe, name, labels)
    last = found.stages[-1:]
    is_idle = not last or last[0]["step"] != name
    shown = weight_stages.told([weight_stages.standing(one) for one in last] if is_idle else last, labels)
    return {"stages": shown, "is_idle": is_idle, "why_not": found.why_not, "can_take": not found.why_not}


def _pairs(form: Any) -> Iterator[tuple[str, Any]]:
    """The fields of a form as it is shown, to send them once more."""
    for bound in form:
        value = bound.value()
        if isinstance(value, list | tuple):
            yield from ((bound.html_name, one) for one in value)
        elif value is True:
            yield bound.html_name, "on"
        elif value not in (None, False, ""):
            yield bound.html_name, value


def _frame(request: SignedIn, of: Weighting, name: str) -> dict[str, Any]:
    """What all pages of the steps have: where we are, what is decided, the way back."""
    decided = of.steps.get("decided", [])
    words = {**weight_words.STEPS, FINISH: _("Name and use")}
    life = [
        (
            format_html('<a class="govuk-link" href="{}">{}</a>', _address(one, of), words[one]),
            "now" if one == name else "done" if one in decided else "later",
        )
        for one in (*STEPS, FINISH)
    ]
    return around(request, of.round) | {"making": of, "step": name, "heading": words[name], "life": life,
                                       "sentence": weight_words.SENTENCES[name], "preview": _("What it does"),
                                       "method_pages": weight_words.PAGES.get(name, ()),
                                       "pairs": [], "stages": [], "why_not": "", "is_idle": False}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: SignedIn, pk: int) -> HttpResponse:
    """All steps once more; then the set gets its name."""
    of = access.weighting(request.user, pk)
    form = forms.FinishForm(pages.sent(request))
    now = timezone.now()
    if form.is_valid():
        try:
            made = operations.finish(of, **form.cleaned_data, by=request.user, now=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            made_set = isinstance(made, WeightSet)
            return redirect("assessment:weight_set" if made_set else "journal:job", made.pk)
    recipe = weight_recipe.recipe(of.steps)
    context = _frame(request, of, FINISH)
    here, why_not = _ground(of, recipe, now)
    if here is not None:
        labels = queries.labels(of.round)
        found = queries.preview(here, recipe, STEPS[-1], labels)
        context |= {"stages": weight_stages.told(found.stages, labels), "why_not": found.why_not}
    else:
        context["why_not"] = why_not
    return pages.page(request, "assessment/weighting_finish.html", context, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def totals(request: SignedIn, pk: int) -> HttpResponse:
    """Bring in totals of a census or register; every problem is told with its cell."""
    of = access.weighting(request.user, pk)
    now = timezone.now()
    here, why_not = _ground(of, weight_recipe.recipe(of.steps), now)
    facts = queries.facts(of, here)
    form = forms.TotalsFileForm(pages.sent(request), request.FILES or None)
    problems: list[tuple[str, str]] = []
    if form.is_valid() and here is not None:
        every = totals_file.rows(of, here, facts, facts.labels, until=now)
        found = totals_file.reading(form.cleaned_data["file"].read(), every)
        problems = [(totals_file.place(one), totals_file.problem_words(one)) for one in found.problems]
        if problems:
            form.add_error("file", _("Correct the cells below, then bring the file in again."))
        else:
            try:
                name = form.cleaned_data["file"].name
                operations.bring_totals(of, name=name, margins=found.margins, by=request.user, now=now)
                return redirect(f"{_address('totals', of)}?look=1&method=raking&source=file")
            except Refusal as refusal:
                form.add_error(None, str(refusal))
    columns = forms.ColumnsForm(facts=facts)
    more = {"facts": facts, "problems": problems, "why_not": why_not, "columns": columns}
    context = _frame(request, of, "totals") | more
    return pages.page(request, "assessment/weighting_totals_file.html", context, form=form)


@require_safe
def totals_workbook(request: SignedIn, pk: int) -> HttpResponse:
    """The workbook of totals to fill in."""
    of = access.weighting(request.user, pk)
    now = timezone.now()
    here, _why_not = _ground(of, weight_recipe.recipe(of.steps), now)
    facts = queries.facts(of, here)
    wanted = [one for one in request.GET.getlist("column") if one in facts.labels] or list(facts.labels)
    found = totals_file.rows(of, here, facts, wanted, until=now) if here else []
    content = totals_file.workbook(found, facts)
    headers = {"Content-Disposition": f'attachment; filename="totals-{of.round_id}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)
