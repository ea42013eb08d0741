"""How the tests look at a page: as axe does, as a person with a narrow screen does, and over the browser's shoulder."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, Request, Response, Route

from tests.browser.site import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = os.environ.get("SCREENSHOTS", str(ROOT / "var" / "screenshots"))  # empty: no pictures, as in `make test`
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESK, TABLET, PHONE, NARROW, PAPER = 1280, 640, 360, 320, 794  # paper: A4 at 96 dots an inch
HEIGHTS = {DESK: 900, TABLET: 450, PHONE: 740, NARROW: 640, PAPER: 1123}
TOO_WIDE = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  const wide = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > edge + 1);
  return wide.slice(0, 5).map((one) => one.outerHTML.slice(0, 160));
}"""
RUN_AXE = """async (rules) => {
  const found = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  const where = (node) => `${node.target.join(" ")} (${node.any.concat(node.all, node.none)[0]?.message ?? ""})`;
  return found.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map(where).join("; ")}`);
}"""
FRAME = """() => ({
  language: document.documentElement.lang,
  title: document.title,
  headings: [...document.querySelectorAll("h1")].map((one) => one.textContent.trim()),
})"""


@dataclass
class Watch:
    """Everything in one browser that should not happen: errors, dialogs, strangers, refused answers."""

    site: str
    problems: list[str] = field(default_factory=list)
    refused: set[tuple[str, int]] = field(default_factory=set)

    def over(self, context: BrowserContext) -> "Watch":
        """Begin to watch."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"script: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("dialog", self._dialog)
        return self

    def _console(self, message: ConsoleMessage) -> None:
        said = message.text
        if message.type in {"error", "warning"} and not said.startswith("Failed to load resource"):
            self.problems.append(f"console: {said}")  # what could not be loaded stands in `refused`

    def _dialog(self, dialog: Dialog) -> None:
        self.problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        where = urlsplit(request.url)
        if where.scheme != "data" and f"{where.scheme}://{where.netloc}" != self.site:
            self.problems.append(f"stranger: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.refused.add((urlsplit(response.url).path, response.status))

    def found(self, *, here: str, status: int) -> list[str]:
        """What happened since the last time, apart from the status that was to be expected here."""
        more = [f"answer: {code} of {path}" for path, code in sorted(self.refused - {(urlsplit(here).path, status)})]
        found = self.problems + more
        self.problems, self.refused = [], set()
        return found


@dataclass
class Mirror:
    """The same page where axe can run: without scripts, axe could not. Nothing but axe runs here either."""

    page: Page
    html: str = ""

    def __post_init__(self) -> None:
        self.page.route("**/*", self._answer)

    def _answer(self, route: Route) -> None:
        if route.request.resource_type == "document":
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8")
        elif route.request.resource_type == "script":
            route.abort()
        else:
            route.continue_()

    def of(self, page: Page) -> Page:
        """What stands on that page now, at the same address and size."""
        self.html = page.content()
        assert page.viewport_size is not None
        self.page.set_viewport_size(page.viewport_size)
        self.page.goto(page.url)
        return self.page


@dataclass
class Visitor:
    """Somebody with a browser of their own, and what went wrong in it."""

    page: Page
    watch: Watch
    mirror: Mirror | None = None


@cache
def _axe() -> str:
    return AXE.read_text()


def problems_of(visitor: Visitor, *, language: str, status: int = 200) -> list[str]:
    """Everything that is wrong with the page as it stands, in words."""
    page = visitor.page
    page.wait_for_load_state()  # where a click led on, the next page may just begin
    frame: dict[str, Any] = page.evaluate(FRAME)
    found = []
    if frame["language"] != language:
        found.append(f"lang: {frame['language']}, not {language}")
    if len(frame["headings"]) != 1 or not frame["headings"][0]:
        found.append(f"h1: {frame['headings']}")
    if not re.fullmatch(r".*\S.* - LearnIn", frame["title"]):
        found.append(f"title: {frame['title']!r}")
    found += [f"axe: {one}" for one in axe_finds(visitor)]
    found += [f"{NARROW} px: {one}" for one in too_wide(page, NARROW)]
    return found + visitor.watch.found(here=page.url, status=status)  # last: by now the page has said what it says


def look(visitor: Visitor, *, language: str, status: int = 200) -> None:
    """Nothing is wrong with the page."""
    found = problems_of(visitor, language=language, status=status)
    assert not found, f"{visitor.page.url}: {found}"


def axe_finds(visitor: Visitor) -> list[str]:
    """What axe-core says against the page."""
    page = visitor.mirror.of(visitor.page) if visitor.mirror else visitor.page
    if not page.evaluate("() => 'axe' in window"):  # half a megabyte, which a page keeps until it is left
        page.evaluate(_axe())
    found: list[str] = page.evaluate(RUN_AXE, RULES)
    return found


def too_wide(page: Page, width: int) -> list[str]:
    """What stands beyond the edge of a screen of this width."""
    with sized(page, width):
        found: list[str] = page.evaluate(TOO_WIDE)
        return found


@contextmanager
def sized(page: Page, width: int) -> Iterator[None]:
    """The page on a screen of this width, then as before."""
    before = page.viewport_size
    assert before is not None
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    yield
    page.set_viewport_size(before)


def shoot(page: Page, name: str, *widths: int) -> None:
    """Keep a picture of the whole page at each width, for people to look at: no test does."""
    for width in widths if SHOTS else ():
        with sized(page, width):
            page.screenshot(path=Path(SHOTS, f"{name}-{width}.png"), full_page=True)


def shoot_print(page: Page, name: str) -> None:
    """Keep a picture of the page on paper."""
    if not SHOTS:
        return
    page.emulate_media(media="print")
    with sized(page, PAPER):
        page.screenshot(path=Path(SHOTS, f"{name}-print.png"), full_page=True)
    page.emulate_media(media="screen")
