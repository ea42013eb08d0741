"""Organisations of a country: the list, one, who looks after its initiatives, and two that are one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.initiatives.access import countries
from learnin.initiatives.access import organisations as access
from learnin.initiatives.access import register as register_access
from learnin.initiatives.forms import organisations as forms
from learnin.initiatives.models import Organisation
from learnin.initiatives.operations import merging_organisations, representing
from learnin.initiatives.operations import organisations as operations
from learnin.initiatives.queries import history
from learnin.initiatives.queries import organisation_room as queries
from learnin.initiatives.queries import register as register_queries
from learnin.initiatives.views.rooms import ask, at, room
from learnin.kit import asking, pages
from learnin.people import access as people
from learnin.people.models import Country
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn

A_PAGE = 50
TEMPLATE = "initiatives/organisation_form.html"


def _url(country: Country, pk: int) -> str:
    return reverse("initiatives:organisation", args=[country.pk, pk])


@require_safe
def organisations(request: SignedIn, code: str) -> HttpResponse:
    """Who reports, pays for and carries out initiatives."""
    country = register_access.country(request.user, code)
    at(request, country)
    form = forms.OrganisationsForm(request.GET or None)
    given = form.cleaned_data if form.is_valid() else {}
    words, kind = given.get("words", ""), given.get("type", "")
    found = queries.narrowed(access.visible(request.user, country), words=words, type=kind)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    numbers = queries.numbers(list(page), register_access.visible(request.user, country))
    context = {
        "country": country,
        "form_of_filters": form,
        "is_narrowed": bool(words or kind),
        "page": page,
        "rows": [(one, numbers[one.pk]) for one in page],
        "may_edit": may(request.user, Can.EDIT_INITIATIVES, country),
    }
    return pages.page(request, "initiatives/organisations.html", context)


@require_safe
def organisation(request: SignedIn, code: str, pk: int) -> HttpResponse:
    """One organisation: what it is called, what it does here, who looks after its initiatives."""
    country, found = access.organisation(request.user, code, pk)
    at(request, country)
    seen = queries.initiatives_of(found, register_access.visible(request.user, country))
    page = Paginator(register_queries.with_rows(seen), A_PAGE).get_page(request.GET.get("page"))
    may_edit = may(request.user, Can.EDIT_INITIATIVES, found.country)
    context = {
        "country": country,
        "organisation": found,
        "texts": _texts(found),
        "page": page,
        "rows": list(page),
        "parts": list(queries.parts(found)),
        "representatives": list(queries.representatives(found)),
        "merges": list(queries.merges(found)),
        "merge": queries.merge_of(found) if may_edit and found.is_merged else None,
        "lines": history.lines_on([found]) if may(request.user, Can.SEE_JOURNAL, country) else [],
        "may_edit": may_edit and not found.is_merged,
        "may_represent": may(request.user, Can.EDIT_INITIATIVES, country) and not found.is_merged,
    }
    return pages.page(request, "initiatives/organisation.html", context)


def _texts(found: Organisation) -> list[tuple[str, str, str]]:
    return [
        (code, found.names.get(code, ""), found.acronyms.get(code, ""))
        for code in dict.fromkeys([*found.names, *found.acronyms])
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def add_organisation(request: SignedIn, code: str) -> HttpResponse:
    """Write down an organisation."""
    country = countries.country(request.user, code, can=Can.EDIT_INITIATIVES)
    at(request, country)
    others = access.visible(request.user, country).filter(merged_into=None).order_by("search_keys", "pk")
    form = forms.OrganisationForm(pages.sent(request), country=country, others=others)
    back = room("organisations", country)
    context = {"heading": _("Add an organisation"), "back_label": _("Organisations")}
    return asking.ask(request, form, operations.add, country, back=back, context=context, template=TEMPLATE)


@require_http_methods(["GET", "HEAD", "POST"])
def change_organisation(request: SignedIn, code: str, pk: int) -> HttpResponse:
    """Correct what is known of an organisation."""
    country, found = access.organisation(request.user, code, pk, can=Can.EDIT_INITIATIVES)
    at(request, country)
    others = queries.others(found, access.visible(request.user, country))
    form = forms.OrganisationForm(pages.sent(request), country=country, others=others, organisation=found)
    context = {"heading": _("Change the organisation"), "back_label": str(found)}
    back = _url(country, pk)
    return asking.ask(request, form, operations.change, found, back=back, context=context, template=TEMPLATE)


@require_http_methods(["GET", "HEAD", "POST"])
def merge_organisation(request: SignedIn, code: str, pk: int) -> HttpResponse:
    """Say that an organisation is the same as another."""
    country, found = access.organisation(request.user, code, pk, can=Can.EDIT_INITIATIVES)
    form = forms.MergeForm(pages.sent(request), others=queries.others(found, access.visible(request.user, country)))
    lede = _("Everything that names this one will name the other. Both histories stay, and you can undo it.")
    heading = _("Merge: %(name)s") % {"name": found}
    more: dict[str, Any] = {"lede": lede, "verb": _("Merge them")}
    return ask(
        request, country, form, merging_organisations.merge, found, heading, back=_url(country, pk),
        back_label=str(found), **more,
    )  # fmt: skip


@require_POST
def undo_organisation_merge(request: SignedIn, pk: int) -> HttpResponse:
    """They are two after all."""
    found = access.merge(request.user, pk)
    country = found.gone.country
    back = _url(country, found.gone_id) if country else "/"
    return asking.do(request, merging_organisations.undo, found, back=back)


@require_http_methods(["GET", "HEAD", "POST"])
def add_representative(request: SignedIn, code: str, pk: int) -> HttpResponse:
    """Let somebody look after its initiatives."""
    country, found = access.organisation(request.user, code, pk)
    people.let_pass(request.user, country, Can.EDIT_INITIATIVES)
    form = forms.RepresentativeForm(pages.sent(request), people=queries.who_can_represent(country), country=country)
    heading = _("Who looks after the initiatives of %(name)s?") % {"name": found}
    return ask(request, country, form, representing.add, found, heading, back=_url(country, pk), back_label=str(found))


@require_POST
def end_representative(request: SignedIn, code: str, pk: int) -> HttpResponse:
    """This person no longer looks after its initiatives."""
    country = countries.country(request.user, code, can=Can.EDIT_INITIATIVES)
    found = access.representative(country, pk)
    return asking.do(request, representing.end, found, back=_url(country, found.organisation_id), country=country)
