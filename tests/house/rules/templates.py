"""Rules for templates, read as text."""

import re
from collections.abc import Iterator

from tests.house.rules import ROOT, Source

NOTES = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}|<!--.*?-->", re.DOTALL)
MARKED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
TAG = re.compile(r"{%-?\s*(\w+)(.*?)%}", re.DOTALL)
PLACE = re.compile(r"{{.*?}}|{%.*?%}", re.DOTALL)
STYLE = re.compile(r"<(?:style|script)\b[^>]*>", re.IGNORECASE)
ON = re.compile(r"<[^<>]*?\s((?:on[a-z]+|style)\s*=|href\s*=\s*[\"']?javascript:)", re.IGNORECASE)
VISIBLE_ATTRIBUTE = re.compile(r"\b(?:title|alt|placeholder|aria-label|aria-description)\s*=\s*\"([^\"]*)\"")
WORD = re.compile(r"[^\W\d_]{2,}")
ENTITY = re.compile(r"&#?\w+;")
SAME_EVERYWHERE = {"LearnIn", "UNICEF", "ECARO", "API", "JSON", "PDF", "UTC"}
SPOKEN = "heading|label|lede|link|note|hint|why|summary"  # arguments of components that people read
QUOTED = re.compile(rf"(?<![\w=(])\"([^\"]*)\"|(?<![\w=(])'([^']*)'|\b(?:{SPOKEN})=\"([^\"]*)\"")
LITERAL = re.compile(r"^\s*[\"']([^\"']+)[\"']")


def _plain(source: Source) -> str:
    return NOTES.sub("", source.text)


def pages_hold_no_inline_code(source: Source) -> Iterator[str]:
    """The browser is told to run nothing and to style nothing that stands in a page."""
    text = PLACE.sub("", _plain(source))
    for found in STYLE.finditer(text):
        if "src=" not in found.group() and "application/json" not in found.group():
            yield f"{found.group()} in the page"
    for found in ON.finditer(text):
        yield f"{found.group(1)} in the page"


def templates_stay_at_home(source: Source) -> Iterator[str]:
    """A template takes only from its own app and from kit."""
    app = source.name.parts[1]
    own = source.path.split("/templates/")[0] + "/templates/"
    for tag, rest in TAG.findall(_plain(source)):
        if tag not in {"extends", "include"}:
            continue
        named = LITERAL.match(rest)
        if named is None:
            yield f"{tag}{rest.rstrip()} does not say from where"
        elif not _is_home(named.group(1), own, app):
            yield f"{tag} {named.group(1)}"


def _is_home(name: str, own: str, app: str) -> bool:
    """Whether this name is the app's own, kit's, or a page of the sign-in library that the app dresses."""
    is_there = (ROOT / own / name.split("#")[0]).exists()
    return is_there or name.startswith((f"{app}/", "kit/")) or (app == "people" and name.startswith("allauth/"))


def words_are_marked(source: Source) -> Iterator[str]:
    """What people read is marked for translation."""
    text = MARKED.sub("", _plain(source))
    bare = PLACE.sub(" ", text)
    for found in VISIBLE_ATTRIBUTE.finditer(bare):
        yield from _words(found.group(1))
    if source.name.suffix == ".html":
        bare = re.sub(r"<[^>]*>", " ", bare)
    yield from _words(bare)


def _words(text: str) -> Iterator[str]:
    for line in ENTITY.sub(" ", text).splitlines():
        if {*WORD.findall(line)} - SAME_EVERYWHERE:
            yield f"“{line.strip()}” is not marked for translation"


def components_get_marked_words(source: Source) -> Iterator[str]:
    """Words handed to a component are marked too: `_("...")`."""
    for tag, rest in TAG.findall(_plain(source)):
        if tag in _components():
            for found in QUOTED.finditer(rest):
                said = next((word for word in found.groups() if word), "")
                if re.match(r"[A-Z][a-z]|\w+ \w", said):
                    yield f"“{said}” in {tag} is not marked for translation"


def _components() -> set[str]:
    from learnin.kit.templatetags.kit import register

    return set(register.tags)
