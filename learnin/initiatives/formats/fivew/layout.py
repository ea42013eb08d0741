"""The 5W table that we write: its columns, and what stands in them for each row of a record.

A record has a row for each of its places, amounts and periods, side by side. What is counted or shared (amounts,
people, percentages) stands in one row only, so that a sum over the table counts nothing twice.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from learnin.initiatives.formats.fivew import parties
from learnin.initiatives.formats.fivew.facts import PURPOSES
from learnin.initiatives.formats.fivew.list_words import Kind
from learnin.initiatives.formats.fivew.meanings import Meaning, Use, tag
from learnin.initiatives.formats.fivew.money import KINDS
from learnin.initiatives.formats.record import Identifier, Money, People, Place, Record, Role, Share

Value = str | int | float | Decimal | date | None
Said = Callable[["Row"], Value]

_M = Meaning


def _its_id(kind: str, one: str) -> str:
    return one


@dataclass(frozen=True)
class Words:
    """The words of a language for a table.

    headings: by meaning; the meaning itself where there is none. names: kind of list (`Kind`, "area", "language") and
    id to name; it may answer the id. sheet: the sheet's name. hints: by meaning, what to write into a column.
    """

    headings: Mapping[Meaning, str] = field(default_factory=dict)
    names: Callable[[str, str], str] = _its_id
    sheet: str = "5W"
    guide: str = "Guide"
    lists: str = "Lists"
    hints: Mapping[Meaning, str] = field(default_factory=dict)

    def heading(self, use: Use) -> str:
        """The heading of a column, with its language or audience in brackets."""
        said = self.headings.get(use.meaning, str(use.meaning))
        detail = self.names(Kind.AUDIENCE, use.detail) if use.meaning in (_M.PLANNED, _M.REACHED) else use.detail
        return f"{said} ({detail})" if use.detail else said


@dataclass(frozen=True)
class Row:
    """One row of a record: the number of the row in it, and the place, amount and people that stand there."""

    record: Record
    number: int
    place: Place | None
    money: Money | None
    people: tuple[People, ...]

    @property
    def is_first(self) -> bool:
        """Whether what stands only once stands here."""
        return self.number == 0


@dataclass(frozen=True)
class Column:
    """One column: how it is used, its heading and hashtag, and what stands in it."""

    use: Use
    heading: str
    hashtag: str
    said: Said
    width: int = 16


def rows(record: Record) -> Iterator[Row]:
    """The rows of a record; at least one."""
    periods = list(dict.fromkeys((one.begins, one.ends) for one in record.people))
    periods.sort(key=lambda period: period != (None, None))  # a row without a period is the first, or no row at all
    groups = [tuple(one for one in record.people if (one.begins, one.ends) == period) for period in periods]
    for number in range(max(1, len(record.places), len(record.money), len(groups))):
        yield Row(
            record,
            number,
            record.places[number] if number < len(record.places) else None,
            record.money[number] if number < len(record.money) else None,
            groups[number] if number < len(groups) else (),
        )


def columns(records: Sequence[Record], words: Words) -> list[Column]:
    """The columns that these records need, in the order who, what, where, when, for whom, how much."""
    every = [Column(use, words.heading(use), tag(use), said, width) for use, said, width in _columns(records, words)]
    filled = [one for one in every if any(one.said(row) not in (None, "") for it in records for row in rows(it))]
    told = {one.use.meaning for one in filled}
    empty = {one.use for one in every if one.use.meaning in CORE - told and not one.use.detail}
    return [one for one in every if one in filled or one.use in empty]


CORE = frozenset(
    {_M.IDENTIFIER, _M.TITLE, _M.DESCRIPTION, _M.REPORTER, _M.FUNDER, _M.IMPLEMENTER, _M.STATUS, _M.PLANNED_START}
    | {_M.PLANNED_END, _M.COUNTRY, _M.PLACE_COUNTRY, _M.AREA, _M.PLACE, _M.THEME, _M.AUDIENCE, _M.PLANNED, _M.REACHED}
    | {_M.BUDGET, _M.CURRENCY}
)
"""Columns that stand in every table, filled or not; others only where a record fills them."""


def _columns(records: Sequence[Record], words: Words) -> Iterator[tuple[Use, Said, int]]:
    yield from _what(records)
    yield from _who()
    yield from _where(words)
    yield from _when(words)
    yield from _whom(records, words)
    yield from _money()
    yield from _more(words)


def _what(records: Sequence[Record]) -> Iterator[tuple[Use, Said, int]]:
    yield Use(_M.IDENTIFIER), lambda row: row.record.identifier, 20
    yield (
        Use(_M.OTHER_IDENTIFIER),
        _once(lambda one: _list(_bracketed(it.value, it.kind) for it in one.identifiers)),
        16,
    )
    for language in _languages(text.language for one in records for text in one.titles):
        yield Use(_M.TITLE, language), _title(language), 40
    for meaning, purpose in PURPOSES.items():
        told = (text.language for one in records for text in one.descriptions if text.purpose == purpose)
        for language in _languages(told):
            yield Use(meaning, language), _description(meaning, language), 40
    yield Use(_M.LANGUAGE), _once(lambda one: one.language), 8


def _other(one: Identifier) -> str:
    return _bracketed(one.value, one.kind)


def _languages(told: Iterable[str]) -> list[str]:
    """Languages in the order in which they are met; always one column, for those that tell none."""
    return sorted(dict.fromkeys(["", *told]), key=bool)


def _title(language: str) -> Said:
    return lambda row: next((text.words for text in row.record.titles if text.language == language), "")


def _description(meaning: Meaning, language: str) -> Said:
    purpose = PURPOSES[meaning]
    return _once(
        lambda one: next((it.words for it in one.descriptions if it.language == language and it.purpose == purpose), "")
    )


def _who() -> Iterator[tuple[Use, Said, int]]:
    yield Use(_M.REPORTER), lambda row: parties.written(row.record.reporter), 28
    yield Use(_M.REPORTER_TYPE), _once(lambda one: one.reporter.type), 10
    for meaning, role in parties.ROLES.items():
        yield Use(meaning), _parties(role), 28


def _parties(role: Role) -> Said:
    return _once(lambda one: _list(parties.written(it.organisation) for it in one.parties if it.role == role))


def _where(words: Words) -> Iterator[tuple[Use, Said, int]]:
    yield Use(_M.COUNTRY), lambda row: _list(_shared(it, row.is_first) for it in row.record.countries), 10
    yield Use(_M.PLACE_COUNTRY), _place(lambda it: it.country), 10
    yield Use(_M.AREA), _place(lambda it: words.names("area", it.area) if it.area else ""), 20
    yield Use(_M.PLACE), _place(lambda it: it.name), 20
    yield Use(_M.PCODE), _place(lambda it: it.pcode), 12
    yield Use(_M.GEONAMES), _place(lambda it: it.geonames), 12
    yield Use(_M.LATITUDE), _place(lambda it: it.latitude), 10
    yield Use(_M.LONGITUDE), _place(lambda it: it.longitude), 10
    yield Use(_M.REACH), _place(lambda it: words.names(Kind.REACH, it.reach) if it.reach else ""), 14
    yield Use(_M.SCOPE), _once(lambda one: one.scope), 8


def _when(words: Words) -> Iterator[tuple[Use, Said, int]]:
    yield Use(_M.STATUS), lambda row: words.names(Kind.STATUS, row.record.status) if row.record.status else "", 16
    yield Use(_M.PLANNED_START), lambda row: row.record.planned_start, 12
    yield Use(_M.ACTUAL_START), lambda row: row.record.actual_start, 12
    yield Use(_M.PLANNED_END), lambda row: row.record.planned_end, 12
    yield Use(_M.ACTUAL_END), lambda row: row.record.actual_end, 12


def _whom(records: Sequence[Record], words: Words) -> Iterator[tuple[Use, Said, int]]:
    yield Use(_M.SECTOR), _once(lambda one: _list(_shared(it, True) for it in one.sectors)), 14
    yield Use(_M.THEME), _once(lambda one: _list(words.names(Kind.THEME, it) for it in one.themes)), 28
    yield Use(_M.AUDIENCE), _once(lambda one: _list(words.names(Kind.AUDIENCE, it) for it in one.audiences)), 28
    yield Use(_M.COMPONENT), _once(lambda one: _list(words.names(Kind.COMPONENT, it) for it in one.components)), 20
    yield Use(_M.ISCED), _once(lambda one: _list(one.isced)), 10
    yield Use(_M.SDG), _once(lambda one: _list(one.sdg)), 10
    for audience in _languages(told.audience for one in records for told in one.people):
        yield Use(_M.PLANNED, audience), _people(audience, lambda it: it.planned), 12
        yield Use(_M.REACHED, audience), _people(audience, lambda it: it.reached), 12
    yield Use(_M.PERIOD), _period, 22


def _people(audience: str, count: Callable[[People], int | None]) -> Said:
    return lambda row: next((count(one) for one in row.people if one.audience == audience), None)


def _period(row: Row) -> Value:
    one = row.people[0] if row.people else None
    return f"{one.begins.isoformat()}/{one.ends.isoformat()}" if one and one.begins and one.ends else ""


def _money() -> Iterator[tuple[Use, Said, int]]:
    for meaning, kind in KINDS.items():
        yield Use(meaning), _amount(kind), 16
    yield Use(_M.CURRENCY), lambda row: row.money.currency if row.money else "", 10
    yield Use(_M.MONEY_BEGINS), lambda row: row.money.begins if row.money else None, 12
    yield Use(_M.MONEY_ENDS), lambda row: row.money.ends if row.money else None, 12
    yield Use(_M.VALUED_ON), lambda row: row.money.valued_on if row.money else None, 12


def _amount(kind: str) -> Said:
    return lambda row: row.money.amount if row.money and row.money.kind == kind else None


def _more(words: Words) -> Iterator[tuple[Use, Said, int]]:
    yield Use(_M.LINK), _once(lambda one: " ".join(it.url for it in one.links)), 28
    yield Use(_M.CONTACT_PERSON), _once(lambda one: one.contact.person), 20
    yield Use(_M.CONTACT_ORGANISATION), _once(lambda one: one.contact.organisation), 20
    yield Use(_M.CONTACT_EMAIL), _once(lambda one: one.contact.email), 20
    yield Use(_M.CONTACT_PHONE), _once(lambda one: one.contact.phone), 16
    yield Use(_M.CONTACT_WEBSITE), _once(lambda one: one.contact.website), 20
    yield (
        Use(_M.RELATED),
        _once(lambda one: _list(_bracketed(it.identifier, words.names(Kind.RELATED, it.kind)) for it in one.related)),
        20,
    )
    yield Use(_M.UPDATED), _once(lambda one: one.updated_at.isoformat() if one.updated_at else ""), 20


def _once(said: Callable[[Record], Value]) -> Said:
    """What stands in the first row of a record only."""
    return lambda row: said(row.record) if row.is_first else ""


def _place(said: Callable[[Place], Value]) -> Said:
    return lambda row: said(row.place) if row.place else ""


def _list(parts: Iterable[str]) -> str:
    """Things that one cell lists; what would part one of them into two is written otherwise."""
    return "; ".join(part.replace(";", ",").replace("|", ",") for part in parts)


def _bracketed(text: str, said: str) -> str:
    return f"{text} [{said}]" if said else text


def _shared(one: Share, is_first: bool) -> str:
    return f"{one.code} {one.percentage:f}%" if one.percentage is not None and is_first else one.code
