"""What is covered and what is not: the register counted by theme, component, audience and area."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.compute import coverage
from learnin.compute.coverage import Cell, Crowd, Doing, Matrix
from learnin.initiatives.models import (
    Initiative,
    InitiativeAudience,
    InitiativeComponent,
    InitiativeTheme,
    Money,
    Pair,
    Partner,
    PeopleReached,
    Place,
    Rate,
    Relation,
)
from learnin.initiatives.queries import register
from learnin.people.models import Country
from learnin.people.queries import area_names
from learnin.programme import reader
from learnin.programme.formats.items import Kind

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


@dataclass(frozen=True)
class Coverage:
    """The matrix that was asked for, with names for its rows and columns, and what stands out."""

    wanted: Wanted
    matrix: Matrix
    row_names: Mapping[str, str]
    column_names: Mapping[str, str]
    told: int
    gaps: tuple[coverage.Gap, ...]
    crowds: tuple[Crowd, ...]
    rates: tuple[Rate, ...]
    without_rate: Mapping[str, int]


def counted(country: Country, wanted: Wanted, today: date) -> QuerySet[Initiative]:
    """The initiatives of the register that count."""
    found = Initiative.objects.filter(country=country, is_draft=False, withdrawn_at=None, merged_into=None)
    if wanted.reach is not None:
        found = found.filter(wanted.reach)
    if wanted.running is Running.NOW:
        found = found.filter(register.not_over(today))
    return found.filter(confirmed_at__isnull=False) if wanted.is_confirmed else found


def coverage_of(country: Country, wanted: Wanted, today: date) -> Coverage:
    """Everything the page of coverage shows, in a number of questions that does not grow with the register."""
    found = counted(country, wanted, today)
    row_names, column_names = _names(country, wanted)
    worth = Worth.in_currency(country, wanted.currency)
    doings = _doings(found, wanted, worth)
    joint = Pair.objects.filter(country=country, verdict__in=[Relation.SAME, Relation.JOINT])
    pairs = joint.order_by("pk").values_list("first", "second")
    matrix = coverage.matrix(doings, list(row_names), list(column_names), pairs)
    meant = [column for column in column_names if column not in {WHOLE, UNTOLD}]
    rows = [row for row in row_names if row != UNTOLD]
    return Coverage(
        wanted,
        matrix,
        row_names,
        column_names,
        len(doings),
        () if wanted.is_partial else coverage.gaps(matrix, rows=rows, columns=meant),
        tuple(one for one in coverage.crowds(matrix) if UNTOLD not in {one.row, one.column}),
        tuple(worth.used.values()),
        worth.missing,
    )


def _names(country: Country, wanted: Wanted) -> tuple[dict[str, str], dict[str, str]]:
    rows, columns = wanted.kinds
    untold = {"theme": _("Theme not told"), "component": _("Component not told")}
    row_names = {item.id: item.name for item in reader.current().items(Kind(rows))} | {UNTOLD: untold[rows]}
    if columns == "audience":
        audiences = {item.id: item.name for item in reader.current().items(Kind.AUDIENCE)}
        return row_names, audiences | {UNTOLD: _("Audience not told")}
    areas = {area.code: area.name for area in area_names(country)}
    return row_names, {WHOLE: _("Whole country"), **areas, UNTOLD: _("Place not told")}


def _rates(country: Country, into: str) -> dict[str, list[Rate]]:
    found: dict[str, list[Rate]] = defaultdict(list)
    for rate in Rate.objects.filter(country=country, into=into).order_by("on", "pk"):
        found[rate.currency].append(rate)
    return found


def _doings(found: QuerySet[Initiative], wanted: Wanted, worth: Worth) -> list[Doing]:
    """The initiatives as the counting takes them: one question for each kind of row that belongs to them."""
    rows, columns = wanted.kinds
    here = found.values("pk")
    scopes = dict(found.order_by("pk").values_list("pk", "scope"))
    sorted_rows = _themes(here) if rows == "theme" else _components(here)
    sorted_columns = _audiences(here) if columns == "audience" else _areas(here, scopes)
    agencies = _agencies(found)
    planned, reached = _people(here)
    own, whole = _money(here, wanted, worth) if wanted.measure is Measure.MONEY else ({}, {})
    by_audience = columns == "audience"
    return [
        Doing(
            pk,
            sorted_rows.get(pk, frozenset({UNTOLD})),
            sorted_columns.get(pk, frozenset({UNTOLD})),
            agencies[pk],
            everybody(planned.get(pk)),
            everybody(reached.get(pk)),
            own.get(pk),
            whole.get(pk),
            planned.get(pk, {}) if by_audience else {},
            reached.get(pk, {}) if by_audience else {},
        )
        for pk in scopes
    ]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one initiative stands."""

    themes: frozenset[str]
    areas: frozenset[str]
    audiences: frozenset[str]


def standing_of(country: Country, wanted: Wanted, today: date, themes: Collection[str]) -> list[Standing]:
    """Where the initiatives stand that count and have one of these themes."""
    of_themes = InitiativeTheme.objects.filter(theme__in=themes).values("initiative")
    found = counted(country, wanted, today).filter(pk__in=of_themes)
    scopes = dict(found.order_by("pk").values_list("pk", "scope"))
    here, nowhere = found.values("pk"), frozenset[str]()
    by_theme, by_area, by_audience = _themes(here), _areas(here, scopes), _audiences(here)
    return [
        Standing(by_theme.get(pk, nowhere), by_area.get(pk, nowhere), by_audience.get(pk, nowhere)) for pk in scopes
    ]


def _grouped(pairs: Iterable[tuple[int, str]]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for pk, value in pairs:
        found[pk].add(value)
    return {pk: frozenset(values) for pk, values in found.items()}


def _themes(here: QuerySet) -> dict[int, frozenset[str]]:
    rows = InitiativeTheme.objects.filter(initiative__in=here).order_by("pk")
    return _grouped(rows.values_list("initiative", "theme"))


def _audiences(here: QuerySet) -> dict[int, frozenset[str]]:
    rows = InitiativeAudience.objects.filter(initiative__in=here).order_by("pk")
    return _grouped(rows.values_list("initiative", "audience"))


def _components(here: QuerySet) -> dict[int, frozenset[str]]:
    rows = InitiativeComponent.objects.filter(initiative__in=here).order_by("pk")
    return _grouped(rows.values_list("initiative", "component"))


def _areas(here: QuerySet, scopes: Mapping[int, str]) -> dict[int, frozenset[str]]:
    """Where the people it is for are; where it is itself only if it does not say: a headquarters is no cover."""
    rows = Place.objects.filter(initiative__in=here, area__isnull=False).order_by("pk")
    beneficiaries: list[tuple[int, str]] = []
    others: list[tuple[int, str]] = []
    for pk, code, reach in rows.values_list("initiative", "area__code", "reach"):
        (beneficiaries if reach == Place.Reach.BENEFICIARIES else others).append((pk, code))
    wide = {pk: frozenset({WHOLE}) for pk, scope in scopes.items() if scope in register.WIDE_SCOPES}
    return wide | _grouped(others) | _grouped(beneficiaries)


def _agencies(found: QuerySet[Initiative]) -> dict[int, frozenset[int]]:
    sides = {pk: {reporter} for pk, reporter in found.order_by("pk").values_list("pk", "reporter")}
    rows = Partner.objects.filter(initiative__in=found.values("pk")).order_by("pk")
    for pk, organisation in rows.values_list("initiative", "organisation"):
        sides[pk].add(organisation)
    return {pk: frozenset(numbers) for pk, numbers in sides.items()}


Told = dict[int, dict[str, int]]


def _people(here: QuerySet) -> tuple[Told, Told]:
    """People planned and reached, by audience; of several periods the largest, for the same people may come again."""
    planned: Told = defaultdict(dict)
    reached: Told = defaultdict(dict)
    rows = PeopleReached.objects.filter(initiative__in=here).order_by("pk")
    for pk, audience, plan, came in rows.values_list("initiative", "audience", "planned", "reached"):
        for told, n in ((planned, plan), (reached, came)):
            if n is not None:
                told[pk][audience] = max(n, told[pk].get(audience, 0))
    return planned, reached


def everybody(by_audience: Mapping[str, int] | None) -> int | None:
    """What it says of all, else the audiences together."""
    if not by_audience:
        return None
    return by_audience.get("") or sum(by_audience.values())


def people_of(rows: Iterable[PeopleReached]) -> tuple[int | None, int | None]:
    """How many people one initiative planned for and reached, as the cells count them."""
    planned: dict[str, int] = {}
    reached: dict[str, int] = {}
    for row in rows:
        for told, n in ((planned, row.planned), (reached, row.reached)):
            if n is not None:
                told[row.audience] = max(n, told.get(row.audience, 0))
    return everybody(planned), everybody(reached)


def _money(here: QuerySet, wanted: Wanted, worth: Worth) -> tuple[dict[int, float], dict[int, float]]:
    own: dict[int, float] = {}
    whole: dict[int, float] = {}
    for one in Money.objects.filter(initiative__in=here, kind=wanted.money).order_by("pk"):
        amount = worth.of(one)
        if amount is not None:
            side = whole if one.is_whole else own
            side[one.initiative_id] = side.get(one.initiative_id, 0.0) + amount
    return own, whole


def value_of(cell: Cell, measure: Measure) -> float | int | None:
    """The number of a cell that is asked for."""
    return {
        Measure.COUNT: cell.count or None,
        Measure.AGENCIES: cell.agencies or None,
        Measure.PLANNED: cell.planned,
        Measure.REACHED: cell.reached,
        Measure.MONEY: cell.money,
    }[measure]


def currencies(country: Country, reach: Q | None = None) -> list[str]:
    """Currencies into which amounts of this register can be turned: those it has itself, and those of its rates."""
    seen = Initiative.objects.filter(reach or Q(), country=country).order_by()
    own = Money.objects.filter(initiative__in=seen.values("pk")).order_by()
    found = {"EUR", "USD", *own.values_list("currency", flat=True).distinct()}
    return sorted(found | set(Rate.objects.filter(country=country).values_list("into", flat=True)))


def rates_of(country: Country) -> QuerySet[Rate]:
    """The rates somebody entered, the newest first."""
    return Rate.objects.filter(country=country).select_related("entered_by").order_by("-on", "currency", "pk")
