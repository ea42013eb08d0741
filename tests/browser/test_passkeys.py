"""Passkeys, with a device that Chromium plays: added, used, used as a second step, removed. Under our strict CSP."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from learnin.demo.management.commands.demo import PASSWORD
from tests.browser import signing_in
from tests.browser.conftest import Visitors
from tests.browser.looking import Visitor, look
from tests.browser.site import Site

ADDRESS = "jon@arvenia.example"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass
class Device:
    """A phone or computer that keeps passkeys and knows its owner."""

    session: CDPSession
    key: str

    @classmethod
    def of(cls, page: Page) -> "Device":
        """Give the browser such a device."""
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        return cls(session, session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"])

    def passkeys(self) -> list[bool]:
        """For each passkey on it, whether it is enough by itself."""
        kept = self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.key})["credentials"]
        return [one["isResidentCredential"] for one in kept]

    def somebody_else(self) -> None:
        """The finger is not the owner's."""
        self.session.send("WebAuthn.setUserVerified", {"authenticatorId": self.key, "isUserVerified": False})


@pytest.fixture
def visitor(browser: Browser, learnin: Site) -> Iterator[Visitor]:
    """Somebody who came by a name: a passkey belongs to a name, and 127.0.0.1 has none."""
    group = Visitors(browser, replace(learnin, address=learnin.address.replace("127.0.0.1", "localhost")))
    yield group.come()
    group.go()


def press(page: Page, words: str) -> None:
    """Press the button with these words."""
    page.get_by_role("button", name=words).click()


def test_a_passkey_is_added_used_and_removed(visitor: Visitor, learnin: Site) -> None:
    page = visitor.page
    device = Device.of(page)
    signing_in.by_code(page, ADDRESS, learnin.letters)
    page.goto("/accounts/2fa/webauthn/add/")
    look(visitor, language="en")
    page.get_by_label("Password", exact=True).fill(PASSWORD)  # is it still you?
    press(page, "Go on")
    page.wait_for_url("**/webauthn/add/")
    look(visitor, language="en")
    page.get_by_label("Name").fill("Work phone")
    press(page, "Add the passkey")
    page.wait_for_url("**/recovery-codes/")
    assert device.passkeys() == [True]
    look(visitor, language="en")

    visitor.page.context.clear_cookies()
    page.goto("/accounts/login/?next=/me/details/")
    look(visitor, language="en")
    press(page, "Use a passkey")
    page.wait_for_url(lambda address: address.endswith("/me/details/") and "next=" not in address)

    page.context.clear_cookies()
    page.goto("/accounts/login/")
    signing_in.ask_for_code(page, ADDRESS, learnin.letters)
    page.locator("[name=code]").press("Enter")
    page.wait_for_url("**/2fa/authenticate/")
    look(visitor, language="en")
    press(page, "Use a passkey")
    page.wait_for_url(lambda address: "/accounts/" not in address)

    page.goto("/accounts/2fa/webauthn/")
    look(visitor, language="en")
    page.get_by_role("link", name="Remove").click()
    page.wait_for_url("**/webauthn/reauthenticate/**")
    look(visitor, language="en")
    press(page, "Use a passkey")
    page.wait_for_url("**/remove/")
    press(page, "Remove the passkey")
    page.wait_for_url("**/2fa/webauthn/")

    page.context.clear_cookies()
    page.goto("/accounts/login/")
    press(page, "Use a passkey")  # the device still has it
    expect(page.get_by_text("This passkey does not open an account here")).to_be_visible()
    assert "/accounts/login/" in page.url


def test_a_device_that_does_not_know_its_owner_opens_nothing(visitor: Visitor) -> None:
    page = visitor.page
    Device.of(page).somebody_else()
    page.goto("/accounts/login/")
    failed = page.get_by_text("The passkey did not work.")
    expect(failed).to_be_hidden()
    press(page, "Use a passkey")
    expect(failed).to_be_visible()
    look(visitor, language="en")


def test_where_passkeys_cannot_work_nobody_is_offered_one(visitors: Visitors) -> None:
    by_number = visitors.come().page
    without_scripts = visitors.come(java_script_enabled=False).page
    for page in (by_number, without_scripts):
        page.goto("/accounts/login/")
        expect(page.get_by_role("button", name="Send me a code")).to_be_visible()
        expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()
