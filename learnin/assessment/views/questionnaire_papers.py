"""A version of a questionnaire on paper."""

import re

from django.http import HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from learnin.assessment.access import instruments as gate
from learnin.assessment.formats.definition import definition, language_code
from learnin.assessment.formats.workbook import Book
from learnin.assessment.queries import questionnaire_paper as queries
from learnin.kit import documents
from learnin.people.signed_in import SignedIn


@require_safe
def paper(request: SignedIn, pk: int, form: str) -> HttpResponse:
    """The questionnaire as Word or PDF, in one of its languages."""
    version = gate.version(request.user, pk)
    asked = definition(Book.from_json(version.book))
    language = queries.language_of(asked, request.GET.get("language", ""), translation.get_language() or "")
    spoken = queries.spoken(language)
    with translation.override(spoken):
        document = queries.paper(version, language)
    response = HttpResponse(documents.drawn(document, spoken, format=form), content_type=documents.MEDIA_TYPES[form])
    ending = f"-{language_code(language)}" if language_code(language) else ""
    name = re.sub(r"[^A-Za-z0-9_.-]", "_", version.instrument.form_id)
    response["Content-Disposition"] = f'attachment; filename="{name}-{version.number}{ending}.{form}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
