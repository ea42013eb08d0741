"""How programs sign in: a token that works, or the session of a browser with its CSRF token."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learnin.people import operations
from learnin.people.models import ApiToken, Person
from tests import world
from tests.cast import NOW, Cast, as_

ME = "/api/me"


def with_token(secret: str) -> Client:
    """A program that shows this token."""
    return Client(headers={"Authorization": f"Bearer {secret}"})


def test_a_token_speaks_for_its_person(cast: Cast) -> None:
    """Who I am, and what I hold here."""
    _token, secret = world.token(cast.chair)
    told = with_token(secret).get(ME).json()
    assert (told["name"], told["email"]) == ("Chair", "chair@example.org")
    assert [(role["kind"], role["country"]) for role in told["roles"]] == [("chair", "RS")]


def revoked(token: ApiToken) -> None:
    operations.revoke_token(token, by=token.person, now=NOW)


def expired(token: ApiToken) -> None:
    ApiToken.objects.filter(pk=token.pk).update(expires_on=timezone.localdate() - timedelta(days=1))


def closed(token: ApiToken) -> None:
    Person.objects.filter(pk=token.person_id).update(is_active=False)


@pytest.mark.parametrize("ends", [revoked, expired, closed])
def test_a_token_that_ended_opens_nothing(cast: Cast, ends: Callable[[ApiToken], None]) -> None:
    """401, and the way to sign in."""
    token, secret = world.token(cast.member)
    assert with_token(secret).get(ME).status_code == 200
    ends(token)
    refused = with_token(secret).get(ME)
    assert (refused.status_code, refused["WWW-Authenticate"]) == (401, 'Bearer realm="LearnIn"')
    assert refused.json()["detail"] == "This key does not work, or no longer works."


def test_a_token_works_on_its_last_day(cast: Cast) -> None:
    """The last day is a day of work."""
    _token, secret = world.token(cast.member, days=0)
    assert with_token(secret).get(ME).status_code == 200


@pytest.mark.parametrize("secret", ["", "learnin_", "learnin_guess", "guess", "\x00", "learnin_ß" * 500])
def test_a_guess_opens_nothing(cast: Cast, secret: str) -> None:
    """Nor does it fall back on the session: a program with a broken token hears so."""
    client = as_(cast.member)
    assert client.get(ME, headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_the_last_use_is_kept_once_a_day(cast: Cast) -> None:
    """The person sees which tokens nobody needs; a busy program does not write each time."""
    token, secret = world.token(cast.member)
    client = with_token(secret)
    writes = []
    for _time in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(ME)
        writes.append([query["sql"] for query in asked if query["sql"].startswith("UPDATE")])
    token.refresh_from_db()
    assert token.last_used_on == timezone.localdate()
    assert [len(found) for found in writes] == [1, 0]


def test_nobody_is_sent_to_a_sign_in_page(db: None) -> None:
    """A program hears 401 in JSON."""
    refused = Client().get(ME)
    assert (refused.status_code, refused["Content-Type"]) == (401, "application/json")
    assert refused.json()["title"] == "Unauthorized"


def test_a_session_may_read_and_changes_with_its_csrf_token(cast: Cast) -> None:
    """The same session as the pages; a form on another site cannot use it."""
    furnished = world.world(cast)
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.chair)
    assert client.get(ME).status_code == 200
    url = f"/api/documents/{furnished.document.pk}/publish"
    refused = client.post(url)
    assert refused.status_code == 403
    assert "CSRF" in refused.json()["detail"]
    client.get("/me/details/")
    allowed = client.post(url, headers={"X-CSRFToken": client.cookies["csrftoken"].value})
    assert (allowed.status_code, allowed.json()["is_public"]) == (200, True)


def test_a_token_needs_no_csrf_token(cast: Cast) -> None:
    """No browser sends it by itself."""
    furnished = world.world(cast)
    client = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {furnished.secrets['chair']}"})
    assert client.post(f"/api/documents/{furnished.document.pk}/publish").status_code == 200


def test_answers_stay_out_of_caches(cast: Cast) -> None:
    """And say what they depend on."""
    _token, secret = world.token(cast.member)
    answer = with_token(secret).get(ME)
    assert answer["Cache-Control"] == "private, no-store"
    assert {"Accept-Language", "Authorization", "Cookie"} <= {one.strip() for one in answer["Vary"].split(",")}


@pytest.mark.parametrize(
    ("query", "header", "expected"),
    [
        ("", {}, "Србија"),
        ("", {"Accept-Language": "tr"}, "Sırbistan"),
        ("?language=ka", {"Accept-Language": "tr"}, "სერბეთი"),
    ],
)
def test_names_come_in_the_language_asked_for(cast: Cast, query: str, header: dict, expected: str) -> None:
    """The question's, else the program's, else the person's."""
    operations.choose_language(cast.member, language="sr", by=cast.member, now=NOW)
    _token, secret = world.token(cast.member)
    answer = with_token(secret).get(f"/api/countries/RS{query}", headers=header)
    assert answer.json()["name"] == expected
    assert Client().get("/").headers["Content-Language"] == "en"


def test_the_schema_is_open_and_brings_no_page(db: None) -> None:
    """Anybody may read how to ask; there is no page with inline scripts."""
    assert Client().get("/api/openapi.json").json()["info"]["title"] == "LearnIn"
    assert Client().get("/api/docs").status_code == 404
