"""Meetings as calendars know them: iCalendar (RFC 5545), invitations and answers (iTIP, RFC 5546)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from enum import StrEnum

from icalendar import Calendar, Event, vCalAddress, vText

PRODUCT = "-//LearnIn//Task force//EN"
ANSWERS = {"ACCEPTED": "yes", "DECLINED": "no", "TENTATIVE": "maybe"}
"""PARTSTAT of an answer (RFC 5545, 3.2.12) and our word for it."""


class Method(StrEnum):
    """What a calendar should do with the letter."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


class NotAnAnswer(ValueError):
    """This is no answer to an invitation. The word says what is wrong: calendar, method, event, attendee, answer."""


@dataclass(frozen=True)
class Who:
    """A name and an address."""

    name: str
    email: str


@dataclass(frozen=True)
class Happening:
    """Something on a day, or between two moments that carry the time zone of the place."""

    uid: str
    summary: str
    starts: datetime | date
    stamp: datetime
    ends: datetime | None = None
    sequence: int = 0
    location: str = ""
    description: str = ""
    url: str = ""
    is_cancelled: bool = False
    organizer: Who | None = None
    attendees: Sequence[Who] = field(default=())


@dataclass(frozen=True)
class Reply:
    """Who answers which invitation, and how."""

    uid: str
    sequence: int
    attendee: str
    answer: str


def letter(happening: Happening, method: Method) -> bytes:
    """The calendar part of a letter: one event, asked for or called off."""
    return _written([happening], method)


def feed(happenings: Iterable[Happening], *, name: str) -> bytes:
    """A calendar to subscribe to: every event, and the name under which it is shown."""
    return _written(happenings, Method.PUBLISH, name=name)


def _written(happenings: Iterable[Happening], method: Method, *, name: str = "") -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", timedelta(hours=6), {"VALUE": "DURATION"})
    years = []
    for happening in happenings:
        calendar.add_component(_event(happening, method))
        years.append(happening.starts.year)
    if years:
        calendar.add_missing_timezones(date(min(years), 1, 1), date(max(years) + 2, 1, 1))
    return bytes(calendar.to_ical())


def _event(happening: Happening, method: Method) -> Event:
    event = Event()
    event.add("uid", happening.uid)
    event.add("sequence", happening.sequence)
    event.add("dtstamp", happening.stamp)
    event.add("summary", happening.summary)
    event.add("dtstart", happening.starts)
    if happening.ends:
        event.add("dtend", happening.ends)
    for key in ("location", "description", "url"):
        if value := getattr(happening, key):
            event.add(key, value)
    is_off = happening.is_cancelled or method is Method.CANCEL
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    if happening.organizer:
        event.add("organizer", _address(happening.organizer))
    for attendee in happening.attendees:
        event.add("attendee", _attendee(attendee), encode=False)
    return event


def _address(who: Who) -> vCalAddress:
    address = vCalAddress(f"mailto:{who.email}")
    address.params["CN"] = vText(who.name)
    return address


def _attendee(who: Who) -> vCalAddress:
    address = _address(who)
    address.params["CUTYPE"] = vText("INDIVIDUAL")
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText("NEEDS-ACTION")
    address.params["RSVP"] = vText("TRUE")
    return address


def read_reply(content: bytes) -> Reply:
    """The answer in a calendar file, or in a whole letter that carries one. Raises NotAnAnswer."""
    for part in _parts(content):
        return _reply(part)
    raise NotAnAnswer("calendar")


def _parts(content: bytes) -> Iterator[bytes]:
    """The calendars in what came in."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").upper().startswith(b"BEGIN:VCALENDAR"):
        yield content.removeprefix(b"\xef\xbb\xbf")
        return
    for part in message_from_bytes(content, policy=default).walk():
        is_named = str(part.get_filename() or "").lower().endswith(".ics")
        if part.get_content_type() == "text/calendar" or is_named:
            found = part.get_payload(decode=True)
            if isinstance(found, bytes):
                yield found


def _reply(part: bytes) -> Reply:
    try:
        calendar = Calendar.from_ical(part)
    except (ValueError, IndexError, KeyError):
        raise NotAnAnswer("calendar") from None
    if str(calendar.get("method", "")).upper() != "REPLY":
        raise NotAnAnswer("method")
    events = [one for one in calendar.walk("VEVENT") if one.get("uid")]
    if len(events) != 1:
        raise NotAnAnswer("event")
    attendee = events[0].get("attendee")
    if attendee is None or isinstance(attendee, list):
        raise NotAnAnswer("attendee")
    answer = ANSWERS.get(str(attendee.params.get("PARTSTAT", "")).upper())
    if answer is None:
        raise NotAnAnswer("answer")
    address = str(attendee).strip()
    if address.lower().startswith("mailto:"):
        address = address[len("mailto:") :]
    return Reply(str(events[0]["uid"]), int(events[0].get("sequence", 0)), address.lower(), answer)
