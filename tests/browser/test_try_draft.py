"""A draft in front of those who write it: tried on the web, with scripts and without, and nothing of it is kept."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Visitors
from tests.browser.looking import DESK, HEIGHTS, PHONE, Visitor, look, shoot
from tests.browser.site import Site
from tests.browser.test_questionnaire import said
from tests.browser.test_web_form import ANSWER_ALL

LAY = """
from django.utils import timezone
from learnin.assessment.models import Version
from learnin.assessment.operations import instruments
from learnin.people.models import Country, Person
from tests.assessment import made_forms
from tests.assessment.books import book
home = Country.objects.get(code="XA")
by = Person.objects.filter(roles__country=home).order_by("pk").first()
asked = book("text|why|Why?", settings={"form_id": "tried"})
draft = instruments.add_instrument(home, book=asked, by=by, now=timezone.now(), title="Tried").versions.get()
Version.objects.filter(pk=draft.pk).update(xform=made_forms.simple("tried"))
print("draft", draft.pk)
"""
COUNT = """
from learnin.assessment.models import Submission
print("count", Submission.objects.filter(is_test=True).count())
"""
WHAT_IS_KEPT = """async () => [
  (await indexedDB.databases()).map((one) => one.name),
  (await navigator.serviceWorker.getRegistrations()).length,
]"""


def test_a_draft_is_tried_in_the_web_form(signed_in: Callable[[str], Visitor], learnin: Site) -> None:
    ana = signed_in("ana")
    page = ana.page
    page.goto(f"/versions/{learnin.keys['draft']}/builder/")
    before = page.evaluate(WHAT_IS_KEPT)  # of other forms she filled in here
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("heading", name="Try the draft")).to_be_visible()
    shoot(page, "try-draft", DESK, PHONE)
    look(ana, language="en")
    page.set_viewport_size({"width": PHONE, "height": HEIGHTS[PHONE]})
    page.get_by_role("button", name="Open the web form").click()
    expect(page.locator("li-form[data-ready]")).to_be_visible()
    expect(page.get_by_text("This is a try: nothing is sent.")).to_be_visible()
    expect(page.get_by_role("button", name="Save and finish later")).to_have_count(0)
    look(ana, language="en")
    shoot(page, "try-draft-question", PHONE)
    assert page.evaluate(ANSWER_ALL) == []
    page.evaluate("document.querySelector('li-form').show('review')")
    page.get_by_role("button", name="Finish the try").click()
    expect(page.get_by_role("heading", name="This would have been sent")).to_be_visible()
    expect(page.locator("main")).to_contain_text(re.compile(r"It took \d+ min \d+ s\."))
    page.get_by_text("As devices send it").click()
    expect(page.locator("main pre")).to_contain_text("uuid:")
    look(ana, language="en")
    shoot(page, "try-draft-done", PHONE)
    assert page.evaluate(WHAT_IS_KEPT) == before
    assert said(learnin.manage("shell", "-c", COUNT), "count") == "0"
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".li-progress")).to_contain_text("Question 1 of")
    page.set_viewport_size({"width": DESK, "height": HEIGHTS[DESK]})
    page.get_by_role("link", name="Back to the draft").click()
    expect(page.get_by_role("heading", name="Try the draft")).to_be_visible()


def test_a_draft_is_tried_without_scripts_by_somebody_without_an_account(
    signed_in: Callable[[str], Visitor], visitors: Visitors, learnin: Site
) -> None:
    draft = said(learnin.manage("shell", "-c", LAY), "draft")
    page = signed_in("ana").page
    page.goto(f"/versions/{draft}/try/")
    address = page.get_by_role("link", name="Open the plain page").get_attribute("href")
    friend = visitors.come(java_script_enabled=False, viewport={"width": PHONE, "height": HEIGHTS[PHONE]})
    plain = friend.page
    plain.goto(str(address))
    look(friend, language="en")
    plain.get_by_label("Completely").check()
    plain.get_by_label("Your answers are used for this study only").check()
    plain.get_by_role("button", name="Finish the try").click()
    expect(plain.get_by_role("heading", name="This would have been sent")).to_be_visible()
    expect(plain.locator("main")).to_contain_text("Completely")
    look(friend, language="en")
    shoot(plain, "try-draft-plain-done", PHONE)

    page.get_by_role("button", name="Renew the code").click()
    expect(page.get_by_text("Addresses that were given out before no longer work.")).to_be_visible()
    gone = plain.goto(str(address))
    assert gone is not None
    assert gone.status == 404
