"""A number with its interval, how far it may be trusted, and how it is written."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learnin.compute.reading import Verdict
from learnin.kit import written


class Trust(StrEnum):
    """How a number may be read. Unreliable, not shown because inexact, withheld because people could be recognised,
    unknown: four looks."""

    SURE = "sure"
    UNSURE = "unsure"
    INEXACT = "inexact"
    WITHHELD = "withheld"
    UNKNOWN = "unknown"


SIGNS = {Trust.SURE: "", Trust.UNSURE: "≈", Trust.INEXACT: "(≈)", Trust.WITHHELD: "⊘", Trust.UNKNOWN: "-"}
INSTEAD: dict[Trust, Any] = {
    Trust.INEXACT: gettext_lazy("not shown"),
    Trust.WITHHELD: gettext_lazy("withheld"),
    Trust.UNKNOWN: gettext_lazy("no data"),
}
MEANINGS: dict[Trust, Any] = {
    Trust.SURE: gettext_lazy("Reliable"),
    Trust.UNSURE: gettext_lazy("Unreliable: few answers or a wide interval"),
    Trust.INEXACT: gettext_lazy("Not shown: too few answers to be exact"),
    Trust.WITHHELD: gettext_lazy("Withheld: people could be recognised"),
    Trust.UNKNOWN: gettext_lazy("No data"),
}
SEEN = (Trust.SURE, Trust.UNSURE)
TRUSTS = {Verdict.SHOW: Trust.SURE, Verdict.FLAG: Trust.UNSURE, Verdict.WITHHOLD: Trust.INEXACT}


class Unit(StrEnum):
    """What numbers are: shares from 0 to 1, differences of shares, or plain numbers."""

    SHARE = "share"
    POINTS = "points"
    NUMBER = "number"

    def says(self, value: float) -> str:
        """The number with its unit, as the reader's language writes it."""
        if self is Unit.POINTS:
            points = round(100 * value)
            said = {"points": written.signed(points)}
            return ngettext("%(points)s point", "%(points)s points", abs(points)) % said
        return written.percent(value) if self is Unit.SHARE else written.number(_short(value))

    def bare(self, value: float) -> str:
        """The number alone, beside another that has the unit."""
        if self is Unit.POINTS:
            return written.signed(round(100 * value))
        return written.number(round(100 * value) if self is Unit.SHARE else _short(value))

    def at_axis(self, value: float) -> str:
        """The number at an axis."""
        return written.signed(round(100 * value)) if self is Unit.POINTS else self.says(value)


def _short(value: float) -> float:
    """At most three digits that count, and every digit of a large number."""
    return round(value) if abs(value) >= 100 else float(f"{value:.3g}")


@dataclass(frozen=True, slots=True)
class Mark:
    """An estimate with its interval and the answers it rests on. One that is not shown carries no number at all.

    has_margin: not where nobody was drawn: then no interval says how far the value may be from the truth.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    trust: Trust = Trust.SURE
    has_margin: bool = True

    def __post_init__(self) -> None:
        """Refuse to hand a withheld number to a page."""
        given = [number for number in (self.value, self.low, self.high) if number is not None]
        if len(given) != (3 if self.has_margin else 1) * self.is_seen:
            raise ValueError("A mark that is seen has a value and an interval, and another has neither.")
        if self.n is not None and not self.is_seen:
            raise ValueError("What is not shown does not say on how many answers it rests.")

    @classmethod
    def read(
        cls,
        verdict: Verdict,
        *,
        value: float | None,
        low: float | None,
        high: float | None,
        n: int | None = None,
        is_withheld: bool = False,
    ) -> "Mark":
        """An estimate as the rules let it be read; where they do not, its numbers stay here."""
        trust = Trust.WITHHELD if is_withheld else TRUSTS[verdict]
        return cls(value, low, high, n, trust) if trust in SEEN else cls(trust=trust)

    @property
    def is_seen(self) -> bool:
        """Whether there is a number to look at."""
        return self.trust in SEEN

    @property
    def ends(self) -> tuple[float, ...]:
        """The numbers an axis must hold."""
        return tuple(number for number in (self.value, self.low, self.high) if number is not None)

    @property
    def sign(self) -> str:
        """The symbol that goes before it."""
        return SIGNS[self.trust]

    def said(self, unit: Unit) -> str:
        """The value, or what stands in its place."""
        return str(INSTEAD[self.trust]) if self.value is None else unit.says(self.value)

    def interval(self, unit: Unit) -> str:
        """The interval without its unit."""
        if self.low is None or self.high is None:
            return ""
        return _("%(low)s to %(high)s") % {"low": unit.bare(self.low), "high": unit.bare(self.high)}

    @property
    def note(self) -> str:
        """What a reader must know of it; nothing for a reliable number."""
        return "" if self.trust is Trust.SURE else str(MEANINGS[self.trust])
