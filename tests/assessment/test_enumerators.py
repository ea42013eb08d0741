"""Enumerators: added, given a card, and stopped by those who run rounds."""

import base64
import json
import re
import zlib

import pytest
from django.test import Client
from django.utils import timezone

from learnin.assessment.models import Enumerator
from learnin.assessment.operations import enumerators
from learnin.journal.models import Entry
from tests.assessment import made_answers as made
from tests.assessment.served import multipart
from tests.cast import NOW, Cast, as_


@pytest.fixture
def somebody(cast: Cast) -> Enumerator:
    """Somebody who collects for an open round."""
    round_ = made.open_round(cast, now=timezone.now())
    return enumerators.add_enumerator(round_, name="Mira", by=cast.chair, now=NOW)


def send(key: str) -> int:
    """A post with this key."""
    kind, body = multipart(made.answer(), {})
    return Client().post(f"/collect/{key}/submission", body, content_type=kind).status_code


def test_somebody_is_added_and_gets_a_card(cast: Cast) -> None:
    round_ = made.open_round(cast, now=timezone.now())
    page = f"/rounds/{round_.pk}/enumerators/"
    assert "Nobody collects" in as_(cast.chair).get(page).content.decode()
    response = as_(cast.chair).post(page, {"name": "Mira", "email": "mira@example.org"}, follow=True)
    found = Enumerator.objects.get()
    assert (found.name, found.email, found.added_by) == ("Mira", "mira@example.org", cast.chair)
    assert f"http://testserver/collect/{found.key}" in response.content.decode()
    assert Entry.objects.filter(verb="enumerator.added", on_id=str(found.pk)).exists()
    assert send(found.key) == 201
    listed = as_(cast.chair).get(page).content.decode()
    assert re.search(r"Mira</a>.*?>\s*1\s*<", listed, re.DOTALL)


def test_the_code_holds_what_collect_takes(somebody: Enumerator) -> None:
    from learnin.assessment.queries.enumerators import card

    made_card = card(somebody, "https://learnin.example.org/collect/key")
    told = json.loads(zlib.decompress(base64.b64decode(made_card.settings)))
    assert told["general"] == {
        "server_url": "https://learnin.example.org/collect/key",
        "form_update_mode": "match_exactly",
        "autosend": "wifi_and_cellular",
    }
    assert told["project"] == {"name": "Spring round"}
    assert made_card.code.startswith("data:image/svg+xml")


def test_a_refused_form_says_why(cast: Cast, somebody: Enumerator) -> None:
    response = as_(cast.chair).post(f"/rounds/{somebody.round_id}/enumerators/", {"name": ""})
    assert response.status_code == 422
    somebody.round.closed_at, somebody.round.closed_by = timezone.now(), cast.chair
    somebody.round.save()
    response = as_(cast.chair).post(f"/rounds/{somebody.round_id}/enumerators/", {"name": "Late"})
    assert response.status_code == 422
    assert Enumerator.objects.count() == 1


def test_access_is_taken_back_at_once(cast: Cast, somebody: Enumerator) -> None:
    assert send(somebody.key) == 201
    as_(cast.chair).post(f"/enumerators/{somebody.pk}/revoke/")
    assert send(somebody.key) == 403
    page = as_(cast.chair).get(f"/enumerators/{somebody.pk}/").content.decode()
    assert "taken back" in page
    assert somebody.key not in page
    assert somebody.key not in as_(cast.chair).get(f"/rounds/{somebody.round_id}/enumerators/cards/").content.decode()
    again = as_(cast.chair).post(f"/enumerators/{somebody.pk}/revoke/", follow=True)
    assert "taken back before" in again.content.decode()


def test_a_new_card_stops_the_old_one(cast: Cast, somebody: Enumerator) -> None:
    old = somebody.key
    as_(cast.chair).post(f"/enumerators/{somebody.pk}/renew/")
    somebody.refresh_from_db()
    assert (send(old), send(somebody.key)) == (403, 201)


def basic(somebody: Enumerator, password: str) -> int:
    """Fetch the list of forms with a password, over HTTPS."""
    said = base64.b64encode(f"{somebody.pk}:{password}".encode()).decode()
    client = Client()
    return client.get("/collect/formList", secure=True, headers={"Authorization": f"Basic {said}"}).status_code


def test_a_password_is_shown_once_and_a_new_one_replaces_it(cast: Cast, somebody: Enumerator) -> None:
    client = as_(cast.chair)
    shown = client.post(f"/enumerators/{somebody.pk}/password/", follow=True).content.decode()
    first = re.search(r"Password: (\w+)", shown)[1]
    assert first not in client.get(f"/enumerators/{somebody.pk}/").content.decode()
    assert [basic(somebody, first) for _try in range(3)] == [200] * 3
    second = enumerators.give_password(somebody, by=cast.chair, now=NOW)
    assert (basic(somebody, first), basic(somebody, second)) == (401, 200), "at once, although the first was known"
    enumerators.revoke_enumerator(somebody, by=cast.chair, now=NOW)
    assert basic(somebody, second) == 403


def test_guessing_passwords_is_slow(cast: Cast, somebody: Enumerator) -> None:
    password = enumerators.give_password(somebody, by=cast.chair, now=NOW)
    assert [basic(somebody, f"guess-{n}") for n in range(12)] == [401] * 12
    assert basic(somebody, password) == 401, "even the right one waits now"


def test_who_may(cast: Cast, somebody: Enumerator) -> None:
    pages = (f"/rounds/{somebody.round_id}/enumerators/", f"/enumerators/{somebody.pk}/")
    for page in (*pages, f"/rounds/{somebody.round_id}/enumerators/cards/"):
        told = {name: as_(getattr(cast, name)).get(page).status_code for name in ("chair", "member", "stranger")}
        assert told == {"chair": 200, "member": 403, "stranger": 404}
    for act in ("revoke", "renew", "password"):
        assert as_(cast.member).post(f"/enumerators/{somebody.pk}/{act}/").status_code == 403
        assert as_(cast.stranger).post(f"/enumerators/{somebody.pk}/{act}/").status_code == 404
    assert send(somebody.key) == 201


def test_a_signed_in_browser_needs_no_token_here_and_its_cookie_opens_nothing(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.regional)
    kind, body = multipart(made.answer(), {})
    assert client.post("/collect/unknown/submission", body, content_type=kind).status_code == 403
    assert client.post("/collect/submission", body, content_type=kind, secure=True).status_code == 401
