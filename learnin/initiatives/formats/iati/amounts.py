"""Money and people, in the places where the schema of IATI 2.03 wants them."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from types import MappingProxyType
from typing import Any

from learnin.initiatives.formats.iati import markup, ours
from learnin.initiatives.formats.record import Money, MoneyKind, People, Record, Text

OUTPUT, UNIT = "1", "1"
"""Source: IATI codelists ResultType, IndicatorMeasure."""

ORIGINAL = "1"
"""Source: IATI codelist BudgetType."""

TRANSACTIONS = MappingProxyType({MoneyKind.COMMITMENT: "2", MoneyKind.DISBURSEMENT: "3"})
"""Source: IATI codelist TransactionType."""


def money(top: Any, record: Record) -> None:
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
    one = markup.add(top, "budget", type=ORIGINAL)
    markup.day(one, "period-start", money.begins, some_day)
    markup.day(one, "period-end", money.ends, some_day)
    _value(one, money, some_day)
    return one


def _transaction(top: Any, money: Money, some_day: date) -> Any:
    one = markup.add(top, "transaction", {ours.ENDS: money.ends.isoformat()} if money.ends else {})
    markup.add(one, "transaction-type", code=TRANSACTIONS[money.kind])
    markup.day(one, "transaction-date", money.begins, some_day)
    _value(one, money, some_day)
    return one


def _value(parent: Any, money: Money, some_day: date) -> None:
    day = money.valued_on or money.begins or some_day
    one = markup.add(parent, "value", {"value-date": day.isoformat()}, currency=money.currency)
    one.text = f"{money.amount:f}"
    markup.stand_in(one, money.valued_on is None, "value-date")


def people(top: Any, record: Record) -> None:
    """One result, with an indicator for each audience."""
    some_day = record.begins or record.ends
    if not record.people or some_day is None:
        return
    result = markup.add(top, "result", type=OUTPUT)
    markup.narratives(markup.add(result, "title"), (Text("People", "en"),))
    for audience, several in groupby(record.people, key=lambda one: one.audience):
        indicator = markup.add(result, "indicator", measure=UNIT)
        markup.narratives(
            markup.add(indicator, "title"), (Text(f"People: {audience}" if audience else "People", "en"),)
        )
        code = audience or ours.EVERYBODY
        markup.add(indicator, "reference", {"indicator-uri": ours.PEOPLE}, vocabulary="99", code=code)
        _periods(indicator, several, some_day)


def _periods(indicator: Any, several: Iterable[People], some_day: date) -> None:
    for people in several:
        period = markup.add(indicator, "period")
        markup.day(period, "period-start", people.begins, some_day)
        markup.day(period, "period-end", people.ends, some_day)
        for tag, count in (("target", people.planned), ("actual", people.reached)):
            if count is not None:
                markup.add(period, tag, value=str(count))
