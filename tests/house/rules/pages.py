"""Rules for pages as a browser gets them."""

import gzip
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import Resolver404, resolve

SCRIPT_BUDGET = 40_000  # bytes, compressed. HOUSE.md, section 6
WITH_ENGINE = "li-form"  # the page of one questionnaire: its first load is weighed in tests/assessment/test_web_form.py
Attributes = dict[str, str]


@dataclass
class Page(HTMLParser):
    """The tags of a page, in order."""

    html: str
    tags: list[tuple[str, Attributes]] = field(default_factory=list)
    title: str = ""
    _in: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._in = tag

    def handle_data(self, data: str) -> None:
        """Only the title's words matter here."""
        if self._in == "title":
            self.title += data
            self._in = ""

    def all(self, *names: str) -> list[Attributes]:
        """The attributes of every tag of these names."""
        return [attributes for tag, attributes in self.tags if tag in names]

    @property
    def ids(self) -> list[str]:
        """Every id, in order."""
        return [attributes["id"] for _tag, attributes in self.tags if "id" in attributes]


def has_one_of_each(page: Page) -> Iterator[str]:
    """One language, one name, one main heading, one style sheet."""
    if not page.all("html") or not page.all("html")[0].get("lang"):
        yield "the page does not say its language"
    if page.title.strip().removesuffix("- LearnIn").strip() == "":
        yield "the page has no title"
    if (headings := len(page.all("h1"))) != 1:
        yield f"{headings} main headings"
    if (sheets := sum(link.get("rel") == "stylesheet" for link in page.all("link"))) != 1:
        yield f"{sheets} style sheets"


def ids_are_single_and_meant(page: Page) -> Iterator[str]:
    """An id stands once, and whatever names an id names one that is there."""
    yield from (f"id {name} stands {times} times" for name, times in Counter(page.ids).items() if times > 1)
    for tag, attributes in page.tags:
        named = [attributes["for"]] if tag == "label" and "for" in attributes else []
        for word in ("aria-describedby", "aria-labelledby", "aria-controls"):
            named += attributes.get(word, "").split()
        if attributes.get("href", "").startswith("#") and attributes["href"] != "#":
            named.append(attributes["href"][1:])
        yield from (f"{tag} names the id {name}, which is not there" for name in named if name not in page.ids)


def forms_carry_the_token(page: Page) -> Iterator[str]:
    """What is sent from a page carries its token; what is typed has a name for who listens."""
    forms = [form for form in page.all("form") if form.get("method", "get").lower() == "post"]
    tokens = [box for box in page.all("input") if box.get("name") == "csrfmiddlewaretoken"]
    if len(forms) != len(tokens):
        yield f"{len(forms)} forms are sent, {len(tokens)} carry the token"
    named = {label.get("for") for label in page.all("label")}
    for box in page.all("input", "select", "textarea"):
        is_seen = box.get("type") not in {"hidden", "submit", "button"}
        if is_seen and box.get("id") not in named and not {"aria-label", "aria-labelledby"} & set(box):
            yield f"box {box.get('name', '')} has no label"


def links_lead_somewhere(page: Page) -> Iterator[str]:
    """Every address on the page is one of ours, and is there."""
    for tag, attributes in page.tags:
        for word in ("href", "action", "hx-get", "hx-post", "src"):
            address = attributes.get(word, "").split("#")[0].split("?")[0]
            if address.startswith("/") and not _leads(address):
                yield f"{tag} leads to {address}, which is not there"
            elif address.startswith(("http:", "https:", "//")) and tag in {"link", "script", "img"}:
                yield f"{tag} is loaded from {address}"


def _leads(address: str) -> bool:
    if address.startswith(settings.STATIC_URL):
        return finders.find(address.removeprefix(settings.STATIC_URL)) is not None
    try:
        return resolve(address) is not None
    except Resolver404:
        return False


def scripts_keep_the_budget(page: Page) -> Iterator[str]:
    """An ordinary page sends little script."""
    addresses = [script["src"] for script in page.all("script") if "src" in script]
    total = sum(compressed(address.removeprefix(settings.STATIC_URL)) for address in addresses)
    if not addresses or (total > SCRIPT_BUDGET and not page.all(WITH_ENGINE)):
        yield f"{total} bytes of compressed script in {len(addresses)} files"


@cache
def compressed(name: str) -> int:
    """How many bytes of this static file travel."""
    found = finders.find(name)
    if not found:
        raise FileNotFoundError(f"{name}: run npm run build")
    return len(gzip.compress(Path(found).read_bytes(), 6))


RULES = (
    has_one_of_each,
    ids_are_single_and_meant,
    forms_carry_the_token,
    links_lead_somewhere,
    scripts_keep_the_budget,
)
