"""Pages that show several stages at once."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from learnin.home import events, queries, route
from learnin.journal.queries import files
from learnin.kit import next as waiting
from learnin.kit import pages
from learnin.people import access
from learnin.people import queries as people
from learnin.people.region import REGION
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn
from learnin.programme import reader
from learnin.taskforce.queries import standing


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
    lines = queries.region_lines(get_language())
    context = {
        "lines": lines,
        "number": sum(not line.country.is_example for line in lines),
        "next": waiting.for_person(request.user, REGION, timezone.localdate()),
        "today": timezone.localdate(),
        "may_see_office": may(request.user, Can.SEE_OFFICE),
    }
    return pages.page(request, "home/region.html", context)


@require_safe
def search(request: SignedIn) -> HttpResponse:
    """Find countries, people, areas and documents one may see, in any script."""
    words = request.GET.get("q", "").strip()[:100]
    found = queries.found(request.user, words) if words else None
    return pages.page(request, "home/search.html", {"words": words, "found": found}, part="results")


@login_not_required
@require_safe
def public_country(request: HttpRequest, code: str) -> HttpResponse:
    """What a task force is and who speaks for it, for everyone."""
    found = access.public_country(code)
    here = standing.here(found)
    context = {
        "country": found,
        "task_force": here.task_force,
        "voices": [one.name for one in standing.strip(here, timezone.localdate()) if one.filled + one.ending],
        "text": people.public_text(found, get_language()),
        "speakers": people.speaks_for(found),
        "documents": files.published_documents(found),
    }
    return pages.page(request, "home/public_country.html", context)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """For whom these pages work, and what to do where they do not."""
    return pages.page(request, "home/accessibility.html")
