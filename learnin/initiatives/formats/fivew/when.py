"""When, and where it stands: days of a row."""

from datetime import UTC, date, datetime

from learnin.initiatives.formats.fivew.days import Span, span
from learnin.initiatives.formats.fivew.known import Codes
from learnin.initiatives.formats.fivew.line import Line, Told
from learnin.initiatives.formats.fivew.list_words import Kind
from learnin.initiatives.formats.fivew.meanings import Meaning
from learnin.initiatives.formats.record import Status

DAYS = (
    *(Meaning.PLANNED_START, Meaning.ACTUAL_START, Meaning.PLANNED_END, Meaning.ACTUAL_END, Meaning.PERIOD),
    *(Meaning.MONEY_BEGINS, Meaning.MONEY_ENDS, Meaning.VALUED_ON),
)


def days(line: Line, meaning: Meaning, day_first: bool | None) -> Span | None:
    """The days that the column of this meaning tells."""
    told = line.one(meaning)
    if not told:
        return None
    found = span(told.cell, day_first=day_first)
    if not found:
        line.doubt("not_a_date", told.heading, told.text)
    elif found.doubt:
        line.doubt(found.doubt, told.heading, f"{told.text} → {found.first.isoformat()}")
    return found


def in_order(line: Line, begins: date | None, ends: date | None, meaning: Meaning) -> date | None:
    """The last day, unless it is before the first."""
    told = line.one(meaning)
    if begins and ends and ends < begins and told:
        line.doubt("ends_before_it_begins", told.heading, told.text)
        return None
    return ends


def status(line: Line, codes: Codes) -> Status | None:
    """Where the initiative stands."""
    found = line.id(Meaning.STATUS, Kind.STATUS, codes)
    return Status(found) if found else None


def moment(line: Line) -> datetime | None:
    """When the reporter last changed it; without a zone it is in UTC."""
    told = line.one(Meaning.UPDATED)
    found = _moment(told) if told else None
    if told and not found:
        line.doubt("not_a_date", told.heading, told.text)
    return found.replace(tzinfo=UTC) if found and not found.tzinfo else found


def _moment(told: Told) -> datetime | None:
    if isinstance(told.cell, datetime):
        return told.cell
    try:
        return datetime.fromisoformat(told.text)
    except ValueError:
        day = span(told.cell)
        return datetime.combine(day.first, datetime.min.time()) if day else None
