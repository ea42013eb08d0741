"""Pages one meets only on the way to somewhere: codes, a second step, a new address, a form without its cookie."""

import pytest
from playwright.sync_api import expect

from tests.browser import signing_in
from tests.browser.conftest import Visitors
from tests.browser.looking import DESK, PHONE, Visitor, look, shoot
from tests.browser.site import Site


def see(visitor: Visitor, name: str, *, status: int = 200) -> None:
    """Nothing is wrong with the page, and its picture is kept."""
    shoot(visitor.page, f"way-{name}", DESK, PHONE)
    look(visitor, language="en", status=status)


def test_a_wrong_code_is_refused_in_words(visitors: Visitors, learnin: Site) -> None:
    visitor = visitors.come()
    page = visitor.page
    page.goto("/accounts/login/")
    signing_in.ask_for_code(page, "petra@arvenia.example", learnin.letters)
    see(visitor, "code")
    page.locator("[name=code]").fill("0000-0000")
    page.locator("[name=code]").press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    see(visitor, "code-wrong", status=422)


def test_a_new_password_by_code(visitors: Visitors, learnin: Site) -> None:
    address = "lela@arvenia.example"
    visitor = visitors.come()
    page = visitor.page
    before = len(learnin.letters.to(address))
    page.goto("/accounts/password/reset/")
    page.locator("[name=email]").fill(address)
    page.locator("[name=email]").press("Enter")
    code = signing_in.code_in_letter(address, learnin.letters, after=before)
    see(visitor, "new-password-code")
    page.locator("[name=code]").fill(code)
    page.locator("[name=code]").press("Enter")
    expect(page.locator("[name=password1]")).to_be_visible()
    see(visitor, "new-password")
    page.locator("[name=password1]").fill("twelve red apples fell")
    page.locator("[name=password1]").press("Enter")
    page.wait_for_url("**/accounts/password/reset/done/")
    page.goto("/accounts/login/password/")
    page.locator("[name=login]").fill(address)
    page.locator("[name=password]").fill("twelve red apples fell")
    page.locator("[name=password]").press("Enter")
    expect(page).to_have_url("/c/XA/")


def test_a_second_step(visitors: Visitors, learnin: Site) -> None:
    visitor = visitors.come()
    page = visitor.page
    page.goto("/accounts/login/")
    signing_in.ask_for_code(page, "tomas@arvenia.example", learnin.letters)
    page.locator("[name=code]").press("Enter")
    page.wait_for_url("**/accounts/2fa/authenticate/**")
    see(visitor, "second-step")


def test_a_new_address_is_confirmed_by_code(visitors: Visitors, learnin: Site) -> None:
    visitor = visitors.come()
    page = visitor.page
    signing_in.by_code(page, "petra@arvenia.example", learnin.letters)
    signing_in.prove(page)
    page.goto("/accounts/email/")
    page.locator("main [name=email]").fill("petra.vzorek@arvenia.example")
    page.locator("main [name=email]").press("Enter")
    code = signing_in.code_in_letter("petra.vzorek@arvenia.example", learnin.letters, after=0)
    see(visitor, "new-address-code")
    page.locator("[name=code]").fill(code)
    page.locator("[name=code]").press("Enter")
    page.goto("/me/")
    expect(page.locator("main")).to_contain_text("petra.vzorek@arvenia.example")


def test_a_form_without_its_cookie(visitors: Visitors) -> None:
    visitor = visitors.come()
    page = visitor.page
    page.goto("/accounts/login/")
    page.context.clear_cookies()
    page.locator("[name=login]").fill("petra@arvenia.example")
    page.locator("[name=login]").press("Enter")
    page.wait_for_load_state()
    see(visitor, "form-without-cookie", status=403)


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "plain"])
def test_too_many_tries(visitors: Visitors, *, has_scripts: bool) -> None:
    visitor = visitors.come(java_script_enabled=has_scripts)
    page = visitor.page
    for _time in range(4):
        page.context.clear_cookies()  # else one comes back to the page for the code
        page.goto("/accounts/login/")
        page.locator("[name=login]").fill(f"nobody-{has_scripts}@arvenia.example")
        with page.expect_navigation():
            page.locator("[name=login]").press("Enter")
    see(visitor, "too-many-tries", status=422)
