"""Agreements: proposed, answered on the page or by the link of a letter, kept."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learnin.initiatives.access import agreements as access
from learnin.initiatives.access import countries
from learnin.initiatives.forms import agreements as forms
from learnin.initiatives.models import Agreement, Party
from learnin.initiatives.operations import agreements as operations
from learnin.initiatives.queries import agreement_paper
from learnin.initiatives.queries import agreements as queries
from learnin.kit import asking, pages, papers
from learnin.kit.refusal import Refusal
from learnin.people.models import Country
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn
from learnin.taskforce.queries import composition
from learnin.taskforce.queries import meetings as task_force

A_PAGE = 30

DAYS: dict[type[Refusal], str] = {operations.DayPast: "due_on", operations.DaysReversed: "due_on"}
WORDS: dict[type[Refusal], str] = {operations.ReasonNeeded: "reason", operations.TextNeeded: "proposed_text"}
"""Beside which box a refusal stands."""


def _at(request: SignedIn, country: Country) -> None:
    pages.at(request, country, stage="initiatives")


def _url(agreement: Agreement) -> str:
    return reverse("initiatives:agreement", args=[agreement.pk])


@require_safe
def agreements(request: SignedIn, code: str) -> HttpResponse:
    """What was proposed and agreed, and the overlaps for which nobody has proposed anything."""
    country = countries.country(request.user, code)
    _at(request, country)
    form = forms.WantedForm(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    found = queries.with_parties(queries.in_state(country, state))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    may_propose = may(request.user, Can.PROPOSE_AGREEMENTS, country)
    context = {
        "country": country,
        "page": page,
        "rows": queries.standing(page.object_list),
        "wanted_form": form,
        "is_narrowed": bool(state),
        "may_propose": may_propose,
        "overlaps": queries.without_agreement(country)[:10] if may_propose else [],
    }
    return pages.page(request, "initiatives/agreements.html", context, part="agreements")


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: SignedIn, code: str) -> HttpResponse:
    """Propose what the parties of some initiatives could do; the address names the pair or the initiatives."""
    country = countries.country(request.user, code, can=Can.PROPOSE_AGREEMENTS)
    _at(request, country)
    pair, chosen = queries.asked_about(country, request.GET.get("pair", ""), request.GET.getlist("initiative"))
    offered = queries.offered(chosen)
    force = composition.task_force_of(country.pk)
    if not offered or force is None:
        context = {"country": country, "has_task_force": force is not None}
        return pages.page(request, "initiatives/agreement_nothing.html", context)
    form = forms.ProposeForm(
        pages.sent(request),
        initial={"initiatives": [str(one.pk) for one in chosen]},
        initiatives=offered,
        parties=queries.suggested(offered),
        seats=task_force.seats_with_sitters(force),
    )
    if form.is_valid():
        try:
            made = operations.propose(country, **form.changes, pair=pair, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(DAYS.get(type(refusal)), str(refusal))
        else:
            return redirect(_url(made))
    context = {
        "country": country,
        "heading": _("Propose an agreement"),
        "back": reverse("initiatives:agreements", args=[country.pk]),
        "back_label": _("Agreements"),
        "verb": _("Ask the parties"),
    }
    return asking.page(request, form, context)


@require_safe
def agreement(request: SignedIn, pk: int) -> HttpResponse:
    """One agreement: where it stands, who said what, and the one thing that waits."""
    found = queries.whole(access.agreement(request.user, pk))
    _at(request, found.country)
    state, parties = queries.state_of(found), queries.answers(found)
    spoken_for = access.spoken_for(request.user, found)
    is_open = found.agreed_at is None and found.withdrawn_at is None
    context = {
        "country": found.country,
        "agreement": found,
        "state": state,
        "steps": queries.life(found),
        "parties": parties,
        "has_reasons": any(said and (party.reason or party.proposed_text) for party, said in parties),
        "mine": [one for one in found.parties.all() if is_open and one.pk in spoken_for],
        "may_lead": is_open and may(request.user, Can.PROPOSE_AGREEMENTS, found.country),
        "sees_register": may(request.user, Can.SEE_INITIATIVES, found.country),
    }
    return pages.page(request, "initiatives/agreement.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SignedIn, pk: int) -> HttpResponse:
    """Answer for an organisation that one speaks for."""
    party = access.party(request.user, pk)
    _at(request, party.agreement.country)
    form = forms.AnswerForm(pages.sent(request), initial=_said(party))
    context = {
        "country": party.agreement.country,
        "heading": _("Answer for %(organisation)s") % {"organisation": party.organisation},
        "lede": party.agreement.text,
        "back_label": party.agreement.get_kind_display(),
        "verb": _("Send the answer"),
    }
    return asking.ask(
        request, form, operations.answer, party, back=_url(party.agreement), context=context, fields=WORDS
    )


def _said(party: Party) -> dict[str, str]:
    said = queries.answer_of(party, party.agreement)
    text = party.proposed_text or party.agreement.text
    return {"answer": said, "reason": party.reason, "proposed_text": text if said == Party.Answer.AMEND else ""}


@require_http_methods(["GET", "HEAD", "POST"])
def rewrite(request: SignedIn, pk: int) -> HttpResponse:
    """Write another text; all are asked again."""
    found = access.agreement(request.user, pk, can=Can.PROPOSE_AGREEMENTS)
    _at(request, found.country)
    proposed = found.parties.filter(edition=found.edition, answer=Party.Answer.AMEND).order_by("pk").first()
    text = proposed.proposed_text if proposed else found.text
    initial = {"text": text, "begins_on": found.begins_on, "due_on": found.due_on}
    form = forms.TextForm(pages.sent(request), initial=initial)
    context = {
        "country": found.country,
        "heading": _("Write another text"),
        "lede": _("Every party is asked again, those too who accepted the text as it stands."),
        "back_label": found.get_kind_display(),
        "verb": _("Ask the parties again"),
    }
    return asking.ask(request, form, operations.rewrite, found, back=_url(found), context=context, fields=DAYS)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """Take a proposal back."""
    found = access.agreement(request.user, pk, can=Can.PROPOSE_AGREEMENTS)
    _at(request, found.country)
    form = forms.WithdrawForm(pages.sent(request))
    context = {
        "country": found.country,
        "heading": _("Withdraw the proposal"),
        "back_label": found.get_kind_display(),
        "verb": _("Withdraw it"),
        "verb_kind": "warning",
    }
    return asking.ask(request, form, operations.withdraw, found, back=_url(found), context=context)


@require_safe
def paper(request: SignedIn, pk: int, form: str) -> HttpResponse:
    """The agreement to sign and file, in the language one asks for."""
    found = queries.whole(access.agreement(request.user, pk))
    language = papers.asked_language(request)
    with translation.override(language):
        drawn = agreement_paper.paper(found, timezone.localdate())
    return papers.file(drawn, language, form, f"agreement-{found.pk}")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Answer out of a letter, without an account, in the language of the letter. Reading records nothing."""
    party = access.party_by_link(token)
    has_own = request.user.is_authenticated or request.COOKIES.get("django_language")
    language = translation.get_language() if has_own else operations.language_of(party)
    with translation.override(language), timezone.override(party.agreement.country.zone):
        return _by_link(request, party, token)


def _by_link(request: HttpRequest, party: Party, token: str) -> HttpResponse:
    context = {
        "party": party,
        "agreement": party.agreement,
        "initiatives": queries.initiatives_of(party.agreement),
        "said": queries.answer_of(party, party.agreement),
        "over": "",
    }
    try:
        operations.require_open(party.agreement)
    except Refusal as refusal:
        return pages.page(request, "initiatives/agreement_answer.html", context | {"over": str(refusal)}, status=410)
    initial = _said(party)
    initial["answer"] = request.GET.get("answer") or initial["answer"]
    form = forms.AnswerForm(pages.sent(request), initial=initial)
    if form.is_valid():
        try:
            operations.answer(party, **form.cleaned_data, by=party.person, now=timezone.now())
        except Refusal as refusal:
            form.add_error(WORDS.get(type(refusal)), str(refusal))
        else:
            return redirect("initiatives:agreement_answer", token)
    return pages.page(request, "initiatives/agreement_answer.html", context, form=form)
