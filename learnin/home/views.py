"""Pages that show several stages at once."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from learnin.assessment.models import OpenData
from learnin.assessment.queries import findings, open_data, published
from learnin.home import compared, events, queries, regional_initiatives, route
from learnin.home import region as glance
from learnin.home.forms import ShowForm
from learnin.initiatives.queries import register
from learnin.journal.formats import sheet
from learnin.journal.queries import files
from learnin.kit import next as waiting
from learnin.kit import pages, parts
from learnin.kit.files import XLSX
from learnin.people import access, public
from learnin.people import queries as people
from learnin.people.models import Country
from learnin.people.region import REGION
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn
from learnin.programme import reader
from learnin.taskforce.queries import standing

SHOWN = 5  # findings on the public page; all of them stand on their own


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The front door; who is signed in goes on to where they work."""
    if not request.user.is_authenticated:
        return pages.page(request, "home/front.html", {"countries": people.public_countries()})
    if may(request.user, Can.SEE_REGION):
        return redirect("home:region")
    countries = queries.countries_of(request.user, get_language())
    if len(countries) == 1:
        return redirect(countries[0].url)
    return pages.page(request, "home/choose.html", {"countries": countries})


@require_safe
def country(request: SignedIn, code: str) -> HttpResponse:
    """The home of a country: what is next, who is here, what happened."""
    found = access.country(request.user, code)
    pages.at(request, found, stage="home")
    today = timezone.localdate()
    here = standing.here(found)
    context = {
        "country": found,
        "next": waiting.for_person(request.user, found, today),
        "today": today,
        "here": here,
        "strip": standing.strip(here, today),
        "cover": standing.english_cover(here),
        "level": reader.current().task_force.shared_level,
        "route": route.of(request.user, found, today),
        "events": events.coming(request.user, found, timezone.now()),
        "workspace": queries.workspace(request.user, found, with_people=here.task_force is None),
        "may_edit": may(request.user, Can.EDIT_COUNTRY, found),
        "may_invite": may(request.user, Can.INVITE_PEOPLE, found),
        "may_see_people": may(request.user, Can.SEE_PEOPLE, found),
        "may_see_journal": may(request.user, Can.SEE_JOURNAL, found),
        "may_see_task_force": may(request.user, Can.SEE_TASK_FORCE, found),
    }
    return pages.page(request, "home/country.html", context)


@require_safe
def region(request: SignedIn) -> HttpResponse:
    """Every country at a glance."""
    access.region(request.user)
    pages.at(request, REGION, stage="home")
    found = glance.overview(timezone.localdate(), timezone.now())
    form, lines = _asked(request, found)
    context = {
        "overview": found,
        "lines": lines,
        "form": form,
        "levels": parts.LEVELS,
        "next": waiting.for_person(request.user, REGION, timezone.localdate()),
        "today": timezone.localdate(),
        "may_see_office": may(request.user, Can.SEE_OFFICE),
    }
    return pages.page(request, "home/region.html", context)


def _asked(request: SignedIn, found: glance.Overview) -> tuple[ShowForm, list[glance.CountryLine]]:
    """The lines of the table that somebody asks for."""
    form = ShowForm(request.GET if "show" in request.GET else None)
    show = form.cleaned_data["show"] if form.is_valid() else ""
    return form, glance.wanted(found, show=show, sort=request.GET.get("sort", ""), now=timezone.now())


@require_safe
def region_file(request: SignedIn) -> HttpResponse:
    """The table of countries as an Excel workbook, as it was asked for."""
    access.region(request.user)
    found = glance.overview(timezone.localdate(), timezone.now())
    _form, lines = _asked(request, found)
    heads, widths = glance.sheet_heads(found)
    ahead = glance.next_events(found, timezone.now())
    rows = (glance.sheet_row(line, ahead.get(line.country.pk)) for line in lines)
    content = sheet.write(heads, rows, name="Countries", widths=widths)
    headers = {"Content-Disposition": 'attachment; filename="countries.xlsx"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@require_safe
def region_findings(request: SignedIn) -> HttpResponse:
    """What several countries measured in the same way and publish."""
    access.region(request.user)
    pages.at(request, REGION, stage="home")
    return pages.page(request, "home/region_findings.html", {"compared": compared.compared()})


@require_safe
def region_initiatives(request: SignedIn) -> HttpResponse:
    """What countries publish of their initiatives, by component."""
    access.region(request.user)
    pages.at(request, REGION, stage="home")
    return pages.page(request, "home/region_initiatives.html", {"regional": regional_initiatives.regional()})


@require_safe
def search(request: SignedIn) -> HttpResponse:
    """Find countries, people, areas and documents one may see, in any script."""
    words = request.GET.get("q", "").strip()[:100]
    found = queries.found(request.user, words) if words else None
    return pages.page(request, "home/search.html", {"words": words, "found": found}, part="results")


def _at_public(request: HttpRequest, code: str) -> Country:
    """The country with a public page; whoever works there keeps their way back. Raises Http404."""
    found = access.public_country(code)
    pages.at(request, public.place(request.user, found))
    return found


@login_not_required
@require_safe
def public_country(request: HttpRequest, code: str) -> HttpResponse:
    """What a task force is and who speaks for it, for everyone."""
    found = _at_public(request, code)
    here = standing.here(found)
    context = {
        "country": found,
        "task_force": here.task_force,
        "voices": [one.name for one in standing.strip(here, timezone.localdate()) if one.filled + one.ending],
        "text": people.public_text(found, get_language()),
        "speakers": people.speaks_for(found),
        "findings": findings.published(found)[:SHOWN],
        "initiatives": register.published(found).count(),
        "documents": files.published_documents(found),
        "events": events.public(found, timezone.now()),
    }
    return pages.page(request, "home/public_country.html", context)


@login_not_required
@require_safe
def public_findings(request: HttpRequest, code: str) -> HttpResponse:
    """What a country found, with the numbers that may be told, for everyone."""
    found = _at_public(request, code)
    context = {
        "country": found,
        "shelves": published.shelves(published.published(found)),
        "open_data": open_data.offered(found),
    }
    return pages.page(request, "home/public_findings.html", context)


@login_not_required
@require_safe
def public_findings_json(request: HttpRequest, code: str) -> HttpResponse:
    """The same for programs."""
    found = access.public_country(code)
    told = {
        "country": found.pk,
        "findings": [published.told(one) for one in published.published(found)],
        "open_data": [_told(found, one) for one in open_data.published(found)],
    }
    return JsonResponse(told)


def _told(country: Country, one: OpenData) -> dict[str, Any]:
    return {**open_data.told(one), "url": reverse("home:public_data", args=[country.pk, one.pk])}


@login_not_required
@require_safe
def public_data(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """A file of anonymous answers, for everyone. Raises Http404."""
    found = open_data.one_published(access.public_country(code), pk)
    if found is None or found.attachment is None:
        raise Http404
    content = found.attachment.file.storage.open(found.attachment.file.name or "", "rb")
    headers = {
        "Content-Disposition": f'attachment; filename="{found.attachment.name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return FileResponse(content, content_type=found.attachment.media_type, headers=headers)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """For whom these pages work, and what to do where they do not."""
    return pages.page(request, "home/accessibility.html")
