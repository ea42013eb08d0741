"""Rules for style sheets."""

import re
from collections.abc import Iterator

from tests.house.rules import Source

NOTES = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
PHYSICAL = re.compile(
    r"(?<![\w$-])((?:margin|padding|scroll-margin|scroll-padding)-(?:left|right|top|bottom)|left|right"
    r"|border-(?:left|right|top|bottom)[\w-]*)\s*:|(?<![\w-])(?:text-align|float|clear)\s*:\s*(?:left|right)"
)
ID = re.compile(r"(?<![\w&(:'\"])#[A-Za-z_][\w-]*(?=[^;{}]*\{)")


def _plain(source: Source) -> str:
    return NOTES.sub("", source.text)


def sides_are_logical(source: Source) -> Iterator[str]:
    """Start and end, not left and right: the same sheet works in both directions."""
    for found in PHYSICAL.finditer(_plain(source)):
        yield f"{found.group().strip()} names a physical side"


def styles_name_no_ids(source: Source) -> Iterator[str]:
    """A look belongs to a class."""
    for found in ID.finditer(_plain(source)):
        yield f"{found.group()} is an id"


def fonts_are_the_readers_own(source: Source) -> Iterator[str]:
    """No web fonts, nothing from another address."""
    for word in ("@font-face", "@import url", ".woff", "http://", "https://"):
        if word in _plain(source).replace("http://www.w3.org/", ""):
            yield f"{word} in a style sheet"
