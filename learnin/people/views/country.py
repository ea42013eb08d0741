"""People of a country, and its public text."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.kit import languages, pages
from learnin.kit.refusal import Refusal
from learnin.people import access, operations, queries
from learnin.people.forms import InviteForm, PublicTextForm
from learnin.people.models import Country
from learnin.people.region import REGION
from learnin.people.roles import Can, may, may_give, may_invite_as
from learnin.people.signed_in import SignedIn


@require_safe
def people(request: SignedIn, code: str) -> HttpResponse:
    """Who works for the country, who was asked, who left."""
    country = access.country(request.user, code, can=Can.SEE_PEOPLE)
    return _people(request, country)


@require_safe
def region_people(request: SignedIn) -> HttpResponse:
    """Who works for the region."""
    access.region(request.user, can=Can.SEE_PEOPLE)
    return _people(request, None)


def _people(request: SignedIn, country: Country | None) -> HttpResponse:
    pages.at(request, country or REGION, stage="people")
    gives = may_give(request.user, country)
    context = {
        "country": country,
        "people": queries.people_in(country),
        "past": queries.past_roles(country)[:50],
        "invitations": queries.open_invitations(country) if gives else [],
        "may_invite": bool(gives) and may(request.user, Can.INVITE_PEOPLE, country),
        "may_end": gives,
        "now": timezone.now(),
    }
    return pages.page(request, "people/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedIn, code: str) -> HttpResponse:
    """Ask somebody into a role of the country."""
    return _invite(request, access.country(request.user, code, can=Can.INVITE_PEOPLE))


@require_http_methods(["GET", "HEAD", "POST"])
def region_invite(request: SignedIn) -> HttpResponse:
    """Ask somebody into a role of the region."""
    access.region(request.user, can=Can.INVITE_PEOPLE)
    return _invite(request, None)


def _invite(request: SignedIn, country: Country | None) -> HttpResponse:
    place = country or REGION
    pages.at(request, place, stage="people")
    kinds = may_invite_as(request.user, country)
    first = next(iter(country.official_languages), "") if country else ""
    spoken = [code for code, _name in settings.LANGUAGES]
    initial = {"language": first if first in spoken else get_language()}
    form = InviteForm(pages.sent(request), kinds=kinds, initial=initial)
    if form.is_valid():
        try:
            sent = operations.invite(**form.cleaned_data, country=country, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": sent.email})
            return redirect(f"{place.url}people/")
    return pages.page(request, "people/invite.html", {"place": place}, form=form)


@require_safe
def person(request: SignedIn, code: str, pk: int) -> HttpResponse:
    """One person, as far as the country needs to know."""
    country = access.country(request.user, code, can=Can.SEE_PEOPLE)
    found = access.person_in(request.user, country, pk)
    pages.at(request, country, stage="people")
    spoken = [(languages.language_name(language), level) for language, level in queries.levels(found).items()]
    context = {
        "country": country,
        "person": found,
        "roles": queries.roles_of(found, country),
        "spoken": spoken,
        "may_end": may_give(request.user, country) if may(request.user, Can.END_ROLES, country) else frozenset(),
    }
    return pages.page(request, "people/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def end_role(request: SignedIn, pk: int) -> HttpResponse:
    """Ask once more, then end somebody's role."""
    role = access.role(request.user, pk)
    place = role.country or REGION
    pages.at(request, place, stage="people")
    problem = ""
    if request.method == "POST":
        try:
            operations.end_role(role, by=request.user, now=timezone.now())
        except Refusal as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("%(name)s no longer holds this role.") % {"name": role.person.name})
            return redirect(f"{place.url}people/")
    context = {"role": role, "place": place, "problem": problem}
    return pages.page(request, "people/end_role.html", context, status=422 if problem else 200)


@require_POST
def send_again(request: SignedIn, pk: int) -> HttpResponse:
    """Send an invitation with a new link."""
    invitation = access.invitation(request.user, pk)
    try:
        operations.send_again(invitation, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("A new invitation to %(email)s is on its way.") % {"email": invitation.email})
    return redirect(f"{(invitation.country or REGION).url}people/")


@require_POST
def revoke(request: SignedIn, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = access.invitation(request.user, pk)
    try:
        operations.revoke(invitation, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The invitation to %(email)s no longer works.") % {"email": invitation.email})
    return redirect(f"{(invitation.country or REGION).url}people/")


@require_http_methods(["GET", "HEAD", "POST"])
def public_text(request: SignedIn, code: str) -> HttpResponse:
    """Write what the task force is; open or close its public page."""
    country = access.country(request.user, code, can=Can.EDIT_COUNTRY)
    pages.at(request, country, stage="home")
    texts = queries.public_texts(country)
    chosen = request.POST.get("language") or request.GET.get("language") or get_language()
    form = PublicTextForm(pages.sent(request), initial={"language": chosen, "about": texts.get(chosen, "")})
    if form.is_valid():
        operations.write_public_text(country, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, _("The text is saved."))
        return redirect(f"{request.path}?language={form.cleaned_data['language']}")
    tabs = [(language, language.code in texts, language.code == chosen) for language in languages.interface()]
    context = {"country": country, "languages": tabs, "chosen": languages.language(chosen), "texts": texts}
    return pages.page(request, "people/public_text.html", context, form=form)


@require_POST
def publish(request: SignedIn, code: str) -> HttpResponse:
    """Open the public page, or close it."""
    country = access.country(request.user, code, can=Can.EDIT_COUNTRY)
    change = operations.unpublish_country if country.public_since else operations.publish_country
    try:
        change(country, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("people:public_text", country.code)
