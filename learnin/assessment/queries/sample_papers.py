"""The units of a sample as papers: for those who go there, and for those who work with numbers."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from learnin.assessment.models import Sample, SampledUnit
from learnin.assessment.queries import samples
from learnin.journal.formats import sheet
from learnin.kit import documents, written
from learnin.kit.documents import Document, Facts, Heading, Table

WIDTHS = (8, 30, 44, 16, 26, 40, 26, 20, 14, 14, 10, 24)


def _role(unit: SampledUnit) -> str:
    """What a unit is in its sample."""
    if unit.reserve_for is None:
        return _("in every sample") if unit.is_certainty else _("drawn")
    if unit.stands_in_since:
        return _("stands in for %(number)s") % {"number": unit.reserve_for.order}
    return _("reserve %(rank)d of %(number)s") % {"rank": unit.reserve_rank, "number": unit.reserve_for.order}


def _exact(number: float | None) -> str:
    """A number with every digit it has, so that it can be computed with."""
    return "" if number is None else repr(number)


def workbook(sample: Sample) -> bytes:
    """All units with reserves, chances and weights, as an Excel workbook."""
    headings = [
        _("Number"), _("Stratum"), _("Name"), _("Code"), _("Area"), _("Postal address"), _("E-mail address"),
        _("Phone"), _("Chance of being drawn"), _("Base weight"), _("Size"), _("What it is"),
    ]  # fmt: skip
    rows = [
        [
            str(one.order), one.stratum.label, one.unit.name, one.unit.code, one.unit.area, one.unit.address,
            one.unit.email, one.unit.phone, _exact(one.probability), _exact(one.weight), _exact(one.unit.size),
            _role(one),
        ]
        for one in samples.units_of(sample)
    ]  # fmt: skip
    return sheet.write(headings, rows, name=_("Units"), widths=WIDTHS)


def unit_list(sample: Sample) -> Document:
    """The units to visit, stratum by stratum, with room for notes."""
    blocks: list[documents.Block] = [
        Facts(
            caption=_("How it was drawn"),
            given=(
                (_("List"), sample.frame.title),
                (_("Method"), sample.get_method_display()),
                (_("Allocation"), sample.get_allocation_display() if sample.allocation else ""),
                (_("Units"), written.number(sample.size)),
                (_("Seed"), str(sample.seed)),
            ),
        )
    ]
    by_stratum: dict[str, list[SampledUnit]] = {}
    for one in samples.units_of(sample):
        by_stratum.setdefault(one.stratum.label, []).append(one)
    for name, units in by_stratum.items():
        blocks += [*([Heading(name)] if name else []), _table(name, units)]
    return Document(
        title=_("Units of the sample"),
        subtitle=sample.title,
        place=str(sample.country),
        date=written.day(sample.drawn_at),
        blocks=tuple(blocks),
    )


def _table(name: str, units: Sequence[SampledUnit]) -> Table:
    return Table(
        caption=name or _("Units"),
        columns=(_("No."), _("Name"), _("Where"), _("What it is"), _("Notes")),
        rows=tuple(
            (
                str(one.order),
                one.unit.name,
                ", ".join(filter(None, [one.unit.area, one.unit.address, one.unit.phone])),
                _role(one),
                "",
            )
            for one in units
        ),
        shares=(2, 9, 9, 4, 6),
    )
