"""Whether a number that people cite is still the one they cited."""

from enum import StrEnum

DECIMALS_OF_A_SHARE = 2  # whole percent, as pages write shares
DIGITS = 3  # of any other number, as pages write them
WHOLE_FROM = 1000  # from here on a number is written to the unit


class Change(StrEnum):
    """How far a number moved, from not at all to gone."""

    NONE = ""
    ROUNDING = "rounding"
    INTERVAL = "interval"
    GONE = "gone"


def as_written(value: float, *, is_share: bool) -> float:
    """A number with the digits that people read.

    Args:
        value: any number; a share is from 0 to 1.
        is_share: written in whole percent; else with three digits that count, from 1000 on to the unit.
    Returns:
        The rounded number, in the same unit.
    Source: docs/methods/moved.md.

    >>> as_written(0.3849, is_share=True), as_written(12.346, is_share=False), as_written(4321.5, is_share=False)
    (0.38, 12.3, 4322.0)
    """
    if is_share:
        return round(value, DECIMALS_OF_A_SHARE)
    return float(f"{value:.{DIGITS}g}") if abs(value) < WHOLE_FROM else float(round(value))


def change(was: float | None, low: float | None, high: float | None, now: float | None, *, is_share: bool) -> Change:
    """How far a number moved since it was cited.

    Args:
        was: the number as it was cited, any unit; nothing where there was none.
        low, high: its interval as it was cited, in the same unit; nothing where it had none.
        now: the number as it is now, in the same unit; nothing where it is no longer there.
        is_share: whether it is a share from 0 to 1.
    Returns:
        None as long as it is written with the same digits, whatever the digits behind them do; interval where it left
        the interval it was cited with; rounding where it moved inside it; gone where it is no longer there.
    Source: docs/methods/moved.md.

    >>> change(0.38, 0.34, 0.42, 0.384, is_share=True), change(0.38, 0.34, 0.42, 0.40, is_share=True)
    (<Change.NONE: ''>, <Change.ROUNDING: 'rounding'>)
    >>> change(0.38, 0.34, 0.42, 0.45, is_share=True)
    <Change.INTERVAL: 'interval'>
    """
    if now is None:
        return Change.NONE if was is None else Change.GONE
    if was is None:
        return Change.ROUNDING
    if as_written(was, is_share=is_share) == as_written(now, is_share=is_share):
        return Change.NONE
    if low is None or high is None:
        return Change.ROUNDING
    return Change.ROUNDING if low <= now <= high else Change.INTERVAL
