"""Signing in at one's ministry or at UNICEF: against a real provider on this machine."""

import re
import urllib.request
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core import mail
from django.test import Client

from learnin.people.models import Person
from learnin.people.sign_in import organisations
from tests import cast as players
from tests.cast import Cast
from tests.people import openid_provider
from tests.people.openid_provider import Provider
from tests.people.signing_in import signed_in

START = "/accounts/organisation/unicef/"


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    """UNICEF's sign-in, known to LearnIn."""
    with openid_provider.running() as found:
        known_as(settings, found)
        yield found


def known_as(settings: Any, provider: Provider, **more: Any) -> None:
    """Put the provider into the settings."""
    apps = [organisations.app(provider.settings(**more))]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        """The browser here is Django's; it goes on by itself."""


def go(client: Client, **more: str) -> Any:
    """Leave for the provider, sign in there, and come back. Returns what LearnIn answers."""
    page = client.post(START, more)
    assert page.status_code == 200, page.content.decode()
    there = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.content.decode())
    assert there
    with pytest.raises(urllib.error.HTTPError) as sent:
        urllib.request.build_opener(_Stay).open(unescape(there[1]))
    back = sent.value.headers["Location"]
    sent.value.close()
    assert back.startswith("http://testserver/accounts/oidc/unicef/login/callback/")
    return client.get(back.removeprefix("http://testserver"))


def vouch(provider: Provider, email: str, *, verified: Any = True) -> None:
    """The provider says who this is."""
    provider.claims = {"email": email, "email_verified": verified, "name": "Somebody"}


def test_the_first_page_offers_only_the_organisations_that_are_set_up(
    client: Client, db: None, provider: Provider, settings: Any
) -> None:
    assert "Sign in at UNICEF" in client.get("/accounts/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "Sign in at" not in client.get("/accounts/login/").content.decode()
    assert client.post(START).status_code == 404


def test_a_person_who_is_here_gets_in_and_nothing_is_kept(client: Client, cast: Cast, provider: Provider) -> None:
    vouch(provider, "Chair@Example.org")
    answer = go(client, next="/me/details/")
    assert answer["Location"] == "/me/details/"
    assert signed_in(client)
    assert not SocialAccount.objects.exists()
    assert not SocialToken.objects.exists()


def test_somebody_unknown_is_turned_away_with_a_reason(client: Client, cast: Cast, provider: Provider) -> None:
    vouch(provider, "nobody@example.org")
    before = Person.objects.count()
    answer = go(client)
    assert answer.status_code == 403
    assert "Nobody works here with this address" in answer.content.decode()
    assert not signed_in(client)
    assert Person.objects.count() == before
    assert mail.outbox == []


@pytest.mark.parametrize("verified", [False, None, 0, "false"])
def test_an_address_nobody_verified_opens_nothing(
    client: Client, cast: Cast, provider: Provider, verified: Any
) -> None:
    vouch(provider, cast.chair.email, verified=verified)
    answer = go(client)
    assert answer.status_code == 403
    assert "did not vouch for an e-mail address of its own" in answer.content.decode()
    assert not signed_in(client)


def test_an_organisation_vouches_for_its_own_addresses_only(client: Client, cast: Cast, provider: Provider) -> None:
    players.person("Elsewhere", email="somebody@ministry.example")
    vouch(provider, "somebody@ministry.example")
    assert go(client).status_code == 403
    vouch(provider, "somebody@example.org.ministry.example")
    assert go(client).status_code == 403
    assert not signed_in(client)


def test_an_organisation_that_never_says_verified_may_be_trusted_for_its_domains(
    client: Client, cast: Cast, provider: Provider, settings: Any
) -> None:
    known_as(settings, provider, vouches_without_claim=True)
    provider.claims = {"email": cast.chair.email}
    go(client)
    assert signed_in(client)


def test_the_two_answers_must_be_about_one_person(client: Client, cast: Cast, provider: Provider) -> None:
    vouch(provider, cast.chair.email)
    provider.id_token = {"sub": "43"}
    assert go(client).status_code == 403
    assert not signed_in(client)


@pytest.mark.parametrize("wrong", [{"iss": "http://127.0.0.1:1"}, {"aud": "another"}, {"exp": 1}])
def test_a_token_for_somebody_else_opens_nothing(
    client: Client, cast: Cast, provider: Provider, wrong: dict[str, Any]
) -> None:
    vouch(provider, cast.chair.email)
    provider.id_token = wrong
    assert go(client).status_code == 401
    assert not signed_in(client)


def test_an_answer_nobody_asked_for_opens_nothing(client: Client, cast: Cast, provider: Provider) -> None:
    vouch(provider, cast.chair.email)
    answer = client.get("/accounts/oidc/unicef/login/callback/?code=a-code&state=made-up")
    assert answer.status_code == 401
    assert not signed_in(client)


def test_who_stops_there_is_told_that_nothing_changed(client: Client, cast: Cast, provider: Provider) -> None:
    provider.denies = True
    answer = go(client)
    assert answer["Location"] == "/accounts/3rdparty/login/cancelled/"
    assert "You did not sign in" in client.get(answer["Location"]).content.decode()


def test_a_closed_account_stays_closed(client: Client, cast: Cast, provider: Provider) -> None:
    Person.objects.filter(pk=cast.chair.pk).update(is_active=False)
    vouch(provider, cast.chair.email)
    assert go(client).status_code == 403
    assert not signed_in(client)


def test_nobody_ties_another_account_to_theirs(client: Client, cast: Cast, provider: Provider) -> None:
    client.force_login(cast.member)
    vouch(provider, cast.chair.email)
    assert go(client, process="connect").status_code in (302, 403)
    assert not SocialAccount.objects.exists()


def test_a_provider_that_does_not_answer_is_said_in_words(client: Client, db: None, settings: Any) -> None:
    with openid_provider.running() as gone:
        known_as(settings, gone)
    answer = client.post(START)
    assert answer.status_code == 502
    assert "Signing in did not work" in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"domains": []}, "domains must name"),
        ({"server_url": "http://sign-in.example.org"}, "must begin with https"),
        ({"domain": "example.org"}, "not known here"),
    ],
)
def test_a_wrong_setting_is_told_at_once(change: dict[str, Any], problem: str) -> None:
    right = Provider(url="https://sign-in.example.org").settings()
    assert organisations.app(right)["settings"]["domains"] == ["example.org"]
    with pytest.raises(ValueError, match=problem):
        organisations.app(right | change)
    with pytest.raises(ValueError, match="domains is missing"):
        organisations.app({key: value for key, value in right.items() if key != "domains"})
