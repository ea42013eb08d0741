"""An answer that was begun on one device goes on with another: with scripts, without, and after a day apart."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitors
from tests.browser.looking import HEIGHTS, PHONE, Visitor, look, shoot
from tests.browser.questionnaires import blank_media
from tests.browser.site import Site, wait_for
from tests.browser.test_from_form_to_file import IS_KEPT
from tests.browser.test_questionnaire import said

LAY = """
from django.utils import timezone
from learnin.assessment.access.collection import invited_token
from learnin.assessment.models import Round
from learnin.assessment.operations import invitations
from learnin.people.models import Country, Person
from tests.assessment import made_answers, made_forms
home = Country.objects.get(code="XA")
by = Person.objects.filter(roles__country=home).order_by("pk").first()
form_id = "{form_id}"
made = made_answers.instrument(home, by=by, form_id=form_id)
photo = dict(
    inside='<upload ref="/data/photo" mediatype="image/*"><label>Your classroom</label></upload>',
    binds='<bind nodeset="/data/photo" type="binary"/>',
)
asked = made_forms.simple(form_id, **(photo if {has_photo} else dict())).replace("<agree/>", "<agree/><photo/>")
made.versions.update(xform=asked)
round = made_answers.round_of(
    made, by=by, now=timezone.now(), title="Teachers of Arvenia", kind=Round.Kind.CENSUS, naming="{naming}"
)
people = [dict(name=name) for name in ("Ana", "Bo", "Cem")]
made = invitations.make_from_list(round, people=people, by=by, now=timezone.now())
print("tokens", *map(invited_token, made))
"""
KEPT = """
from learnin.assessment.access.collection import invited
print("kept", invited("{token}").invitation.draft)
"""
ALL_KEPT = """async () => (await Promise.all((await caches.keys()).map(async (name) =>
  (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat()"""
PIXEL = blank_media('jr://images/a.png"')["a.png"]
SECONDS = 15
ON_A_PHONE = {"viewport": {"width": PHONE, "height": HEIGHTS[PHONE]}}


def lay(learnin: Site, form_id: str, *, has_photo: bool = False, naming: str = "linked") -> list[str]:
    """A round with three people who are asked: what their links carry."""
    laid = learnin.manage("shell", "-c", LAY.format(form_id=form_id, has_photo=has_photo, naming=naming))
    return said(laid, "tokens").split()


@pytest.fixture(scope="module")
def tokens(learnin: Site) -> list[str]:
    """Three people who are asked a questionnaire with a picture; answers are tied to them."""
    return lay(learnin, "two-devices", has_photo=True)


@pytest.fixture(scope="module")
def simple_tokens(learnin: Site) -> list[str]:
    """Three people who are asked a questionnaire that fits on the plain page."""
    return lay(learnin, "two-devices-plain")


def kept(learnin: Site, token: str) -> str:
    """What the server has of an unfinished answer."""
    found = re.search(r"^kept (.*)$", learnin.manage("shell", "-c", KEPT.format(token=token)), re.MULTILINE)
    return found[1] if found else ""


def opened(visitors: Visitors, token: str) -> Visitor:
    """Somebody takes a phone that never saw this questionnaire, and opens the link of the letter."""
    visitor = visitors.come(**ON_A_PHONE)
    visitor.page.goto(f"/a/{token}/")
    visitor.page.locator("main form button").click()
    expect(visitor.page.locator("li-form[data-ready]")).to_be_visible()
    return visitor


def press(page: Page, name: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=name, exact=True).click()


def test_the_same_link_goes_on_with_another_phone(visitors: Visitors, learnin: Site, tokens: list[str]) -> None:
    first = opened(visitors, tokens[0])
    page = first.page
    press(page, "Next")
    page.get_by_text("Not at all").click()
    press(page, "Next")
    page.get_by_label("What would help you?").fill("Time & <quiet>")
    for _ in range(5):
        press(page, "Next")
    page.get_by_text("I have read this").click()
    press(page, "Next")
    page.locator("input[type=file]").set_input_files({"name": "class.png", "mimeType": "image/png", "buffer": PIXEL})
    expect(page.locator("main")).to_contain_text("class.png")
    press(page, "Save and finish later")
    expect(page.get_by_role("heading", name="Your answers are kept")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Pictures and files stay on the device where they were chosen.")
    look(first, language="en")
    shoot(page, "two-devices-later", PHONE)
    assert "class" not in kept(learnin, tokens[0])

    second = opened(visitors, tokens[0])
    other = second.page
    expect(other.get_by_role("heading", name="Go on where you stopped")).to_be_visible()
    expect(other.locator("main")).to_contain_text("Pictures and files stay")
    look(second, language="en")
    shoot(other, "two-devices-resume", PHONE)
    press(other, "Go on")
    expect(other.get_by_label("Your classroom")).to_be_visible()
    press(other, "Next")
    expect(other.locator("main")).to_contain_text("Time & <quiet>")
    press(other, "Send answers")
    expect(other.get_by_role("heading", name="Your answers were sent")).to_be_visible()
    assert kept(learnin, tokens[0]) == ""

    page.reload()
    expect(page.locator("main")).to_contain_text("This invitation was used.")


def test_two_phones_with_answers_of_their_own_ask_which_to_keep(
    visitors: Visitors, learnin: Site, tokens: list[str]
) -> None:
    here = opened(visitors, tokens[1])
    page = here.page
    press(page, "Next")
    page.get_by_text("Not at all").click()
    press(page, "Next")
    wait_for(lambda: "not" in kept(learnin, tokens[1]), SECONDS, "the first answer does not reach the server")
    page.context.set_offline(True)
    page.get_by_label("What would help you?").fill("Said without a connection")
    expect(page.locator(".li-offline")).to_contain_text("No connection.")
    page.wait_for_timeout(700)  # an answer is kept here a moment after it was given

    other = opened(visitors, tokens[1]).page
    press(other, "Go on")
    other.get_by_label("What would help you?").fill("Said on the other phone")
    press(other, "Next")
    wait_for(lambda: "other phone" in kept(learnin, tokens[1]), SECONDS, "a page that was left does not reach it")

    page.context.set_offline(False)
    expect(page.locator(".li-offline")).to_contain_text("You also answered on another device.")
    assert "other phone" in kept(learnin, tokens[1])
    press(page, "Choose which answers to keep")
    expect(page.get_by_role("heading", name="You answered on two devices")).to_be_visible()
    here.watch.found(here=page.url, status=200)  # what failed without a connection, and the 409 that told of it
    look(here, language="en")
    shoot(page, "two-devices-choose", PHONE)
    press(page, "Keep those of the other")
    expect(page.get_by_label("Years as a teacher")).to_be_visible()
    press(page, "Back")
    expect(page.get_by_label("What would help you?")).to_have_value("Said on the other phone")
    page.wait_for_timeout(700)

    page.reload()
    expect(page.get_by_role("heading", name="Go on where you stopped")).to_be_visible()
    shoot(page, "two-devices-aside", PHONE)
    press(page, "Go on with those")
    expect(page.get_by_label("What would help you?")).to_have_value("Said without a connection")
    press(page, "Next")
    wait_for(lambda: "without a connection" in kept(learnin, tokens[1]), SECONDS, "what was chosen is not kept")


def test_beginning_again_is_beginning_again_everywhere(visitors: Visitors, learnin: Site, tokens: list[str]) -> None:
    page = opened(visitors, tokens[2]).page
    press(page, "Next")
    page.get_by_text("Completely").click()
    press(page, "Next")
    wait_for(lambda: "fully" in kept(learnin, tokens[2]), SECONDS, "the first answer does not reach the server")
    other = opened(visitors, tokens[2]).page
    press(other, "Start again")
    press(other, "Start again")
    expect(other.locator(".li-progress")).to_contain_text("Question 1 of")
    assert kept(learnin, tokens[2]) == ""


def test_the_plain_page_and_the_web_form_go_on_with_each_other(
    visitors: Visitors, learnin: Site, simple_tokens: list[str]
) -> None:
    token = simple_tokens[0]
    old = visitors.come(java_script_enabled=False, **ON_A_PHONE)
    page = old.page
    page.goto(f"/form/{token}/plain/")
    page.get_by_label("Completely").check()
    page.get_by_label("Years as a teacher").fill("12")
    for part, value in (("Day", "31"), ("Month", "3"), ("Year", "2019")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("Paper").check()
    look(old, language="en")
    press(page, "Save and finish later")
    expect(page.get_by_role("heading", name="Your answers are kept")).to_be_visible()
    look(old, language="en")
    shoot(page, "two-devices-plain-later", PHONE)

    new = opened(visitors, token).page
    press(new, "Go on")
    press(new, "Next")
    expect(new.get_by_role("radio", name="Completely")).to_be_checked()
    press(new, "Next")
    new.get_by_label("Years as a teacher").fill("13")
    press(new, "Next")
    expect(new.get_by_label("Year", exact=True)).to_have_value("2019")
    press(new, "Next")
    expect(new.get_by_label("Paper")).to_be_checked()
    press(new, "Save and finish later")
    expect(new.get_by_role("heading", name="Your answers are kept")).to_be_visible()

    page.goto(f"/form/{token}/plain/")
    expect(page.get_by_text("You go on where you stopped.")).to_be_visible()
    expect(page.get_by_label("Years as a teacher")).to_have_value("13")
    look(old, language="en")
    shoot(page, "two-devices-plain-resume", PHONE)
    page.get_by_label("Your answers are used for this study only").check()
    press(page, "Send answers")
    expect(page.get_by_role("heading", name="Your answers were sent")).to_be_visible()
    assert kept(learnin, token) == ""


def test_a_finished_answer_that_waits_is_not_begun_again(
    visitors: Visitors, learnin: Site, simple_tokens: list[str]
) -> None:
    page = opened(visitors, simple_tokens[1]).page
    press(page, "Next")
    page.get_by_text("Completely").click()
    for _ in range(4):
        press(page, "Next")
    page.get_by_text("I have read this").click()
    press(page, "Next")
    wait_for(lambda: bool(page.evaluate(IS_KEPT)), SECONDS, "the worker does not keep the page")
    assert not [path for path in page.evaluate(ALL_KEPT) if path.startswith("/a/")]  # what was begun is in no cache
    page.context.set_offline(True)
    press(page, "Send answers")
    expect(page.get_by_role("heading", name="Your answers wait on this phone")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Your answers wait on this phone")).to_be_visible()
    page.context.set_offline(False)
    sent = page.get_by_role("heading", name="Your answers were sent")
    expect(sent).to_be_visible(timeout=SECONDS * 1000)  # what fails at first is tried again after five to ten


def test_without_ties_the_answer_stays_on_its_phone_and_says_so(visitors: Visitors, learnin: Site) -> None:
    token = lay(learnin, "two-devices-unlinked", naming="unlinked")[0]
    visitor = opened(visitors, token)
    page = visitor.page
    press(page, "Next")
    page.get_by_text("Completely").click()
    press(page, "Save and finish later")
    expect(page.locator("main")).to_contain_text("So that your answers cannot be tied to you, they are kept on this")
    look(visitor, language="en")
    other = opened(visitors, token).page
    expect(other.locator(".li-progress")).to_contain_text("Question 1 of")
    assert kept(learnin, token) == ""
