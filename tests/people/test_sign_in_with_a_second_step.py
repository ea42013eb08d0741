"""Passwords, authenticator apps and recovery codes."""

import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client

from learnin.journal.models import Entry
from tests.cast import Cast
from tests.people.signing_in import PASSWORD, ask_for_code, last_code, sign_in, signed_in, type_code

BY_PASSWORD = "/accounts/login/password/"
SECOND_STEP = "/accounts/2fa/authenticate/"
Commits = Callable[..., AbstractContextManager[list]]  # the library tells of some changes only after the commit


def by_password(client: Client, address: str, password: str = PASSWORD) -> None:
    """Type address and password."""
    client.post(BY_PASSWORD, {"login": address, "password": password})


def set_password(client: Client, password: str = PASSWORD) -> None:
    """Set the first password."""
    answer = client.post("/accounts/password/set/", {"password1": password})
    assert answer.status_code == 302, answer.content.decode()


def add_app(client: Client, commits: Commits) -> str:
    """Add an authenticator app. Returns its secret."""
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"\b[A-Z2-7]{32}\b", page)
    assert secret
    with commits(execute=True):
        answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret[0])})
    assert answer.status_code == 302, answer.content.decode()
    return secret[0]


def code_of(secret: str) -> str:
    """What the app shows now."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def code_of_next(secret: str) -> str:
    """The app's next code: each works once."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + 1))


def recovery_codes(client: Client) -> list[str]:
    """The codes on their page."""
    return re.findall(r"<code>(\d{8})</code>", client.get("/accounts/2fa/recovery-codes/").content.decode())


def second_step(client: Client, address: str, code: str) -> Client:
    """Sign in by letter, then by the app or a recovery code."""
    ask_for_code(client, address)
    type_code(client, last_code())
    client.post(SECOND_STEP, {"code": code})
    return client


def verbs() -> list[str]:
    """What the journal says about accounts."""
    return list(Entry.objects.filter(verb__startswith="account.").order_by("pk").values_list("verb", flat=True))


def confirm_by_password(client: Client) -> None:
    """It is still me."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def test_a_password_opens_the_account(client: Client, cast: Cast) -> None:
    set_password(sign_in(client, cast.chair.email))
    assert signed_in(client)  # this device stays
    other = Client()
    by_password(other, "CHAIR@example.org", "not the password")
    assert not signed_in(other)
    by_password(other, "CHAIR@example.org")
    assert signed_in(other)
    assert verbs() == ["account.password_set"]
    assert mail.outbox[-1].subject == "Your LearnIn account has changed"
    assert "A password was set." in mail.outbox[-1].body


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Commits) -> Commits:
    """Inside it, what waits for the commit happens at its end."""
    return django_capture_on_commit_callbacks


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("short", "at least 12 characters"),
        ("1q2w3e4r5t6y", "Many people use this password"),
        ("chair@example.org", "too close to your name"),
    ],
)
def test_a_password_must_be_hard_to_guess(client: Client, cast: Cast, password: str, problem: str) -> None:
    sign_in(client, cast.chair.email)
    page = client.post("/accounts/password/set/", {"password1": password}).content.decode()
    assert problem in page
    assert page.count("govuk-error-summary__title") == 1
    cast.chair.refresh_from_db()
    assert not cast.chair.has_usable_password()


def test_a_new_password_signs_all_other_devices_out(client: Client, cast: Cast) -> None:
    set_password(sign_in(client, cast.chair.email))
    other = Client()
    by_password(other, cast.chair.email)
    confirm_by_password(client)
    answer = client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "four other small words"})
    assert answer.status_code == 302
    assert signed_in(client)
    assert not signed_in(other)
    assert verbs()[-1] == "account.password_changed"


def test_guessing_passwords_is_stopped_even_for_the_right_one(client: Client, cast: Cast) -> None:
    set_password(sign_in(client, cast.chair.email))
    other = Client()
    for _try in range(5):
        by_password(other, cast.chair.email, "a wrong password")
    page = other.post(BY_PASSWORD, {"login": cast.chair.email, "password": PASSWORD}).content.decode()
    assert "Too many tries" in page
    assert not signed_in(other)


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client: Client, cast: Cast) -> None:
    set_password(sign_in(client, cast.chair.email))
    pages = [
        Client().post(BY_PASSWORD, {"login": address, "password": "a wrong password"}).content.decode()
        for address in (cast.chair.email, "nobody@example.org")
    ]
    assert all("do not fit together" in page for page in pages)


def test_a_forgotten_password_is_replaced_by_a_code(client: Client, cast: Cast) -> None:
    set_password(sign_in(client, cast.chair.email))
    other = Client()
    answer = other.post("/accounts/password/reset/", {"email": cast.chair.email}, follow=True)
    assert answer.status_code == 200
    other.post("/accounts/password/reset/confirm/", {"code": last_code()})
    done = other.post("/accounts/password/reset/complete/", {"password1": "four other small words"}, follow=True)
    assert "Your password is changed" in done.content.decode()
    assert not signed_in(client)
    by_password(other, cast.chair.email, "four other small words")
    assert signed_in(other)
    assert verbs()[-1] == "account.password_changed"


def test_a_forgotten_password_tells_nothing_about_addresses(client: Client, cast: Cast) -> None:
    letters = len(mail.outbox)
    answer = client.post("/accounts/password/reset/", {"email": "nobody@example.org"}, follow=True)
    assert "If somebody with the address nobody@example.org works here" in answer.content.decode()
    assert len(mail.outbox) == letters


def test_an_app_is_asked_for_after_the_code_and_after_the_password(
    client: Client, cast: Cast, commits: Commits
) -> None:
    set_password(sign_in(client, cast.chair.email))
    confirm_by_password(client)
    secret = add_app(client, commits)
    assert set(verbs()[-2:]) == {"account.app_added", "account.recovery_codes_added"}
    assert secret not in str(list(Entry.objects.values()))
    by_code, other = Client(), Client()
    ask_for_code(by_code, cast.chair.email)
    type_code(by_code, last_code())
    by_password(other, cast.chair.email)
    for one, code in ((by_code, code_of(secret)), (other, code_of_next(secret))):
        assert not signed_in(one)
        assert "Second step" in one.get(SECOND_STEP).content.decode()
        one.post(SECOND_STEP, {"code": "000000"})
        assert not signed_in(one)
        one.post(SECOND_STEP, {"code": code})
        assert signed_in(one)


def test_a_code_of_the_app_works_once(client: Client, cast: Cast, commits: Commits) -> None:
    secret = add_app(sign_in(client, cast.chair.email), commits)
    code = code_of_next(secret)
    for works in (True, False):
        assert signed_in(second_step(Client(), cast.chair.email, code)) is works


def test_a_recovery_code_works_once_instead_of_the_app(client: Client, cast: Cast, commits: Commits) -> None:
    add_app(sign_in(client, cast.chair.email), commits)
    authenticator = Authenticator.objects.get(user=cast.chair, type=Authenticator.Type.RECOVERY_CODES)
    first = authenticator.wrap().get_unused_codes()[0]
    for works in (True, False):
        assert signed_in(second_step(Client(), cast.chair.email, first)) is works


def test_recovery_codes_are_shown_only_after_one_shows_who_one_is(client: Client, cast: Cast, commits: Commits) -> None:
    secret = add_app(sign_in(client, cast.chair.email), commits)
    client = second_step(Client(), cast.chair.email, code_of(secret))
    answer = client.get("/accounts/2fa/recovery-codes/")
    assert answer["Location"].startswith("/accounts/2fa/reauthenticate/")
    client.post(answer["Location"], {"code": code_of_next(secret)})
    shown = recovery_codes(client)
    assert len(shown) == 10
    with commits(execute=True):
        client.post("/accounts/2fa/recovery-codes/generate/")
    assert not set(recovery_codes(client)) & set(shown)
    assert client.get("/accounts/2fa/recovery-codes/download/").content.decode().count("\n") >= 10
    assert verbs()[-1] == "account.recovery_codes_renewed"
    assert shown[0] not in str(list(Entry.objects.values()))


def test_an_app_is_removed_after_one_shows_who_one_is(client: Client, cast: Cast, commits: Commits) -> None:
    secret = add_app(sign_in(client, cast.chair.email), commits)
    client = second_step(Client(), cast.chair.email, code_of(secret))
    answer = client.post("/accounts/2fa/totp/deactivate/")
    assert answer["Location"].startswith("/accounts/2fa/reauthenticate/")
    client.post(answer["Location"], {"code": code_of_next(secret)})
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=cast.chair).exists()
    assert {"account.app_removed", "account.recovery_codes_removed"} <= set(verbs())


def test_guessing_the_second_step_is_stopped(client: Client, cast: Cast, commits: Commits) -> None:
    secret = add_app(sign_in(client, cast.chair.email), commits)
    other = Client()
    ask_for_code(other, cast.chair.email)
    type_code(other, last_code())
    for _try in range(5):
        other.post(SECOND_STEP, {"code": "000000"})
    assert "Too many tries" in other.post(SECOND_STEP, {"code": code_of_next(secret)}).content.decode()
    assert not signed_in(other)
