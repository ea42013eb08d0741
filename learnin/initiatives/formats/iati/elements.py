"""The elements of an activity, each in the place where the schema of IATI 2.03 wants it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date
from decimal import Decimal
from itertools import groupby
from typing import Any

from lxml import etree

from learnin.initiatives.formats.iati import codelists, ours, what, when, where
from learnin.initiatives.formats.iati.shares import WHOLE, whole
from learnin.initiatives.formats.record import (
    Contact,
    Money,
    MoneyKind,
    Organisation,
    People,
    Place,
    Record,
    Share,
    Text,
)

SYSTEM = "http://www.opengis.net/def/crs/EPSG/0/4326"
"""The reference system of points that IATI 2 prescribes: latitude, longitude."""

WEB_PAGE = "A12"
"""Activity web page. Source: IATI codelist DocumentCategory."""

OUTPUT, UNIT = "1", "1"
"""Source: IATI codelists ResultType, IndicatorMeasure."""

ORIGINAL = "1"
"""Source: IATI codelist BudgetType."""

TRANSACTIONS = {MoneyKind.COMMITMENT: "2", MoneyKind.DISBURSEMENT: "3"}
"""Source: IATI codelist TransactionType."""


def activity(record: Record, publisher: Organisation) -> Any:
    """The `iati-activity` of a record that fits."""
    top = etree.Element("iati-activity", nsmap={"learnin": ours.SPACE})
    if record.updated_at:
        top.set("last-updated-datetime", record.updated_at.astimezone(UTC).isoformat())
    _language(top, record.language)
    _add(top, "iati-identifier", record.identifier)
    _reporter(top, record, publisher)
    _narratives(_add(top, "title"), record.titles)
    _descriptions(top, record)
    _parties(top, record)
    for number in record.identifiers:
        one = _add(top, "other-identifier", ref=number.value, type=number.kind)
        if number.owner:
            _add(one, "owner-org", ref=number.owner)
    _stand_in(_add(top, "activity-status", code=record.status or ""), not record.status)
    for kind, day in _dates(record):
        _add(top, "activity-date", {"iso-date": day.isoformat()}, type=kind)
    _contact(top, record.contact)
    if record.scope:
        _add(top, "activity-scope", code=record.scope)
    _countries(top, record.countries)
    for place in record.places:
        _place(top, place)
    _sectors(top, record.sectors)
    _tags(top, record)
    _money(top, record)
    for link in record.links:
        one = _add(top, "document-link", url=link.url, format=link.type)
        _stand_in(_narratives(_add(one, "title"), _plain(link.title)), not link.title)
        _add(one, "category", code=WEB_PAGE if link.type == "text/html" else "")
    for other in record.related:
        _add(top, "related-activity", ref=other.identifier, type=other.kind)
    _people(top, record)
    return top


def _add(parent: Any, tag: str, more: dict[str, str] | str = "", /, **attributes: str) -> Any:
    """A new last child: with a text, or with attributes whose names are not Python's."""
    others = more if isinstance(more, dict) else {}
    child = etree.SubElement(parent, tag, {**attributes, **others})
    if isinstance(more, str) and more:
        child.text = more
    return child


def _stand_in(element: Any, if_so: bool = True, what_does: str = ours.ELEMENT) -> None:
    if if_so:
        element.set(ours.STAND_IN, what_does)


def _language(element: Any, code: str) -> None:
    if code:
        element.set(ours.XML_LANG, code)


def _plain(words: str) -> tuple[Text, ...]:
    return (Text(words),) if words else ()


def _narratives(element: Any, texts: Sequence[Text]) -> Any:
    """Its words. The schema wants a narrative also where there are none: an empty one says so."""
    for text in texts:
        _language(_add(element, "narrative", text.words), text.language)
    if not texts:
        _stand_in(_add(element, "narrative"))
    return element


def _reporter(top: Any, record: Record, publisher: Organisation) -> None:
    """Who reports; where nobody does, whoever publishes this file, about somebody else's activity."""
    unknown = record.reporter == Organisation()
    who = publisher if unknown else record.reporter
    one = _add(top, "reporting-org", ref=who.identifier, type=who.type)
    if unknown or record.is_secondary:
        one.set("secondary-reporter", "1")
    if who.acronym:
        one.set(ours.ACRONYM, who.acronym)
    _narratives(one, who.names)
    _stand_in(one, unknown)


def _descriptions(top: Any, record: Record) -> None:
    for purpose, several in groupby(record.descriptions, key=lambda one: one.purpose):
        one = _add(top, "description", type=purpose)
        _narratives(one, [Text(text.words, text.language) for text in several])
    if not record.descriptions:
        _stand_in(_narratives(_add(top, "description"), ()))


def _parties(top: Any, record: Record) -> None:
    for party in record.parties:
        who = party.organisation
        named = {"ref": who.identifier, "type": who.type, ours.ACRONYM: who.acronym}
        one = _add(top, "participating-org", {key: said for key, said in named.items() if said}, role=party.role)
        if who.names:
            _narratives(one, who.names)
    if not record.parties:
        _stand_in(_add(top, "participating-org", role=""))


def _dates(record: Record) -> Iterator[tuple[str, date]]:
    for kind, day in (
        (when.PLANNED_START, record.planned_start),
        (when.ACTUAL_START, record.actual_start),
        (when.PLANNED_END, record.planned_end),
        (when.ACTUAL_END, record.actual_end),
    ):
        if day:
            yield kind, day


def _contact(top: Any, contact: Contact) -> None:
    if contact == Contact():
        return
    one = _add(top, "contact-info")
    for tag, words in (("organisation", contact.organisation), ("person-name", contact.person)):
        if words:
            _narratives(_add(one, tag), _plain(words))
    for tag, said in (("telephone", contact.phone), ("email", contact.email), ("website", contact.website)):
        if said:
            _add(one, tag, said)


def _countries(top: Any, shares: Sequence[Share]) -> None:
    attributes, left = _percentages(shares)
    for share, said in zip(shares, attributes, strict=True):
        _add(top, "recipient-country", said, code=share.code)
    if left:
        _stand_in(_add(top, "recipient-region", _percent(left), vocabulary="1", code=codelists.UNSPECIFIED_REGION))


def _sectors(top: Any, shares: Sequence[Share]) -> None:
    attributes, left = _percentages(shares)
    for share, said in zip(shares, attributes, strict=True):
        _add(top, "sector", said, vocabulary=what.DAC, code=share.code)
    if left:
        _stand_in(_add(top, "sector", _percent(left), vocabulary=what.DAC, code=codelists.UNSPECIFIED_SECTOR))


def _percentages(shares: Sequence[Share]) -> tuple[list[dict[str, str]], Decimal]:
    """The attributes of each share, with what was said where the sum needs something else; and what is left of 100."""
    said = [share.percentage for share in shares]
    if len(said) < 2 and None in said:  # one alone is the whole
        return [{}], Decimal(0)
    exact = sum(share or 0 for share in said) == WHOLE and None not in said
    percentages, left = (said, Decimal(0)) if exact or not said else whole(said)
    attributes = []
    for share, written in zip(said, percentages, strict=True):
        kept = {} if share == written else {ours.SAID: "" if share is None else f"{share:f}"}
        attributes.append({**_percent(written), **kept})
    return attributes, left


def _percent(share: Decimal | None) -> dict[str, str]:
    return {} if share is None else {"percentage": f"{share:f}"}


def _place(top: Any, place: Place) -> None:
    own = {ours.AREA: place.area, ours.PCODE: place.pcode}
    one = _add(top, "location", {key: said for key, said in own.items() if said})
    if place.reach:
        _add(one, "location-reach", code=place.reach)
    if place.geonames:
        _add(one, "location-id", vocabulary=where.GEONAMES, code=place.geonames)
    if place.name:
        _narratives(_add(one, "name"), _plain(place.name))
    if place.country:
        _add(one, "administrative", vocabulary=where.ISO_COUNTRY, code=place.country)
    if place.latitude is not None and place.longitude is not None:
        _add(_add(one, "point", srsName=SYSTEM), "pos", f"{place.latitude!r} {place.longitude!r}")


def _tags(top: Any, record: Record) -> None:
    for vocabulary, codes in (
        (ours.THEME, record.themes),
        (ours.AUDIENCE, record.audiences),
        (ours.COMPONENT, record.components),
        (ours.ISCED, record.isced),
    ):
        for code in codes:
            _add(top, "tag", {"vocabulary-uri": vocabulary}, vocabulary=what.OWN_TAGS, code=code)
    for code in record.sdg:
        _add(top, "tag", vocabulary="3" if "." in code else "2", code=code)


def _money(top: Any, record: Record) -> None:
    """Budgets, then transactions; where the record has them in another order, each says its place."""
    some_day = record.begins or record.ends
    if some_day is None:
        return
    numbered = list(enumerate(record.money, 1))
    in_order = sorted(numbered, key=lambda pair: pair[1].kind is not MoneyKind.BUDGET)
    for nth, money in in_order:
        one = _budget(top, money, some_day) if money.kind is MoneyKind.BUDGET else _transaction(top, money, some_day)
        if in_order != numbered:
            one.set(ours.NTH, str(nth))


def _budget(top: Any, money: Money, some_day: date) -> Any:
    one = _add(top, "budget", type=ORIGINAL)
    _day(one, "period-start", money.begins, some_day)
    _day(one, "period-end", money.ends, some_day)
    _value(one, money, some_day)
    return one


def _transaction(top: Any, money: Money, some_day: date) -> Any:
    one = _add(top, "transaction", {ours.ENDS: money.ends.isoformat()} if money.ends else {})
    _add(one, "transaction-type", code=TRANSACTIONS[money.kind])
    _day(one, "transaction-date", money.begins, some_day)
    _value(one, money, some_day)
    return one


def _value(parent: Any, money: Money, some_day: date) -> None:
    day = money.valued_on or money.begins or some_day
    one = _add(parent, "value", {"value-date": day.isoformat()}, currency=money.currency)
    one.text = f"{money.amount:f}"
    _stand_in(one, money.valued_on is None, "value-date")


def _day(parent: Any, tag: str, day: date | None, some_day: date) -> None:
    _stand_in(_add(parent, tag, {"iso-date": (day or some_day).isoformat()}), day is None)


def _people(top: Any, record: Record) -> None:
    """One result, with an indicator for each audience."""
    some_day = record.begins or record.ends
    if not record.people or some_day is None:
        return
    result = _add(top, "result", type=OUTPUT)
    _narratives(_add(result, "title"), (Text("People", "en"),))
    for audience, several in groupby(record.people, key=lambda one: one.audience):
        indicator = _add(result, "indicator", measure=UNIT)
        _narratives(_add(indicator, "title"), (Text(f"People: {audience}" if audience else "People", "en"),))
        code = audience or ours.EVERYBODY
        _add(indicator, "reference", {"indicator-uri": ours.PEOPLE}, vocabulary="99", code=code)
        _periods(indicator, several, some_day)


def _periods(indicator: Any, several: Iterable[People], some_day: date) -> None:
    for people in several:
        period = _add(indicator, "period")
        _day(period, "period-start", people.begins, some_day)
        _day(period, "period-end", people.ends, some_day)
        for tag, count in (("target", people.planned), ("actual", people.reached)):
            if count is not None:
                _add(period, tag, value=str(count))
