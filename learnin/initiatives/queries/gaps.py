"""Gaps that were taken up, and what a cell of the coverage is called."""

from collections.abc import Mapping

from django.db.models import QuerySet

from learnin.initiatives.models import Gap
from learnin.people.models import Country
from learnin.people.queries import area_names
from learnin.programme import reader
from learnin.programme.formats.items import Kind


def gaps_of(country: Country) -> QuerySet[Gap]:
    """The gaps that were taken up, the newest first."""
    found = Gap.objects.filter(country=country).select_related("initiative", "area", "taken_up_by", "country")
    return found.order_by("-taken_up_at", "-pk")


def sides_of(gap: Gap) -> dict[str, str]:
    """Which cell a gap is."""
    return {
        "theme": gap.theme,
        "component": gap.component,
        "audience": gap.audience,
        "area": gap.area.code if gap.area else "",
    }


def asked_gap(country: Country, asked: Mapping[str, str]) -> dict[str, str]:
    """Which cell an address names; what nobody knows is left out."""
    known = {
        **{kind: {one.id for one in reader.current().items(Kind(kind))} for kind in ("theme", "component", "audience")},
        "area": {area.code for area in area_names(country)},
    }
    return {kind: asked.get(kind, "") if asked.get(kind, "") in ids else "" for kind, ids in known.items()}


def choices(country: Country) -> dict[str, list[tuple[str, str]]]:
    """The areas and audiences one can take up a gap for."""
    return {
        "areas": [(area.code, area.name) for area in area_names(country)],
        "audiences": [(one.id, one.name) for one in reader.current().items(Kind.AUDIENCE)],
    }


CELL = ("theme", "component", "audience", "area")
"""What a cell may be of, in the order its name says it."""


def cell_names(country: Country) -> dict[tuple[str, str], str]:
    """What everything is called that a cell may be of."""
    names = {(kind, one.id): one.name for kind in CELL[:3] for one in reader.current().items(Kind(kind))}
    return names | {("area", area.code): area.name for area in area_names(country)}


def cell_name(cell: Mapping[str, str], names: Mapping[tuple[str, str], str]) -> str:
    """A cell in words."""
    return ", ".join(filter(None, (names.get((kind, cell[kind]), "") for kind in CELL)))


def gap_name(country: Country, gap: Mapping[str, str]) -> str:
    """The cell of a gap in words."""
    return cell_name(gap, cell_names(country))
