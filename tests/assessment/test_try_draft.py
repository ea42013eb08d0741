"""A draft is tried before it is published, on each channel; nothing that is tried counts."""

import re
import time
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learnin.assessment.access.collection import DRAFT_SALT, DRAFT_SECONDS, draft_token
from learnin.assessment.models import Submission, Version
from learnin.assessment.operations import instruments
from learnin.journal.models import Entry
from tests.assessment import made_answers, made_forms
from tests.assessment.books import book
from tests.cast import NOW, Cast, as_

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast: Cast) -> Version:
    """A draft that converts, and is simple."""
    return drafted(cast, book("select_one yn|ready|Ready?", "text|why|Why?", choices=("yn|yes|Yes", "yn|no|No")))


def drafted(cast: Cast, asked: object) -> Version:
    """The draft of a questionnaire."""
    return instruments.add_instrument(cast.home, book=asked, by=cast.chair, now=NOW).versions.get()


def page_of(draft: Version, person: object) -> str:
    """The page from which a draft is tried."""
    response = as_(person).get(reverse("assessment:try_draft", args=[draft.pk]))
    assert response.status_code == 200
    return response.content.decode()


def token_on(page: str) -> str:
    """The code of the draft that stands on the page."""
    found = re.search(r'href="/form/([^/"]+)/"', page)
    assert found is not None
    return found[1]


def test_who_may_change_the_questionnaire_may_try_it(cast: Cast, draft: Version) -> None:
    for name, do in (("try_draft", "get"), ("renew_code", "post")):
        address = reverse(f"assessment:{name}", args=[draft.pk])
        assert getattr(as_(cast.chair), do)(address).status_code in (200, 302)
        assert getattr(as_(cast.member), do)(address).status_code == 403
        assert getattr(as_(cast.stranger), do)(address).status_code == 404
    for page in ("version", "builder"):
        html = as_(cast.chair).get(reverse(f"assessment:{page}", args=[draft.pk])).content.decode()
        assert reverse("assessment:try_draft", args=[draft.pk]) in html
    html = as_(cast.chair).get(reverse("assessment:instrument", args=[draft.instrument_id])).content.decode()
    assert reverse("assessment:try_draft", args=[draft.pk]) in html


def test_the_page_has_the_way_for_each_channel(cast: Cast, draft: Version) -> None:
    page = page_of(draft, cast.chair)
    token = token_on(page)
    assert "Open the plain page" in page
    assert f"/collect/test/{token}" in page
    assert 'src="data:image/svg+xml' in page
    form = Client().get(reverse("assessment:web_form", args=[token]))
    html = form.content.decode()
    assert "This is a try: nothing is sent." in html
    assert " data-try" in html
    assert "data-submit-url" not in html
    assert "data-worker" not in html
    assert "Back to the draft" not in html  # whoever has the code need not have an account
    form_url = re.search(r'data-form-url="([^"]+)"', html)
    assert form_url is not None
    assert Client().get(form_url[1]).content.decode() == draft.xform


def test_nothing_can_be_sent_to_the_address_of_a_try(cast: Cast, draft: Version) -> None:
    url = reverse("assessment:web_form_submission", args=[draft_token(draft)])
    xml = made_answers.answer(form_id=draft.instrument.form_id).decode()
    assert Client().post(url, {"xml_submission_file": xml}).status_code == 403
    assert Submission.objects.count() == 0


def test_a_try_without_scripts_shows_what_would_have_been_sent(cast: Cast) -> None:
    draft = drafted(cast, book("text|why|Why?"))
    Version.objects.filter(pk=draft.pk).update(xform=made_forms.simple(draft.instrument.form_id))
    url = reverse("assessment:plain_form", args=[draft_token(draft)])
    page = Client().get(url).content.decode()
    assert "Finish the try" in page
    assert "Save and finish later" not in page
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    sent["began"] = (timezone.now() - timedelta(minutes=2, seconds=5)).isoformat()
    day = {"q5-day": "31", "q5-month": "3", "q5-year": "2019"}
    tried = Client().post(url, {**sent, "q1": "fully", "q4": "12", "q6": ["video", "paper"], "q7": "on", **day})
    said = tried.content.decode()
    assert tried.status_code == 200
    assert "This would have been sent" in said
    assert re.search(r"It took 2 min \d+ s", said)
    for words in ("Completely", "31\u00a0March\u00a02019", "Video calls, Paper", "12", "Read"):
        assert f">{words}</dd>" in said
    assert Submission.objects.count() == 0
    assert Client().post(url, {**sent, "later": "yes"}).status_code == 200  # a try too: nothing is kept


def test_the_page_says_why_it_cannot_be_answered_without_scripts(cast: Cast) -> None:
    draft = drafted(cast, book("begin_repeat|child|Child", "text|name|Name", "end_repeat"))
    page = page_of(draft, cast.chair)
    assert "Without scripts it cannot be answered" in page
    assert "Groups that are answered several times: child" in page
    plain = Client().get(reverse("assessment:plain_form", args=[draft_token(draft)])).content.decode()
    assert "needs a newer browser" in plain


def test_what_does_not_convert_shows_its_problems_instead(cast: Cast) -> None:
    draft = drafted(cast, book("select_one nowhere|ready|Ready?"))
    assert draft.xform == ""
    page = page_of(draft, cast.chair)
    assert "It does not convert, so there is nothing to try yet" in page
    assert reverse("assessment:version_problems", args=[draft.pk]) in page
    assert "/collect/test/" not in page
    assert Client().get(reverse("assessment:web_form", args=[draft_token(draft)])).status_code == 410


def test_a_renewed_code_stops_the_one_before(cast: Cast, draft: Version) -> None:
    old = token_on(page_of(draft, cast.chair))
    as_(cast.chair).post(reverse("assessment:renew_code", args=[draft.pk]))
    new = token_on(page_of(draft, cast.chair))
    addresses = {
        "web_form": (200, 404),
        "plain_form": (200, 404),
        "collect_draft_form_list": (200, 403),
    }
    for name, (works, is_over) in addresses.items():
        assert Client().get(reverse(f"assessment:{name}", args=[new])).status_code == works
        assert Client().get(reverse(f"assessment:{name}", args=[old])).status_code == is_over
    assert Entry.objects.filter(verb="instrument.code-renewed").count() == 1


class LongAgo(signing.TimestampSigner):
    """Signs as it was done when a code that is over now was given out."""

    def timestamp(self) -> str:
        """The second before the last one that would still count."""
        return signing.b62_encode(int(time.time()) - DRAFT_SECONDS - 1)


def test_the_code_runs_out_and_ends_with_the_draft(cast: Cast, draft: Version) -> None:
    token = draft_token(draft)
    address = reverse("assessment:web_form", args=[token])
    old = LongAgo(salt=DRAFT_SALT).sign_object([draft.pk, draft.code_number])
    assert Client().get(reverse("assessment:web_form", args=[old])).status_code == 404
    assert Client().get(address).status_code == 200
    instruments.publish_version(draft, name="1", by=cast.chair, now=timezone.now())
    assert Client().get(address).status_code == 404
    there = as_(cast.chair).get(reverse("assessment:try_draft", args=[draft.pk]))
    assert there.url == reverse("assessment:version", args=[draft.pk])
    renewed = as_(cast.chair).post(reverse("assessment:renew_code", args=[draft.pk]), follow=True)
    assert "never changes again" in renewed.content.decode()


def test_a_code_that_was_made_up_opens_nothing(cast: Cast) -> None:
    for code in ("1:2:3", ":", "WzEsMV0:abc:def"):
        assert Client().get(reverse("assessment:web_form", args=[code])).status_code == 404
