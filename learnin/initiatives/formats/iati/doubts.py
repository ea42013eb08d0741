"""What can be wrong in an IATI file, and where it stands."""

from dataclasses import replace
from enum import StrEnum
from typing import Any

from learnin.initiatives.formats.record import Level, Problem

SHOWN = 80
"""So many characters of what stands there are quoted: enough to find it, one line of a list."""


class Doubt(StrEnum):
    """Every problem that reading or writing IATI can tell of; the values are keys of the words that the page has."""

    # The whole file is refused.
    FILE_EMPTY = "iati.file.empty"
    FILE_PACKED = "iati.file.packed"
    FILE_NOT_XML = "iati.file.not-xml"
    FILE_NOT_IATI = "iati.file.not-iati"
    FILE_ENCODING = "iati.file.encoding"
    FILE_NUL = "iati.file.nul"
    FILE_DOCTYPE = "iati.file.doctype"
    FILE_INCLUDE = "iati.file.include"
    FILE_INSTRUCTION = "iati.file.instruction"
    FILE_DEEP = "iati.file.deep"
    FILE_LONG = "iati.file.long"
    FILE_WIDE = "iati.file.wide"
    # About the file as a whole, which is read on.
    BROKEN = "iati.broken"
    NO_ACTIVITY = "iati.no-activity"
    VERSION_UNKNOWN = "iati.version.unknown"
    # The record stays out.
    IDENTIFIER_MISSING = "iati.identifier.missing"
    IDENTIFIER_TWICE = "iati.identifier.twice"
    TITLE_MISSING = "iati.title.missing"
    DATE_UNREADABLE = "iati.date.unreadable"
    # The record comes in without what is doubtful.
    IDENTIFIER_MADE = "iati.identifier.made"
    OTHER_IDENTIFIER_EMPTY = "iati.other-identifier.empty"
    OTHER_IDENTIFIER_TYPE = "iati.other-identifier.type"
    ELEMENT_MISSING = "iati.element.missing"
    ELEMENT_UNKNOWN = "iati.element.unknown"
    ELEMENT_TWICE = "iati.element.twice"
    TEXT_EMPTY = "iati.text.empty"
    TEXT_OUTSIDE = "iati.text.outside"
    LANGUAGE_UNKNOWN = "iati.language.unknown"
    DESCRIPTION_TYPE = "iati.description.type"
    ORGANISATION_NOBODY = "iati.organisation.nobody"
    ORGANISATION_TYPE = "iati.organisation.type"
    ROLE_UNKNOWN = "iati.role.unknown"
    STATUS_UNKNOWN = "iati.status.unknown"
    DATE_MISSING = "iati.date.missing"
    DATE_OTHER = "iati.date.other"
    DATE_FAR = "iati.date.far"
    DATE_TYPE = "iati.date.type"
    DATE_TWICE = "iati.date.twice"
    END_BEFORE_START = "iati.date.end-before-start"
    UPDATED_UNREADABLE = "iati.updated.unreadable"
    SCOPE_UNKNOWN = "iati.scope.unknown"
    COUNTRY_UNKNOWN = "iati.country.unknown"
    PERCENTAGE_UNREADABLE = "iati.percentage.unreadable"
    PERCENTAGE_RANGE = "iati.percentage.range"
    PERCENTAGE_SUM = "iati.percentage.sum"
    SECTOR_UNKNOWN = "iati.sector.unknown"
    SECTOR_REPLACED = "iati.sector.replaced"
    SECTOR_WITHDRAWN = "iati.sector.withdrawn"
    SDG_UNKNOWN = "iati.sdg.unknown"
    TAG_EMPTY = "iati.tag.empty"
    POINT_UNREADABLE = "iati.point.unreadable"
    POINT_RANGE = "iati.point.range"
    REACH_UNKNOWN = "iati.reach.unknown"
    GEONAMES_UNKNOWN = "iati.geonames.unknown"
    AMOUNT_MISSING = "iati.amount.missing"
    AMOUNT_UNREADABLE = "iati.amount.unreadable"
    BUDGET_NEGATIVE = "iati.budget.negative"
    BUDGET_BACKWARDS = "iati.budget.end-before-start"
    CORRECTION = "iati.amount.correction"
    CURRENCY_MISSING = "iati.currency.missing"
    CURRENCY_UNKNOWN = "iati.currency.unknown"
    TRANSACTION_TYPE = "iati.transaction.type"
    PEOPLE_UNREADABLE = "iati.people.unreadable"
    LINK_EMPTY = "iati.link.empty"
    LINK_ADDRESS = "iati.link.address"
    RELATED_EMPTY = "iati.related.empty"
    RELATED_TYPE = "iati.related.type"
    # Writing: the record stays out, or goes out without what the standard has no room for.
    WRITE_IDENTIFIER = "iati.write.identifier"
    WRITE_TITLE = "iati.write.title"
    WRITE_DATE = "iati.write.date"
    WRITE_CODE = "iati.write.code"
    WRITE_AMOUNT = "iati.write.amount"
    WRITE_ADDRESS = "iati.write.address"
    WRITE_POINT = "iati.write.point"
    WRITE_EMPTY = "iati.write.empty"
    WRITE_CHARACTERS = "iati.write.characters"


def shown(said: str) -> str:
    """What stands there, on one line and not too long."""
    line = " ".join(said.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"


class Doubts:
    """The problems of one activity, in the order in which they are found."""

    def __init__(self, activity: Any, number: int) -> None:
        """`number` counts the activities of the file from 1."""
        self._activity, self._number = activity, number
        self._found: list[Problem] = []
        self._places: dict[tuple[Any, str], dict[Any, int]] = {}

    def warn(self, doubt: Doubt, at: Any, said: str | None = "", attribute: str = "") -> None:
        """What stands at this element is doubtful: the record comes in without it."""
        self._add(doubt, at, said, attribute, Level.WARNING)

    def refuse(self, doubt: Doubt, at: Any, said: str | None = "", attribute: str = "") -> None:
        """What stands at this element keeps the whole record out."""
        self._add(doubt, at, said, attribute, Level.ERROR)

    @property
    def refused(self) -> bool:
        """Whether the record stays out."""
        return any(problem.level is Level.ERROR for problem in self._found)

    def of(self, identifier: str) -> tuple[Problem, ...]:
        """All of them, with the identifier of the record they are in."""
        return tuple(replace(problem, identifier=identifier) for problem in self._found)

    def _add(self, doubt: Doubt, at: Any, said: str | None, attribute: str, level: Level) -> None:
        place = self._path(at) + (f"/@{attribute}" if attribute else "")
        self._found.append(Problem(doubt.value, at.sourceline or 1, place, shown(said or ""), level))

    def _path(self, element: Any) -> str:
        """The way from the root of the file to the element; numbered where several bear the same name."""
        if element is self._activity:
            return f"iati-activity[{self._number}]"
        parent = element.getparent()
        key = (parent, element.tag)
        if key not in self._places:
            self._places[key] = {one: nth for nth, one in enumerate(parent.iterchildren(element.tag), 1)}
        numbers = self._places[key]
        return f"{self._path(parent)}/{element.tag}" + (f"[{numbers[element]}]" if len(numbers) > 1 else "")
