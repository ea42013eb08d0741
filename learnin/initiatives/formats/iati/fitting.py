"""What of a record IATI 2.03 can say, and what it cannot."""

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from learnin.initiatives.formats.iati import codelists, ours
from learnin.initiatives.formats.iati.addresses import is_address, is_reference
from learnin.initiatives.formats.iati.doubts import Doubt, shown
from learnin.initiatives.formats.iati.pieces import FIRST, LAST, number
from learnin.initiatives.formats.record import (
    Contact,
    Description,
    Level,
    Money,
    MoneyKind,
    Organisation,
    Party,
    People,
    Place,
    Problem,
    Record,
    Share,
    Text,
)

T = TypeVar("T")
Words = TypeVar("Words", Text, Description)

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no way to write."""

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
    left = _Left(shown(record.identifier))
    clean = _clean(record, "", left)
    fit = replace(
        clean,
        titles=_texts(clean.titles, "titles", left),
        descriptions=_texts(clean.descriptions, "descriptions", left),
        reporter=_organisation(clean.reporter, "reporter", left),
        is_secondary=clean.is_secondary and clean.reporter != Organisation(),
        parties=_parties(clean.parties, left),
        identifiers=tuple(
            replace(one, kind=_code(one.kind, codelists.identifier_types().__contains__, "identifiers/kind", left))
            for one in _said(clean.identifiers, lambda one: one.value, "identifiers", left)
        ),
        scope=_code(clean.scope, codelists.SCOPES.__contains__, "scope", left),
        countries=_shares(clean.countries, codelists.is_country, "countries", left),
        places=_places(clean.places, left),
        sectors=_sectors(clean.sectors, left),
        themes=_said(clean.themes, str, "themes", left),
        audiences=_said(clean.audiences, str, "audiences", left),
        components=_said(clean.components, str, "components", left),
        isced=_said(clean.isced, str, "isced", left),
        sdg=tuple(code for code in clean.sdg if _code(code, codelists.is_sdg, "sdg", left, empty=False)),
        people=tuple(_people(one, left) for one in clean.people),
        money=tuple(fit for one in clean.money if (fit := _money(one, left))),
        links=tuple(
            one for one in clean.links if left.unless(is_address(one.url), Doubt.WRITE_ADDRESS, "links", one.url)
        ),
        contact=_contact(clean.contact, left),
        related=_said(clean.related, lambda one: one.identifier, "related", left),
        language=_code(clean.language, codelists.is_language, "language", left),
        updated_at=_moment(clean.updated_at, left),
    )
    fit = _days(fit, left)
    _enough(fit, left)
    return Fitted(fit, tuple(left.problems))


@dataclass
class _Left:
    """What is left out, in words."""

    identifier: str
    problems: list[Problem] = field(default_factory=list)

    def out(self, doubt: Doubt, place: str, said: object = "", level: Level = Level.WARNING) -> None:
        self.problems.append(Problem(doubt.value, 0, place, shown(str(said)), level, self.identifier))

    def unless(self, holds: bool, doubt: Doubt, place: str, said: object = "") -> bool:
        if not holds:
            self.out(doubt, place, said)
        return holds


def _clean(value: T, place: str, left: _Left) -> T:
    """The same without characters that XML cannot write and blanks around; on one line, except for descriptions."""
    found: Any = value
    if isinstance(value, str) and type(value) is str:
        lines = place == "descriptions/words"
        found = _NOT_XML.sub("", value).replace("\r\n", "\n").replace("\r", "\n")
        if _NOT_XML.search(value):
            left.out(Doubt.WRITE_CHARACTERS, place, found)
        found = found.strip() if lines else " ".join(found.split())
    elif isinstance(value, tuple):
        found = tuple(_clean(one, place, left) for one in value)
    elif is_dataclass(value) and not isinstance(value, type):
        parts = {one.name: getattr(value, one.name) for one in fields(value)}
        clean = {name: _clean(part, f"{place}/{name}".lstrip("/"), left) for name, part in parts.items()}
        found = replace(value, **clean)
    result: T = found
    return result


def _said(values: Iterable[T], what: Callable[[T], str], place: str, left: _Left) -> tuple[T, ...]:
    return tuple(one for one in values if left.unless(bool(what(one)), Doubt.WRITE_EMPTY, place))


def _code(code: str, known: Callable[[str], bool], place: str, left: _Left, *, empty: bool = True) -> str:
    return code if (empty and not code) or left.unless(known(code), Doubt.WRITE_CODE, place, code) else ""


def _texts(texts: tuple[Words, ...], place: str, left: _Left) -> tuple[Words, ...]:
    return tuple(
        replace(one, language=_code(one.language, codelists.is_language, f"{place}/language", left))
        for one in _said(texts, lambda one: one.words, place, left)
    )


def _organisation(one: Organisation, place: str, left: _Left) -> Organisation:
    return replace(
        one,
        names=_texts(one.names, f"{place}/names", left),
        type=_code(one.type, codelists.organisation_types().__contains__, f"{place}/type", left),
    )


def _parties(parties: tuple[Party, ...], left: _Left) -> tuple[Party, ...]:
    fit = (replace(one, organisation=_organisation(one.organisation, "parties", left)) for one in parties)
    return _said(fit, lambda one: one.organisation.name, "parties", left)


def _shares(shares: tuple[Share, ...], known: Callable[[str], bool], place: str, left: _Left) -> tuple[Share, ...]:
    fit = []
    for one in shares:
        if left.unless(known(one.code), Doubt.WRITE_CODE, place, one.code):
            share = one.percentage
            fits = share is None or (_is_number(share) and 0 <= share <= 100)
            left.unless(fits, Doubt.PERCENTAGE_RANGE, place, share)
            fit.append(one if fits else Share(one.code))
    return tuple(fit)


def _sectors(shares: tuple[Share, ...], left: _Left) -> tuple[Share, ...]:
    now = tuple(replace(one, code=codelists.replaced().get(one.code, one.code)) for one in shares)
    return _shares(now, codelists.purposes().__contains__, "sectors", left)


def _places(places: tuple[Place, ...], left: _Left) -> tuple[Place, ...]:
    fit = []
    for one in places:
        if not _is_point(one.latitude, one.longitude):
            left.out(Doubt.WRITE_POINT, "places", f"{one.latitude} {one.longitude}")
            one = replace(one, latitude=None, longitude=None)
        country = _code(one.country, codelists.is_country, "places/country", left)
        geonames = _code(one.geonames, lambda code: bool(_GEONAMES.fullmatch(code)), "places/geonames", left)
        fit.append(replace(one, country=country, geonames=geonames))
    return tuple(one for one in fit if left.unless(one != Place(), Doubt.WRITE_EMPTY, "places"))


def _is_point(latitude: float | None, longitude: float | None) -> bool:
    if latitude is None or longitude is None:
        return latitude is longitude
    return math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180


def _people(one: People, left: _Left) -> People:
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
        begins=_day(one.begins, "people/begins", left),
        ends=_day(one.ends, "people/ends", left),
    )


def _money(one: Money, left: _Left) -> Money | None:
    begins, ends = _day(one.begins, "money/begins", left), _day(one.ends, "money/ends", left)
    is_budget = one.kind is MoneyKind.BUDGET
    backwards = bool(is_budget and begins and ends and ends < begins)
    fits = (
        left.unless(_is_number(one.amount), Doubt.WRITE_AMOUNT, "money", one.amount)
        and left.unless(one.currency in codelists.currencies(), Doubt.WRITE_CODE, "money/currency", one.currency)
        and left.unless(one.amount >= 0 or not is_budget, Doubt.BUDGET_NEGATIVE, "money", one.amount)
        and left.unless(not backwards, Doubt.BUDGET_BACKWARDS, "money", f"{begins} – {ends}")
    )
    valued_on = _day(one.valued_on, "money/valued_on", left)
    return replace(one, begins=begins, ends=ends, valued_on=valued_on) if fits else None


def _is_number(value: Decimal) -> bool:
    """Whether it is written as a reader takes it."""
    return value.is_finite() and -30 <= value.adjusted() < 30 and number(f"{value:f}") is not None


def _contact(contact: Contact, left: _Left) -> Contact:
    fits = left.unless(is_reference(contact.website), Doubt.WRITE_ADDRESS, "contact/website", contact.website)
    return contact if fits else replace(contact, website="")


def _day(day: date | None, place: str, left: _Left) -> date | None:
    return day if day is None or left.unless(FIRST <= day <= LAST, Doubt.DATE_FAR, place, day) else None


def _moment(at: datetime | None, left: _Left) -> datetime | None:
    if at is None or not left.unless(FIRST < at.date() < LAST, Doubt.DATE_FAR, "updated_at", at):
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


def _days(record: Record, left: _Left) -> Record:
    days = {name: _day(getattr(record, name), name, left) for name in ("planned_start", "actual_start")}
    for start, end in (("planned_start", "planned_end"), ("actual_start", "actual_end")):
        first, last = days[start], _day(getattr(record, end), end, left)
        backwards = bool(first and last and last < first)
        days[end] = last if left.unless(not backwards, Doubt.END_BEFORE_START, end, f"{first} – {last}") else None
    return replace(
        record,
        planned_start=days["planned_start"],
        actual_start=days["actual_start"],
        planned_end=days["planned_end"],
        actual_end=days["actual_end"],
    )


def _enough(record: Record, left: _Left) -> None:
    """Without these there is no activity, and none may be made up."""
    for holds, doubt, place in (
        (record.identifier, Doubt.WRITE_IDENTIFIER, "identifier"),
        (record.titles, Doubt.WRITE_TITLE, "titles"),
        (record.begins or record.ends, Doubt.WRITE_DATE, "begins"),
    ):
        if not holds:
            left.out(doubt, place, level=Level.ERROR)
