"""What of a record IATI 2.03 can say, and what it cannot."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TypeVar

from learnin.initiatives.formats.iati import codelists, leaving, ours, where
from learnin.initiatives.formats.iati.addresses import is_address, is_reference
from learnin.initiatives.formats.iati.doubts import Doubt, shown
from learnin.initiatives.formats.iati.leaving import Left
from learnin.initiatives.formats.iati.pieces import FIRST, LAST, number
from learnin.initiatives.formats.record import (
    Contact,
    Description,
    Identifier,
    Level,
    Money,
    MoneyKind,
    Organisation,
    Party,
    People,
    Place,
    Problem,
    Record,
    Region,
    Share,
    Text,
)

Words = TypeVar("Words", Text, Description)

_GEONAMES = re.compile(r"[0-9]{1,12}")
MANY = 10**15
"""No count of people has more digits."""


@dataclass(frozen=True)
class Fitted:
    """A record with all that can be written, and what of it cannot. It goes out if no problem is an error."""

    record: Record
    problems: tuple[Problem, ...]

    @property
    def goes_out(self) -> bool:
        """Whether the standard has enough to make an activity of it."""
        return not any(problem.level is Level.ERROR for problem in self.problems)


def unwritable(record: Record) -> tuple[Problem, ...]:
    """What of a record IATI cannot say: errors keep it out, warnings leave a part out. `place` names the field."""
    return fitted(record).problems


def fitted(record: Record) -> Fitted:
    """The record as far as it can be written."""
    left = Left(shown(record.identifier))
    clean = leaving.clean(record, "", left)
    reporter = _organisation(clean.reporter, "reporter", left)
    fit = replace(
        clean,
        titles=_texts(clean.titles, "titles", left),
        descriptions=_texts(clean.descriptions, "descriptions", left),
        reporter=reporter,
        is_secondary=clean.is_secondary and reporter != Organisation(),
        parties=_parties(clean.parties, left),
        identifiers=_identifiers(clean.identifiers, left),
        scope=leaving.code(clean.scope, codelists.SCOPES.__contains__, "scope", left),
        countries=_shares(clean.countries, codelists.is_country, "countries", left),
        regions=_regions(clean.regions, left),
        places=_places(clean.places, left),
        sectors=_sectors(clean.sectors, left),
        themes=leaving.said(clean.themes, str, "themes", left),
        audiences=leaving.said(clean.audiences, str, "audiences", left),
        components=leaving.said(clean.components, str, "components", left),
        isced=leaving.said(clean.isced, str, "isced", left),
        sdg=tuple(code for code in clean.sdg if leaving.code(code, codelists.is_sdg, "sdg", left, empty=False)),
        people=tuple(_people(one, left) for one in clean.people),
        money=tuple(fit for one in clean.money if (fit := _money(one, left))),
        links=tuple(
            one for one in clean.links if left.unless(is_address(one.url), Doubt.WRITE_ADDRESS, "links", one.url)
        ),
        contact=_contact(clean.contact, left),
        related=leaving.said(clean.related, lambda one: one.identifier, "related", left),
        language=leaving.code(clean.language, codelists.is_language, "language", left),
        updated_at=_moment(clean.updated_at, left),
    )
    fit = _days(fit, left)
    _enough(fit, left)
    return Fitted(fit, tuple(left.problems))


def _texts(texts: tuple[Words, ...], place: str, left: Left) -> tuple[Words, ...]:
    return tuple(
        replace(one, language=leaving.code(one.language, codelists.is_language, f"{place}/language", left))
        for one in leaving.said(texts, lambda one: one.words, place, left)
    )


def _organisation(one: Organisation, place: str, left: Left) -> Organisation:
    return replace(
        one,
        names=_texts(one.names, f"{place}/names", left),
        type=leaving.code(one.type, codelists.organisation_types().__contains__, f"{place}/type", left),
    )


def _parties(parties: tuple[Party, ...], left: Left) -> tuple[Party, ...]:
    fit = (replace(one, organisation=_organisation(one.organisation, "parties", left)) for one in parties)
    return leaving.said(fit, lambda one: one.organisation.name, "parties", left)


def _identifiers(several: tuple[Identifier, ...], left: Left) -> tuple[Identifier, ...]:
    known = codelists.identifier_types().__contains__
    return tuple(
        replace(one, kind=leaving.code(one.kind, known, "identifiers/kind", left))
        for one in leaving.said(several, lambda one: one.value, "identifiers", left)
    )


def _shares(shares: tuple[Share, ...], known: Callable[[str], bool], place: str, left: Left) -> tuple[Share, ...]:
    fit = []
    for one in shares:
        if left.unless(known(one.code), Doubt.WRITE_CODE, place, one.code):
            fit.append(replace(one, percentage=_percentage(one.percentage, place, left)))
    return tuple(fit)


def _regions(regions: tuple[Region, ...], left: Left) -> tuple[Region, ...]:
    fit = (replace(one, percentage=_percentage(one.percentage, "regions", left)) for one in regions)
    told = leaving.said(fit, lambda one: one.code or one.name, "regions", left)
    return tuple(replace(one, vocabulary=one.vocabulary or where.DAC_REGIONS) for one in told)


def _percentage(share: Decimal | None, place: str, left: Left) -> Decimal | None:
    fits = share is None or (_is_number(share) and 0 <= share <= 100)
    return share if left.unless(fits, Doubt.PERCENTAGE_RANGE, place, share) else None


def _sectors(shares: tuple[Share, ...], left: Left) -> tuple[Share, ...]:
    now = tuple(replace(one, code=codelists.replaced().get(one.code, one.code)) for one in shares)
    return _shares(now, codelists.purposes().__contains__, "sectors", left)


def _places(places: tuple[Place, ...], left: Left) -> tuple[Place, ...]:
    fit = []
    for one in places:
        if not _is_point(one.latitude, one.longitude):
            left.out(Doubt.WRITE_POINT, "places", f"{one.latitude} {one.longitude}")
            one = replace(one, latitude=None, longitude=None)
        country = leaving.code(one.country, codelists.is_country, "places/country", left)
        geonames = leaving.code(one.geonames, lambda code: bool(_GEONAMES.fullmatch(code)), "places/geonames", left)
        fit.append(replace(one, country=country, geonames=geonames))
    return tuple(one for one in fit if left.unless(one != Place(), Doubt.WRITE_EMPTY, "places"))


def _is_point(latitude: float | None, longitude: float | None) -> bool:
    if latitude is None or longitude is None:
        return latitude is longitude
    return math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180


def _people(one: People, left: Left) -> People:
    if one.audience == ours.EVERYBODY:
        one = replace(one, audience="")
    counts = {
        name: count
        for name, count in (("planned", one.planned), ("reached", one.reached))
        if count is None or left.unless(0 <= count < MANY, Doubt.WRITE_AMOUNT, f"people/{name}", count)
    }
    return replace(
        one,
        planned=counts.get("planned"),
        reached=counts.get("reached"),
        begins=leaving.day(one.begins, "people/begins", left),
        ends=leaving.day(one.ends, "people/ends", left),
    )


def _money(one: Money, left: Left) -> Money | None:
    begins, ends = leaving.day(one.begins, "money/begins", left), leaving.day(one.ends, "money/ends", left)
    is_budget = one.kind is MoneyKind.BUDGET
    backwards = bool(is_budget and begins and ends and ends < begins)
    fits = (
        left.unless(_is_number(one.amount), Doubt.WRITE_AMOUNT, "money", one.amount)
        and left.unless(one.currency in codelists.currencies(), Doubt.WRITE_CODE, "money/currency", one.currency)
        and left.unless(one.amount >= 0 or not is_budget, Doubt.BUDGET_NEGATIVE, "money", one.amount)
        and left.unless(not backwards, Doubt.BUDGET_BACKWARDS, "money", f"{begins} – {ends}")
    )
    valued_on = leaving.day(one.valued_on, "money/valued_on", left)
    return replace(one, begins=begins, ends=ends, valued_on=valued_on) if fits else None


def _is_number(value: Decimal) -> bool:
    """Whether it is written as a reader takes it."""
    return value.is_finite() and -30 <= value.adjusted() < 30 and number(f"{value:f}") is not None


def _contact(contact: Contact, left: Left) -> Contact:
    fits = left.unless(is_reference(contact.website), Doubt.WRITE_ADDRESS, "contact/website", contact.website)
    return contact if fits else replace(contact, website="")


def _moment(at: datetime | None, left: Left) -> datetime | None:
    if at is None or not left.unless(FIRST < at.date() < LAST, Doubt.DATE_FAR, "updated_at", at):
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


def _days(record: Record, left: Left) -> Record:
    days = {name: leaving.day(getattr(record, name), name, left) for name in ("planned_start", "actual_start")}
    for start, end in (("planned_start", "planned_end"), ("actual_start", "actual_end")):
        first, last = days[start], leaving.day(getattr(record, end), end, left)
        backwards = bool(first and last and last < first)
        days[end] = last if left.unless(not backwards, Doubt.END_BEFORE_START, end, f"{first} – {last}") else None
    return replace(
        record,
        planned_start=days["planned_start"],
        actual_start=days["actual_start"],
        planned_end=days["planned_end"],
        actual_end=days["actual_end"],
    )


def _enough(record: Record, left: Left) -> None:
    """Without these there is no activity, and none may be made up."""
    for holds, doubt, place in (
        (record.identifier, Doubt.WRITE_IDENTIFIER, "identifier"),
        (record.titles, Doubt.WRITE_TITLE, "titles"),
        (record.begins or record.ends, Doubt.WRITE_DATE, "begins"),
    ):
        if not holds:
            left.out(doubt, place, level=Level.ERROR)
