"""The coverage to take along: a workbook of its matrices, a paper of what the page shows, the concept note of a gap."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from learnin.initiatives import needs
from learnin.initiatives.models import Gap
from learnin.initiatives.queries import coverage_list, coverage_page
from learnin.initiatives.queries.coverage import Coverage, Measure, Sides, Wanted, counted, coverage_of
from learnin.kit import documents, written
from learnin.people.models import Country
from learnin.programme import reader
from learnin.taskforce.queries import papers

Sheet = tuple[str, list[str], list[list[str | float | None]]]


def sheets(country: Country, wanted: Wanted, today: date) -> Iterator[Sheet]:
    """Name, heads and rows of each sheet.

    Every pair of sides with all measures, one line a cell; then the initiatives behind them, and the rates.
    """
    measures = [
        _("Initiatives"), _("Organisations"), _("People planned"), _("People reached"),
        _("Money (%(currency)s)") % {"currency": wanted.currency},
    ]  # fmt: skip
    rates: dict[str, None] = {}
    for sides in Sides:
        found = coverage_of(country, replace(wanted, sides=sides, measure=Measure.MONEY), today)
        rates |= dict.fromkeys([*coverage_page.rates_used(found), *coverage_page.without_rate(found)])
        yield str(sides.label), [*_heads(found), *measures], list(_cells(found))
    yield _("Initiatives"), coverage_list.heads(wanted), coverage_list.rows(country, wanted, today)
    yield _("Rates"), [_("Rates used, and amounts without one")], [[line] for line in rates]


def _heads(found: Coverage) -> list[str]:
    """What the rows are, and what the columns are."""
    names = {"theme": _("Theme"), "component": _("Component"), "area": _("Area"), "audience": _("For whom")}
    return [names[kind] for kind in found.wanted.kinds]


def _cells(found: Coverage) -> Iterator[list[str | float | None]]:
    for row, name in found.row_names.items():
        for column, heading in found.column_names.items():
            cell = found.matrix.cell(row, column)
            if cell.count:
                yield [name, heading, cell.count, cell.agencies, cell.planned, cell.reached, cell.money]
            else:
                yield [name, heading, coverage_page.nothing(found.wanted), None, None, None, None]


def paper(country: Country, wanted: Wanted, today: date) -> documents.Document:
    """What the page shows, to print and file."""
    found = coverage_of(country, wanted, today)
    return documents.Document(
        title=_("What is covered and what is not"),
        subtitle=f"{wanted.sides.label}: {wanted.measure.label}",
        place=country.name,
        body=papers.body(),
        date=written.day(today),
        blocks=tuple(_blocks(country, found)),
    )


def _blocks(country: Country, found: Coverage) -> Iterator[documents.Block]:
    said = _("This paper counts %(n)s initiatives of the register. Where it says “Nobody told us”, there may be some.")
    if found.wanted.is_partial:
        said = _("This paper counts %(n)s initiatives: those that are published, and one’s own. There may be more.")
    yield documents.Paragraph(said % {"n": found.told})
    if found.gaps:
        yield documents.Heading(_("Gaps"))
        yield documents.Items(tuple(words for words, _row, _column in coverage_page.gap_words(found)))
    if found.crowds:
        yield documents.Heading(_("Where many are"))
        yield documents.Items(tuple(words for words, _url in coverage_page.crowd_words(found, country)))
    yield documents.Heading(_("Numbers"))
    heads = (*_heads(found), str(found.wanted.measure.label))
    yield documents.Table(_("Cells with any initiative"), heads, tuple(coverage_page.told(found)), shares=(44, 34, 22))
    rates = [*coverage_page.rates_used(found), *coverage_page.without_rate(found)]
    if rates:
        yield documents.Heading(_("Rates used, and amounts without one"))
        yield documents.Items(tuple(rates))


def concept_note(gap: Gap, today: date) -> documents.Document:
    """The concept note of an initiative that is missing: the gap, what should change, who is near, who was asked."""
    one = gap.initiative
    return documents.Document(
        title=_("Concept note"),
        subtitle=one.title(),
        place=gap.country.name,
        body=papers.body(),
        date=written.day(today),
        state=_("Draft"),
        blocks=tuple(_note(gap, today)),
    )


def _note(gap: Gap, today: date) -> Iterator[documents.Block]:
    one = gap.initiative
    themes = {item.id: item.name for item in reader.current().themes}
    audiences = {item.id: item.name for item in reader.current().audiences}
    components = {item.id: item.name for item in reader.current().components}
    yield documents.Facts(
        _("The gap"),
        (
            (_("Theme"), themes.get(gap.theme, "–")),
            (_("Component"), components.get(gap.component, "–")),
            (_("For whom"), audiences.get(gap.audience, "–")),
            (_("Area"), gap.area.name if gap.area else _("Whole country")),
            (_("Taken up"), f"{written.day(gap.taken_up_at)}, {gap.taken_up_by.name}"),
        ),
    )
    yield documents.Paragraph(
        _("Nobody told the task force of an initiative for this. That does not prove there is none.")
    )
    told = [one.words for one in needs.of(gap.country) if one.theme and one.theme == gap.theme]
    if told:
        yield documents.Heading(_("What findings say"))
        yield documents.Items(tuple(told))
    yield documents.Heading(_("What should change"))
    yield documents.Paragraph(one.description(purpose="2") or "–")
    yield documents.Heading(_("What is near"))
    near = list(_near(gap, today))
    heads = (_("Initiative"), _("Organisation"), _("Where"))
    if near:
        yield documents.Table(_("Initiatives of the same theme or area"), heads, tuple(near), shares=(46, 30, 24))
    else:
        yield documents.Paragraph(_("Nobody told us of an initiative of the same theme elsewhere."))
    yield documents.Heading(_("Who was asked"))
    asked = [
        (one.organisation.name(), written.day(one.asked_on), one.answer or "–")
        for one in gap.asked.select_related("organisation").order_by("asked_on", "pk")
    ]
    if asked:
        yield documents.Table(
            _("Organisations that were asked"), (_("Organisation"), _("When"), _("Answer")), tuple(asked),
            shares=(36, 22, 42),
        )  # fmt: skip
    else:
        yield documents.Paragraph(_("Nobody yet."))
    yield documents.Heading(_("Who carries it out, with what money, until when"))
    yield documents.Lines(4)


def _near(gap: Gap, today: date) -> Iterator[tuple[str, str, str]]:
    found = counted(gap.country, Wanted(), today).exclude(pk=gap.initiative_id)
    found = found.filter(themes__theme=gap.theme) if gap.theme else found.filter(components__component=gap.component)
    for one in found.select_related("reporter").prefetch_related("places__area").order_by("-begins_on", "-pk")[:12]:
        areas = dict.fromkeys(place.area.name for place in one.places.all() if place.area)
        yield one.title(), one.reporter.name(), ", ".join(areas) or "–"
