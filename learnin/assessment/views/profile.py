"""The five dimensions of a country on one page."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from learnin.assessment.access import countries
from learnin.assessment.queries import profile as queries
from learnin.assessment.views.rooms import at
from learnin.kit import pages
from learnin.people.signed_in import SignedIn


@require_safe
def profile(request: SignedIn, code: str) -> HttpResponse:
    """Needs, culture, priorities, resources, expertise: what is known of each, and from where."""
    country = countries.country(request.user, code)
    at(request, country)
    return pages.page(request, "assessment/profile.html", {"country": country, "parts": queries.profile(country)})
