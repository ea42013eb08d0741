"""Amounts of the register in one currency, by the rates that somebody entered."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from learnin.initiatives.models import Initiative, Money, Rate
from learnin.initiatives.queries.coverage.wanted import Wanted
from learnin.people.models import Country


@dataclass
class Worth:
    """Amounts in one currency, with the rates that were used and the currencies that have none."""

    into: str
    rates: Mapping[str, Sequence[Rate]]
    used: dict[int, Rate] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)

    @classmethod
    def in_currency(cls, country: Country, into: str) -> "Worth":
        """By the rates that somebody entered for the country."""
        return cls(into, _rates(country, into))

    def of(self, money: Money) -> float | None:
        """The amount in the currency that is asked for, by the rate of the day nearest to that of its value."""
        if money.currency == self.into:
            return float(money.amount)
        known = self.rates.get(money.currency, ())
        if not known:
            self.missing[money.currency] = self.missing.get(money.currency, 0) + 1
            return None
        day = money.valued_on or money.begins_on or date.max
        rate = min(known, key=lambda one: (abs((one.on - day).days), one.on))
        self.used[rate.pk] = rate
        return float(money.amount * rate.rate)


def _rates(country: Country, into: str) -> dict[str, list[Rate]]:
    """The rates into a currency, by the currency they turn, the oldest first."""
    found: dict[str, list[Rate]] = defaultdict(list)
    for rate in Rate.objects.filter(country=country, into=into).order_by("on", "pk"):
        found[rate.currency].append(rate)
    return found


def amounts_of(here: QuerySet, wanted: Wanted, worth: Worth) -> tuple[dict[int, float], dict[int, float]]:
    """What each of these initiatives has: of its own, and of all partners together."""
    own: dict[int, float] = {}
    whole: dict[int, float] = {}
    for one in Money.objects.filter(initiative__in=here, kind=wanted.money).order_by("pk"):
        amount = worth.of(one)
        if amount is not None:
            side = whole if one.is_whole else own
            side[one.initiative_id] = side.get(one.initiative_id, 0.0) + amount
    return own, whole


def currencies(country: Country, reach: Q | None = None) -> list[str]:
    """Currencies into which amounts of this register can be turned: those it has itself, and those of its rates."""
    seen = Initiative.objects.filter(reach or Q(), country=country).order_by()
    own = Money.objects.filter(initiative__in=seen.values("pk")).order_by()
    found = {"EUR", "USD", *own.values_list("currency", flat=True).distinct()}
    return sorted(found | set(Rate.objects.filter(country=country).values_list("into", flat=True)))


def rates_of(country: Country) -> QuerySet[Rate]:
    """The rates somebody entered, the newest first."""
    return Rate.objects.filter(country=country).select_related("entered_by").order_by("-on", "currency", "pk")
