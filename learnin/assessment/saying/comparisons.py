"""Whether groups, or rounds, differ; said only where it was tested."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.compute.comparing import Comparison, Difference
from learnin.kit import written

FRACTION = 2  # a number with decimals takes the plural of two: “0,3 пункта”, “0.3 points”


def difference(names: tuple[str, str], shares: tuple[float, float], found: Comparison, *, lead: str = "") -> str:
    """Whether two groups differ, and by how many points.

    `lead` is a sentence somebody wrote, without its full stop: “Rural teachers are less confident than urban ones”. It
    is said only where the survey can tell.
    """
    places = _points(found) | {
        "first": names[0],
        "second": names[1],
        "a": written.percent(shares[0]),
        "b": written.percent(shares[1]),
        "lead": lead,
    }
    count = _count(found)
    if found.verdict is Difference.CANNOT_TELL:
        said = ngettext(
            "This survey cannot tell. %(first)s: %(a)s. %(second)s: %(b)s. "
            "The difference is likely between %(low)s and %(high)s point.",
            "This survey cannot tell. %(first)s: %(a)s. %(second)s: %(b)s. "
            "The difference is likely between %(low)s and %(high)s points.",
            count,
        )
    elif lead:
        said = ngettext(
            "%(lead)s: %(a)s against %(b)s; the difference is %(points)s point, likely between %(low)s and %(high)s",
            "%(lead)s: %(a)s against %(b)s; the difference is %(points)s points, likely between %(low)s and %(high)s",
            count,
        )
    elif found.verdict is Difference.HIGHER:
        said = ngettext(
            "Higher: %(first)s, %(a)s. Lower: %(second)s, %(b)s. "
            "The difference is %(points)s point, likely between %(low)s and %(high)s.",
            "Higher: %(first)s, %(a)s. Lower: %(second)s, %(b)s. "
            "The difference is %(points)s points, likely between %(low)s and %(high)s.",
            count,
        )
    else:
        said = ngettext(
            "Lower: %(first)s, %(a)s. Higher: %(second)s, %(b)s. "
            "The difference is %(points)s point, likely between %(low)s and %(high)s.",
            "Lower: %(first)s, %(a)s. Higher: %(second)s, %(b)s. "
            "The difference is %(points)s points, likely between %(low)s and %(high)s.",
            count,
        )
    return said % places


def apart(
    names: tuple[str, str], values: tuple[str, str], found: Comparison, *, size: str, ends: tuple[str, str]
) -> str:
    """Whether two numbers that are no shares differ, and by how much; everything as it is written."""
    places = {
        "first": names[0],
        "second": names[1],
        "a": values[0],
        "b": values[1],
        "size": size,
        "low": ends[0],
        "high": ends[1],
    }
    if found.verdict is Difference.CANNOT_TELL:
        said = _(
            "This survey cannot tell. %(first)s: %(a)s. %(second)s: %(b)s. "
            "The difference is likely between %(low)s and %(high)s."
        )
    elif found.verdict is Difference.HIGHER:
        said = _(
            "Higher: %(first)s, %(a)s. Lower: %(second)s, %(b)s. "
            "The difference is %(size)s, likely between %(low)s and %(high)s."
        )
    else:
        said = _(
            "Lower: %(first)s, %(a)s. Higher: %(second)s, %(b)s. "
            "The difference is %(size)s, likely between %(low)s and %(high)s."
        )
    return said % places


def change(rounds: tuple[str, str], shares: tuple[float, float], found: Comparison) -> str:
    """Whether a share rose or fell from one round to a later one. The comparison is of the later with the earlier."""
    places = _points(found) | {
        "before": rounds[0],
        "after": rounds[1],
        "a": written.percent(shares[0]),
        "b": written.percent(shares[1]),
    }
    count = _count(found)
    if found.verdict is Difference.HIGHER:
        said = ngettext(
            "%(before)s: %(a)s. %(after)s: %(b)s. A rise of %(points)s point, likely between %(low)s and %(high)s.",
            "%(before)s: %(a)s. %(after)s: %(b)s. A rise of %(points)s points, likely between %(low)s and %(high)s.",
            count,
        )
    elif found.verdict is Difference.LOWER:
        said = ngettext(
            "%(before)s: %(a)s. %(after)s: %(b)s. A fall of %(points)s point, likely between %(low)s and %(high)s.",
            "%(before)s: %(a)s. %(after)s: %(b)s. A fall of %(points)s points, likely between %(low)s and %(high)s.",
            count,
        )
    else:
        said = ngettext(
            "%(before)s: %(a)s. %(after)s: %(b)s. This survey cannot tell whether it changed: "
            "the change is likely between %(low)s and %(high)s point.",
            "%(before)s: %(a)s. %(after)s: %(b)s. This survey cannot tell whether it changed: "
            "the change is likely between %(low)s and %(high)s points.",
            count,
        )
    return said % places


def _digits(found: Comparison) -> int:
    """One decimal where a clear difference would be rounded to none, or both ends of its interval to the same."""
    if found.verdict is Difference.CANNOT_TELL:
        return 0
    low, middle, high = (round(100 * number) for number in (found.low, found.difference, found.high))
    return 0 if low and middle and high and low != high else 1


def _points(found: Comparison) -> dict[str, str]:
    """A clear difference without its sign, the smaller end first; one that is not clear with its signs."""
    if found.verdict is Difference.CANNOT_TELL:
        return {"low": written.signed(round(100 * found.low)), "high": written.signed(round(100 * found.high))}
    nearer, farther = sorted(round(100 * abs(end), _digits(found)) for end in (found.low, found.high))
    return {
        "points": written.number(_size(found)),
        "low": written.number(nearer),
        "high": written.number(farther),
    }


def _size(found: Comparison) -> float:
    """The points of a clear difference, as they are written."""
    return round(100 * abs(found.difference), _digits(found))


def _count(found: Comparison) -> int:
    """What the word for points is counted by."""
    if found.verdict is Difference.CANNOT_TELL:
        return abs(round(100 * found.high))
    size = _size(found)
    return int(size) if size == int(size) else FRACTION


def beside_whole(above: Sequence[str], below: Sequence[str], apart: Sequence[str]) -> str:
    """Which groups were tested to lie above or below the whole country, and which cannot be told apart from it."""
    said = []
    if above:
        said.append(_("Clearly above the whole country: %(names)s.") % {"names": ", ".join(above)})
    if below:
        said.append(_("Clearly below the whole country: %(names)s.") % {"names": ", ".join(below)})
    if apart:
        said.append(_("Cannot be told apart from it: %(names)s.") % {"names": ", ".join(apart)})
    return " ".join(said)
