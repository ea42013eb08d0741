"""Regional activities as the region sees them: written once, sent, and what countries answered."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learnin.kit import asking, pages
from learnin.people import access as people
from learnin.people.region import REGION
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn
from learnin.taskforce import access
from learnin.taskforce.forms import activities as forms
from learnin.taskforce.models import RegionalActivity
from learnin.taskforce.operations import activities as operations
from learnin.taskforce.queries import activities as queries

FORM = "taskforce/activity_form.html"


def at(request: SignedIn) -> None:
    """We are in the region's activities."""
    pages.at(request, REGION, stage="activities")


def page_of(activity: RegionalActivity) -> str:
    """The region's page of an activity."""
    return reverse("taskforce:region_activity", args=[activity.pk])


@require_safe
def activities(request: SignedIn) -> HttpResponse:
    """Country by activity, and how far each activity came."""
    people.region(request.user)
    at(request)
    form = forms.KindForm(request.GET or None)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    page = Paginator(queries.activities(kind), queries.A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "matrix": queries.matrix(list(page.object_list), timezone.now()),
        "levels": queries.LEVELS,
        "may_run": may(request.user, Can.RUN_ACTIVITIES),
    }
    return pages.page(request, "taskforce/region_activities.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: SignedIn) -> HttpResponse:
    """Write an activity once, for all countries."""
    people.region(request.user, can=Can.RUN_ACTIVITIES)
    at(request)
    form = forms.ActivityForm(pages.sent(request), request.FILES or None)
    if form.is_valid():
        made = operations.write(**form.changes, by=request.user, now=timezone.now())
        return redirect("taskforce:region_activity", made.pk)
    back, back_label = reverse("taskforce:region_activities"), _("Regional activities")
    context = _about(_("Write a regional activity"), back, back_label=back_label)
    return pages.page(request, FORM, context, form=form)


def _about(heading: str, back: str, *, back_label: str, lede: str = "", button: str = "") -> dict[str, Any]:
    """What a page of one form says."""
    return {"heading": heading, "back": back, "back_label": back_label, "lede": lede, "button": button or _("Save")}


@require_safe
def activity(request: SignedIn, pk: int) -> HttpResponse:
    """One activity: its text, its counts, and every country's copy."""
    found = access.activity(request.user, pk)
    at(request)
    now = timezone.now()
    copies = queries.copies(found, now)
    context = {
        "activity": found,
        "copies": copies,
        "counts": queries.counts([line.copy for line in copies], now),
        "papers": found.papers.order_by("pk"),
        "may_run": may(request.user, Can.RUN_ACTIVITIES) and not found.cancelled_at,
    }
    return pages.page(request, "taskforce/region_activity.html", context)


def _one_form(
    request: SignedIn, found: RegionalActivity, form: Any, operation: Any, heading: str, **more: str
) -> HttpResponse:
    at(request)
    back = page_of(found)
    context = _about(heading, back, back_label=found.title, **more)
    return asking.ask(request, form, operation, found, back=back, context=context, template=FORM)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SignedIn, pk: int) -> HttpResponse:
    """Change an activity; invited countries hear of it."""
    found = access.activity(request.user, pk, can=Can.RUN_ACTIVITIES)
    form = forms.ActivityForm(pages.sent(request), request.FILES or None, initial=forms.as_written(found))
    lede = _("Every invited country gets a letter with what changed.") if found.sent_at else ""
    return _one_form(request, found, form, operations.correct, _("Change the activity"), lede=lede)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: SignedIn, pk: int) -> HttpResponse:
    """Choose the countries that get a copy."""
    found = access.activity(request.user, pk, can=Can.RUN_ACTIVITIES)
    form = forms.SendForm(pages.sent(request), places=queries.not_invited(found))
    lede = _("Whoever leads each country’s task force gets a letter in their language, with links to answer.")
    return _one_form(request, found, form, operations.send, _("Send it to countries"), lede=lede, button=_("Send"))


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: SignedIn, pk: int) -> HttpResponse:
    """Call an activity off."""
    found = access.activity(request.user, pk, can=Can.RUN_ACTIVITIES)
    form = forms.CancelForm(pages.sent(request))
    return _one_form(request, found, form, operations.cancel, _("Cancel the activity"), button=_("Cancel the activity"))
