"""The page of a questionnaire, for anyone with its link: what it carries, what it may do, what it weighs."""

import gzip
import json
import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learnin.assessment.access.collection import invited_token
from learnin.assessment.models import Invitation, Round, Submission
from tests.assessment import made_answers, made_forms, made_rounds
from tests.cast import Cast

FIRST_LOAD = 330_000  # bytes, compressed. Issue of the needs assessment, "Web form"

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(cast: Cast) -> Round:
    """A round that is open now."""
    return made_forms.open_round(cast, made_forms.simple(), now=timezone.now())


def page(key: str, **headers: str) -> str:
    """The page of a questionnaire, as somebody without an account gets it."""
    response = Client().get(reverse("assessment:web_form", args=[key]), headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_anyone_with_the_link_gets_the_questionnaire(round_: Round) -> None:
    html = page(round_.key)
    assert "<title>Spring round - LearnIn</title>" in html
    form_url = re.search(r'data-form-url="([^"]+)"', html)
    assert form_url is not None
    assert Client().get(form_url[1]).content.decode() == made_forms.simple()
    assert 'data-manifest-url=""' in html
    assert reverse("assessment:plain_form", args=[round_.key]) in html


def test_nobody_gets_one_that_is_not_there() -> None:
    for name in ("web_form", "plain_form", "plain_form_sent"):
        assert Client().get(reverse(f"assessment:{name}", args=["unknown"])).status_code == 404


def test_a_round_of_a_sample_has_no_open_link(cast: Cast, round_: Round) -> None:
    Round.objects.filter(pk=round_.pk).update(kind=Round.Kind.CENSUS)
    assert Client().get(reverse("assessment:web_form", args=[round_.key])).status_code == 404


def test_a_round_that_is_over_only_sends_what_still_waits(round_: Round) -> None:
    Round.objects.filter(pk=round_.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
    response = Client().get(reverse("assessment:web_form", args=[round_.key]))
    assert response.status_code == 410
    html = response.content.decode()
    assert "not open for answers now" in html
    assert "data-form-url" not in html
    assert "data-submit-url" in html


@pytest.fixture
def asked(cast: Cast) -> Invitation:
    """The invitation of a school of a sample, in a round that is open now."""
    made = made_rounds.asked(cast, now=timezone.now())
    made.instrument.versions.update(xform=made_forms.simple())
    return made.invitations.order_by("number")[0]


def test_the_link_of_an_invitation_opens_the_questionnaire_and_counts_one_answer(asked: Invitation) -> None:
    token = invited_token(asked)
    html = page(token)
    assert "data-again" not in html  # there is no other one to fill in
    form_url = re.search(r'data-form-url="([^"]+)"', html)
    assert form_url is not None
    assert Client().get(form_url[1]).content.decode() == made_forms.simple()
    assert post(token, made_answers.answer()) == 201
    kept = Submission.objects.get()
    assert (kept.invitation, kept.channel) == (asked, "web")
    asked.refresh_from_db()
    assert asked.disposition == Invitation.Disposition.COMPLETE
    used = Client().get(reverse("assessment:web_form", args=[token]))
    assert used.status_code == 410
    assert "This invitation was used" in used.content.decode()
    assert "This invitation was used" in Client().get(reverse("assessment:plain_form", args=[token])).content.decode()
    assert post(token, made_answers.answer()) == 409
    assert Submission.objects.count() == 1


def test_an_answer_by_phone_says_so(asked: Invitation) -> None:
    token = invited_token(asked, Submission.Channel.PHONE)
    assert Client().get(reverse("assessment:plain_form", args=[token])).status_code == 200
    assert post(token, made_answers.answer()) == 201
    assert Submission.objects.get().channel == "phone"


def test_a_link_that_was_changed_opens_nothing(asked: Invitation) -> None:
    for name in ("web_form", "plain_form", "plain_form_sent"):
        assert Client().get(reverse(f"assessment:{name}", args=[f"{asked.nonce}.made-up"])).status_code == 404


def test_the_words_come_in_the_languages_of_the_form(round_: Round) -> None:
    html = page(round_.key, accept_language="tr")
    found = re.search(r'<script id="form-words" type="application/json">(.+?)</script>', html)
    assert found is not None
    words = json.loads(found[1])
    assert set(words) == {"en", "ka", "tr"}
    assert all(set(table) == set(words["en"]) for table in words.values())


def test_the_engine_is_allowed_on_this_page_only(round_: Round) -> None:
    policies = {
        name: Client().get(reverse(f"assessment:{name}", args=[round_.key]))["Content-Security-Policy"]
        for name in ("web_form", "plain_form")
    }
    assert "script-src 'self' 'wasm-unsafe-eval'" in policies["web_form"]
    assert "unsafe" not in policies["web_form"].replace("'wasm-unsafe-eval'", "")
    assert "unsafe" not in policies["plain_form"]


def test_the_worker_stands_above_the_pages_it_keeps(round_: Round) -> None:
    response = Client().get(reverse("assessment:web_form_worker"))
    assert response["Content-Type"].startswith("text/javascript")
    assert b"learnin-form:" in response.content
    assert reverse("assessment:web_form", args=[round_.key]).startswith("/form/")
    assert reverse("assessment:web_form_worker") == "/form/worker.js"


def test_the_first_load_is_small(round_: Round) -> None:
    """Page, style, script and engine, as they travel."""
    html = page(round_.key)
    entries = re.findall(r'(?:src|href)="/static/([^"]+\.(?:js|css))"', html)
    manifest = json.loads(Path(str(finders.find("kit/build/manifest.json"))).read_text())
    for part in manifest["frontend/form/main.js"]["imports"]:
        entries.append(f"kit/build/{manifest[part]['file']}")
    files = {name: len(gzip.compress(Path(str(finders.find(name))).read_bytes(), 6)) for name in set(entries)}
    assert any("form-engine" in name for name in files)
    assert not any(Path(name).name.startswith("main-") for name in files)
    total = sum(files.values()) + len(gzip.compress(html.encode(), 6))
    assert total <= FIRST_LOAD, (total, files)


def test_only_this_page_loads_the_engine() -> None:
    manifest = json.loads(Path(str(finders.find("kit/build/manifest.json"))).read_text())
    users = [name for name, one in manifest.items() if "_form-engine" in " ".join(one.get("imports", []))]
    assert users == ["frontend/form/main.js"]


def post(key: str, xml: bytes, **more: object) -> int:
    """What the script sends."""
    xml_file = SimpleUploadedFile("xml_submission_file", xml, "text/xml")
    url = reverse("assessment:web_form_submission", args=[key])
    client = Client(enforce_csrf_checks=True)
    return client.post(url, {"xml_submission_file": xml_file, **more}, headers={"accept-language": "ka"}).status_code


def test_an_answer_is_taken_in_once(round_: Round) -> None:
    xml = made_answers.answer(form_id="simple", id_=f"uuid:{uuid4()}")
    assert [post(round_.key, xml), post(round_.key, xml)] == [201, 202]
    kept = Submission.objects.get()
    assert (kept.channel, kept.language, bytes(kept.xml)) == (Submission.Channel.WEB, "ka", xml)


def test_an_answer_that_says_something_else_is_refused_in_words(round_: Round) -> None:
    name = f"uuid:{uuid4()}"
    assert post(round_.key, made_answers.answer(form_id="simple", id_=name)) == 201
    assert post(round_.key, made_answers.answer(form_id="simple", id_=name, name="Bo")) == 409


def test_an_answer_from_days_ago_is_refused_after_the_end_and_stays_on_the_phone(round_: Round) -> None:
    Round.objects.filter(pk=round_.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
    assert post(round_.key, made_answers.answer(form_id="simple")) == 409
    assert not Submission.objects.exists()
