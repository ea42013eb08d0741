"""Enlarged twice, nothing is lost."""

from collections.abc import Callable

import pytest

from tests.browser.looking import DESK, PHONE, TABLET, Visitor, axe_finds, shoot, sized, too_wide

# The numbers of pages fold on a narrow screen; "Previous" and "Next" stay.
SEEN = """(where) => [...document.querySelectorAll(where)]
  .flatMap((one) => [...one.querySelectorAll("a[href], button, input, select, textarea, h1, h2, h3")])
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .filter((one) => !one.closest(".govuk-pagination__list"))
  .map((one) => `${one.tagName} ${one.name ?? ""} ${one.getAttribute("href") ?? ""} ${one.textContent.trim()}`)"""


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("", "/accounts/login/"),
        ("", "/public/XA/"),
        ("rena", "/region/"),
        ("ana", "/c/XA/"),
        ("ana", "/c/XA/people/"),
        ("ana", "/c/XA/people/invite/"),
        ("ana", "/c/XA/journal/"),
        ("ana", "/me/"),
    ],
)
def test_nothing_is_lost_at_twice_the_size(who: str, address: str, signed_in: Callable[[str], Visitor]) -> None:
    visitor = signed_in(who)
    page = visitor.page
    page.goto(address)
    main, links = _things(page.evaluate(SEEN, "main")), _links(page.evaluate(SEEN, "header, main"))
    with sized(page, TABLET):
        assert too_wide(page, TABLET) == []
        assert axe_finds(visitor) == []
        assert main - _things(page.evaluate(SEEN, "main")) == set()
        page.locator(".li-menu > summary").click()
        assert links - _links(page.evaluate(SEEN, "header, main")) == set()
    shoot(page, f"menu-{who or 'nobody'}{address.replace('/', '-')}", TABLET, DESK)


def test_the_boxes_of_a_day_stand_side_by_side(signed_in: Callable[[str], Visitor]) -> None:
    page = signed_in("ana").page
    page.goto("/c/XA/people/invite/")
    with sized(page, PHONE):
        boxes = page.locator("[name^=ends_on-]").evaluate_all(
            "(all) => all.map((one) => one.getBoundingClientRect().y)"
        )
    assert len(boxes) == 3
    assert len(set(boxes)) == 1


def _things(seen: list[str]) -> set[str]:
    """Headings, buttons and boxes."""
    return {one for one in seen if not one.startswith("A ")}


def _links(seen: list[str]) -> set[str]:
    """Where one can go from there, however it is called."""
    return {one.split()[1] for one in seen if one.startswith("A ")}
