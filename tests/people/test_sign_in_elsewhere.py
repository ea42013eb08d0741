"""Devices where one is signed in, and the address one signs in with."""

import re

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from learnin.journal.models import Entry
from learnin.people import operations
from learnin.people.roles import Kind
from tests import cast as players
from tests.cast import NOW, Cast
from tests.people.signing_in import ask_for_code, last_code, sign_in, signed_in, type_code

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_other_devices_are_listed_and_signed_out(client: Client, cast: Cast) -> None:
    sign_in(client, cast.chair.email)
    other = sign_in(Client(headers={"user-agent": FIREFOX}), cast.chair.email)
    page = client.get("/accounts/sessions/").content.decode()
    assert "Firefox, Linux" in page
    assert page.count("This device") == 1
    client.post("/accounts/sessions/")
    assert signed_in(client)
    assert not signed_in(other)
    line = Entry.objects.get(verb="account.signed_out_elsewhere")
    assert (line.by, line.after) == (cast.chair, {"devices": 1})


def test_nobody_signs_somebody_elses_devices_out(client: Client, cast: Cast) -> None:
    sign_in(client, cast.chair.email)
    stranger = sign_in(Client(), cast.stranger.email)
    client.post("/accounts/sessions/")
    assert signed_in(stranger)


def test_a_newcomers_device_is_listed_too(client: Client, cast: Cast) -> None:
    asked = operations.invite(
        email="new@example.org", name="New", language="en", kind=Kind.MEMBER, country=cast.home, by=cast.chair, now=NOW
    )
    asked.expires_at = asked.expires_at.replace(year=2100)
    asked.save()
    path = re.search(r"https?://[^/\s]+(/invitation/\S+)", mail.outbox[-1].body)
    assert path
    client.post(path[1], {"name": "New", "language": "en", "agree": "on"})
    assert signed_in(client)
    assert UserSession.objects.filter(user__email="new@example.org").count() == 1


def test_a_new_address_counts_only_after_its_code(client: Client, cast: Cast) -> None:
    sign_in(client, cast.chair.email)
    client.post("/accounts/email/", {"email": "New.Chair@Example.org", "action_add": "1"})
    assert mail.outbox[-1].to == ["new.chair@example.org"]
    code = last_code()
    cast.chair.refresh_from_db()
    assert cast.chair.email == "chair@example.org"
    client.post("/accounts/confirm-email/", {"code": "0000-0001"})
    client.post("/accounts/confirm-email/", {"code": code})
    cast.chair.refresh_from_db()
    assert cast.chair.email == "new.chair@example.org"
    kept = EmailAddress.objects.filter(user=cast.chair)
    assert list(kept.values_list("email", "verified", "primary")) == [("new.chair@example.org", True, True)]
    line = Entry.objects.get(verb="account.email_changed")
    assert (line.before, line.after) == ({"email": "c…@example.org"}, {"email": "n…@example.org"})
    assert mail.outbox[-1].to == ["chair@example.org"]
    assert "This one no longer opens the account" in mail.outbox[-1].body
    sign_in(Client(), "new.chair@example.org")
    letters = len(mail.outbox)
    ask_for_code(Client(), "chair@example.org")
    assert len(mail.outbox) == letters


def test_somebody_elses_address_cannot_be_taken_and_is_not_given_away(client: Client, cast: Cast) -> None:
    sign_in(client, cast.chair.email)
    free, taken = (
        client.post("/accounts/email/", {"email": address, "action_add": "1"})
        for address in ("free@example.org", cast.member.email)
    )
    assert (free.status_code, free["Location"]) == (taken.status_code, taken["Location"])
    assert mail.outbox[-1].to == [cast.member.email]
    page = client.post("/accounts/confirm-email/", {"code": last_code()}).content.decode()
    assert "This address cannot be used here" in page
    cast.chair.refresh_from_db()
    assert cast.chair.email == "chair@example.org"


def test_an_erased_person_leaves_no_devices_and_no_keys(client: Client, cast: Cast) -> None:
    sign_in(client, cast.member.email)
    Authenticator.objects.create(user=cast.member, type=Authenticator.Type.TOTP, data={})
    operations.ask_for_erasure(cast.member, now=NOW)
    operations.erase(cast.member, by=cast.regional, now=NOW)
    assert not signed_in(client)
    assert not UserSession.objects.filter(user=cast.member).exists()
    assert not Authenticator.objects.filter(user=cast.member).exists()


def test_the_page_about_signing_in_shows_every_way(client: Client, cast: Cast) -> None:
    page = sign_in(client, cast.chair.email).get("/accounts/2fa/").content.decode()
    for word in ("Passkeys", "Authenticator app", "Password", "Devices", cast.chair.email):
        assert word in page
    assert page.count("<h1") == 1


def test_people_who_are_signed_in_are_not_asked_again(client: Client, cast: Cast) -> None:
    sign_in(client, cast.chair.email)
    assert client.get("/accounts/login/").status_code == 302
    assert client.get("/accounts/login/password/").status_code == 302
    players.person("Other")
    type_code(client, "1234-5678")
    assert signed_in(client)
