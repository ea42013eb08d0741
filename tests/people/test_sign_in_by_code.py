"""Signing in with a code from a letter."""

import re
import time

import pytest
from django.core import mail
from django.test import Client

from learnin.people.models import Person
from tests import cast as players
from tests.cast import Cast
from tests.people.signing_in import CONFIRM, SIGN_IN, ask_for_code, last_code, sign_in, signed_in, type_code


def wrong(code: str) -> str:
    """Another code than this one."""
    return code.translate(str.maketrans("0123456789", "1234567890"))


def test_a_code_by_letter_opens_the_account(client: Client, cast: Cast) -> None:
    answer = ask_for_code(client, "Chair@Example.org")
    assert answer.status_code == 302
    assert answer["Location"] == CONFIRM
    assert mail.outbox[-1].to == ["chair@example.org"]
    page = client.get(CONFIRM).content.decode()
    assert 'inputmode="numeric"' in page
    assert 'autocomplete="one-time-code"' in page
    assert not signed_in(client)
    answer = type_code(client, last_code())
    assert answer.status_code == 302
    assert signed_in(client)


def test_the_letter_is_plain_and_html_and_its_subject_holds_no_code(client: Client, cast: Cast) -> None:
    ask_for_code(client, cast.chair.email)
    letter = mail.outbox[-1]
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    assert last_code() in html
    assert last_code() not in letter.subject
    assert letter.kind == "sign-in"


def test_the_letter_speaks_the_readers_language(client: Client, cast: Cast) -> None:
    players.person("Ayşe", email="ayse@example.org", language="tr")
    ask_for_code(client, "ayse@example.org")
    assert mail.outbox[-1].extra_headers["Content-Language"] == "tr"


def test_the_code_may_be_typed_without_its_dash_or_with_spaces(client: Client, cast: Cast) -> None:
    ask_for_code(client, cast.chair.email)
    type_code(client, " " + last_code().replace("-", " "))
    assert signed_in(client)


def test_a_code_works_once(client: Client, cast: Cast) -> None:
    sign_in(client, cast.chair.email)
    code = last_code()
    other = Client()
    assert type_code(other, code).status_code == 302
    assert not signed_in(other)


def test_three_wrong_codes_end_it(client: Client, cast: Cast) -> None:
    ask_for_code(client, cast.chair.email)
    code = last_code()
    for _try in range(2):
        answer = type_code(client, wrong(code))
        assert answer.status_code == 200
        assert "This code is not right" in answer.content.decode()
        assert "<title>Error: " in answer.content.decode()
    assert type_code(client, wrong(code)).status_code == 302
    type_code(client, code)
    assert not signed_in(client)


def test_a_code_is_too_old_after_a_quarter_of_an_hour(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_for_code(client, cast.chair.email)
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 15 * 60 + 1)
    type_code(client, last_code())
    assert not signed_in(client)


def test_another_code_can_be_asked_for_and_the_first_no_longer_works(client: Client, cast: Cast) -> None:
    ask_for_code(client, cast.chair.email)
    first = last_code()
    client.post(CONFIRM, {"action": "resend"})
    assert len(mail.outbox) == 2
    type_code(client, first)
    assert not signed_in(client)
    type_code(client, last_code())
    assert signed_in(client)


def test_only_few_letters_go_to_one_address(client: Client, cast: Cast) -> None:
    for _time in range(5):
        ask_for_code(Client(), cast.chair.email)
    assert len(mail.outbox) == 3
    assert "Too many tries" in ask_for_code(Client(), cast.chair.email).content.decode()


def test_an_unknown_address_is_answered_like_a_known_one(client: Client, cast: Cast) -> None:
    known, unknown = Client(), Client()
    answers = [ask_for_code(known, cast.chair.email), ask_for_code(unknown, "nobody@example.org")]
    one, other = [(answer.status_code, answer["Location"], set(answer.cookies)) for answer in answers]
    assert one == other
    assert [letter.to for letter in mail.outbox] == [["chair@example.org"]]
    pages = [known.get(CONFIRM).content.decode(), unknown.get(CONFIRM).content.decode()]
    assert _plain(pages[0], cast.chair.email) == _plain(pages[1], "nobody@example.org")
    refused = [type_code(one, "0000-0001").content.decode() for one in (known, unknown)]
    assert _plain(refused[0], cast.chair.email) == _plain(refused[1], "nobody@example.org")


def _plain(page: str, address: str) -> str:
    """The page without what must differ: the address and the tokens against forged forms."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page.replace(address, ""))


def test_an_erased_person_gets_no_letter(client: Client, cast: Cast) -> None:
    cast.member.is_active = False
    cast.member.save()
    ask_for_code(client, cast.member.email)
    assert mail.outbox == []


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/3rdparty/signup/", "/accounts/signup/passkey/"])
def test_nobody_signs_up(client: Client, cast: Cast, path: str) -> None:
    client.post(path, {"email": "new@example.org", "password1": "a long enough one"})
    answer = client.get(path, follow=True)
    assert "form" not in answer.context or "password1" not in getattr(answer.context["form"], "fields", {})
    assert not Person.objects.filter(email="new@example.org").exists()


def test_the_page_for_signing_up_says_how_people_join(client: Client, db: None) -> None:
    assert "People join by invitation" in client.get("/accounts/signup/").content.decode()


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        ("/me/details/", "/me/details/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("http://localhost:9999/", "/"),
        ("http://127.0.0.1/", "/"),
    ],
)
def test_after_signing_in_people_stay_on_this_site(client: Client, cast: Cast, asked: str, goes: str) -> None:
    answer = ask_for_code(client, cast.chair.email, next=asked)
    code = last_code()
    answer = client.post(answer["Location"], {"code": code})
    assert answer["Location"] == goes


def test_a_page_for_members_leads_to_signing_in_and_back(client: Client, cast: Cast) -> None:
    answer = client.get("/me/details/")
    assert answer["Location"] == f"{SIGN_IN}?next=/me/details/"
    page = client.get(answer["Location"]).content.decode()
    assert '<input type="hidden" name="next" value="/me/details/">' in page


def test_the_session_gets_a_new_key_when_somebody_signs_in(client: Client, cast: Cast) -> None:
    ask_for_code(client, cast.chair.email)
    before = client.session.session_key
    type_code(client, last_code())
    assert client.session.session_key not in (None, before)


def test_signing_out_needs_a_button(client: Client, cast: Cast) -> None:
    sign_in(client, cast.chair.email)
    assert "Sign out of LearnIn?" in client.get("/accounts/logout/").content.decode()
    assert signed_in(client)
    client.post("/accounts/logout/")
    assert not signed_in(client)
