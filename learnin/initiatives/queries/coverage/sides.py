"""Where initiatives stand: by theme, component, audience and area."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from learnin.initiatives.models import InitiativeAudience, InitiativeComponent, InitiativeTheme, Place
from learnin.initiatives.queries import register
from learnin.initiatives.queries.coverage.wanted import WHOLE, Wanted, counted
from learnin.people.models import Country


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
    by_theme, by_area, by_audience = themes_of(here), areas_of(here, scopes), audiences_of(here)
    return [
        Standing(by_theme.get(pk, nowhere), by_area.get(pk, nowhere), by_audience.get(pk, nowhere)) for pk in scopes
    ]


def themes_of(here: QuerySet) -> dict[int, frozenset[str]]:
    """The themes of each of these initiatives."""
    rows = InitiativeTheme.objects.filter(initiative__in=here).order_by("pk")
    return _grouped(rows.values_list("initiative", "theme"))


def audiences_of(here: QuerySet) -> dict[int, frozenset[str]]:
    """For whom each of these initiatives is."""
    rows = InitiativeAudience.objects.filter(initiative__in=here).order_by("pk")
    return _grouped(rows.values_list("initiative", "audience"))


def components_of(here: QuerySet) -> dict[int, frozenset[str]]:
    """The components of each of these initiatives."""
    rows = InitiativeComponent.objects.filter(initiative__in=here).order_by("pk")
    return _grouped(rows.values_list("initiative", "component"))


def areas_of(here: QuerySet, scopes: Mapping[int, str]) -> dict[int, frozenset[str]]:
    """The areas in which each of these initiatives counts. `scopes`: of all of them."""
    rows = Place.objects.filter(initiative__in=here, area__isnull=False).order_by("pk")
    places: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for pk, reach, code in rows.values_list("initiative", "reach", "area__code"):
        places[pk].append((reach, code))
    found = {pk: frozenset(counted_in(places.get(pk, ()), scope)) for pk, scope in scopes.items()}
    return {pk: areas for pk, areas in found.items() if areas}


def counted_in(places: Sequence[tuple[str, str]], scope: str) -> list[str]:
    """The areas in which one initiative counts, of places by reach and area.

    Where the people it is for are; where it is itself only if it does not say, for a headquarters is no cover; else the
    whole country, where its scope is as wide.
    """
    people = [area for reach, area in places if reach == Place.Reach.BENEFICIARIES]
    named = people or [area for _reach, area in places]
    return named or ([WHOLE] if scope in register.WIDE_SCOPES else [])


def _grouped(pairs: Iterable[tuple[int, str]]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for pk, value in pairs:
        found[pk].add(value)
    return {pk: frozenset(values) for pk, values in found.items()}
