"""Who asked to be forgotten."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from learnin.kit import pages
from learnin.kit.refusal import Refusal
from learnin.people import access, operations, queries
from learnin.people.region import REGION
from learnin.people.roles import Can
from learnin.people.signed_in import SignedIn


@require_safe
def erasures(request: SignedIn) -> HttpResponse:
    """People who wait to be erased."""
    access.region(request.user, can=Can.ERASE_PEOPLE)
    pages.at(request, REGION, stage="people")
    return pages.page(request, "people/erasures.html", {"people": queries.erasures_asked()})


@require_POST
def erase(request: SignedIn, pk: int) -> HttpResponse:
    """Erase one person who asked for it."""
    person = access.person_to_erase(request.user, pk)
    name = person.name
    try:
        operations.erase(person, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The data of %(name)s are erased.") % {"name": name})
    return redirect("people:erasures")
