"""Budgets, and money that was promised or paid."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from learnin.initiatives.formats.iati import codelists, ours
from learnin.initiatives.formats.iati.doubts import Doubt
from learnin.initiatives.formats.iati.pieces import Activity, day, line, number, stands_for_itself, value_of
from learnin.initiatives.formats.record import Money, MoneyKind

KINDS = MappingProxyType(
    {
        "2": MoneyKind.COMMITMENT,
        "3": MoneyKind.DISBURSEMENT,
        "4": MoneyKind.DISBURSEMENT,  # expenditure: paid as well
        "C": MoneyKind.COMMITMENT,
        "D": MoneyKind.DISBURSEMENT,
        "E": MoneyKind.DISBURSEMENT,
    }
)
"""Outgoing money only: what comes in goes out again, and would be counted twice. Source: IATI codelist TransactionType,
1.05 for the letters."""

NOT_KEPT = frozenset(["1", "5", "6", "7", "8", "9", "10", "11", "12", "13", "IF", "IR", "LR", "R", "QP", "QS", "CG"])
"""Incoming money, pledges, interest, loans, equity and guarantees."""

OLD_STATUS = MappingProxyType({"commitment": MoneyKind.COMMITMENT, "paid contribution": MoneyKind.DISBURSEMENT})
"""Words of OCHA's exports of appeals, where every amount is that of a donor to the activity; a pledge is not kept."""

REVISED = "2"


def money(activity: Activity) -> tuple[Money, ...]:
    """Every amount, budgets first. A budget that a revised one of the same period replaces is left out."""
    found = [*_budgets(activity), *_total_cost(activity), *_transactions(activity)]
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _budgets(activity: Activity) -> Iterator[tuple[int, Money]]:
    found = []
    for element in activity.all("budget"):
        begins, ends = _period(element, "period-start", activity), _period(element, "period-end", activity)
        amount = _amount(element, MoneyKind.BUDGET, begins, ends, activity)
        if begins and ends and ends < begins:
            at = element.find("period-end")
            activity.doubts.warn(Doubt.BUDGET_BACKWARDS, at, f"{begins.isoformat()} – {ends.isoformat()}")
        elif amount:
            found.append((_nth(element), amount, value_of(element, "type") == REVISED))
    revised = {(one.begins, one.ends) for _, one, is_revised in found if is_revised}
    for nth, one, is_revised in found:
        if is_revised or (one.begins, one.ends) not in revised:
            yield nth, one


def _total_cost(activity: Activity) -> Iterator[tuple[int, Money]]:
    """The whole budget as OCHA's exports of appeals have it; a zero there says nothing."""
    for element in activity.all("total-cost") if activity.is_old else ():
        amount = _value(element, MoneyKind.BUDGET, None, None, activity)
        if amount and amount.amount:
            yield 0, amount


def _transactions(activity: Activity) -> Iterator[tuple[int, Money]]:
    for element in activity.all("transaction"):
        if kind := _kind(element, activity):
            at = element.find("transaction-date")
            begins = day(at, activity.doubts) if at is not None and stands_for_itself(at) else None
            ends = day(element, activity.doubts, ours.ENDS) if element.get(ours.ENDS) else None
            amount = _amount(element, kind, begins, ends, activity)
            if amount:
                yield _nth(element), amount


def _kind(transaction: Any, activity: Activity) -> MoneyKind | None:
    at = transaction.find("transaction-type")
    code = value_of(at, "code")
    if at is None and activity.is_old:
        at = transaction.find("status")
        said = line(at).lower()
        if said in OLD_STATUS or said == "pledge":
            return OLD_STATUS.get(said)
    if code not in KINDS and code not in NOT_KEPT:
        activity.doubts.warn(
            Doubt.TRANSACTION_TYPE, transaction if at is None else at, code or line(at), "code" if code else ""
        )
    return KINDS.get(code)


def _period(element: Any, tag: str, activity: Activity) -> date | None:
    at = element.find(tag)
    if at is None:
        activity.doubts.warn(Doubt.ELEMENT_MISSING, element, tag)
    return day(at, activity.doubts) if at is not None and stands_for_itself(at) else None


def _amount(element: Any, kind: MoneyKind, begins: date | None, ends: date | None, activity: Activity) -> Money | None:
    at = element.find("value")
    if at is None:
        activity.doubts.warn(Doubt.AMOUNT_MISSING, element)
        return None
    return _value(at, kind, begins, ends, activity)


def _value(at: Any, kind: MoneyKind, begins: date | None, ends: date | None, activity: Activity) -> Money | None:
    said = line(at)
    amount = number(said)
    if amount is None:
        activity.doubts.warn(Doubt.AMOUNT_UNREADABLE if said else Doubt.AMOUNT_MISSING, at, said)
        return None
    currency = _currency(at, activity)
    if not currency or not _may_be(amount, kind, at, activity):
        return None
    has_day = at.get("value-date") and at.get(ours.STAND_IN) != "value-date"
    return Money(amount, currency, kind, begins, ends, day(at, activity.doubts, "value-date") if has_day else None)


def _may_be(amount: Decimal, kind: MoneyKind, at: Any, activity: Activity) -> bool:
    if amount < 0 and kind is MoneyKind.BUDGET:
        activity.doubts.warn(Doubt.BUDGET_NEGATIVE, at, f"{amount:f}")
        return False
    if amount < 0:
        activity.doubts.warn(Doubt.CORRECTION, at, f"{amount:f}")
    return True


def _currency(at: Any, activity: Activity) -> str:
    own = value_of(at, "currency").upper()
    code = own or value_of(activity.element, "default-currency").upper()
    if not code:
        activity.doubts.warn(Doubt.CURRENCY_MISSING, at)
    elif code not in codelists.currencies():
        activity.doubts.warn(Doubt.CURRENCY_UNKNOWN, at, code, "currency" if own else "")
        return ""
    return code


def _nth(element: Any) -> int:
    """Its place among all amounts, where our own files say it."""
    said = value_of(element, ours.NTH)
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0
