"""A person's own pages."""

import json

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.kit import languages, pages
from learnin.kit.refusal import Refusal
from learnin.people import access, operations, privacy, queries
from learnin.people.forms import ConsentForm, DetailsForm, LanguageForm, TokenForm
from learnin.people.signed_in import SignedIn

DETAILS = ("name", "organisation", "position", "phone")


@require_safe
def me(request: SignedIn) -> HttpResponse:
    """What I am here, and what we know of me."""
    context = {
        "roles": queries.own_roles(request.user),
        "spoken": _spoken(request),
        "language": languages.language(request.user.language),
        "has_agreed": queries.has_agreed(request.user),
        "consents": queries.consents_of(request.user),
    }
    return pages.page(request, "people/me.html", context)


def _spoken(request: SignedIn) -> list[tuple[str, str]]:
    """The languages I speak, by name, and how well."""
    return [(languages.language_name(language), level) for language, level in queries.levels(request.user).items()]


def _offered(request: SignedIn) -> list[str]:
    """English, the languages of the person's countries, Russian: what people here work in."""
    official = [code for country in access.visible_countries(request.user) for code in country.official_languages]
    return ["en", *sorted(set(official) - {"en", "ru"}, key=languages.language_name), "ru"]


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: SignedIn) -> HttpResponse:
    """Correct what we know of me."""
    form = DetailsForm(
        pages.sent(request),
        spoken=queries.levels(request.user),
        offered=_offered(request),
        initial={field: getattr(request.user, field) for field in DETAILS},
    )
    if form.is_valid():
        operations.correct_details(request.user, by=request.user, now=timezone.now(), **form.changes)
        messages.success(request, _("Your details are saved."))
        return redirect("people:me")
    return pages.page(request, "people/details.html", form=form)


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on; then back to the page one came from."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)  # an address, never the name of a page
    form = LanguageForm(request.POST)
    if form.is_valid():
        language = form.cleaned_data["language"]
        if request.user.is_authenticated:
            operations.choose_language(request.user, language=language, by=request.user, now=timezone.now())
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=31_536_000,
            httponly=True,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: SignedIn, pk: int) -> HttpResponse:
    """Ask once more, then give up one's own role."""
    role = access.own_role(request.user, pk)
    problem = ""
    if request.method == "POST":
        try:
            operations.leave(role, by=request.user, now=timezone.now())
        except Refusal as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("You no longer hold this role."))
            return redirect("people:me")
    return pages.page(request, "people/leave.html", {"role": role, "problem": problem}, status=422 if problem else 200)


@require_POST
def be_named(request: SignedIn, pk: int) -> HttpResponse:
    """Agree to stand on the public page, or take that back."""
    role = access.own_role(request.user, pk)
    change = operations.stop_being_named if role.named_publicly_at else operations.agree_to_be_named
    change(role, by=request.user, now=timezone.now())
    return redirect("people:me")


@require_safe
def data(request: SignedIn) -> HttpResponse:
    """Everything we keep of me, to read and to print."""
    return pages.page(
        request,
        "people/data.html",
        {
            "data": queries.own_data(request.user),
            "spoken": _spoken(request),
            "roles": queries.own_roles(request.user),
            "consents": queries.consents_of(request.user),
        },
    )


@require_safe
def data_file(request: SignedIn) -> HttpResponse:
    """Everything we keep of me, as a file."""
    text = json.dumps(queries.own_data(request.user), ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="learnin-my-data.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request: SignedIn) -> HttpResponse:
    """Ask that my data be erased, or take that back."""
    if request.method == "POST":
        if request.user.erasure_asked_at:
            operations.keep_after_all(request.user, now=timezone.now())
            messages.success(request, _("Your data stay."))
        else:
            operations.ask_for_erasure(request.user, now=timezone.now())
            messages.success(request, _("The regional administrators were asked to erase your data."))
        return redirect("people:me")
    return pages.page(request, "people/erasure.html")


@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: SignedIn) -> HttpResponse:
    """Agree to the privacy notice in force, or take that back."""
    if request.method == "POST" and "withdraw" in request.POST:
        operations.withdraw_consent(request.user, now=timezone.now())
        return redirect("people:me")
    form = ConsentForm(pages.sent(request))
    if form.is_valid():
        operations.record_consent(request.user, now=timezone.now())
        return redirect("people:me")
    has_agreed = queries.has_agreed(request.user)
    return pages.page(
        request, "people/consent.html", {"has_agreed": has_agreed, "version": privacy.NOTICE_VERSION}, form=form
    )


@login_not_required
@require_safe
def privacy_notice(request: HttpRequest) -> HttpResponse:
    """What we keep of people, why, and for how long."""
    return pages.page(request, "people/privacy.html", {"version": privacy.NOTICE_VERSION})


@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: SignedIn) -> HttpResponse:
    """Keys for my own programs. A new key is shown once."""
    form, secret = TokenForm(pages.sent(request)), ""
    if form.is_valid():
        _token, secret = operations.make_token(
            name=form.cleaned_data["name"], expires_on=form.last_day, by=request.user, now=timezone.now()
        )
        form = TokenForm()
    response = pages.page(
        request, "people/tokens.html", {"tokens": queries.tokens_of(request.user), "secret": secret}, form=form
    )
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def revoke_token(request: SignedIn, pk: int) -> HttpResponse:
    """Stop one of my keys."""
    operations.revoke_token(access.own_token(request.user, pk), by=request.user, now=timezone.now())
    messages.success(request, _("The key no longer works."))
    return redirect("people:tokens")
