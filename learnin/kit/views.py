"""The page of all components, and the pages for when something is in the way."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learnin.kit import api, languages, pages, show_charts, showcase


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def components(request: HttpRequest) -> HttpResponse:
    """Every component once, with the rule for using it, and one form that can be sent."""
    form = showcase.TryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("The form is complete. Nothing was kept."))
        return redirect("kit:components")
    pages.at(request, showcase.PLACE, stage=showcase.STAGE)
    good = showcase.ShowForm(initial=showcase.INITIAL)
    context: dict[str, Any] = {
        "now": timezone.now(),
        "chips": showcase.COMPONENTS,
        "rows": showcase.ROWS,
        "columns": showcase.COLUMNS,
        "charts": show_charts.CHARTS,
        "area_map": show_charts.AREA_MAP,
        "page": Paginator(range(213), 50).get_page(request.GET.get("page")),
        "good": good,
        "narrowing": [good["role"], good["name"]],
        "bad": showcase.ShowForm(showcase.WRONG),
        "hues": showcase.HUES,
    }
    return pages.page(request, "kit/components.html", context, form=form, part="try")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What came in makes no sense."""
    if api.is_asked(request):
        return api.problem(HTTPStatus.BAD_REQUEST, _("This makes no sense here."))
    return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """This person may read this, but not change it."""
    return render(request, "403.html", {"reason": str(exception)}, status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is nothing here, or nothing for this person: the answer is the same."""
    if api.is_asked(request):
        return api.problem(HTTPStatus.NOT_FOUND, _("There is nothing here for you."))
    return render(request, "404.html", status=HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke. This page asks nothing of the database."""
    if api.is_asked(request):
        return api.problem(HTTPStatus.INTERNAL_SERVER_ERROR, _("Something broke on our side."))
    html = render_to_string("500.html", {"language": languages.language().html})
    return HttpResponse(html, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open for too long, or came from elsewhere."""
    return render(request, "403_csrf.html", {"title": _("Open the page again")}, status=HTTPStatus.FORBIDDEN)
