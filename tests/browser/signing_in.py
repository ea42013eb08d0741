"""Signing in, as a person does it."""

import re
import time

from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Page, expect

from learnin.demo.management.commands.demo import PASSWORD
from tests.browser.hands import send
from tests.browser.scenery import SECRET
from tests.browser.site import Letters, text_of

CODE = re.compile(r"^\d{4}-\d{4}$", re.MULTILINE)
INVITATION = re.compile(r"^http\S+/invitation/\S+$", re.MULTILINE)


def by_code(page: Page, address: str, letters: Letters) -> None:
    """Ask for a code, read it in the letter, type it; then the app's code, where there is an app."""
    page.goto("/accounts/login/")
    ask_for_code(page, address, letters)
    page.locator("[name=code]").press("Enter")
    page.wait_for_url(lambda address: "/login/" not in address)
    if "/authenticate/" in page.url:
        page.locator("[name=code]").fill(app_code())
        page.locator("[name=code]").press("Enter")
        page.wait_for_url(lambda address: "/authenticate/" not in address)


def ask_for_code(page: Page, address: str, letters: Letters) -> None:
    """On the first page: type the address. On the second: type what the letter says."""
    before = len(letters.to(address))
    page.locator("[name=login]").fill(address)
    page.locator("[name=login]").press("Enter")
    expect(page.locator("[name=code]")).to_be_visible()
    page.locator("[name=code]").fill(code_in_letter(address, letters, after=before))


def code_in_letter(address: str, letters: Letters, *, after: int) -> str:
    """The code that came by e-mail."""
    found = CODE.search(text_of(letters.next_to(address, after=after)))
    assert found, "there is no code in the letter"
    return found[0]


def app_code() -> str:
    """What an authenticator app shows now."""
    code: str = totp.format_hotp_value(totp.hotp_value(SECRET, int(time.time()) // 30))
    return code


def prove(page: Page) -> None:
    """Show once more who one is, by password: what comes next changes how one signs in."""
    page.goto("/accounts/reauthenticate/?next=/me/")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/me/")


def appointed(page: Page, region: Page, code: str, language: str, letters: Letters) -> None:
    """The region, signed in, asks a coordinator into the country; who accepts by the letter is signed in here."""
    address = f"coordinator@{code.lower()}.example"
    region.goto(f"/c/{code}/people/invite/")
    region.locator("[name=name]").fill("Eka Test")
    region.locator("[name=email]").fill(address)
    region.locator("[name=kind][value=coordinator]").check()
    region.locator("main [name=language]").select_option(language)
    send(region, "email")
    expect(region).to_have_url(f"/c/{code}/people/")
    found = INVITATION.search(text_of(letters.next_to(address, after=0)))
    assert found, "there is no link in the letter"
    page.goto(found[0])
    page.locator("[name=agree]").check()
    send(page, "agree")
    expect(page).to_have_url(f"/c/{code}/")
