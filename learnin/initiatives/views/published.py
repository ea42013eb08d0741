"""Published initiatives of a country, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from learnin.initiatives.access import published as access
from learnin.initiatives.forms.listing import PublicForm
from learnin.initiatives.queries import records
from learnin.initiatives.queries import register as queries
from learnin.initiatives.queries.showing import Shown
from learnin.kit import pages
from learnin.people import public

A_PAGE = 25
TITLE = "title"


@login_not_required
@require_safe
def published(request: HttpRequest, code: str) -> HttpResponse:
    """Who does what in a country, as far as it is published."""
    country = access.country(code)
    pages.at(request, public.place(request.user, country))
    form = PublicForm(request.GET or None, country=country)
    wanted = form.wanted(request.GET.get("sort", TITLE))
    found = queries.narrowed(queries.published(country), wanted)
    page = Paginator(queries.with_rows(found), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "country": country,
        "form_of_filters": form,
        "is_narrowed": wanted.is_narrowed,
        "page": page,
        "rows": [(one, queries.where(one)) for one in page],
    }
    return pages.page(request, "initiatives/published.html", context)


@login_not_required
@require_safe
def published_initiative(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One published initiative, without whom to ask and what happened to it."""
    found = access.initiative(code, pk)
    pages.at(request, public.place(request.user, found.country))
    whole = records.whole(found.pk)
    context = {"country": found.country, "initiative": whole, "shown": Shown(whole)}
    return pages.page(request, "initiatives/published_initiative.html", context)
