"""Whether a record makes sense and fits into the register; a database would only say that something does not."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from learnin.initiatives.formats.record import Organisation, Record

SHOWN = 60
MOST_PEOPLE = 2**63 - 1
MOST_MONEY = Decimal(10) ** 18
LONGEST = {
    "identifier": 200,
    "org-id": 120,
    "place": 200,
    "pcode": 20,
    "language": 12,
    "url": 1000,
    "link": 300,
    "kind": 100,
}
"""What the columns of the tables hold, in letters."""


def problems(record: Record, kept: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What keeps it out: a code without its `register.`, and what to quote. `kept`: the record as JSON."""
    if not record.title:
        yield "no_title", ""
    if not record.reporter.name:
        yield "no_reporter", ""
    if record.is_reversed:
        yield "ends_before_it_begins", ""
    yield from (("too_long", f"{words[:SHOWN]}…") for words, most in _texts(record) if len(words) > most)
    yield from (("too_large", said) for said in _too_large(record))
    if "\\u0000" in json.dumps(kept):
        yield "damaged", ""


def _texts(record: Record) -> Iterator[tuple[str, int]]:
    yield record.identifier, LONGEST["identifier"]
    yield record.language, LONGEST["language"]
    for one in _organisations(record):
        yield one.identifier, LONGEST["org-id"]
    for place in record.places:
        yield place.name, LONGEST["place"]
        yield place.pcode, LONGEST["pcode"]
        yield place.geonames, LONGEST["pcode"]
    for link in record.links:
        yield link.url, LONGEST["url"]
        yield link.title, LONGEST["link"]
        yield link.type, LONGEST["kind"]


def _organisations(record: Record) -> Iterator[Organisation]:
    yield record.reporter
    yield from (party.organisation for party in record.parties)


def _too_large(record: Record) -> Iterator[str]:
    for money in record.money:
        if abs(money.amount) >= MOST_MONEY:
            yield f"{money.amount} {money.currency}"[:SHOWN]
    for people in record.people:
        yield from (str(n)[:SHOWN] for n in (people.planned, people.reached) if n is not None and n > MOST_PEOPLE)
