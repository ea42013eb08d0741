"""Signing in is needed everywhere, except at the addresses named here."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

PUBLIC = {
    # For everybody.
    "home:start",
    "home:public_country",
    "home:public_findings",
    "home:public_findings_json",
    "initiatives:agreement_answer",
    "initiatives:published",
    "initiatives:published_initiative",
    "home:public_data",
    "home:accessibility",
    "people:privacy",
    "journal:public_file",
    "kit:components",
    "set_language",
    # A signed link is the key.
    "people:invitation",
    "journal:stop_digest",
    "taskforce:activity_answer",
    "taskforce:answer",
    "taskforce:calendar",
    # A questionnaire, for anyone with the link of its round.
    "assessment:web_form",
    "assessment:web_form_submission",
    "assessment:web_form_worker",
    "assessment:plain_form",
    "assessment:plain_form_later",
    "assessment:plain_form_sent",
    # Phones that collect answers: a key in the address, or a password that they ask for themselves.
    *(
        f"assessment:collect_{door}_{room}"
        for door in ("password", "open", "draft", "key")
        for room in ("form_list", "form", "manifest", "medium", "entities", "submission")
    ),
    # Who is asked in a round: a signed link, or number and PIN of a printed letter.
    "assessment:invited",
    "assessment:answer_by_letter",
    "assessment:answer_draft",
    "assessment:stop_letters",
    # The way in.
    "people:password",
    "people:organisation",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_email_verification_sent",
    "account_reset_password",
    "account_confirm_login_code",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "account_password_reset_completed",
    "account_request_login_code",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "socialaccount_login_cancelled",
    "socialaccount_signup",
    "openid_connect_login",
    "openid_connect_callback",
}
OWN_GATE = {"api"}  # programs have keys: the API asks for them itself, and the access matrix tries it


def without_login(found: Iterable[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """The names of the addresses that anybody reaches."""
    for pattern in found:
        if isinstance(pattern, URLResolver):
            if pattern.namespace not in OWN_GATE:
                yield from without_login(
                    pattern.url_patterns, space + f"{pattern.namespace}:" * bool(pattern.namespace)
                )
        elif not getattr(pattern.callback, "login_required", True):
            yield space + (pattern.name or str(pattern.pattern))


def test_signing_in_is_needed_everywhere_but_here() -> None:
    assert {*without_login(get_resolver().url_patterns)} == PUBLIC


def test_an_open_page_is_reported() -> None:
    def planted(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    closed = path("closed/", planted, name="closed")
    assert list(without_login([closed])) == []
    planted.login_required = False
    assert list(without_login([closed])) == ["closed"]
