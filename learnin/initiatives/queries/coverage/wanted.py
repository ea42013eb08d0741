"""What is asked of the coverage: which two sides, what counts, and which initiatives."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy

from learnin.compute.coverage import Cell
from learnin.initiatives.models import Initiative, Money
from learnin.initiatives.queries import register
from learnin.people.models import Country

WHOLE = register.NATIONAL
"""The column of initiatives for the whole country: they reach every area, but nobody says how much."""
UNTOLD = "untold"
"""The row or column of initiatives that do not say."""


class Sides(TextChoices):
    """Which two ways to sort are set against each other."""

    THEME_AREA = "theme-area", gettext_lazy("Theme and area")
    THEME_AUDIENCE = "theme-audience", gettext_lazy("Theme and audience")
    COMPONENT_AREA = "component-area", gettext_lazy("Component and area")


class Measure(TextChoices):
    """What stands in the cells."""

    COUNT = "count", gettext_lazy("Initiatives")
    AGENCIES = "agencies", gettext_lazy("Organisations")
    PLANNED = "planned", gettext_lazy("People planned")
    REACHED = "reached", gettext_lazy("People reached")
    MONEY = "money", gettext_lazy("Money")


class Running(TextChoices):
    """Which initiatives count, by when they run."""

    NOW = register.RUNNING, gettext_lazy("Running or planned")
    ALL = "all", gettext_lazy("All, finished ones too")


@dataclass(frozen=True)
class Wanted:
    """What is asked of the register."""

    sides: Sides = Sides.THEME_AREA
    measure: Measure = Measure.COUNT
    running: Running = Running.NOW
    currency: str = "EUR"
    money: str = Money.Kind.BUDGET
    is_confirmed: bool = False
    reach: Q | None = None
    """What the reader may see of the register, where it is not all of it."""

    @property
    def is_partial(self) -> bool:
        """Whether there may be more in the register than is counted, so that nothing is said of gaps."""
        return self.reach is not None

    @property
    def kinds(self) -> tuple[str, str]:
        """What rows and columns are."""
        row, _dash, column = self.sides.value.partition("-")
        return row, column


def counted(country: Country, wanted: Wanted, today: date) -> QuerySet[Initiative]:
    """The initiatives of the register that count."""
    found = Initiative.objects.filter(country=country, is_draft=False, withdrawn_at=None, merged_into=None)
    if wanted.reach is not None:
        found = found.filter(wanted.reach)
    if wanted.running is Running.NOW:
        found = found.filter(register.not_over(today))
    return found.filter(confirmed_at__isnull=False) if wanted.is_confirmed else found


def value_of(cell: Cell, measure: Measure) -> float | int | None:
    """The number of a cell that is asked for."""
    return {
        Measure.COUNT: cell.count or None,
        Measure.AGENCIES: cell.agencies or None,
        Measure.PLANNED: cell.planned,
        Measure.REACHED: cell.reached,
        Measure.MONEY: cell.money,
    }[measure]
