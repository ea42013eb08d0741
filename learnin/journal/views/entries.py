"""The journal: who did what, and when."""

import json
from datetime import UTC
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learnin.journal import access
from learnin.journal.formats import sheet
from learnin.journal.forms import LinesForm
from learnin.journal.models import Entry
from learnin.journal.queries import entries as queries
from learnin.kit import pages
from learnin.kit.files import XLSX
from learnin.people.models import Country
from learnin.people.region import REGION
from learnin.people.signed_in import SignedIn

A_PAGE = 50
MOST_ROWS = 20_000  # an export is made while its reader waits; days narrow it down


@require_safe
def country(request: SignedIn, code: str) -> HttpResponse:
    """Everything that was changed in a country."""
    place, lines = access.lines_in(request.user, code)
    pages.at(request, place, stage="journal")
    return _lines(request, lines, place, reverse("journal:entries_file", args=[place.pk]))


@require_safe
def country_file(request: SignedIn, code: str) -> HttpResponse:
    """The same lines as a table to take along."""
    place, lines = access.lines_in(request.user, code)
    return _file(request, lines, f"journal-{place.pk}")


@require_safe
def region(request: SignedIn) -> HttpResponse:
    """Everything that was changed, in all countries."""
    lines = access.lines_of_region(request.user)
    pages.at(request, REGION, stage="journal")
    return _lines(request, lines, None, reverse("journal:region_entries_file"))


@require_safe
def region_file(request: SignedIn) -> HttpResponse:
    """The lines of all countries as a table to take along."""
    return _file(request, access.lines_of_region(request.user), "journal")


@require_safe
def on_object(request: SignedIn, app: str, model: str, pk: str) -> HttpResponse:
    """What happened to one thing, from its beginning."""
    lines = access.lines_on(request.user, app, model, pk)
    newest = queries.wanted_lines(lines, queries.Wanted())
    place = newest[0].country
    pages.at(request, place, stage="journal" if place else "")
    page = Paginator(newest, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "lines": queries.told(page.object_list),
        "page": page,
        "what": newest[0].on_label,
        "kind": queries.kind_name(app, model),
        "has_countries": True,
        "is_history": True,
    }
    return pages.page(request, "journal/entries_on.html", context)


def _wanted(request: SignedIn, lines: QuerySet[Entry]) -> tuple[LinesForm, queries.Wanted]:
    """The filled form, and what it asks for; with an error in it, everything."""
    form = LinesForm(request.GET or None, choices=queries.choices(lines))
    return form, queries.Wanted(**form.cleaned_data) if form.is_valid() else queries.Wanted()


def _lines(request: SignedIn, lines: QuerySet[Entry], place: Country | None, file_url: str) -> HttpResponse:
    form, wanted = _wanted(request, lines)
    page = Paginator(queries.wanted_lines(lines, wanted), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "lines": queries.told(page.object_list),
        "page": page,
        "place": place or REGION,
        "has_countries": place is None,
        "is_history": False,
        "file_url": f"{file_url}?{request.GET.urlencode()}" if request.GET else file_url,
        "is_narrowed": wanted != queries.Wanted(),
    }
    return pages.page(request, "journal/entries.html", context, form=form, part="lines")


def _file(request: SignedIn, lines: QuerySet[Entry], name: str) -> HttpResponse:
    _form, wanted = _wanted(request, lines)
    headings = [
        _("When (UTC)"), _("Who"), _("Country"), _("What happened"), _("On what"), _("Before"), _("After"), _("Verb"),
        _("Object"),
    ]  # fmt: skip
    rows = (_row(line) for line in queries.told(queries.wanted_lines(lines, wanted)[:MOST_ROWS]))
    content = sheet.write(headings, rows, name="Journal", widths=[20, 24, 20, 60, 24, 40, 40, 24, 24])
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def _row(line: queries.Line) -> list[str]:
    entry = line.entry
    return [
        line.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"),
        line.by,
        str(line.country or ""),
        line.sentence,
        line.kind,
        _json(entry.before),
        _json(entry.after),
        entry.verb,
        f"{entry.on_app}.{entry.on_model} {entry.on_id}",
    ]


def _json(values: Any) -> str:
    return "" if values is None else json.dumps(values, ensure_ascii=False, sort_keys=True)
