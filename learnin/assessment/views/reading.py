"""The reading rules of a country: whoever works there reads them, analysts draw the lines anew with a reason."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learnin.assessment.access import countries
from learnin.assessment.forms.reading import ReadingRulesForm
from learnin.assessment.operations import reading as operations
from learnin.assessment.queries import reading as queries
from learnin.kit import asking, pages
from learnin.kit.charts import Unit
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn


@require_safe
def reading_rules(request: SignedIn, code: str) -> HttpResponse:
    """Which numbers are shown, which are marked, which are withheld, and why the lines are where they are."""
    country = countries.country(request.user, code)
    pages.at(request, country, stage="assessment")
    rules = queries.rules(country)
    context = {
        "country": country,
        "rules": rules,
        "widest": Unit.POINTS.says(rules.exact.widest).removeprefix("+"),
        "largest_cv": Unit.SHARE.says(rules.exact.largest_cv),
        "may_change": may(request.user, Can.MAKE_ESTIMATES, country),
    }
    return pages.page(request, "assessment/reading_rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_reading_rules(request: SignedIn, code: str) -> HttpResponse:
    """Draw the lines of a country anew."""
    country = countries.country(request.user, code, can=Can.MAKE_ESTIMATES)
    pages.at(request, country, stage="assessment")
    form = ReadingRulesForm(pages.sent(request), initial=ReadingRulesForm.told(queries.rules(country)))
    context = {
        "country": country,
        "heading": _("Change the reading rules"),
        "back_label": _("Reading rules"),
        "lede": _("They hold for every number of the country: on pages, in files and for programs."),
    }
    back = reverse("assessment:reading_rules", args=[country.pk])
    return asking.ask(request, form, operations.change, country, back=back, context=context)
