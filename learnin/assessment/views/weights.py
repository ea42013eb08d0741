"""Weights of a round: its sets, the steps that make a new one, and the one that is in use."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.assessment import weight_words
from learnin.assessment.access import rounds
from learnin.assessment.access import weights as access
from learnin.assessment.formats import weight_recipe
from learnin.assessment.formats.weight_recipe import STEPS
from learnin.assessment.forms import weights as forms
from learnin.assessment.models import Round, Weighting, WeightSet
from learnin.assessment.operations import weights as operations
from learnin.assessment.queries import totals_file, weight_stages, weighting
from learnin.assessment.queries import weights as queries
from learnin.assessment.views.rooms import at
from learnin.compute.base_weights import NoChance
from learnin.kit import asking, pages
from learnin.kit.files import XLSX
from learnin.kit.refusal import Refusal
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn

FINISH = "finish"


def _tabs(request: SignedIn, round: Round) -> dict[str, Any]:
    """What the tabs of a round's data need."""
    at(request, round.country)
    return {
        "round": round,
        "country": round.country,
        "may_see": may(request.user, Can.SEE_ANSWERS, round.country),
        "may_export": may(request.user, Can.EXPORT_ANSWERS, round.country),
        "may_weigh": may(request.user, Can.MAKE_WEIGHTS, round.country),
    }


@require_safe
def weight_sets(request: SignedIn, pk: int) -> HttpResponse:
    """The sets of weights of a round, and the one that is in the making."""
    round = rounds.round(request.user, pk)
    context = _tabs(request, round) | {
        "sets": queries.sets(round),
        "making": queries.in_the_making(round),
        "answers": weighting.size(round, timezone.now()),
    }
    return pages.page(request, "assessment/weight_sets.html", context)


@require_safe
def weight_set(request: SignedIn, pk: int) -> HttpResponse:
    """One set: what each step did, in numbers and words."""
    found = access.weight_set(request.user, pk)
    context = _tabs(request, found.round) | {
        "set": found,
        "stages": weight_stages.told(found.diagnostics, queries.labels(found.round)),
        "is_stale": queries.is_stale(found, timezone.now()),
    }
    return pages.page(request, "assessment/weight_set.html", context)


@require_POST
def begin(request: SignedIn, pk: int) -> HttpResponse:
    """Begin a set of weights, or go on with the one that was begun."""
    round = rounds.round(request.user, pk, can=Can.MAKE_WEIGHTS)
    made = operations.begin(round, by=request.user, now=timezone.now())
    return redirect("assessment:weighting_base", made.pk)


@require_POST
def begin_like(request: SignedIn, pk: int) -> HttpResponse:
    """Begin a set with the steps of an earlier one."""
    like = access.weight_set(request.user, pk, can=Can.MAKE_WEIGHTS)
    made = operations.begin(like.round, like=like, by=request.user, now=timezone.now())
    return redirect("assessment:weighting_base", made.pk)


@require_POST
def use(request: SignedIn, pk: int) -> HttpResponse:
    """Put a set to use."""
    found = access.weight_set(request.user, pk, can=Can.MAKE_WEIGHTS)
    return asking.do(request, operations.put_in_use, found, back=_sets(found.round_id))


@require_POST
def give_up(request: SignedIn, pk: int) -> HttpResponse:
    """Throw the steps away."""
    found = access.weighting(request.user, pk)
    return asking.do(request, operations.give_up, found, back=_sets(found.round_id))


def _sets(round: int) -> str:
    return reverse("assessment:weight_sets", args=[round])


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


def _ground(of: Weighting, recipe: weight_recipe.Recipe, now: Any) -> tuple[weighting.Ground | None, str]:
    """What the weights stand on, or why there is nothing."""
    try:
        return weighting.ground(of.round, recipe, until=now), ""
    except NoChance as why:
        return None, weight_words.why_not(why)


def _previewed(
    here: weighting.Ground | None, why_not: str, recipe: weight_recipe.Recipe, name: str, labels: dict[str, str]
) -> dict[str, Any]:
    """What the step does, before anybody takes it."""
    if here is None:
        return {"stages": [], "why_not": why_not, "can_take": False}
    found = queries.preview(here, recipe, name, labels)
    last = weight_stages.told(found.stages[-1:], labels)
    changes = [one for one in last if one.step == name]
    return {"stages": changes or last, "is_idle": not changes, "why_not": found.why_not, "can_take": not found.why_not}


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
    return _tabs(request, of.round) | {"making": of, "step": name, "heading": words[name], "life": life,
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
