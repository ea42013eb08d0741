"""Papers of an assessment as Word and PDF."""

from django.http import HttpResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from learnin.assessment.access import plan as access
from learnin.assessment.queries import plan as queries
from learnin.assessment.queries import terms as terms_of_reference
from learnin.assessment.views.plan import at
from learnin.kit import pages, papers
from learnin.people.signed_in import SignedIn
from learnin.taskforce.queries import meetings


@require_safe
def choose_terms(request: SignedIn, pk: int) -> HttpResponse:
    """Choose the language of the terms of reference."""
    found = access.assessment(request.user, pk)
    at(request, found.country)
    chosen = papers.LanguageForm(initial={"language": meetings.country_language(found.country)})
    context = {"assessment": found, "chooser": chosen}
    return pages.page(request, "assessment/terms.html", context)


@require_safe
def terms(request: SignedIn, pk: int, form: str) -> HttpResponse:
    """The terms of reference, from what is planned today."""
    found = access.assessment(request.user, pk)
    language = papers.asked_language(request)
    with translation.override(language):
        paper = terms_of_reference.terms(queries.plan(found, timezone.localdate(), timezone.now()))
    return papers.file(paper, language, form, f"{found.country_id}-assessment-{found.pk}-terms-of-reference")
