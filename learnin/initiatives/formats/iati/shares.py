"""Percentages of one whole: checked when read, made to sum to 100 when written."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from learnin.initiatives.formats.iati.doubts import Doubt
from learnin.initiatives.formats.iati.pieces import Activity, number, value_of

WHOLE = Decimal(100)

ROUNDING = Decimal(1)
"""So far from 100 a sum may be by rounding: three thirds give 99.99, fifty countries in whole percents much more."""

STEP = Decimal("0.01")


def check_sum(elements: Sequence[Any], activity: Activity, *, beside: Sequence[Any] = ()) -> None:
    """Tell where percentages do not sum to 100. `beside`: others that share the same whole."""
    said = [(one, number(value_of(one, "percentage"))) for one in (*elements, *beside)]
    known = [share for _, share in said if share is not None]
    total = sum(known, Decimal(0))
    if elements and known and len(known) == len(said) and abs(total - WHOLE) > ROUNDING:
        activity.doubts.warn(Doubt.PERCENTAGE_SUM, elements[0], f"{total:f}", _attribute(elements[0]))


def whole(shares: Sequence[Decimal | None]) -> tuple[tuple[Decimal, ...], Decimal]:
    """Percentages to write, and what is left of 100 for "not specified".

    What is not said shares the rest evenly, if there is a rest; too much is scaled down; a gap as small as rounding
    makes is shared out in proportion; a larger one is left. Written with two places, by the largest remainder.

    >>> whole([Decimal("33.33")] * 3)
    ((Decimal('33.34'), Decimal('33.33'), Decimal('33.33')), Decimal('0'))
    >>> whole([Decimal(60), None, None])
    ((Decimal('60.00'), Decimal('20.00'), Decimal('20.00')), Decimal('0'))
    >>> whole([Decimal(30), Decimal(10)])
    ((Decimal('30.00'), Decimal('10.00')), Decimal('60.00'))
    """
    known = sum((share for share in shares if share is not None), Decimal(0))
    unsaid = sum(share is None for share in shares)
    rest = max(WHOLE - known, Decimal(0))
    filled = [rest / unsaid if share is None else share for share in shares]
    total = sum(filled, Decimal(0))
    if not total:
        return tuple(Decimal(0) for _ in filled), WHOLE
    left = WHOLE - total if WHOLE - total > ROUNDING else Decimal(0)
    aim = (WHOLE - left).quantize(STEP)
    exact = [share * aim / total for share in filled]
    floors = [share.quantize(STEP, ROUND_FLOOR) for share in exact]
    missing = int((aim - sum(floors, Decimal(0))) / STEP)
    order = sorted(range(len(exact)), key=lambda one: (floors[one] - exact[one], one))
    for one in order[:missing]:
        floors[one] += STEP
    return tuple(floors), WHOLE - aim if left else Decimal(0)


def _attribute(element: Any) -> str:
    return "percentage" if element.get("percentage") is not None else ""
