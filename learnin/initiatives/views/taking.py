"""Initiatives to take along as files."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from learnin.initiatives.access import register as access
from learnin.initiatives.forms.files import TakeForm
from learnin.initiatives.operations import leaving as operations
from learnin.initiatives.queries import register as queries
from learnin.initiatives.views.rooms import at
from learnin.kit import pages
from learnin.kit.refusal import Refusal
from learnin.people.signed_in import SignedIn


@require_http_methods(["GET", "HEAD", "POST"])
def take_initiatives(request: SignedIn, code: str) -> HttpResponse:
    """Choose initiatives and a kind of file. Taking it leaves a line in the journal, so it is sent as a form."""
    country = access.country(request.user, code)
    at(request, country)
    form = TakeForm(pages.sent(request), country=country, initial=request.GET.dict())
    if form.is_valid():
        found = queries.narrowed(access.visible(request.user, country), form.wanted())
        try:
            taken = operations.take(
                country, initiatives=found, format=form.cleaned_data["format"], by=request.user, now=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if taken.left_behind:
                messages.warning(request, operations.stayed(taken.left_behind))
            return _given(taken)
    context = {"country": country, "sees_all": access.is_member(request.user, country)}
    return pages.page(request, "initiatives/take.html", context, form=form)


def _given(taken: operations.Taken) -> HttpResponse:
    if taken.job:
        return redirect("journal:job", taken.job.pk)
    headers = {
        "Content-Disposition": f'attachment; filename="{taken.name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(taken.content, content_type=taken.media_type, headers=headers)
