"""The smallest things an activity is made of: texts, codes, days, numbers. What is doubtful is told and left out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from learnin.initiatives.formats.iati import codelists, ours
from learnin.initiatives.formats.iati.doubts import Doubt, Doubts
from learnin.initiatives.formats.record import Text

FIRST, LAST = date(1900, 1, 2), date(2100, 12, 31)
"""Days outside are what programs write for "unknown" (0001-01-01, 1900-01-01, 9999-12-31)."""

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T[\d:.]*)?(?:Z|[+-]\d\d:\d\d)?")
_NUMBER = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})")


@dataclass(frozen=True)
class Activity:
    """One activity while it is read. `is_old`: of IATI 1.0x, or of no named version."""

    element: Any
    doubts: Doubts
    is_old: bool

    def all(self, tag: str) -> list[Any]:
        """Its children of this name that say something themselves."""
        return [one for one in self.element.iterchildren(tag) if stands_for_itself(one)]

    def first(self, tag: str) -> Any | None:
        """Its child of this name, which should be the only one."""
        found = self.all(tag)
        for one in found[1:]:
            self.doubts.warn(Doubt.ELEMENT_TWICE, one, tag)
        return found[0] if found else None


def stands_for_itself(element: Any) -> bool:
    """Whether it says something, and does not only fill a place that the schema demands."""
    return bool(element.get(ours.STAND_IN) != ours.ELEMENT)


def value_of(element: Any | None, attribute: str) -> str:
    """What stands in an attribute, without white space around it."""
    return "" if element is None else " ".join((element.get(attribute) or "").split())


def content(element: Any | None) -> str:
    """What an element says as text, its lines kept."""
    if element is None:
        return ""
    said = "".join(element.itertext("*"))
    return said.replace("\r\n", "\n").replace("\r", "\n").strip()


def line(element: Any | None) -> str:
    """What an element says as text, on one line."""
    return " ".join(content(element).split())


def texts(elements: Iterable[Any], activity: Activity, *, lines: bool = False) -> tuple[Text, ...]:
    """Words in narratives (IATI 2) or in the elements themselves (IATI 1)."""
    found = []
    for element in elements:
        narratives = element.findall("narrative")
        for one in filter(stands_for_itself, narratives or [element]):
            if words := content(one) if lines else line(one):
                if not narratives and not activity.is_old:
                    activity.doubts.warn(Doubt.TEXT_OUTSIDE, one, words)
                found.append(Text(words, language(one, activity.doubts)))
            else:
                activity.doubts.warn(Doubt.TEXT_EMPTY, one)
    return tuple(found)


def words(element: Any | None, activity: Activity) -> str:
    """The first words of an element whose language is not kept."""
    found = () if element is None else texts([element], activity)
    return found[0].words if found else ""


def language(element: Any, doubts: Doubts) -> str:
    """The ISO 639 code of the language a text is in; of `en-GB` and the like, the language."""
    said = value_of(element, ours.XML_LANG)
    code = said.replace("_", "-").partition("-")[0].lower()
    if code and not codelists.is_language(code):
        doubts.warn(Doubt.LANGUAGE_UNKNOWN, element, said, "xml:lang")
        return ""
    return code


def day(element: Any, doubts: Doubts, attribute: str = "iso-date") -> date | None:
    """The day that stands in an attribute; None, told, where it is none."""
    said = value_of(element, attribute)
    found = parsed_day(said)
    if found is None:
        doubts.warn(Doubt.DATE_OTHER if said else Doubt.DATE_MISSING, element, said, attribute)
    elif not FIRST <= found <= LAST:
        doubts.warn(Doubt.DATE_FAR, element, said, attribute)
        return None
    return found


def parsed_day(said: str) -> date | None:
    """A day as XML Schema writes it, or the day of such a moment.

    >>> parsed_day("2010-01-15Z"), parsed_day("15/01/2010"), parsed_day("2010-02-30")
    (datetime.date(2010, 1, 15), None, None)
    """
    match = _DAY.fullmatch(said)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def number(said: str) -> Decimal | None:
    """A decimal number as XML Schema writes it: a dot, no separators of thousands, no exponent.

    >>> number("1200.50"), number("1,200"), number("1e3"), number("NaN")
    (Decimal('1200.50'), None, None, None)
    """
    return Decimal(said) if said.isascii() and _NUMBER.fullmatch(said) else None


def percentage(element: Any, doubts: Doubts) -> Decimal | None:
    """The percentage of an element, from 0 to 100."""
    said = value_of(element, "percentage")
    if (kept := element.get(ours.SAID)) is not None:
        said = kept.strip()
    if not said:
        return None
    found = number(said)
    if found is None:
        doubts.warn(Doubt.PERCENTAGE_UNREADABLE, element, said, "percentage")
    elif not 0 <= found <= 100:
        doubts.warn(Doubt.PERCENTAGE_RANGE, element, said, "percentage")
        return None
    return found
