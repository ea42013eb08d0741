"""Rounds of collection: plan one, see how it stands, write its letters, close it."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.assessment.access import countries
from learnin.assessment.access import rounds as access
from learnin.assessment.forms import rounds as forms
from learnin.assessment.models import Round
from learnin.assessment.operations import rounds as operations
from learnin.assessment.queries import invitations, round_papers
from learnin.assessment.queries import rounds as queries
from learnin.assessment.queries import samples as sample_queries
from learnin.assessment.views.frames import at
from learnin.kit import asking, pages
from learnin.kit.refusal import Refusal
from learnin.people.models import Country
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn


def page_of(round: Round) -> str:
    """The page of a round."""
    return reverse("assessment:round", args=[round.pk])


@require_safe
def rounds(request: SignedIn, code: str) -> HttpResponse:
    """The rounds of a country."""
    country = countries.country(request.user, code)
    at(request, country)
    context = {
        "country": country,
        "rounds": queries.rounds(country, now=timezone.now()),
        "can_plan": bool(queries.instruments(country)),
        "may_run": may(request.user, Can.RUN_ROUNDS, country),
    }
    return pages.page(request, "assessment/rounds.html", context)


def _choices(country: Country) -> dict[str, Any]:
    return {
        "zone": country.zone,
        "instruments": queries.instruments(country),
        "samples": queries.samples(country),
        "assessments": sample_queries.assessments(country),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: SignedIn, code: str) -> HttpResponse:
    """Plan a round."""
    country = countries.country(request.user, code, can=Can.RUN_ROUNDS)
    at(request, country)
    form = forms.RoundForm(pages.sent(request), **_choices(country))
    if form.is_valid():
        try:
            made = operations.plan_round(country, **form.changes, by=request.user, now=timezone.now())
            return redirect(page_of(made))
        except Refusal as refusal:
            form.add_error("instrument", str(refusal))
    context = {
        "heading": _("Plan a round"),
        "lede": _("A round is the time in which a questionnaire takes answers."),
        "back": reverse("assessment:rounds", args=[country.pk]),
        "back_label": _("Collection"),
        "verb": _("Plan the round"),
        "verb_kind": "",
    }
    return asking.page(request, form, context)


@require_safe
def round(request: SignedIn, pk: int) -> HttpResponse:
    """How a round stands: who is asked, what is next, what its numbers will be worth."""
    found = access.round(request.user, pk)
    at(request, found.country)
    now = timezone.now()
    context = {
        "round": found,
        "country": found.country,
        "state": queries.state(found, now),
        "reach": invitations.reach(found),
        "answers": queries.answers_of(found).count(),
        "enumerators": queries.enumerators(found),
        "letter_files": round_papers.letter_files(found),
        "open_url": settings.SITE_URL + queries.form_address(found.key) if found.kind == Round.Kind.OPEN else "",
        "may_run": may(request.user, Can.RUN_ROUNDS, found.country),
        "may_call": may(request.user, Can.ENTER_ANSWERS, found.country),
        "may_see": may(request.user, Can.SEE_ANSWERS, found.country),
    }
    return pages.page(request, "assessment/round.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedIn, pk: int) -> HttpResponse:
    """Change the plan of a round."""
    found = access.round(request.user, pk, can=Can.RUN_ROUNDS)
    at(request, found.country)
    choices = _choices(found.country)
    if found.assessment and found.assessment not in choices["assessments"]:
        choices["assessments"].append(found.assessment)
    form = forms.RoundForm(pages.sent(request), round=found, **choices)
    context = {"heading": _("Change the round"), "back_label": str(found)}
    return asking.ask(request, form, operations.change_round, found, back=page_of(found), context=context)


@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: SignedIn, pk: int) -> HttpResponse:
    """Write what the letters say, language by language."""
    found = access.round(request.user, pk, can=Can.RUN_ROUNDS)
    at(request, found.country)
    form = forms.LettersForm(pages.sent(request), round=found, spoken=invitations.languages_of(found))
    context = {
        "heading": _("Words of the letters"),
        "lede": _(
            "The greeting, the link, the last day and the way to stop letters stand below your words by themselves."
        ),
        "back_label": str(found),
    }
    return asking.ask(request, form, operations.write_letters, found, back=page_of(found), context=context)


@require_POST
def close(request: SignedIn, pk: int) -> HttpResponse:
    """Take no more answers."""
    found = access.round(request.user, pk, can=Can.RUN_ROUNDS)
    return asking.do(request, operations.close_round, found, back=page_of(found))
