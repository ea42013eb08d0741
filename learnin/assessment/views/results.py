"""Pages of results: which run holds, what changed since, compute again, and every number with its interval."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from learnin.assessment.access import plan as plans
from learnin.assessment.forms.results import ResultsForm
from learnin.assessment.operations import estimates as operations
from learnin.assessment.queries import estimates as queries
from learnin.assessment.queries import indicators, reading
from learnin.kit import asking, pages
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn

CHANGES: dict[str, str | Promise] = {
    "answers": _("Answers came in or were corrected."),
    "groups": _("The ways to split people changed."),
    "indicators": _("Indicators changed."),
    "rounds": _("Another round has answers."),
    "weights": _("Another set of weights is in use."),
}


@require_safe
def results(request: SignedIn, pk: int) -> HttpResponse:
    """What an assessment found, number by number."""
    found = plans.assessment(request.user, pk)
    pages.at(request, found.country, stage="assessment")
    standing = queries.standing(found, now=timezone.now())
    form = ResultsForm(request.GET, dimensions=indicators.dimensions(found), groupings=indicators.ways_to_split(found))
    context = {
        "assessment": found,
        "country": found.country,
        "standing": standing,
        "changes": [CHANGES[one] for one in standing.changes],
        "rounds": reading.told(standing.current, by=form.by, dimension=form.dimension) if standing.current else [],
        "has_indicators": indicators.indicators(found).exists(),
        "may_compute": may(request.user, Can.MAKE_ESTIMATES, found.country),
        "may_export": may(request.user, Can.EXPORT_ANSWERS, found.country),
    }
    return pages.page(request, "assessment/results.html", context, form=form)


@require_POST
def compute(request: SignedIn, pk: int) -> HttpResponse:
    """Compute the results of an assessment again."""
    found = plans.assessment(request.user, pk, can=Can.MAKE_ESTIMATES)
    return asking.do(request, operations.begin, found, back=reverse("assessment:results", args=[found.pk]))
