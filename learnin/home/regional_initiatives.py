"""What countries publish of their initiatives, counted by component: one row for each country."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from learnin.compute.coverage import Cell, Doing, Matrix, matrix
from learnin.initiatives.models import Initiative, InitiativeComponent, Pair, Partner, Relation
from learnin.initiatives.queries import register
from learnin.kit import written
from learnin.people.models import Country
from learnin.programme import reader
from learnin.programme.formats.items import Kind
from learnin.taskforce.queries import activities

UNTOLD = "untold"
"""The column of initiatives that name no component."""


@dataclass(frozen=True)
class Shown:
    """A cell: what it says, and where everybody may read it."""

    said: str
    url: str = ""


@dataclass(frozen=True)
class Line:
    """A country: its initiatives by component and all together, and the organisations that take part."""

    name: str
    cells: tuple[Shown, ...]
    agencies: str


@dataclass(frozen=True)
class Regional:
    """Countries that publish any, by component, in the order of the alphabet (no ranking); names of the others."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    told: int
    without: tuple[str, ...]

    @property
    def countries(self) -> int:
        """How many countries publish any."""
        return len(self.lines)


def regional() -> Regional:
    """Published initiatives of countries with a public page; one activity told by several partners counts once."""
    places = activities.countries()
    names = {item.id: item.name for item in reader.current().items(Kind.COMPONENT)}
    names |= {UNTOLD: _("Component not told")}
    published = Initiative.objects.filter(register.PUBLISHED, country__public_since__isnull=False)
    joint = Pair.objects.filter(verdict__in=[Relation.SAME, Relation.JOINT]).order_by("pk")
    pairs = joint.filter(first__in=published, second__in=published).values_list("first", "second")
    found = matrix(_doings(published), [one.pk for one in places], list(names), pairs)
    lines = tuple(_line(one, found, list(names)) for one in places if found.by_row[one.pk].count)
    without = tuple(one.name for one in places if not found.by_row[one.pk].count and not one.is_example)
    return Regional((*names.values(), _("All together"), _("Organisations")), lines, found.whole.count, without)


def _doings(published: QuerySet[Initiative]) -> list[Doing]:
    components: dict[int, set[str]] = defaultdict(set)
    agencies: dict[int, set[int]] = defaultdict(set)
    rows = InitiativeComponent.objects.filter(initiative__in=published).order_by("pk")
    for pk, component in rows.values_list("initiative", "component"):
        components[pk].add(component)
    partners = Partner.objects.filter(initiative__in=published).order_by("pk")
    for pk, organisation in partners.values_list("initiative", "organisation"):
        agencies[pk].add(organisation)
    return [
        Doing(
            pk,
            frozenset({country}),
            frozenset(components[pk] or {UNTOLD}),
            frozenset({*agencies[pk], reporter}),
        )
        for pk, country, reporter in published.order_by("pk").values_list("pk", F("country"), "reporter")
    ]


def _line(country: Country, found: Matrix, columns: list[str]) -> Line:
    whole = found.by_row[country.pk]
    cells = [_shown(country, found.cell(country.pk, column), column) for column in columns]
    return Line(
        country.name,
        (*cells, _shown(country, whole, "")),
        written.number(whole.agencies),
    )


def _shown(country: Country, cell: Cell, component: str) -> Shown:
    if not cell.count:
        return Shown(_("None published"))
    said = written.number(cell.count)
    if component == UNTOLD:
        return Shown(said)
    query = f"?{urlencode({'component': component})}" if component else ""
    return Shown(said, reverse("initiatives:published", args=[country.pk]) + query)
