"""What hands do on a page: press, go by keyboard, and write a day."""

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Page

MOST = 150  # stops on a page


def today() -> date:
    """The day it is now."""
    return datetime.now(UTC).date()


def write_day(page: Page, name: str, day: date) -> None:
    """Into its three boxes."""
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"main [name={name}-{part}]").fill(str(value))


def send(page: Page, name: str) -> None:
    """Press the button of the form this field is in."""
    with page.expect_navigation():
        page.locator(f"main form:has([name={name}]) button:not([type=button])").first.click()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until one stands there."""
    for _press in range(MOST):
        if page.evaluate("(wanted) => document.activeElement?.matches(wanted) ?? false", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never reaches {selector}")


def enter(page: Page) -> None:
    """Press Enter, and arrive."""
    with page.expect_navigation():
        page.keyboard.press("Enter")
