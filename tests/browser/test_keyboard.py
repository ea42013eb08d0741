"""Without a mouse: every stop can be seen, and signing in and inviting need the keyboard only."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import signing_in
from tests.browser.conftest import Visitors
from tests.browser.hands import MOST, enter, tab_to
from tests.browser.looking import Visitor, look
from tests.browser.site import Site

STOPS = [
    ("", "/accounts/login/"),
    ("", "/kit/"),
    ("ana", "/c/XA/"),
    ("ana", "/c/XA/people/"),
    ("ana", "/c/XA/people/invite/"),
    ("ana", "/me/"),
]
HERE = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const shown = here.type === "radio" || here.type === "checkbox" ? here.nextElementSibling : here;
  const box = shown.getBoundingClientRect();
  const words = here.textContent.trim().slice(0, 40);
  const at = `${here.tagName} ${here.name ?? ""} ${here.getAttribute("href") ?? ""} ${words}`;
  return { at, x: box.x, y: box.y, width: box.width, height: box.height };
}"""
LOOK = """() => {
  const here = document.activeElement;
  const shown = here.type === "radio" || here.type === "checkbox" ? here.nextElementSibling : here;
  return [getComputedStyle(shown), getComputedStyle(shown, "::before")].map((style) =>
    [style.outline, style.boxShadow, style.backgroundColor, style.color, style.borderColor].join("|")).join("||");
}"""


def invisible_stops(page: Page) -> list[str]:
    """Walk through the whole page; the stops that look the same with and without the keyboard on them."""
    found = []
    for _press in range(MOST):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here is None:
            return found
        focused = page.evaluate(LOOK)
        page.evaluate("() => { globalThis.stop = document.activeElement; globalThis.stop.blur(); }")
        bare = page.evaluate(LOOK.replace("document.activeElement", "globalThis.stop"))
        page.evaluate("() => globalThis.stop.focus({ focusVisible: true })")
        is_on_screen = here["width"] > 0 and here["height"] > 0 and here["x"] >= 0 and here["y"] >= 0
        if focused == bare or not is_on_screen:
            found.append(here["at"])
    pytest.fail("Tab never comes to an end")


@pytest.mark.parametrize(("who", "address"), STOPS)
def test_every_stop_can_be_seen(who: str, address: str, signed_in: Callable[[str], Visitor]) -> None:
    page = signed_in(who).page
    page.goto(address)
    assert invisible_stops(page) == []


def test_sign_in_and_invite_by_keyboard(visitors: Visitors, learnin: Site) -> None:
    visitor = visitors.come()
    page = visitor.page
    page.goto("/accounts/login/")
    tab_to(page, "[name=login]")
    page.keyboard.type("rena@arvenia.example")
    before = len(learnin.letters.to("rena@arvenia.example"))
    enter(page)
    tab_to(page, "[name=code]")
    page.keyboard.type(signing_in.code_in_letter("rena@arvenia.example", learnin.letters, after=before))
    enter(page)
    tab_to(page, ".govuk-skip-link")
    page.keyboard.press("Enter")
    tab_to(page, "main a[href='/c/XA/']")
    enter(page)
    tab_to(page, ".govuk-service-navigation a[href='/c/XA/people/']")
    enter(page)
    tab_to(page, "main a[href='/c/XA/people/invite/']")
    enter(page)
    tab_to(page, "[name=name]")
    page.keyboard.type("Kaja Proba")
    page.keyboard.press("Tab")
    page.keyboard.type("kaja@arvenia.example")
    tab_to(page, "[name=kind]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, "main form:has([name=email]) button")
    enter(page)
    expect(page).to_have_url("/c/XA/people/")
    expect(page.locator("main")).to_contain_text("kaja@arvenia.example")
    look(visitor, language="en")
