"""For whom and what about: themes, audiences, levels, goals and numbers of people of a row."""

import re
from collections.abc import Iterator
from datetime import date

from learnin.initiatives.formats.fivew.amounts import number
from learnin.initiatives.formats.fivew.days import Span
from learnin.initiatives.formats.fivew.known import Codes
from learnin.initiatives.formats.fivew.line import Line, Told
from learnin.initiatives.formats.fivew.list_words import Kind
from learnin.initiatives.formats.fivew.meanings import Meaning
from learnin.initiatives.formats.fivew.where import listed, share
from learnin.initiatives.formats.record import People, Share

_DAC = re.compile(r"\d{5}")
_ISCED = re.compile(r"(?:isced\s*)?([0-8])(?:\s*[-–]\s*([0-8]))?", re.IGNORECASE)
_SDG = re.compile(r"(?:sdg\s*)?((?:1[0-7]|[1-9])(?:\.(?:1\d|[1-9]|[a-d]))?)", re.IGNORECASE)
_LISTS = {Meaning.THEME: Kind.THEME, Meaning.AUDIENCE: Kind.AUDIENCE, Meaning.COMPONENT: Kind.COMPONENT}


def ids(line: Line, meaning: Meaning, codes: Codes) -> tuple[str, ...]:
    """Our ids behind the names that a column lists."""
    kind = _LISTS[meaning]
    found = dict[str, None]()
    for told, text, one in listed(line, meaning, lambda text: codes.id(kind, text)):
        if one:
            found[one] = None
        else:
            line.doubt(f"{kind}_unknown", told.heading, text)
    return tuple(found)


def sectors(line: Line, codes: Codes) -> tuple[tuple[Share, ...], tuple[str, ...]]:
    """DAC purpose codes with their shares, and themes where a sector is told by the name of one."""
    found, themes = dict[str, Share](), dict[str, None]()

    def known(text: str) -> str:
        is_code = bool(_DAC.fullmatch(text))
        return text if is_code else codes.id(Kind.SECTOR, text) or codes.id(Kind.THEME, text)

    for told, text, one in listed(line, Meaning.SECTOR, known):
        if _DAC.fullmatch(one):
            found.setdefault(one, Share(one, share(text)[1]))
        elif one:
            themes[one] = None
        else:
            line.doubt("sector_unknown", told.heading, text)
    return tuple(found.values()), tuple(themes)


def levels(line: Line) -> tuple[str, ...]:
    """ISCED levels; `1-3` is three of them."""
    found = dict[str, None]()
    for told, text, _ in listed(line, Meaning.ISCED, lambda text: "known" if _ISCED.fullmatch(text) else ""):
        said = _ISCED.fullmatch(text)
        if said:
            found.update(dict.fromkeys(str(one) for one in range(int(said[1]), int(said[2] or said[1]) + 1)))
        else:
            line.doubt("isced_unknown", told.heading, text)
    return tuple(found)


def goals(line: Line) -> tuple[str, ...]:
    """Sustainable Development Goals and their targets."""
    found = dict[str, None]()
    for told, text, _ in listed(line, Meaning.SDG, lambda text: "known" if _SDG.fullmatch(text) else ""):
        said = _SDG.fullmatch(text)
        if said:
            found[said[1].lower()] = None
        else:
            line.doubt("sdg_unknown", told.heading, text)
    return tuple(found)


def people(line: Line, codes: Codes, period: Span | None) -> tuple[People, ...]:
    """How many people of each audience were planned and reached, in the period of the row if it tells one."""
    planned = dict(_counts(line, Meaning.PLANNED, Meaning.PLANNED_PART, codes))
    reached = dict(_counts(line, Meaning.REACHED, Meaning.REACHED_PART, codes))
    begins, ends = (period.first, period.last) if period else (None, None)
    return tuple(_people(one, planned, reached, begins, ends) for one in dict.fromkeys([*planned, *reached]))


def _people(
    audience: str, planned: dict[str, int], reached: dict[str, int], begins: date | None, ends: date | None
) -> People:
    return People(audience, planned.get(audience), reached.get(audience), begins, ends)


def _counts(line: Line, whole: Meaning, part: Meaning, codes: Codes) -> Iterator[tuple[str, int]]:
    """People by audience; women and men, or girls and boys, are added up where nobody counted them together."""
    counts = dict[str, int]()
    for told in line.all(whole):
        audience = codes.id(Kind.AUDIENCE, told.detail) if told.detail else ""
        if told.detail and not audience:
            line.doubt("audience_unknown", told.heading, told.detail)
        elif (count := _count(line, told)) is not None:
            counts.setdefault(audience, count)
    parts = [count for told in line.all(part) if (count := _count(line, told)) is not None] if "" not in counts else []
    if parts:
        counts[""] = sum(parts)
    yield from counts.items()


def _count(line: Line, told: Told) -> int | None:
    found = number(told.cell)
    if not found or found.value < 0 or found.value != int(found.value) or "%" in found.beside:
        line.doubt("not_a_count", told.heading, told.text)
        return None
    if found.beside:
        line.doubt("count_with_words", told.heading, told.text)
    return int(found.value)
