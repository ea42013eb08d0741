"""A number is typed as at home, on a page in Georgian: what has two meanings is asked, what is clear comes back."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser import signing_in
from tests.browser.conftest import Visitors
from tests.browser.hands import send, write_day
from tests.browser.looking import DESK, PHONE, look, shoot
from tests.browser.site import Site

WHAT = "Projectors of the typing test"


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "plain"])
def test_a_number_is_typed_as_at_home(visitors: Visitors, learnin: Site, *, has_scripts: bool) -> None:
    visitor = visitors.come(java_script_enabled=has_scripts)
    page = visitor.page
    signing_in.by_code(page, "davit@arvenia.example", learnin.letters)
    page.goto("/c/XA/resources/add/")
    box = page.locator("main [name=quantity]")
    expect(box).to_have_attribute("type", "text")
    expect(box).to_have_attribute("inputmode", "decimal")
    page.locator("main [name=kind]").first.check()
    for name, said in (("name", WHAT), ("quantity", "1.200"), ("unit", "EUR"), ("source", "Register")):
        page.locator(f"main [name={name}]").fill(said)
    write_day(page, "as_of", date(2026, 9, 1))
    send(page, "quantity")
    told = page.locator("main .govuk-error-summary [href='#id_quantity']")
    for word in ("1.200", "1200", "1,2"):
        expect(told).to_contain_text(word)
    expect(box).to_have_value("1.200")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(page.locator(f"#{box.get_attribute('aria-describedby')}")).to_contain_text("1200")
    look(visitor, language="ka", status=422)
    for width in (DESK, PHONE):
        shoot(page, f"typed-number-{'scripts' if has_scripts else 'plain'}", width)
    told.click()
    expect(box).to_be_focused()
    box.fill("1.250.000,50")
    send(page, "quantity")
    listed = page.locator("main").get_by_role("link", name=WHAT)
    listed.click()
    expect(box).to_have_value("1250000,5")
    send(page, "quantity")
    listed.click()
    expect(box).to_have_value("1250000,5")
    page.locator("main form[action*=remove] button").click()
    expect(listed).to_have_count(0)
