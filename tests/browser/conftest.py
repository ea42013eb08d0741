"""A running LearnIn, a browser, and people who sit in front of it."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser import signing_in, site
from tests.browser.looking import DESK, HEIGHTS, Mirror, Visitor, Watch
from tests.browser.site import Site

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
MILLISECONDS = 15_000
PROVED = ("ana", "tomas")  # they change how they sign in


@dataclass
class Visitors:
    """Hands out browsers, and closes them in the end."""

    browser: Browser
    site: Site
    open: list[BrowserContext] = field(default_factory=list)

    def come(self, **options: Any) -> Visitor:
        """A fresh browser: no cookies, a wide screen, scripts on, English."""
        wanted = {"viewport": {"width": DESK, "height": HEIGHTS[DESK]}, "locale": "en-GB"} | options
        context = self._context(**wanted)
        mirror = None
        if not wanted.get("java_script_enabled", True):
            mirror = Mirror(self._context(**wanted | {"java_script_enabled": True}).new_page())
        return Visitor(context.new_page(), Watch(self.site.address).over(context), mirror)

    def _context(self, **options: Any) -> BrowserContext:
        context = self.browser.new_context(base_url=self.site.address, **options)
        context.set_default_timeout(MILLISECONDS)
        self.open.append(context)
        return context

    def go(self) -> None:
        """Everybody leaves."""
        while self.open:
            self.open.pop().close()


@pytest.fixture(scope="session")
def learnin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site, with the example country, as production serves it."""
    folder: Path = tmp_path_factory.mktemp("learnin")
    with site.running(folder) as started:
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert program, "Chromium was not found on PATH"
    with sync_playwright() as playwright, ExitStack() as stack:
        launched = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        stack.callback(launched.close)
        yield launched


@pytest.fixture
def visitors(browser: Browser, learnin: Site) -> Iterator[Visitors]:
    """Browsers for one test."""
    group = Visitors(browser, learnin)
    yield group
    group.go()


@pytest.fixture(scope="session")
def signed_in(browser: Browser, learnin: Site) -> Iterator[Callable[[str], Visitor]]:
    """One browser for each person of the story, signed in once and kept; nobody is called ''."""
    group = Visitors(browser, learnin)
    here: dict[str, Visitor] = {}

    def find(name: str) -> Visitor:
        if name not in here:
            visitor = group.come()
            if name:
                signing_in.by_code(visitor.page, f"{name}@arvenia.example", learnin.letters)
            if name in PROVED:
                signing_in.prove(visitor.page)
            here[name] = visitor
        return here[name]

    yield find
    group.go()


@pytest.fixture(autouse=True, scope="session")
def _own_corner() -> None:
    """The site runs on its own: nothing of the tests' own Django is to be prepared."""
