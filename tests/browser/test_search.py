"""Search: with scripts only the results come anew, without scripts the page does; the reader finds the same."""

import pytest
from playwright.sync_api import Request, expect

from tests.browser import signing_in
from tests.browser.conftest import Visitors
from tests.browser.looking import look, shoot
from tests.browser.site import Site


@pytest.mark.parametrize(("who", "has_scripts"), [("mira", True), ("petra", False)], ids=["scripts", "plain"])
def test_search_finds_in_another_script(visitors: Visitors, learnin: Site, who: str, *, has_scripts: bool) -> None:
    visitor = visitors.come(java_script_enabled=has_scripts, locale="en-GB")
    page = visitor.page
    signing_in.by_code(page, f"{who}@arvenia.example", learnin.letters)
    page.goto("/search/")
    language = page.locator("html").get_attribute("lang") or ""
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.locator("[name=q]").fill("obrazac")
    page.locator("[name=q]").press("Enter")
    expect(page.locator("main")).to_contain_text("Ирена Образац")
    search = next(one for one in asked if "/search/?q=obrazac" in one.url)
    assert (search.header_value("HX-Request") == "true") is has_scripts
    assert (search.resource_type == "document") is not has_scripts
    look(visitor, language=language)
    shoot(page, f"search-{'scripts' if has_scripts else 'plain'}", 1280)
