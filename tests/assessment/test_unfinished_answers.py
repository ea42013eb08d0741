"""What somebody began is kept under their invitation, goes on elsewhere, and is gone when nobody can go on."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learnin.assessment.access.collection import invited_token
from learnin.assessment.models import Invitation, Round, Submission
from learnin.assessment.operations import invitations, rounds, unfinished
from tests.assessment import made_answers, made_forms
from tests.cast import Cast

pytestmark = pytest.mark.django_db
HALF = (
    '<data id="simple" version="1"><ready>not</ready><why>Time</why>'
    "<meta><instanceID>uuid:half</instanceID></meta></data>"
)


@pytest.fixture
def asked(cast: Cast) -> Invitation:
    """Somebody whom a round asks, whose answer is tied to the invitation."""
    return invited(cast)


def invited(cast: Cast, naming: str = Round.Naming.LINKED) -> Invitation:
    """Somebody whom a round asks."""
    round_ = made_forms.open_round(cast, made_forms.simple(), now=timezone.now())
    Round.objects.filter(pk=round_.pk).update(kind=Round.Kind.CENSUS, naming=naming)
    round_.refresh_from_db()
    (made,) = invitations.make_from_list(round_, people=[{"name": "Ana"}], by=cast.chair, now=timezone.now())
    return made


def address(one: Invitation, page: str = "answer_draft") -> str:
    """A page behind the link of an invitation."""
    return reverse(f"assessment:{page}", args=[invited_token(one)])


def keep(one: Invitation, xml: str = HALF, **more: Any) -> HttpResponse:
    """Keep an unfinished answer, as the web form does."""
    return Client(enforce_csrf_checks=True).post(address(one), {"xml": xml, **more})


def kept(one: Invitation) -> dict[str, Any]:
    """What another device finds."""
    found: dict[str, Any] = Client().get(address(one)).json()
    return found


def test_another_device_goes_on_where_the_first_stopped(asked: Invitation) -> None:
    assert kept(asked) == {"at": ""}
    at = keep(asked, language="English (en)", where="/data/why", file_count=2).json()["at"]
    found = kept(asked)
    version = asked.round.instrument.versions.get()
    assert Client().get(found.pop("form_url")).content.decode() == version.xform
    assert found == {
        "at": at, "xml": HALF, "language": "English (en)", "where": "/data/why", "file_count": 2, "manifest_url": "",
    }  # fmt: skip
    page = Client().get(address(asked, "web_form")).content.decode()
    assert f'data-unfinished-url="{address(asked)}"' in page
    assert "on this device or another" in Client().get(address(asked, "invited")).content.decode()


def test_nobody_overwrites_what_another_device_kept_meanwhile(asked: Invitation) -> None:
    first = keep(asked).json()["at"]
    second = keep(asked, HALF.replace("Time", "Money"), onto=first).json()["at"]
    late = keep(asked, HALF.replace("Time", "Rooms"), onto=first)
    assert (late.status_code, late.json()["at"]) == (409, second)
    assert "another device" in late.json()["said"]
    assert "Money" in kept(asked)["xml"]
    assert keep(asked, HALF.replace("Time", "Rooms"), onto=second).status_code == 200  # somebody chose
    assert "Rooms" in kept(asked)["xml"]


def test_beginning_again_forgets_it_and_any_device_may_keep_the_next(asked: Invitation) -> None:
    first = keep(asked).json()["at"]
    assert Client().post(address(asked), {"forget": "yes"}).json() == {"at": ""}
    assert kept(asked) == {"at": ""}
    assert keep(asked, onto=first).status_code == 200


def test_a_finished_answer_takes_the_unfinished_one_away(asked: Invitation) -> None:
    keep(asked)
    made_answers_sent = Client().post(
        address(asked, "web_form_submission"), {"xml_submission_file": made_answers.answer(form_id="simple").decode()}
    )
    assert made_answers_sent.status_code == 201
    asked.refresh_from_db()
    assert (asked.draft, asked.draft_at) == ("", None)
    refused = keep(asked)
    assert (refused.status_code, refused.json()) == (
        409, {"said": "This invitation was answered before. It counts once."}
    )  # fmt: skip


def test_without_ties_nothing_is_kept_and_every_page_says_so(cast: Cast) -> None:
    asked = invited(cast, Round.Naming.UNLINKED)
    assert keep(asked).status_code == 409
    asked.refresh_from_db()
    assert (asked.draft, asked.draft_at) == ("", None)
    assert "data-unfinished-url" not in Client().get(address(asked, "web_form")).content.decode()
    assert "stays on this device" in Client().get(address(asked, "invited")).content.decode()
    plain = Client().get(address(asked, "plain_form")).content.decode()
    assert "nothing is kept before you send them" in plain
    assert "Save and finish later" not in plain
    assert Client().post(address(asked, "plain_form"), {**hidden(plain), "later": "yes"}).status_code == 422
    assert Client().get(address(asked, "plain_form_later")).status_code == 404
    asked.refresh_from_db()
    assert (asked.draft, asked.draft_at) == ("", None)


@pytest.mark.parametrize(
    ("xml", "status"),
    [
        ("", 400),
        ("<data", 409),
        ('<!DOCTYPE data [<!ENTITY a "a">]>' + HALF, 409),
        (HALF.replace('id="simple"', 'id="other"'), 409),
        (HALF.replace('version="1"', 'version="9"'), 409),
        (HALF.replace("Time", "a" * unfinished.LETTERS), 409),
        (HALF.replace("Time", "a" * 6 * 1024 * 1024), 413),
    ],
    ids=["nothing", "broken", "entities", "other form", "no such version", "long", "too long to be read"],
)
def test_what_cannot_be_gone_on_with_is_not_kept(asked: Invitation, xml: str, status: int) -> None:
    keep(asked, HALF)
    refused = keep(asked, xml)
    assert refused.status_code == status
    assert refused.json()["said"]
    assert kept(asked)["xml"] == HALF


def test_a_draft_cannot_be_kept_as_an_answer_to_another_invitation(asked: Invitation) -> None:
    wrong = reverse("assessment:answer_draft", args=[invited_token(asked)[:-1] + "!"])
    assert Client().get(wrong).status_code == 404
    assert Client().post(wrong, {"xml": HALF}).status_code == 404


def test_after_the_end_nobody_reads_it_and_the_night_takes_it_away(cast: Cast, asked: Invitation) -> None:
    keep(asked)
    unfinished.forget_after_the_end(by=None, now=timezone.now())
    assert kept(asked)["xml"] == HALF  # the round is open
    rounds.close_round(asked.round, by=cast.chair, now=timezone.now())
    assert kept(asked) == {"at": ""}
    assert keep(asked).json() == {"said": "This round takes no answers now."}
    unfinished.forget_after_the_end(by=None, now=timezone.now())
    asked.refresh_from_db()
    assert (asked.draft, asked.draft_at) == ("", None)


def test_the_last_day_ends_it_too(asked: Invitation) -> None:
    keep(asked)
    Round.objects.filter(pk=asked.round_id).update(closes_at=timezone.now() - timedelta(minutes=1))
    unfinished.forget_after_the_end(by=None, now=timezone.now())
    asked.refresh_from_db()
    assert asked.draft == ""


def test_it_goes_with_the_invitation(asked: Invitation) -> None:
    keep(asked)
    token = address(asked)
    asked.delete()
    assert Client().get(token).status_code == 404


# ---- the plain page


def hidden(page: str) -> dict[str, str]:
    """What the page carries along."""
    names = ("instance_id", "began", "shown", "onto", "version")
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    return {name: found[name] for name in names if name in found}


def save(one: Invitation, page: str, **answers: Any) -> HttpResponse:
    """Press "Save and finish later" on this page."""
    return Client().post(address(one, "plain_form"), {**hidden(page), **answers, "later": "yes"})


def plain(one: Invitation) -> str:
    """The plain page, as it opens."""
    response = Client().get(address(one, "plain_form"))
    assert response.status_code == 200
    return response.content.decode()


def test_the_plain_page_keeps_what_was_begun_and_opens_with_it(asked: Invitation) -> None:
    page = plain(asked)
    saved = save(asked, page, q1="fully", q4="12")
    assert saved.url == address(asked, "plain_form_later")
    assert "Open the same link again" in Client().get(saved.url).content.decode()
    again = plain(asked)
    assert "You go on where you stopped" in again
    assert 'value="12"' in again
    assert re.search(r'value="fully" checked', again)
    assert hidden(again)["instance_id"] == hidden(page)["instance_id"]
    assert Submission.objects.count() == 0
    done = Client().post(address(asked, "plain_form"), {**hidden(again), "q1": "fully", "q4": "12", "q7": "on"})
    assert done.url == address(asked, "plain_form_sent")
    asked.refresh_from_db()
    assert (Submission.objects.count(), asked.draft) == (1, "")


def test_the_plain_page_opens_what_the_web_form_kept(asked: Invitation) -> None:
    keep(asked, language="ქართული (ka)")
    page = plain(asked)
    assert "რა დაგეხმარებოდათ?" in page
    assert ">Time</textarea>" in page.replace("\n", "")
    assert hidden(page)["instance_id"] == "uuid:half"


def test_a_number_that_is_none_is_said_before_it_is_kept(asked: Invitation) -> None:
    refused = save(asked, plain(asked), q4="twelve")
    assert refused.status_code == 422
    assert "Enter a whole number" in refused.content.decode()
    assert 'value="twelve"' in refused.content.decode()
    assert kept(asked) == {"at": ""}


def test_the_plain_page_asks_before_it_overwrites_another_device(asked: Invitation) -> None:
    page = plain(asked)
    keep(asked)
    refused = save(asked, page, q4="12")
    said = refused.content.decode()
    assert refused.status_code == 422
    assert "You went on with another device meanwhile" in said
    assert 'value="12"' in said
    assert "Time" in kept(asked)["xml"]
    assert save(asked, said, q4="12").status_code == 302
    assert "<years>12</years>" in kept(asked)["xml"]


def test_one_can_begin_again_on_the_plain_page(asked: Invitation) -> None:
    keep(asked)
    answer = Client().post(address(asked, "plain_form"), {"again": "yes"})
    assert answer.url == address(asked, "plain_form")
    assert "You go on where you stopped" not in plain(asked)
    assert kept(asked) == {"at": ""}


def test_what_was_begun_on_one_version_is_finished_as_that_version(cast: Cast, asked: Invitation) -> None:
    keep(asked)
    newer = made_answers.version(asked.round.instrument, 2, by=cast.chair)
    newer.xform = made_forms.simple().replace('id="simple" version="1"', 'id="simple" version="2"')
    newer.save()
    page = plain(asked)
    sent = {**hidden(page), "q1": "fully", "q7": "on"}
    assert Client().post(address(asked, "plain_form"), sent).status_code == 302
    assert Submission.objects.get().version.version == "1"


def test_an_open_link_keeps_nothing_for_later(cast: Cast) -> None:
    round_ = made_forms.open_round(cast, made_forms.simple(), now=timezone.now())
    url = reverse("assessment:plain_form", args=[round_.key])
    page = Client().get(url).content.decode()
    assert "Save and finish later" not in page
    assert Client().post(url, {**hidden(page), "later": "yes"}).status_code == 404
    assert Client().get(reverse("assessment:plain_form_later", args=[round_.key])).status_code == 404
