"""Initiatives as they leave: the records that a file is written from."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import islice

from django.db.models import QuerySet

from learnin.initiatives.formats.record import Organisation, Record, Share, Text
from learnin.initiatives.models import ExportFormat, Initiative
from learnin.initiatives.queries import related
from learnin.initiatives.queries.records import record_of, with_parts
from learnin.people.models import Country

A_PIECE = 500
ENDINGS = {
    ExportFormat.FIVEW: "xlsx",
    ExportFormat.CSV: "csv",
    ExportFormat.IATI: "xml",
    ExportFormat.GEOJSON: "geojson",
}


def records(initiatives: QuerySet[Initiative]) -> Iterator[Record]:
    """The records of initiatives, in their order, a few hundred at a time."""
    numbers = iter(list(initiatives.values_list("pk", flat=True)))
    while piece := list(islice(numbers, A_PIECE)):
        here = {one.pk: one for one in with_parts(Initiative.objects.filter(pk__in=piece).order_by("pk"))}
        yield from _piece([here[pk] for pk in piece if pk in here])


def numbered(numbers: Collection[int]) -> QuerySet[Initiative]:
    """These initiatives, in the order in which they came."""
    return Initiative.objects.filter(pk__in=numbers).order_by("pk")


def of_country(country: Country, *, only_published: bool = False) -> QuerySet[Initiative]:
    """The initiatives that count in the register of a country."""
    found = Initiative.objects.filter(country=country, is_draft=False, withdrawn_at=None, merged_into=None)
    return (found.filter(published_at__isnull=False) if only_published else found).order_by("pk")


def _piece(initiatives: list[Initiative]) -> Iterator[Record]:
    """The one place where relations that people judged or agreed join what was reported."""
    found = related.of(initiatives)
    for one in initiatives:
        record = _in_its_country(record_of(one), one.country_id)
        yield related.joined(record, found.get(one.pk, ()))


def _in_its_country(record: Record, code: str) -> Record:
    """What names neither a country nor a region is for the country of its register."""
    return record if record.countries or record.regions else replace(record, countries=(Share(code),))


def publisher(country: Country) -> Organisation:
    """Who reports what nobody is named for as reporting."""
    return Organisation((Text(f"National Task Force, {country.name}", "en"),))
