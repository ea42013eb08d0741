"""The main journey: sign in by code, invite a colleague, who accepts on a phone, sees the country, and leaves.

In two languages, with scripts and without. Elements are found by what they do, never by their words.
"""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser import signing_in
from tests.browser.conftest import Visitors
from tests.browser.looking import PHONE, Visitor, look, shoot
from tests.browser.site import Site, text_of

PHONE_IN_HAND = {
    "viewport": {"width": PHONE, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
COUNTRY, ELSEWHERE = "/c/XA/", "/c/GE/"
LINK = re.compile(r"^http\S+/invitation/\S+$", re.MULTILINE)


@dataclass
class Journey:
    """One way through."""

    site: Site
    visitors: Visitors
    lead: str
    language: str
    has_scripts: bool

    @property
    def name(self) -> str:
        """For addresses and pictures."""
        return f"{self.language}-{'scripts' if self.has_scripts else 'plain'}"

    @property
    def colleague(self) -> str:
        """Where the invitation goes."""
        return f"nino-{self.name}@arvenia.example"

    def come(self, **options: object) -> Visitor:
        """A browser in the language of the journey."""
        return self.visitors.come(java_script_enabled=self.has_scripts, locale=self.language, **options)

    def see(self, visitor: Visitor, step: str, *, status: int = 200, language: str = "") -> None:
        """Nothing is wrong with the page that stands there now, and its picture is kept."""
        width = visitor.page.viewport_size
        assert width is not None
        shoot(visitor.page, f"journey-{self.name}-{step}", width["width"])
        look(visitor, language=language or self.language, status=status)


@pytest.fixture(params=[("ana", "en", True), ("marko", "en", False), ("mira", "ka", True), ("marko", "ka", False)])
def journey(request: pytest.FixtureRequest, learnin: Site, visitors: Visitors) -> Journey:
    lead, language, has_scripts = request.param
    return Journey(learnin, visitors, lead, language, has_scripts)


def test_invite_accept_see_and_leave(journey: Journey) -> None:
    lead = journey.come()
    sign_in(journey, lead)
    speak(journey, lead)
    invite(journey, lead)
    colleague = journey.come(**PHONE_IN_HAND)
    accept(journey, colleague)
    stay_inside(journey, colleague)
    leave(journey, colleague)


def sign_in(journey: Journey, lead: Visitor) -> None:
    """By a code from a letter."""
    page = lead.page
    page.goto("/accounts/login/")
    journey.see(lead, "1-address")
    signing_in.ask_for_code(page, f"{journey.lead}@arvenia.example", journey.site.letters)
    journey.see(lead, "2-code")
    send(page, "code")
    expect(page).to_have_url(COUNTRY)


def speak(journey: Journey, lead: Visitor) -> None:
    """In the language of the journey: the leads of the story read English at first."""
    page = lead.page
    journey.see(lead, "3-country-in-english", language="en")
    page.locator(".li-bar .li-lang > summary").click()
    page.locator(f".li-bar [name=language][value={journey.language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", journey.language)
    expect(page).to_have_url(COUNTRY)
    journey.see(lead, "4-country")


def follow(page: Page, link: str) -> None:
    """The link, and the page that it leads to."""
    with page.expect_navigation():
        page.locator(link).first.click()


def invite(journey: Journey, lead: Visitor) -> None:
    """From the country's home to its people, and from there to the form: first empty, then filled in."""
    page = lead.page
    follow(page, f".govuk-service-navigation a[href='{COUNTRY}people/']")
    journey.see(lead, "5-people")
    follow(page, f"main a[href='{COUNTRY}people/invite/']")
    journey.see(lead, "6-invite")
    send(page, "email")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    journey.see(lead, "7-invite-refused", status=422)
    page.locator("[name=name]").fill("Nino Nimushi")
    page.locator("[name=email]").fill(journey.colleague)
    page.locator("[name=kind][value=member]").check()
    page.locator("main [name=language]").select_option(journey.language)
    page.locator("[name=message]").fill("გამარჯობა! Welcome.")
    send(page, "email")
    expect(page).to_have_url(f"{COUNTRY}people/")
    expect(page.locator("main")).to_contain_text(journey.colleague)
    journey.see(lead, "8-invited")


def accept(journey: Journey, colleague: Visitor) -> None:
    """On a phone, without a password: the link proves the address."""
    page = colleague.page
    letter = journey.site.letters.next_to(journey.colleague, after=0)
    assert letter["Content-Language"] in (None, journey.language)
    found = LINK.search(text_of(letter))
    assert found, text_of(letter)
    page.goto(found[0])
    journey.see(colleague, "9-invitation")
    expect(page.locator("[name=name]")).to_have_value("Nino Nimushi")
    page.locator("[name=agree]").check()
    send(page, "agree")
    expect(page).to_have_url(COUNTRY)
    journey.see(colleague, "10-country-on-a-phone")
    page.goto(found[0])
    journey.see(colleague, "11-link-used-up", status=410)


def stay_inside(journey: Journey, colleague: Visitor) -> None:
    """A member sees the own country, may not invite there, and finds no other country."""
    page = colleague.page
    page.goto(COUNTRY)
    page.locator(".li-menu > summary").click()
    expect(page.locator(f".li-menu a[href='{COUNTRY}people/']")).to_be_visible()
    journey.see(colleague, "12-menu")
    page.locator(f".li-menu a[href='{COUNTRY}people/']").click()
    expect(page.locator(f"main a[href='{COUNTRY}people/invite/']")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Nino Nimushi")
    page.goto(f"{COUNTRY}people/invite/")
    journey.see(colleague, "13-refused", status=403)
    page.goto(ELSEWHERE)
    journey.see(colleague, "14-not-found", status=404)


def leave(journey: Journey, colleague: Visitor) -> None:
    """The role ends by oneself; then the country is not there any more."""
    page = colleague.page
    page.goto("/me/")
    journey.see(colleague, "15-me")
    follow(page, "main a[href$='/leave/']")
    journey.see(colleague, "16-leave")
    page.locator("main form[method=post] button").click()
    expect(page).to_have_url("/me/")
    expect(page.locator("main a[href$='/leave/']")).to_have_count(0)
    journey.see(colleague, "17-left")
    page.goto(COUNTRY)
    journey.see(colleague, "18-outside", status=404)
    page.goto("/accounts/logout/")
    page.locator("main form[method=post] button").click()
    page.goto("/me/")
    expect(page).to_have_url("/accounts/login/?next=/me/")


def send(page: Page, field: str) -> None:
    """Press the button of the form this field is in."""
    page.locator(f"main form:has([name={field}]) button:not([type=button])").click()
