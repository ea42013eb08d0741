"""The desk review: documents, and what they say."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.assessment.access import countries
from learnin.assessment.access import evidence as access
from learnin.assessment.forms import evidence as forms
from learnin.assessment.models import Source
from learnin.assessment.operations import sources as operations
from learnin.assessment.queries import evidence as queries
from learnin.assessment.queries import plan
from learnin.assessment.views.rooms import ask, at, room
from learnin.kit import asking, pages
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn


@require_safe
def sources(request: SignedIn, code: str) -> HttpResponse:
    """What was read, and the facts that were found."""
    country = countries.country(request.user, code)
    at(request, country)
    form = forms.WantedForm(request.GET or None, country=country)
    wanted = form.wanted
    page = Paginator(queries.facts(country, wanted), queries.A_PAGE).get_page(request.GET.get("page"))
    context = {
        "country": country,
        "wanted": form,
        "is_narrowed": wanted != queries.Wanted(),
        "sources": list(queries.sources(country, wanted)),
        "page": page,
        "facts": [(one, queries.address(one)) for one in page],
        "may_add": may(request.user, Can.ADD_EVIDENCE, country),
        "has_open": plan.open_assessments(country).exists(),
    }
    return pages.page(request, "assessment/sources.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_source(request: SignedIn, code: str) -> HttpResponse:
    """Write down a document."""
    country = countries.country(request.user, code, can=Can.ADD_EVIDENCE)
    there = plan.open_assessments(country)
    form = forms.NewSourceForm(pages.sent(request), request.FILES or None, assessments=there)
    chosen = form.chosen if form.is_valid() else None
    back, heading = room("sources", country), _("Add a document")
    return ask(request, country, form, operations.add, chosen, heading, back=back, back_label=_("Documents"))


@require_safe
def source(request: SignedIn, pk: int) -> HttpResponse:
    """One document with its facts; each fact has its own address on this page."""
    found = access.source(request.user, pk)
    country = found.assessment.country
    at(request, country)
    context = {
        "country": country,
        "source": found,
        "facts": list(queries.facts_of(found)),
        "may_add": may(request.user, Can.ADD_EVIDENCE, country) and not found.assessment.closed_at,
    }
    return pages.page(request, "assessment/source.html", context)


def _page(found: Source) -> str:
    return queries.address(found)


@require_http_methods(["GET", "HEAD", "POST"])
def correct_source(request: SignedIn, pk: int) -> HttpResponse:
    """Change what is known of a document."""
    found = access.source(request.user, pk, can=Can.ADD_EVIDENCE)
    initial = forms.as_kept(found, "title", "publisher", "year", "url")
    form = forms.SourceForm(pages.sent(request), request.FILES or None, initial=initial)
    removal = asking.Removal(
        _("A document without facts can leave the list. The journal keeps what it was."),
        _("Take it off the list"),
        reverse("assessment:remove_source", args=[found.pk]),
    )
    country, heading = found.assessment.country, _("Change the document")
    back = _page(found)
    return ask(
        request, country, form, operations.correct, found, heading, back=back, back_label=found.title, removal=removal
    )


@require_POST
def remove_source(request: SignedIn, pk: int) -> HttpResponse:
    """Take a document off the list."""
    found = access.source(request.user, pk, can=Can.ADD_EVIDENCE)
    back = _page(found) if found.facts.exists() else room("sources", found.assessment.country)
    return asking.do(request, operations.remove, found, back=back)


@require_http_methods(["GET", "HEAD", "POST"])
def add_fact(request: SignedIn, pk: int) -> HttpResponse:
    """Write down what the document says."""
    found = access.source(request.user, pk, can=Can.ADD_EVIDENCE)
    form = forms.FactForm(pages.sent(request))
    country, heading, back = found.assessment.country, _("Write down a fact"), _page(found)
    return ask(request, country, form, operations.add_fact, found, heading, back=back, back_label=found.title)


@require_http_methods(["GET", "HEAD", "POST"])
def fact(request: SignedIn, pk: int) -> HttpResponse:
    """Change a fact."""
    found = access.fact(request.user, pk)
    initial = forms.as_kept(found, "text", "page", "dimension", "theme", "component")
    form = forms.FactForm(pages.sent(request), initial=initial)
    removal = asking.Removal(
        _("A fact that is wrong can go. The journal keeps what it said."),
        _("Take the fact away"),
        reverse("assessment:remove_fact", args=[found.pk]),
    )
    country, label = found.source.assessment.country, found.source.title
    back, heading = queries.address(found), _("Change the fact")
    return ask(
        request, country, form, operations.correct_fact, found, heading, back=back, back_label=label, removal=removal
    )


@require_POST
def remove_fact(request: SignedIn, pk: int) -> HttpResponse:
    """Take a fact away."""
    found = access.fact(request.user, pk)
    return asking.do(request, operations.remove_fact, found, back=_page(found.source))
