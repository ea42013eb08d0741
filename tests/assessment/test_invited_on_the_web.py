"""Whoever is invited answers on the web with the link of the letter, once; by phone the answer says so."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learnin.assessment.access.collection import invited_token
from learnin.assessment.models import Invitation, Round, Submission
from learnin.assessment.operations import invitations
from tests.assessment import made_answers, made_forms
from tests.cast import Cast


@pytest.fixture
def asked(cast: Cast) -> Invitation:
    """Somebody whom a round asks that is not open to all."""
    round_ = made_forms.open_round(cast, made_forms.simple(), now=timezone.now())
    Round.objects.filter(pk=round_.pk).update(kind=Round.Kind.CENSUS)
    round_.refresh_from_db()
    (made,) = invitations.make_from_list(round_, people=[{"name": "Ana"}], by=cast.chair, now=timezone.now())
    return made


def post(token: str, **details: str) -> HttpResponse:
    """Send an answer as the web form does."""
    xml = made_answers.answer(form_id="simple", **details)
    file = SimpleUploadedFile("answer.xml", xml, content_type="text/xml")
    return Client().post(reverse("assessment:web_form_submission", args=[token]), {"xml_submission_file": file})


def test_the_link_of_the_letter_leads_to_the_questionnaire_and_counts_once(asked: Invitation) -> None:
    token = invited_token(asked)
    opened = Client().post(reverse("assessment:invited", args=[token]))
    assert opened.url == reverse("assessment:web_form", args=[token])
    assert Client().get(opened.url).status_code == 200
    version = asked.round.instrument.versions.get()
    assert Client().get(reverse("assessment:collect_open_form", args=[token, version.pk])).status_code == 200
    assert post(token, id_="uuid:one").status_code == 201
    kept = Submission.objects.get()
    assert (kept.invitation, kept.channel) == (asked, "web")
    assert post(token, id_="uuid:one").status_code == 202  # the phone sends again: no error
    assert post(token, id_="uuid:two").status_code >= 400
    assert Submission.objects.count() == 1


def test_a_phone_finds_the_questionnaire_behind_the_link(asked: Invitation) -> None:
    token = invited_token(asked)
    listed = Client().get(reverse("assessment:collect_open_form_list", args=[token]))
    version = asked.round.instrument.versions.get()
    assert listed.status_code == 200
    assert reverse("assessment:collect_open_form", args=[token, version.pk]) in listed.content.decode()


def test_an_answer_by_phone_says_so(asked: Invitation) -> None:
    assert post(invited_token(asked, "phone")).status_code == 201
    assert Submission.objects.get().channel == "phone"


def test_a_link_that_was_changed_opens_nothing(asked: Invitation) -> None:
    token = invited_token(asked)[:-1] + "!"
    assert Client().get(reverse("assessment:web_form", args=[token])).status_code == 404
    assert post(token).status_code == 403
