"""A draft is tried before it is published: in the web form, on the plain page, and in ODK Collect."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learnin.assessment.access import instruments as gate
from learnin.assessment.access.collection import draft_token
from learnin.assessment.operations import instruments as operations
from learnin.assessment.queries import instruments as queries
from learnin.assessment.queries import trying
from learnin.assessment.views.instruments import at
from learnin.kit import pages
from learnin.kit.refusal import Refusal
from learnin.people.roles import Can
from learnin.people.signed_in import SignedIn


@never_cache  # whoever has its address may try the draft
@require_safe
def try_draft(request: SignedIn, pk: int) -> HttpResponse:
    """The ways to try a draft; or what stops it from being shown at all."""
    version = gate.version(request.user, pk, can=Can.EDIT_ASSESSMENT)
    country = version.instrument.country
    at(request, country)
    if version.is_published:
        return redirect("assessment:version", pk)
    token = draft_token(version)
    listed = reverse("assessment:collect_draft_form_list", args=[token])
    server = request.build_absolute_uri(listed.removesuffix("/formList"))
    context = {
        "country": country,
        "version": version,
        "look": queries.Look(version),
        "token": token,
        "link": request.build_absolute_uri(reverse("assessment:web_form", args=[token])),
        "tried": trying.tried(version, server) if version.xform else None,
    }
    return pages.page(request, "assessment/try_draft.html", context)


@require_POST
def renew_code(request: SignedIn, pk: int) -> HttpResponse:
    """Give the draft a new code; those before it stop working."""
    version = gate.version(request.user, pk, can=Can.EDIT_ASSESSMENT)
    try:
        operations.renew_code(version, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The code is new. Addresses that were given out before no longer work."))
    return redirect("assessment:try_draft", pk)
