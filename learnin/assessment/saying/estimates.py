"""One estimate as a sentence."""

from dataclasses import dataclass

from django.utils.translation import ngettext

from learnin.kit import written

FEWEST, MOST = 0.005, 0.995  # shares beyond these would be rounded to nobody or to everybody


@dataclass(frozen=True, slots=True)
class Said:
    """An estimate that may be said: its value and interval in one unit, and the answers it rests on."""

    value: float
    low: float
    high: float
    n: int


def share(estimate: Said, *, audience: str = "", group: str = "") -> str:
    """How many of a hundred: of an audience of the programme by its id, or of a group by its name."""
    places = {
        "value": written.number(round(100 * estimate.value)),
        "low": written.number(round(100 * estimate.low)),
        "high": written.number(round(100 * estimate.high)),
        "n": written.number(estimate.n),
        "group": group,
    }
    if estimate.value < FEWEST:
        said = _few_of_100(estimate.n, has_group=bool(group))
    elif estimate.value > MOST:
        said = _nearly_all_of_100(estimate.n, has_group=bool(group))
    else:
        said = _of_100(estimate.n, audience, has_group=bool(group))
    return said % places


def _of_100(n: int, audience: str, *, has_group: bool) -> str:
    """The sentence; only how many answered changes its form."""
    if has_group:
        return ngettext(
            "%(group)s: about %(value)s of 100 (likely between %(low)s and %(high)s; %(n)s answered)",
            "%(group)s: about %(value)s of 100 (likely between %(low)s and %(high)s; %(n)s answered)",
            n,
        )
    if audience == "teachers":
        return ngettext(
            "About %(value)s of 100 teachers (likely between %(low)s and %(high)s; %(n)s answered)",
            "About %(value)s of 100 teachers (likely between %(low)s and %(high)s; %(n)s answered)",
            n,
        )
    if audience == "principals":
        return ngettext(
            "About %(value)s of 100 school principals (likely between %(low)s and %(high)s; %(n)s answered)",
            "About %(value)s of 100 school principals (likely between %(low)s and %(high)s; %(n)s answered)",
            n,
        )
    if audience == "parents":
        return ngettext(
            "About %(value)s of 100 parents (likely between %(low)s and %(high)s; %(n)s answered)",
            "About %(value)s of 100 parents (likely between %(low)s and %(high)s; %(n)s answered)",
            n,
        )
    if audience.startswith("students-"):
        return ngettext(
            "About %(value)s of 100 students (likely between %(low)s and %(high)s; %(n)s answered)",
            "About %(value)s of 100 students (likely between %(low)s and %(high)s; %(n)s answered)",
            n,
        )
    return ngettext(
        "About %(value)s of 100 (likely between %(low)s and %(high)s; %(n)s answered)",
        "About %(value)s of 100 (likely between %(low)s and %(high)s; %(n)s answered)",
        n,
    )


def _few_of_100(n: int, *, has_group: bool) -> str:
    if has_group:
        return ngettext(
            "%(group)s: fewer than 1 of 100 (likely at most %(high)s; %(n)s answered)",
            "%(group)s: fewer than 1 of 100 (likely at most %(high)s; %(n)s answered)",
            n,
        )
    return ngettext(
        "Fewer than 1 of 100 (likely at most %(high)s; %(n)s answered)",
        "Fewer than 1 of 100 (likely at most %(high)s; %(n)s answered)",
        n,
    )


def _nearly_all_of_100(n: int, *, has_group: bool) -> str:
    if has_group:
        return ngettext(
            "%(group)s: more than 99 of 100 (likely at least %(low)s; %(n)s answered)",
            "%(group)s: more than 99 of 100 (likely at least %(low)s; %(n)s answered)",
            n,
        )
    return ngettext(
        "More than 99 of 100 (likely at least %(low)s; %(n)s answered)",
        "More than 99 of 100 (likely at least %(low)s; %(n)s answered)",
        n,
    )


def mean(estimate: Said, *, group: str = "") -> str:
    """An average, with one decimal."""
    places = {
        "value": written.number(round(estimate.value, 1)),
        "low": written.number(round(estimate.low, 1)),
        "high": written.number(round(estimate.high, 1)),
        "n": written.number(estimate.n),
        "group": group,
    }
    if group:
        said = ngettext(
            "%(group)s: %(value)s on average (likely between %(low)s and %(high)s; %(n)s answered)",
            "%(group)s: %(value)s on average (likely between %(low)s and %(high)s; %(n)s answered)",
            estimate.n,
        )
    else:
        said = ngettext(
            "%(value)s on average (likely between %(low)s and %(high)s; %(n)s answered)",
            "%(value)s on average (likely between %(low)s and %(high)s; %(n)s answered)",
            estimate.n,
        )
    return said % places


def total(estimate: Said, *, group: str) -> str:
    """How many people there are of a group, to three digits that count."""
    said = ngettext(
        "%(group)s: about %(value)s (likely between %(low)s and %(high)s; %(n)s answered)",
        "%(group)s: about %(value)s (likely between %(low)s and %(high)s; %(n)s answered)",
        estimate.n,
    )
    return said % {
        "group": group,
        "value": written.number(_three_digits(estimate.value)),
        "low": written.number(_three_digits(estimate.low)),
        "high": written.number(_three_digits(estimate.high)),
        "n": written.number(estimate.n),
    }


def _three_digits(value: float) -> int:
    return round(float(f"{value:.3g}"))
