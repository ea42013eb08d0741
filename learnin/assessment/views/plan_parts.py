"""Parts of a plan, each on a page of one form: whom we ask, the calendar, what people agree to."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learnin.assessment.access import plan as access
from learnin.assessment.forms import plan as forms
from learnin.assessment.models import Assessment, Consent
from learnin.assessment.operations import plan as operations
from learnin.assessment.queries import consents
from learnin.assessment.views.plan import about, at, page_of
from learnin.kit import asking, pages
from learnin.people.roles import Can
from learnin.people.signed_in import SignedIn


def _ask(
    request: SignedIn,
    assessment: Assessment,
    form: Any,
    operation: Callable[..., Any],
    on: Any,
    heading: str,
    part: str,
    **more: Any,
) -> HttpResponse:
    at(request, assessment.country)
    context = about(assessment, heading, **more)
    return asking.ask(request, form, operation, on, back=page_of(assessment, part), context=context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_population(request: SignedIn, pk: int) -> HttpResponse:
    """Say whom the assessment asks, and how."""
    found = access.assessment(request.user, pk, can=Can.EDIT_ASSESSMENT)
    form = forms.PopulationForm(pages.sent(request))
    return _ask(request, found, form, operations.add_population, found, _("Whom do you ask?"), "populations")


@require_http_methods(["GET", "HEAD", "POST"])
def population(request: SignedIn, pk: int) -> HttpResponse:
    """Change whom the assessment asks."""
    found = access.population(request.user, pk)
    form = forms.PopulationForm(pages.sent(request), initial=forms.as_written(found))
    removal = asking.Removal(
        _("A group that is not asked can leave the plan. Questionnaires and answers stay."),
        _("Take it out of the plan"),
        reverse("assessment:remove_population", args=[found.pk]),
    )
    heading = _("Change whom you ask")
    operation = operations.correct_population
    return _ask(request, found.assessment, form, operation, found, heading, "populations", removal=removal)


@require_POST
def remove_population(request: SignedIn, pk: int) -> HttpResponse:
    """Take a group out of the plan."""
    found = access.population(request.user, pk)
    return asking.do(request, operations.remove_population, found, back=page_of(found.assessment, "populations"))


@require_http_methods(["GET", "HEAD", "POST"])
def add_milestone(request: SignedIn, pk: int) -> HttpResponse:
    """Put a day into the calendar."""
    found = access.assessment(request.user, pk, can=Can.EDIT_ASSESSMENT)
    form = forms.MilestoneForm(pages.sent(request))
    return _ask(request, found, form, operations.add_milestone, found, _("Put a day into the calendar"), "calendar")


@require_http_methods(["GET", "HEAD", "POST"])
def milestone(request: SignedIn, pk: int) -> HttpResponse:
    """Change a day of the calendar."""
    found = access.milestone(request.user, pk)
    form = forms.MilestoneForm(pages.sent(request), initial=forms.as_in_calendar(found))
    removal = asking.Removal(
        _("A day that no longer matters can leave the calendar."),
        _("Take it out of the calendar"),
        reverse("assessment:remove_milestone", args=[found.pk]),
    )
    heading = _("Change a day of the calendar")
    operation = operations.correct_milestone
    return _ask(request, found.assessment, form, operation, found, heading, "calendar", removal=removal)


@require_http_methods(["GET", "HEAD", "POST"])
def finish_milestone(request: SignedIn, pk: int) -> HttpResponse:
    """Note on which day it was done."""
    found = access.milestone(request.user, pk)
    at(request, found.assessment.country)  # today is the country's own day
    today = timezone.localdate()
    form = forms.DoneForm(pages.sent(request), today=today, initial={"on": found.done_on or today})
    return _ask(request, found.assessment, form, operations.finish_milestone, found, found.text, "calendar")


@require_POST
def remove_milestone(request: SignedIn, pk: int) -> HttpResponse:
    """Take a day out of the calendar."""
    found = access.milestone(request.user, pk)
    return asking.do(request, operations.remove_milestone, found, back=page_of(found.assessment, "calendar"))


@require_http_methods(["GET", "HEAD", "POST"])
def write_consent(request: SignedIn, pk: int) -> HttpResponse:
    """Write what people of one age read before they answer. The address may say for whom and in which language."""
    found = access.assessment(request.user, pk, can=Can.EDIT_ASSESSMENT)
    asked = forms.ConsentChoiceForm(request.GET, country=found.country)
    own = found.country.official_languages or [get_language() or "en"]
    chosen = {"language": own[0], "age": Consent.Age.ADULT.value}
    chosen |= asked.cleaned_data if asked.is_valid() else {}
    initial = chosen | {"text": consents.text(found, chosen["age"], chosen["language"])}
    form = forms.ConsentForm(pages.sent(request), country=found.country, initial=initial)
    chooser = forms.ConsentChoiceForm(country=found.country, initial=chosen, auto_id="id_choose_%s")
    at(request, found.country)
    context = about(found, _("What people agree to"), chooser=chooser)
    back, template = page_of(found, "consents"), "assessment/consent.html"
    return asking.ask(request, form, operations.write_consent, found, back=back, context=context, template=template)


@require_POST
def remove_consent(request: SignedIn, pk: int) -> HttpResponse:
    """Take a consent text away."""
    found = access.consent(request.user, pk)
    return asking.do(request, operations.remove_consent, found, back=page_of(found.assessment, "consents"))
