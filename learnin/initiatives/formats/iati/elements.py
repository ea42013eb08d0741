"""The elements of an activity, each in the place where the schema of IATI 2.03 wants it."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date
from decimal import Decimal
from itertools import groupby
from typing import Any

from lxml import etree

from learnin.initiatives.formats.iati import amounts, codelists, markup, ours, what, when, where
from learnin.initiatives.formats.iati.shares import WHOLE, whole
from learnin.initiatives.formats.record import (
    Contact,
    Organisation,
    Place,
    Record,
    Region,
    Share,
    Text,
)

SYSTEM = "http://www.opengis.net/def/crs/EPSG/0/4326"
"""The reference system of points that IATI 2 prescribes: latitude, longitude."""

WEB_PAGE = "A12"
"""Activity web page. Source: IATI codelist DocumentCategory."""


def activity(record: Record, publisher: Organisation) -> Any:
    """The `iati-activity` of a record that fits."""
    top = etree.Element("iati-activity", nsmap={"learnin": ours.SPACE})
    if record.updated_at:
        top.set("last-updated-datetime", record.updated_at.astimezone(UTC).isoformat())
    markup.language(top, record.language)
    markup.add(top, "iati-identifier", record.identifier)
    _reporter(top, record, publisher)
    markup.narratives(markup.add(top, "title"), record.titles)
    _descriptions(top, record)
    _parties(top, record)
    for number in record.identifiers:
        one = markup.add(top, "other-identifier", ref=number.value, type=number.kind)
        if number.owner:
            markup.add(one, "owner-org", ref=number.owner)
    markup.stand_in(markup.add(top, "activity-status", code=record.status or ""), not record.status)
    for kind, day in _dates(record):
        markup.add(top, "activity-date", {"iso-date": day.isoformat()}, type=kind)
    _contact(top, record.contact)
    if record.scope:
        markup.add(top, "activity-scope", code=record.scope)
    _recipients(top, record.countries, record.regions)
    for place in record.places:
        _place(top, place)
    _sectors(top, record.sectors)
    _tags(top, record)
    amounts.money(top, record)
    for link in record.links:
        one = markup.add(top, "document-link", url=link.url, format=link.type)
        markup.stand_in(markup.narratives(markup.add(one, "title"), markup.plain(link.title)), not link.title)
        markup.add(one, "category", code=WEB_PAGE if link.type == "text/html" else "")
    for other in record.related:
        markup.add(top, "related-activity", ref=other.identifier, type=other.kind)
    amounts.people(top, record)
    return top


def _reporter(top: Any, record: Record, publisher: Organisation) -> None:
    """Who reports; where nobody does, whoever publishes this file, about somebody else's activity."""
    unknown = record.reporter == Organisation()
    who = publisher if unknown else record.reporter
    one = markup.add(top, "reporting-org", ref=who.identifier, type=who.type)
    if unknown or record.is_secondary:
        one.set("secondary-reporter", "1")
    if who.acronym:
        one.set(ours.ACRONYM, who.acronym)
    markup.narratives(one, who.names)
    markup.stand_in(one, unknown)


def _descriptions(top: Any, record: Record) -> None:
    for purpose, several in groupby(record.descriptions, key=lambda one: one.purpose):
        one = markup.add(top, "description", type=purpose)
        markup.narratives(one, [Text(text.words, text.language) for text in several])
    if not record.descriptions:
        markup.stand_in(markup.narratives(markup.add(top, "description"), ()))


def _parties(top: Any, record: Record) -> None:
    for party in record.parties:
        who = party.organisation
        named = {"ref": who.identifier, "type": who.type, ours.ACRONYM: who.acronym}
        one = markup.add(top, "participating-org", {key: said for key, said in named.items() if said}, role=party.role)
        if who.names:
            markup.narratives(one, who.names)
    if not record.parties:
        markup.stand_in(markup.add(top, "participating-org", role=""))


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
    one = markup.add(top, "contact-info")
    for tag, words in (("organisation", contact.organisation), ("person-name", contact.person)):
        if words:
            markup.narratives(markup.add(one, tag), markup.plain(words))
    for tag, said in (("telephone", contact.phone), ("email", contact.email), ("website", contact.website)):
        if said:
            markup.add(one, tag, said)


def _recipients(top: Any, countries: Sequence[Share], regions: Sequence[Region]) -> None:
    """Countries and regions share one whole."""
    attributes, left = _percentages([*countries, *regions])
    for country, said in zip(countries, attributes, strict=False):
        markup.add(top, "recipient-country", said, code=country.code)
    for region, said in zip(regions, attributes[len(countries) :], strict=True):
        one = markup.add(top, "recipient-region", said, vocabulary=region.vocabulary, code=region.code)
        if region.name:
            markup.narratives(one, markup.plain(region.name))
    if left:
        markup.stand_in(
            markup.add(top, "recipient-region", _percent(left), vocabulary="1", code=codelists.UNSPECIFIED_REGION)
        )


def _sectors(top: Any, shares: Sequence[Share]) -> None:
    attributes, left = _percentages(shares)
    for share, said in zip(shares, attributes, strict=True):
        markup.add(top, "sector", said, vocabulary=what.DAC, code=share.code)
    if left:
        markup.stand_in(
            markup.add(top, "sector", _percent(left), vocabulary=what.DAC, code=codelists.UNSPECIFIED_SECTOR)
        )


def _percentages(shares: Sequence[Share | Region]) -> tuple[list[dict[str, str]], Decimal]:
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
    one = markup.add(top, "location", {key: said for key, said in own.items() if said})
    if place.reach:
        markup.add(one, "location-reach", code=place.reach)
    if place.geonames:
        markup.add(one, "location-id", vocabulary=where.GEONAMES, code=place.geonames)
    if place.name:
        markup.narratives(markup.add(one, "name"), markup.plain(place.name))
    if place.country:
        markup.add(one, "administrative", vocabulary=where.ISO_COUNTRY, code=place.country)
    if place.latitude is not None and place.longitude is not None:
        markup.add(markup.add(one, "point", srsName=SYSTEM), "pos", f"{place.latitude!r} {place.longitude!r}")


def _tags(top: Any, record: Record) -> None:
    for vocabulary, codes in (
        (ours.THEME, record.themes),
        (ours.AUDIENCE, record.audiences),
        (ours.COMPONENT, record.components),
        (ours.ISCED, record.isced),
    ):
        for code in codes:
            markup.add(top, "tag", {"vocabulary-uri": vocabulary}, vocabulary=what.OWN_TAGS, code=code)
    for code in record.sdg:
        markup.add(top, "tag", vocabulary="3" if "." in code else "2", code=code)
