"""What the page of coverage shows: cells as they are read, gaps and crowds in words, the map, the days."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.compute.coverage import Cell, Crowd
from learnin.initiatives import needs
from learnin.initiatives.models import Initiative
from learnin.initiatives.queries import register
from learnin.initiatives.queries.coverage import (
    UNTOLD,
    WHOLE,
    Coverage,
    Measure,
    Running,
    Standing,
    Wanted,
    counted,
    standing_of,
    value_of,
)
from learnin.initiatives.queries.gaps import cell_name, cell_names
from learnin.kit import charts, written
from learnin.kit.charts import Counted, CountMap, Scale, Span, Spans
from learnin.kit.charts.counts import shade, shade_keys, shade_scale
from learnin.kit.charts.twin import Key
from learnin.people.models import Country

BLANK = SafeString('<span class="li-heat__key li-heat__cell--blank"></span>')
MOST_SPANS = 60
"""More strips than these are no picture any more."""
MOST_ON_PAPER = 9
"""More columns do not fit on a sheet: paper lists the cells instead."""
MOST_NAMED = 6
"""Areas that a sentence names before it says how many more."""


@dataclass(frozen=True)
class Shown:
    """A cell as it is read: how dark, what it says, where a click leads."""

    look: str
    said: str
    url: str


@dataclass(frozen=True)
class Line:
    """A row of the matrix, its last cell for all columns together."""

    name: str
    cells: tuple[Shown, ...]


def nothing(wanted: Wanted) -> str:
    """The words for a cell without any initiative; who sees a part of the register learns nothing of the rest."""
    return _("Nothing published") if wanted.is_partial else _("Nobody told us")


def said(cell: Cell, wanted: Wanted) -> str:
    """What a cell says."""
    if not cell.count:
        return nothing(wanted)
    value = value_of(cell, wanted.measure)
    if value is None:
        return _("not told")
    number = written.number(round(value))
    return f"{number} {wanted.currency}" if wanted.measure is Measure.MONEY else number


def lines(found: Coverage, country: Country) -> list[Line]:
    """The rows of the matrix as they are read."""
    held = _scale(found)
    return [
        Line(name, tuple(_shown(found, country, held, row, column) for column in (*found.column_names, "")))
        for row, name in found.row_names.items()
    ]


def told(found: Coverage) -> list[tuple[str, str, str]]:
    """Row, column and words of each cell with any initiative."""
    return [
        (name, heading, said(found.matrix.cell(row, column), found.wanted))
        for row, name in found.row_names.items()
        for column, heading in found.column_names.items()
        if found.matrix.cell(row, column).count
    ]


def _scale(found: Coverage) -> Scale:
    return shade_scale(_numbers(found))


def _numbers(found: Coverage) -> list[float]:
    told = [value_of(cell, found.wanted.measure) for cell in found.matrix.cells.values()]
    return [float(one) for one in told if one is not None]


def _shown(found: Coverage, country: Country, held: Scale, row: str, column: str) -> Shown:
    cell = found.matrix.cell(row, column) if column else found.matrix.by_row[row]
    value = value_of(cell, found.wanted.measure)
    look = "unknown" if value is None or not column else str(shade(held, float(value)))
    if not cell.count:
        look = "blank"  # hatched, as everywhere where we do not know
    url = link(country, found.wanted, row, column) if cell.count else ""
    return Shown(look, said(cell, found.wanted), url)


def legend(found: Coverage) -> list[Key]:
    """What the shades of the cells stand for, and the hatches where anybody could have told us."""
    keys = shade_keys(_scale(found), _numbers(found))
    if any(not found.matrix.cell(row, column).count for row in found.row_names for column in found.column_names):
        keys.append(Key(BLANK, nothing(found.wanted)))
    return keys


def link(country: Country, wanted: Wanted, row: str, column: str) -> str:
    """The list of the register behind a cell; none for what is not told, which nobody can look for."""
    if UNTOLD in {row, column}:
        return ""
    rows, columns = wanted.kinds
    return _register(country, wanted, {rows: row, columns: column})


def _register(country: Country, wanted: Wanted, asked: Mapping[str, str]) -> str:
    """The register's list of what counts here, narrowed further."""
    running = register.RUNNING if wanted.running is Running.NOW else ""
    also = {"running": running, "confirmed": register.YES if wanted.is_confirmed else ""}
    query = urlencode({key: value for key, value in {**asked, **also}.items() if value})
    return f"{reverse('initiatives:register', args=[country.pk])}?{query}"


def gap_words(found: Coverage) -> list[tuple[str, str, str]]:
    """Each gap in a sentence, with its row, and its column if it is a single one, for whoever takes it up."""
    return [
        (_gap(found, gap.row, gap.columns, gap.of), gap.row, gap.columns[0] if len(gap.columns) == 1 else "")
        for gap in found.gaps
    ]


def _gap(found: Coverage, row: str, columns: tuple[str, ...], of: int) -> str:
    name = {"name": found.row_names[row]}
    if len(columns) == of:
        return _("%(name)s: nobody told us of any initiative.") % name
    named = ", ".join(found.column_names[column] for column in columns[:MOST_NAMED])
    more = len(columns) - MOST_NAMED
    told = {**name, "where": named, "n": max(more, 0)}
    if more <= 0:
        return _("%(name)s: nobody told us of any initiative for %(where)s.") % told
    return (
        ngettext(
            "%(name)s: nobody told us of any initiative for %(where)s and %(n)s more.",
            "%(name)s: nobody told us of any initiative for %(where)s and %(n)s more.",
            more,
        )
        % told
    )


def crowd_words(found: Coverage, country: Country) -> list[tuple[str, str]]:
    """Each crowd in a sentence, with the list behind it."""
    return [(_crowd(found, one), link(country, found.wanted, one.row, one.column)) for one in found.crowds]


def _crowd(found: Coverage, one: Crowd) -> str:
    names = {"name": found.row_names[one.row], "where": found.column_names[one.column]}
    told = {**names, "n": one.count, "agencies": one.agencies}
    return (
        ngettext(
            "%(name)s, %(where)s: %(n)s initiative of %(agencies)s organisations.",
            "%(name)s, %(where)s: %(n)s initiatives of %(agencies)s organisations.",
            one.count,
        )
        % told
    )


def rates_used(found: Coverage) -> list[str]:
    """Each rate that was used, with its day and source."""
    return [
        _("1 %(currency)s = %(rate)s %(into)s on %(day)s (%(source)s)")
        % {
            "currency": one.currency,
            "rate": written.exact(one.rate),
            "into": one.into,
            "day": written.day(one.on),
            "source": one.source,
        }
        for one in found.rates
    ]


def without_rate(found: Coverage) -> list[str]:
    """Currencies whose amounts are left out."""
    return [
        ngettext("%(n)s amount in %(currency)s", "%(n)s amounts in %(currency)s", n) % {"n": n, "currency": currency}
        for currency, n in sorted(found.without_rate.items())
    ]


def map_of(found: Coverage, country: Country) -> CountMap | None:
    """The areas of the country by what is counted; none where there is no drawing, or no areas are asked for."""
    if found.wanted.kinds[1] != "area" or country.pk not in charts.COUNTRIES:
        return None
    measure = found.wanted.measure
    rows = []
    for code, name in found.column_names.items():
        if code in {WHOLE, UNTOLD}:
            continue
        cell = found.matrix.by_column[code]
        value = value_of(cell, measure)
        url = _register(country, found.wanted, {"area": code}) if cell.count else ""
        rows.append(Counted(name, value, said(cell, found.wanted), url))
    what = str(measure.label)
    caption = _("%(what)s by area") % {"what": what}
    return CountMap(caption, charts.shapes(country.pk), tuple(rows), _("Area"), what, nothing(found.wanted))


def days_of(country: Country, wanted: Wanted, today: date) -> Spans | None:
    """When initiatives run, those first that began last; at most so many as a page can show."""
    dated = counted(country, wanted, today).exclude(begins_on=None, ends_on=None)
    rows = dated.select_related("reporter").order_by("-begins_on", "-pk")[:MOST_SPANS]
    spans = tuple(_span(one) for one in rows)
    if not spans:
        return None
    note = _("The %(n)s that began last.") % {"n": MOST_SPANS} if len(spans) == MOST_SPANS else ""
    return Spans(_("When initiatives run"), spans, _("Initiative"), today, note=note)


def _span(one: Initiative) -> Span:
    url = reverse("initiatives:initiative", args=[one.pk])
    label = format_html('<a class="govuk-link" href="{}">{}</a>', url, one.title())
    return Span(label, one.begins_on, one.ends_on, one.title())


@dataclass(frozen=True)
class OpenNeed:
    """A need for which nobody told us of an initiative."""

    need: needs.Need
    where: str


def needs_without(country: Country, wanted: Wanted, today: date) -> list[OpenNeed]:
    """Needs without any initiative of their theme in their area and for their group, the worst first.

    Nothing is looked up where nobody tells of a need.
    """
    told = sorted((one for one in needs.of(country) if one.theme), key=lambda one: (-one.severity, one.words, one.url))
    if not told or wanted.is_partial:
        return []
    standing = standing_of(country, wanted, today, {one.theme for one in told})
    names = cell_names(country)
    return [
        OpenNeed(need, cell_name({**asdict(need), "component": ""}, names))
        for need in told
        if not any(_meets(one, need) for one in standing)
    ]


def _meets(one: Standing, need: needs.Need) -> bool:
    is_there = not need.area or need.area in one.areas or WHOLE in one.areas
    return need.theme in one.themes and is_there and (not need.audience or need.audience in one.audiences)
