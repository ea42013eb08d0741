"""The matrix that was asked for, with names, gaps and crowds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from learnin.compute import coverage
from learnin.compute.coverage import Crowd, Matrix
from learnin.initiatives.models import Pair, Rate, Relation
from learnin.initiatives.queries.coverage.doings import doings_of
from learnin.initiatives.queries.coverage.money import Worth
from learnin.initiatives.queries.coverage.wanted import UNTOLD, WHOLE, Wanted, counted
from learnin.people.models import Country
from learnin.people.queries import area_names
from learnin.programme import reader
from learnin.programme.formats.items import Kind


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


def coverage_of(country: Country, wanted: Wanted, today: date) -> Coverage:
    """Everything the page of coverage shows, in a number of questions that does not grow with the register."""
    found = counted(country, wanted, today)
    row_names, column_names = _names(country, wanted)
    worth = Worth.in_currency(country, wanted.currency)
    doings = doings_of(found, wanted, worth)
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
