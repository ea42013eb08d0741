"""Those who collect answers with a phone: add them, print their cards, take their access back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.assessment.access import rounds
from learnin.assessment.forms.enumerators import EnumeratorForm
from learnin.assessment.models import Enumerator
from learnin.assessment.operations import enumerators as operations
from learnin.assessment.queries import enumerators as queries
from learnin.kit import pages
from learnin.kit.refusal import Refusal
from learnin.people.roles import Can
from learnin.people.signed_in import SignedIn


def _address(request: SignedIn, enumerator: Enumerator) -> str:
    """What Collect calls the server: everything before `/formList`."""
    listed = reverse("assessment:collect_key_form_list", args=[enumerator.key])
    return request.build_absolute_uri(listed.removesuffix("/formList"))


@require_http_methods(["GET", "HEAD", "POST"])
def enumerators(request: SignedIn, pk: int) -> HttpResponse:
    """Who collects for this round, and how far they are; add one."""
    round_ = rounds.round(request.user, pk, can=Can.RUN_ROUNDS)
    pages.at(request, round_.country, stage="assessment")
    now, form = timezone.now(), EnumeratorForm(pages.sent(request))
    if form.is_valid():
        try:
            made = operations.add_enumerator(round_, **form.cleaned_data, by=request.user, now=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s can collect answers now.") % {"name": made.name})
            return redirect("assessment:enumerator", made.pk)
    context = {
        "country": round_.country,
        "round": round_,
        "people": list(queries.enumerators(round_)),
        "is_over": queries.is_over(round_, now),
    }
    return pages.page(request, "assessment/enumerators.html", context, form=form)


@require_safe
def enumerator_cards(request: SignedIn, pk: int) -> HttpResponse:
    """A card for everybody who collects, to print and cut out."""
    round_ = rounds.round(request.user, pk, can=Can.RUN_ROUNDS)
    pages.at(request, round_.country, stage="assessment")
    cards = [queries.card(one, _address(request, one)) for one in queries.active(round_)]
    context = {"country": round_.country, "round": round_, "cards": cards}
    return pages.page(request, "assessment/enumerator_cards.html", context)


@require_safe
def enumerator(request: SignedIn, pk: int) -> HttpResponse:
    """One enumerator's card, and what can be done about their access."""
    found = rounds.enumerator(request.user, pk)
    pages.at(request, found.round.country, stage="assessment")
    card = None if found.revoked_at else queries.card(found, _address(request, found))
    basic = request.build_absolute_uri(reverse("assessment:collect_password_form_list").removesuffix("/formList"))
    context = {"country": found.round.country, "enumerator": found, "card": card, "basic": basic}
    return pages.page(request, "assessment/enumerator.html", context)


@require_POST
def revoke_enumerator(request: SignedIn, pk: int) -> HttpResponse:
    """Take the access back at once."""
    found = rounds.enumerator(request.user, pk)
    try:
        operations.revoke_enumerator(found, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.info(request, str(refusal))
    return redirect("assessment:enumerators", found.round_id)


@require_POST
def renew_enumerator(request: SignedIn, pk: int) -> HttpResponse:
    """A new key; the old card stops working."""
    found = rounds.enumerator(request.user, pk)
    try:
        operations.renew_key(found, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("The old card no longer works. Print this one."))
    return redirect("assessment:enumerator", found.pk)


@require_POST
def enumerator_password(request: SignedIn, pk: int) -> HttpResponse:
    """A password, shown once."""
    found = rounds.enumerator(request.user, pk)
    try:
        password = operations.give_password(found, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.info(request, str(refusal))
    else:
        said = _("User name: %(number)s. Password: %(password)s. Write it down: it is shown only once.")
        messages.success(request, said % {"number": found.pk, "password": password})
    return redirect("assessment:enumerator", found.pk)
