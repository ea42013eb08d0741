"""The door for those who were invited."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learnin.kit import pages
from learnin.kit.refusal import Refusal
from learnin.people import access, operations, queries
from learnin.people.forms import AcceptForm
from learnin.people.models import Invitation, Role
from learnin.people.region import REGION


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what one is asked into, and accept it. The page speaks the language of the letter."""
    found = access.invitation_by_link(token)
    with translation.override(_language(request, found)):
        return _invitation(request, found)


def _language(request: HttpRequest, found: Invitation) -> str:
    if request.user.is_authenticated or request.COOKIES.get("django_language"):
        return translation.get_language() or "en"
    return found.language


def _invitation(request: HttpRequest, found: Invitation) -> HttpResponse:
    here = request.user if request.user.is_authenticated else None
    context = {
        "invitation": found,
        "place": found.country or REGION,
        "is_mine": here is not None and here.email.lower() == found.email,
        "is_known": queries.is_known(found),
        "sign_in": reverse("account_login") + "?" + urlencode({"next": request.path}),
    }
    try:
        operations.invitations.require_open(found, timezone.now())
    except Refusal as refusal:
        return pages.page(request, "people/invitation_over.html", context | {"problem": str(refusal)}, status=410)
    form = AcceptForm(pages.sent(request), initial={"name": found.name, "language": translation.get_language()})
    if here:
        del form.fields["name"], form.fields["language"]
    if form.is_valid():
        data = {key: value for key, value in form.cleaned_data.items() if key != "agree"}
        try:
            role = operations.accept(found, by=here, now=timezone.now(), **data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _welcome(request, role)
    return pages.page(request, "people/invitation.html", context, form=form)


def _welcome(request: HttpRequest, role: Role) -> HttpResponse:
    """A newcomer is signed in at once: the link proved the address."""
    if not request.user.is_authenticated:
        login(request, role.person)
    return redirect(role.country.url if role.country else "home:region")
