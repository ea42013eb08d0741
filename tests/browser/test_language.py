"""Everybody reads in a language of their own, chosen in the bar; with scripts and without."""

import pytest
from playwright.sync_api import Page, expect

from learnin.kit import languages
from tests.browser import signing_in
from tests.browser.conftest import Visitors
from tests.browser.looking import PHONE, look
from tests.browser.site import Site

SCRIPTS = pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "plain"])


def choose(page: Page, code: str, *, menu: str) -> None:
    """Open the menu and take a language."""
    page.locator(f"{menu} > summary").click()
    page.locator(f"{menu} [name=language][value={code}]").click()


@SCRIPTS
def test_a_visitor_reads_in_each_language(visitors: Visitors, *, has_scripts: bool) -> None:
    visitor = visitors.come(java_script_enabled=has_scripts)
    page = visitor.page
    page.goto("/public/XA/?from=letter")
    for language in languages.interface()[1:]:
        choose(page, language.code, menu=".li-bar .li-lang")
        expect(page.locator("html")).to_have_attribute("lang", language.html)
        expect(page).to_have_url("/public/XA/?from=letter")
        look(visitor, language=language.html)


@SCRIPTS
def test_a_person_keeps_the_language_on_the_next_device(
    visitors: Visitors, learnin: Site, *, has_scripts: bool
) -> None:
    who, code = ("irena@arvenia.example", "sr-latn") if has_scripts else ("lela@arvenia.example", "tr")
    html = languages.language(code).html
    phone = visitors.come(java_script_enabled=has_scripts, viewport={"width": PHONE, "height": 740})
    signing_in.by_code(phone.page, who, learnin.letters)
    choose(phone.page, code, menu=".li-menu")
    expect(phone.page.locator("html")).to_have_attribute("lang", html)
    desk = visitors.come(java_script_enabled=has_scripts, locale="ru-RU")
    desk.page.goto("/accounts/login/")
    look(desk, language="ru")
    signing_in.by_code(desk.page, who, learnin.letters)
    look(desk, language=html)


def test_a_browser_in_an_unknown_language_reads_english(visitors: Visitors) -> None:
    visitor = visitors.come(locale="ja-JP")
    visitor.page.goto("/")
    look(visitor, language="en")
