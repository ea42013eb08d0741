"""One row of a 5W table as a record: what it tells, with its doubts left in the line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from learnin.initiatives.formats.fivew import money, parties, when, where, whom
from learnin.initiatives.formats.fivew.days import Span
from learnin.initiatives.formats.fivew.hashtags import language
from learnin.initiatives.formats.fivew.known import Codes, Places
from learnin.initiatives.formats.fivew.line import Line
from learnin.initiatives.formats.fivew.list_words import Kind
from learnin.initiatives.formats.fivew.meanings import Meaning
from learnin.initiatives.formats.record import (
    Contact,
    Description,
    Identifier,
    Link,
    Purpose,
    Record,
    Related,
    RelatedAs,
    Text,
)

PURPOSES = {
    Meaning.DESCRIPTION: Purpose.GENERAL,
    Meaning.OBJECTIVES: Purpose.OBJECTIVES,
    Meaning.TARGET_GROUPS: Purpose.TARGET_GROUPS,
}
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?", re.IGNORECASE)
_BRACKETS = re.compile(r"(.*?)\s*\[([^\[\]]*)\]")
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True)
class Known:
    """What the reader knows beside the row. By heading: whether days come first, and the sign before decimals."""

    places: Places
    codes: Codes
    day_first: Mapping[str, bool | None] = field(default_factory=dict)
    decimal: Mapping[str, str] = field(default_factory=dict)


def record(line: Line, known: Known) -> Record:
    """What the row tells, as a record that may hold a part of its initiative only."""
    spans = {meaning: _days(line, meaning, known) for meaning in when.DAYS if line.one(meaning)}
    starts = {meaning: span.first for meaning, span in spans.items() if span}
    ends = {meaning: span.last for meaning, span in spans.items() if span}
    countries = where.countries(line, known.places)
    only = countries[0].code if len(countries) == 1 else ""
    sectors, themes = whom.sectors(line, known.codes)
    amount_days = money.Days(
        starts.get(Meaning.MONEY_BEGINS), ends.get(Meaning.MONEY_ENDS), starts.get(Meaning.VALUED_ON)
    )
    return Record(
        identifier=line.text(Meaning.IDENTIFIER),
        titles=tuple(Text(told.text, told.detail) for told in line.all(Meaning.TITLE)),
        descriptions=tuple(_descriptions(line)),
        reporter=parties.reporter(line, known.codes),
        parties=tuple(dict.fromkeys(parties.parties(line))),
        identifiers=tuple(
            dict.fromkeys(Identifier(*_bracketed(text)) for text in _parts(line, Meaning.OTHER_IDENTIFIER))
        ),
        status=when.status(line, known.codes),
        planned_start=starts.get(Meaning.PLANNED_START),
        actual_start=starts.get(Meaning.ACTUAL_START),
        planned_end=_end(line, starts, ends, Meaning.PLANNED_END),
        actual_end=_end(line, starts, ends, Meaning.ACTUAL_END),
        scope=_scope(line),
        countries=countries,
        places=where.places_of(line, countries, known.places, known.codes),
        sectors=sectors,
        themes=tuple(dict.fromkeys((*whom.ids(line, Meaning.THEME, known.codes), *themes))),
        audiences=whom.ids(line, Meaning.AUDIENCE, known.codes),
        components=whom.ids(line, Meaning.COMPONENT, known.codes),
        isced=whom.levels(line),
        sdg=whom.goals(line),
        people=whom.people(line, known.codes, spans.get(Meaning.PERIOD)),
        money=tuple(money.money(line, only, amount_days, known.decimal)),
        links=tuple(_links(line)),
        contact=_contact(line),
        related=tuple(dict.fromkeys(_related(line, known.codes))),
        language=_language(line),
        updated_at=when.moment(line),
    )


def _days(line: Line, meaning: Meaning, known: Known) -> Span | None:
    told = line.one(meaning)
    return when.days(line, meaning, known.day_first.get(told.heading) if told else None)


def _end(line: Line, starts: Mapping[Meaning, date], ends: Mapping[Meaning, date], meaning: Meaning) -> date | None:
    """The last day, planned or actual, compared with the first day of its kind."""
    start = Meaning.PLANNED_START if meaning is Meaning.PLANNED_END else Meaning.ACTUAL_START
    return when.in_order(line, starts.get(start), ends.get(meaning), meaning)


def _descriptions(line: Line) -> Iterator[Description]:
    """Descriptions keep their lines."""
    for meaning, purpose in PURPOSES.items():
        for told in line.all(meaning):
            words = told.cell if isinstance(told.cell, str) else told.text
            yield Description(words.replace("\r\n", "\n").strip(), told.detail, purpose)


def _parts(line: Line, meaning: Meaning) -> list[str]:
    return [text for _, text in line.parts(meaning)]


def _bracketed(text: str) -> tuple[str, str]:
    """A text with what stands in brackets behind it: `GB-1-202 [parent]`."""
    found = _BRACKETS.fullmatch(text)
    return (found[1], found[2].strip()) if found and found[1] else (text, "")


def _scope(line: Line) -> str:
    told = line.one(Meaning.SCOPE)
    if told and not (told.text.isdecimal() and 1 <= int(told.text) <= 8):  # IATI 2.03, ActivityScope
        line.doubt("scope_unknown", told.heading, told.text)
        return ""
    return told.text if told else ""


def _language(line: Line) -> str:
    told = line.one(Meaning.LANGUAGE)
    if told and not _LANGUAGE.fullmatch(told.text):
        line.doubt("language_unknown", told.heading, told.text)
        return line.mapping.language
    return language(told.text) if told else line.mapping.language


def _links(line: Line) -> Iterator[Link]:
    """Addresses of the web; any other kind could run something where somebody clicks on it."""
    for told in line.all(Meaning.LINK):
        for one in re.split(r"[|\s]+", told.text):
            address = _address(one.rstrip(";,"))
            if address:
                yield Link(address)
            else:
                line.doubt("not_a_link", told.heading, one)


def _address(text: str) -> str:
    return text if _WEB.fullmatch(text) else f"https://{text}" if text.lower().startswith("www.") else ""


def _contact(line: Line) -> Contact:
    email, website = line.one(Meaning.CONTACT_EMAIL), line.one(Meaning.CONTACT_WEBSITE)
    if email and "@" not in email.text:
        line.doubt("not_an_email", email.heading, email.text)
    if website and not _address(website.text):
        line.doubt("not_a_link", website.heading, website.text)
    return Contact(
        organisation=line.text(Meaning.CONTACT_ORGANISATION),
        person=line.text(Meaning.CONTACT_PERSON),
        email=email.text if email and "@" in email.text else "",
        phone=line.text(Meaning.CONTACT_PHONE),
        website=_address(website.text) if website else "",
    )


def _related(line: Line, codes: Codes) -> Iterator[Related]:
    for told, text in line.parts(Meaning.RELATED):
        identifier, said = _bracketed(text)
        kind = codes.id(Kind.RELATED, said)
        if kind:
            yield Related(identifier, RelatedAs(kind))
        else:
            line.doubt("relation_unknown", told.heading, text)
