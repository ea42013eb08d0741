"""The pictures of the guides: what each shows still stands on its page, and each is a small PNG.

With LEARNIN_PICTURES=1 they are taken anew from the example country; look at them before you commit them.
"""

import io
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image, UnidentifiedImageError
from playwright.sync_api import Page, expect

from tests.browser.looking import DESK, PHONE, Visitor, sized
from tests.browser.sights import Sight
from tests.browser.site import ROOT, Site

FOLDER = ROOT / "docs" / "pictures"
PAPERS = [ROOT / "README.md", *sorted((ROOT / "docs" / "guide").glob("*.md"))]
NAMED = re.compile(r"!\[([^\]]*)\]\((?:\.\./|docs/)pictures/([\w-]+)\.png\)")
WANTED = os.environ.get("LEARNIN_PICTURES", "") == "1"
MOST_BYTES = 120_000
COLOURS = 64  # a page has few; text stays smooth


@dataclass(frozen=True)
class Picture:
    """A page as a guide shows it: whose, what must be on it, how much of it."""

    name: str
    sight: Sight
    shows: tuple[str, ...]
    height: int
    width: int = DESK


XA = ("country",)
PICTURES = [
    Picture("country-home", Sight("home:country", "ana", XA), (".li-next", "#seats", "#route", "#events"), 1500),
    Picture("composition", Sight("taskforce:composition", "ana", XA), ("#checks", "#leave", "main table"), 1300),
    Picture(
        "meeting", Sight("taskforce:meeting", "ana", ("held",)), ("#life", "#unfinished", "#agenda", "#came"), 1715
    ),
    Picture("minutes", Sight("taskforce:minutes", "ana", ("open_minutes",)), ("#life", "#text", "#objections"), 1300),
    Picture("actions", Sight("taskforce:actions", "ana", XA), ("main form", "#actions table"), 1000),
    Picture("member-on-a-phone", Sight("home:country", "petra", XA), (".li-next", "#route"), 1200, PHONE),
    Picture("answer-an-invitation", Sight("taskforce:answer", keys=("answer",)), ("main form",), 700),
    Picture("people", Sight("people:people", "jon", XA), ("main table",), 1000),
    Picture("regional-activity", Sight("taskforce:activity", "jon", ("copy",)), ("#text", "#answer", "#state"), 1000),
    Picture(
        "public-page", Sight("home:public_country", keys=XA), ("#about", "#events", "#documents", "#speakers"), 1060
    ),
    Picture("region", Sight("home:region", "rena"), ("#route", "#map"), 2085),
    Picture(
        "results-explored", Sight("assessment:explorer", "ana", ("assessment",)), ("main form", "#numbers figure"), 1250
    ),
    Picture(
        "results-by-area",
        Sight("assessment:explorer", "ana", ("assessment",), more="?split=area"),
        ("main form", "#numbers .li-heat"),
        1250,
    ),
    Picture("needs-in-order", Sight("assessment:needs", "ana", XA), ("#burden", "#order"), 1300),
    Picture("register", Sight("initiatives:register", "ana", XA), ("main form", "#initiatives table"), 1100),
    Picture("pair", Sight("initiatives:pair", "ana", ("pair",)), ("#verdict", "#why", "#where"), 1900),
    Picture(
        "coverage",
        Sight("initiatives:coverage", "ana", XA, more="?sides=component-area"),
        ("#matrix", "#crowds"),
        1500,
    ),
    Picture("matrix", Sight("taskforce:region_activities", "rena"), ("#matrix", "#counts"), 1420),
]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_the_page_has_what_the_picture_shows(
    picture: Picture, signed_in: Callable[[str], Visitor], learnin: Site
) -> None:
    page = signed_in(picture.sight.who).page
    page.goto(picture.sight.address(learnin.keys))
    with sized(page, picture.width):
        for what in picture.shows:
            expect(page.locator(what).first).to_be_visible()
        if WANTED:
            take(page, picture)


def take(page: Page, picture: Picture) -> None:
    """Write the picture the guides show, in few colours."""
    seen = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    shown = seen.convert("RGB").crop((0, 0, picture.width, min(picture.height, seen.height)))
    few = shown.quantize(colors=COLOURS, dither=Image.Dither.NONE)
    FOLDER.mkdir(exist_ok=True)
    few.save(FOLDER / f"{picture.name}.png", optimize=True)


def named() -> dict[str, str]:
    """Each picture that a paper shows, with the words for those who cannot see it."""
    return {name: words for paper in PAPERS for words, name in NAMED.findall(paper.read_text())}


def faults(path: Path, width: int) -> Iterator[str]:
    """What is wrong with the file of a picture."""
    if not path.exists():
        yield "is missing"
        return
    if path.stat().st_size > MOST_BYTES:
        yield f"is larger than {MOST_BYTES} bytes"
    try:
        with Image.open(path) as image:
            image.load()
            if image.format != "PNG":
                yield f"is {image.format}, not PNG"
            if image.width != width:
                yield f"is {image.width} pixels wide, not {width}"
            if len(image.convert("RGB").getcolors(1 << 24) or []) < 8:
                yield "shows nothing"
    except (UnidentifiedImageError, OSError):
        yield "is no picture"


def test_every_picture_is_a_small_png() -> None:
    found = {picture.name: list(faults(FOLDER / f"{picture.name}.png", picture.width)) for picture in PICTURES}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_papers_and_pictures_name_each_other() -> None:
    taken = {picture.name for picture in PICTURES}
    assert set(named()) == taken == {path.stem for path in FOLDER.glob("*.png")}
    assert [name for name, words in named().items() if len(words.split()) < 4] == []


def test_a_picture_that_is_none_is_found(tmp_path: Path) -> None:
    planted = {"text.png": b"<svg/>", "white.png": b"", "wide.png": b""}
    for name, content in planted.items():
        (tmp_path / name).write_bytes(content)
    Image.new("RGB", (DESK, 9), "white").save(tmp_path / "white.png")
    Image.linear_gradient("L").save(tmp_path / "wide.png")
    found = {path.name: list(faults(path, DESK)) for path in sorted(tmp_path.iterdir())}
    assert found == {
        "text.png": ["is no picture"],
        "white.png": ["shows nothing"],
        "wide.png": [f"is 256 pixels wide, not {DESK}"],
    }
    assert list(faults(tmp_path / "gone.png", DESK)) == ["is missing"]
