"""Pages of open data: have a file made, read its check, publish it, take it back."""

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.assessment.access import open_data as access
from learnin.assessment.access import plan as plans
from learnin.assessment.forms.open_data import OpenDataForm
from learnin.assessment.operations import open_data as operations
from learnin.assessment.queries import open_data as queries
from learnin.kit import asking, pages
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn
from learnin.taskforce.queries import meetings


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: SignedIn, pk: int) -> HttpResponse:
    """Have open data made of a round; see what was made before."""
    found = plans.assessment(request.user, pk, can=Can.EXPORT_ANSWERS)
    pages.at(request, found.country, stage="assessment")
    form = OpenDataForm(
        pages.sent(request),
        parts=queries.parts(found),
        groupings=queries.groupings(found),
        indicators=queries.measured(found),
        initial={"language": meetings.country_language(found.country)},
    )
    if form.is_valid():
        made = operations.prepare(form.chosen, **form.asked, by=request.user, now=timezone.now())
        return redirect("assessment:open_data", made.pk)
    context = {"assessment": found, "country": found.country, "found": queries.of_assessment(found)}
    return pages.page(request, "assessment/open_data_start.html", context, form=form)


@require_safe
def open_data(request: SignedIn, pk: int) -> HttpResponse:
    """The disclosure check of a file, before anybody else has it."""
    found = access.open_data(request.user, pk)
    country = found.round.country
    pages.at(request, country, stage="assessment")
    context = {
        "open_data": found,
        "assessment": found.part.run.assessment,
        "country": country,
        "check": queries.check(found),
        "may_publish": may(request.user, Can.PUBLISH_FINDINGS, country),
    }
    return pages.page(request, "assessment/open_data.html", context)


@require_safe
def open_data_file(request: SignedIn, pk: int) -> HttpResponseBase:
    """The file."""
    found = access.open_data(request.user, pk)
    if found.attachment is None:
        raise Http404
    content = found.attachment.file.storage.open(found.attachment.file.name or "", "rb")
    response = FileResponse(content, content_type=found.attachment.media_type)
    response["Content-Disposition"] = f'attachment; filename="{found.attachment.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def publish(request: SignedIn, pk: int) -> HttpResponse:
    """Let everybody have it."""
    found = access.open_data(request.user, pk, can=Can.PUBLISH_FINDINGS)
    return asking.do(request, operations.publish, found, back=reverse("assessment:open_data", args=[pk]))


@require_POST
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """Take it off the public page."""
    found = access.open_data(request.user, pk, can=Can.PUBLISH_FINDINGS)
    return asking.do(request, operations.withdraw, found, back=reverse("assessment:open_data", args=[pk]))
