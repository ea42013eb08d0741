"""From the question bank to a questionnaire, and into a draft that is there."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learnin.assessment.access import countries
from learnin.assessment.access import instruments as gate
from learnin.assessment.forms import picking as forms
from learnin.assessment.operations import assembling as operations
from learnin.assessment.queries import bank as queries
from learnin.assessment.queries import instruments as instrument_queries
from learnin.assessment.views.instruments import at
from learnin.kit import languages, pages
from learnin.kit.refusal import Refusal
from learnin.people.roles import Can
from learnin.people.signed_in import SignedIn


def _found(request: HttpRequest) -> tuple[forms.FilterForm, list[queries.Shelf], dict[str, str]]:
    """What the address looks for, and what the bank has of it."""
    wanted = forms.FilterForm(request.GET or {"population": "", "dimension": ""})
    look = {key: value for key, value in wanted.cleaned_data.items() if value} if wanted.is_valid() else {}
    return wanted, queries.shelves(**look), look


def _ids(found: list[queries.Shelf]) -> dict[str, list[str]]:
    items = [item.id for shelf in found for item in shelf.items]
    return {"modules": [shelf.module.id for shelf in found], "items": items}


def _shown(request: HttpRequest, wanted: forms.FilterForm, found: list[queries.Shelf]) -> dict[str, Any]:
    """The bank as the page shows it, with what was ticked."""
    ticked = {"ticked": {*request.POST.getlist("items")}, "ticked_modules": {*request.POST.getlist("modules")}}
    return {"wanted": wanted, "shelves": found, **ticked}


@require_http_methods(["GET", "HEAD", "POST"])
def pick_questions(request: SignedIn, code: str) -> HttpResponse:
    """Choose questions of the bank, and make a questionnaire of them."""
    country = countries.country(request.user, code, can=Can.EDIT_ASSESSMENT)
    at(request, country)
    wanted, found, look = _found(request)
    initial = {"languages": [languages.language().code], "audience": look.get("population", "")}
    form = forms.AssembleForm(
        pages.sent(request), country=country, languages=queries.spoken(), initial=initial, **_ids(found)
    )
    if form.is_valid():
        given = dict(form.cleaned_data)
        ids = queries.picked(found, given.pop("modules"), given.pop("items"))
        try:
            made = operations.assemble_instrument(country, item_ids=ids, **given, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            draft: Any = instrument_queries.draft_of(made)
            return redirect("assessment:builder", draft.pk)
    context = {"country": country, "version": None, "there": frozenset(), **_shown(request, wanted, found)}
    return pages.page(request, "assessment/pick_questions.html", context, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def add_from_bank(request: SignedIn, pk: int) -> HttpResponse:
    """Put more questions of the bank into a draft."""
    version = gate.version(request.user, pk, can=Can.EDIT_ASSESSMENT)
    country = version.instrument.country
    at(request, country)
    wanted, found, _look = _found(request)
    form = forms.PickForm(pages.sent(request), **_ids(found))
    if form.is_valid():
        ids = queries.picked(found, form.cleaned_data["modules"], form.cleaned_data["items"])
        try:
            operations.add_items(version, item_ids=ids, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The questions stand in the draft."))
            return redirect("assessment:builder", pk)
    there = queries.there(version)
    context = {"country": country, "version": version, "there": there, **_shown(request, wanted, found)}
    return pages.page(request, "assessment/pick_questions.html", context, form=form)
