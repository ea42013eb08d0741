"""While somebody writes an initiative: what the register has already that looks like it."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from learnin.initiatives import pair_words, reason_words
from learnin.initiatives.access import countries
from learnin.initiatives.forms.relations import typed
from learnin.initiatives.queries.likely import likely as asked
from learnin.kit import pages
from learnin.people import queries as people
from learnin.people.roles import Can
from learnin.people.signed_in import SignedIn


@require_http_methods(["GET", "HEAD", "POST"])
def likely(request: SignedIn, code: str) -> HttpResponse:
    """Up to five initiatives like the one in the form. Nothing is kept, so the form may be sent whole."""
    country = countries.country(request.user, code, can=Can.REGISTER_INITIATIVES)
    pages.at(request, country, stage="initiatives")
    sent = request.POST if request.method == "POST" else request.GET
    draft = typed(sent, country, being_changed=request.GET.get("initiative", ""))
    answer = asked(request.user, country, draft)
    areas = reason_words.area_names(people.areas_of(country)) if answer.found else {}
    said = [
        (one.initiative, one.relation, pair_words.label(one.relation), reason_words.of_related(one.related, areas))
        for one in answer.found
    ]
    context = {"country": country, "draft": draft, "answer": answer, "said": said, "is_asked": bool(draft.titles)}
    return pages.page(request, "initiatives/likely.html", context, part="likely")
