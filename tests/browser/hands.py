"""What hands do on a page: press, and write a day."""

from datetime import UTC, date, datetime

from playwright.sync_api import Page


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
