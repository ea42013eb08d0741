"""Every page of the site: for a screen reader, for a narrow screen, without a word in the console; and its picture."""

from collections.abc import Callable, Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.browser.looking import DESK, PHONE, Visitor, axe_finds, problems_of, shoot, shoot_print, sized
from tests.browser.sights import OTHERWISE, SIGHTS, Sight
from tests.browser.site import Site


@pytest.mark.parametrize("sight", SIGHTS, ids=lambda sight: sight.picture)
def test_page(sight: Sight, signed_in: Callable[[str], Visitor], learnin: Site) -> None:
    visitor = signed_in(sight.who)
    page, address = visitor.page, sight.address(learnin.keys)
    page.goto(address)
    shoot(page, sight.picture, DESK, PHONE)
    if sight.on_paper:
        shoot_print(page, sight.picture)
    arrived = page.url.removeprefix(learnin.address)
    found = [] if arrived == address or sight.name == "home:start" else [f"led on to {arrived}"]
    found += problems_of(visitor, language=sight.language, status=sight.status)
    with sized(page, PHONE):
        found += [f"axe on a phone: {one}" for one in axe_finds(visitor)]
    assert found == []


@pytest.mark.parametrize("name", ["400", "429", "500"])
def test_page_of_a_fault(name: str, signed_in: Callable[[str], Visitor], learnin: Site) -> None:
    visitor = signed_in("")
    page = visitor.page
    answer = {"status": int(name), "body": learnin.broken[name], "content_type": "text/html"}
    page.route("**/broken/", lambda route: route.fulfill(**answer))
    page.goto("/broken/")
    shoot(page, name, DESK, PHONE)
    found = problems_of(visitor, language="en", status=int(name))
    page.unroute("**/broken/")
    assert found == []


def test_no_page_is_left_out() -> None:
    seen = {sight.name for sight in SIGHTS} | {name for names in OTHERWISE.values() for name in names.split()}
    missing = set(_names(get_resolver().url_patterns)) - seen
    assert sorted(missing) == []


def _names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """The name of every address people can open."""
    for one in patterns:
        if isinstance(one, URLResolver):
            if one.namespace != "api":
                yield from _names(one.url_patterns, f"{one.namespace}:" if one.namespace else space)
        elif one.name:
            yield space + one.name
