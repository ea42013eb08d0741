"""With whose money, and how much: amounts of a row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from learnin.initiatives.formats.fivew.amounts import Number, currency, currency_of_cell, number
from learnin.initiatives.formats.fivew.line import Line, Told
from learnin.initiatives.formats.fivew.meanings import Meaning
from learnin.initiatives.formats.record import Money, MoneyKind

KINDS: Mapping[Meaning, MoneyKind] = {
    Meaning.BUDGET: MoneyKind.BUDGET,
    Meaning.COMMITMENT: MoneyKind.COMMITMENT,
    Meaning.DISBURSEMENT: MoneyKind.DISBURSEMENT,
}


@dataclass(frozen=True)
class Days:
    """For which days the amounts of a row are, and on which day they are valued."""

    begins: date | None = None
    ends: date | None = None
    valued_on: date | None = None


def money(line: Line, country: str, days: Days, decimal: Mapping[str, str]) -> Iterator[Money]:
    """The amounts of a row in their own currency. `decimal`: by heading, the sign before decimals if it is clear."""
    for meaning, kind in KINDS.items():
        told = line.one(meaning)
        if told and (found := _amount(line, told, country, decimal.get(told.heading, ""))):
            amount, code = found
            if amount < 0 and kind is MoneyKind.BUDGET:
                line.doubt("amount_below_zero", told.heading, told.text)
                continue
            yield Money(amount, code, kind, days.begins, days.ends, days.valued_on)


def _amount(line: Line, told: Told, country: str, decimal: str) -> tuple[Decimal, str] | None:
    found = number(told.cell, decimal=decimal)
    if not found or "%" in found.beside:
        line.doubt("not_an_amount", told.heading, told.text)
        return None
    code, _ = currency(found.beside, country)
    if not code:
        code, times = _told_currency(line, country)
        found = Number(found.value * times, found.beside, found.is_doubtful)
    if not code:
        line.doubt("amount_without_currency", told.heading, told.text)
        return None
    if found.is_doubtful:
        line.doubt("thousands_or_decimals", told.heading, f"{told.text} → {found.value}")
    return found.value, code


def _told_currency(line: Line, country: str) -> tuple[str, Decimal]:
    """The currency of the row's own column, else the one that holds for the whole file; and in how many it counts."""
    told = line.one(Meaning.CURRENCY)
    if not told:
        return line.mapping.currency, Decimal(1)
    code, times = currency_of_cell(told.text, country)
    if not code:
        line.doubt("currency_unknown", told.heading, told.text)
    return code, times
