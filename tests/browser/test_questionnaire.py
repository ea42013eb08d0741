"""A questionnaire on the running site: anyone with the link answers it, with scripts and without."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitors
from tests.browser.looking import HEIGHTS, PHONE, Visitor, look, shoot
from tests.browser.site import Site, wait_for

LAY = """
from django.utils import timezone
from learnin.people.models import Country, Person
from tests.assessment import made_answers, made_forms
home = Country.objects.get(code="XA")
by = Person.objects.filter(roles__country=home).order_by("pk").first()
made = made_answers.instrument(home, by=by, form_id="simple")
made.versions.update(xform=made_forms.simple())
print("key", made_answers.round_of(made, by=by, now=timezone.now(), title="Teachers of Arvenia").key)
"""
COUNT = """
import json
from learnin.assessment.models import Submission
found = Submission.objects.filter(round__key="{key}").order_by("pk")
print("found", json.dumps([[one.channel, one.instance_id, bytes(one.xml).decode()] for one in found]))
"""
SECONDS_TO_KEEP = 20
ON_A_PHONE = {"viewport": {"width": PHONE, "height": HEIGHTS[PHONE]}}


@pytest.fixture(scope="module")
def key(learnin: Site) -> str:
    """The key of a round that is open to anyone."""
    return said(learnin.manage("shell", "-c", LAY), "key")


def said(text: str, word: str) -> str:
    """What stands behind this word."""
    found = re.search(rf"^{word} (.+)$", text, re.MULTILINE)
    assert found is not None, text
    return found[1]


def arrived(learnin: Site, key: str) -> list[tuple[str, str, str]]:
    """What was kept of this round: channel, id, XML."""
    return json.loads(said(learnin.manage("shell", "-c", COUNT.format(key=key)), "found"))


def test_with_scripts(visitors: Visitors, learnin: Site, key: str) -> None:
    visitor = visitors.come(**ON_A_PHONE)
    page = visitor.page
    page.goto(f"/form/{key}/")
    expect(page.locator("li-form[data-ready]")).to_be_visible()
    look(visitor, language="en")
    page.get_by_role("button", name="Next").click()
    page.get_by_text("Completely").click()
    look(visitor, language="en")
    shoot(page, "questionnaire", PHONE)
    for _ in range(4):
        page.get_by_role("button", name="Next").click()
    page.get_by_text("I have read this").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_role("heading", name="Your answers were sent")).to_be_visible()
    look(visitor, language="en")
    (kept,) = [one for one in arrived(learnin, key) if one[0] == "web"]
    assert kept[1].startswith("uuid:")
    assert "<ready>fully</ready>" in kept[2]


def test_without_scripts(visitors: Visitors, learnin: Site, key: str) -> None:
    visitor = visitors.come(java_script_enabled=False, **ON_A_PHONE)
    page = visitor.page
    page.goto(f"/form/{key}/")
    look(visitor, language="en")
    with page.expect_navigation():
        page.get_by_role("link", name="Answer on the plain page").click()
    look(visitor, language="en")
    page.get_by_label("Not at all").check()
    page.get_by_label("Your answers are used for this study only").check()
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_text("There are more questions")).to_be_visible()
    look(visitor, language="en", status=422)
    shoot(page, "questionnaire-plain", PHONE)
    page.get_by_label("What would help you?").fill("Time")
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_role("heading", name="Your answers were sent")).to_be_visible()
    look(visitor, language="en")
    (kept,) = [one for one in arrived(learnin, key) if one[0] == "plain"]
    assert "<why>Time</why>" in kept[2]


def test_a_reader_who_is_signed_in_leaves_no_name_on_the_phone(signed_in: Callable[[str], Visitor], key: str) -> None:
    """The worker keeps the page as nobody in particular gets it."""
    page = signed_in("ana").page
    page.goto(f"/form/{key}/")
    expect(page.locator("li-form[data-ready]")).to_be_visible()
    assert "Ana Primer" in page.content()
    read = "async () => (await caches.match(location.href, { ignoreVary: true }))?.text() ?? ''"
    wait_for(lambda: page.evaluate(read) != "", SECONDS_TO_KEEP, "the worker keeps nothing")
    kept = page.evaluate(read)
    assert "Teachers of Arvenia" in kept
    assert "Ana Primer" not in kept
    assert page.evaluate("async () => (await navigator.serviceWorker.ready).scope").endswith("/form/")
