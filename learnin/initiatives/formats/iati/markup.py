"""How elements, their words and their stand-ins are written."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from lxml import etree

from learnin.initiatives.formats.iati import ours
from learnin.initiatives.formats.record import Text


def add(parent: Any, tag: str, more: dict[str, str] | str = "", /, **attributes: str) -> Any:
    """A new last child: with a text, or with attributes whose names are not Python's."""
    others = more if isinstance(more, dict) else {}
    child = etree.SubElement(parent, tag, {**attributes, **others})
    if isinstance(more, str) and more:
        child.text = more
    return child


def stand_in(element: Any, if_so: bool = True, what_does: str = ours.ELEMENT) -> None:
    """Mark that an element, or the named attribute of it, only fills a place that the schema demands."""
    if if_so:
        element.set(ours.STAND_IN, what_does)


def language(element: Any, code: str) -> None:
    """Say in which language its words are."""
    if code:
        element.set(ours.XML_LANG, code)


def plain(words: str) -> tuple[Text, ...]:
    """Words whose language is not known, if there are any."""
    return (Text(words),) if words else ()


def narratives(element: Any, texts: Sequence[Text]) -> Any:
    """Its words. The schema wants a narrative also where there are none: an empty one says so."""
    for text in texts:
        language(add(element, "narrative", text.words), text.language)
    if not texts:
        stand_in(add(element, "narrative"))
    return element


def day(parent: Any, tag: str, on: date | None, some_day: date) -> None:
    """A day; where nobody said one, some day of the activity stands in."""
    stand_in(add(parent, tag, {"iso-date": (on or some_day).isoformat()}), on is None)
