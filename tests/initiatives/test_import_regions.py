"""An activity that names a region of the world and no country comes in only where a person says that it is ours."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from learnin.initiatives.formats.record import Region, Share
from learnin.initiatives.models import ExportFormat, Import, Initiative
from learnin.initiatives.operations import importing, leaving
from learnin.initiatives.queries import imports
from learnin.initiatives.queries.records import record_of
from learnin.journal.models import Entry
from tests.cast import NOW, Cast, as_
from tests.initiatives import iati_files, made, made_files
from tests.initiatives.made_files import activity

pytestmark = pytest.mark.django_db

EUROPE = '<recipient-region vocabulary="1" code="89"/>'
PLACED = f"{EUROPE}<location><administrative vocabulary='A4' code='RS'/></location>"
PARTLY = '<recipient-country code="RS" percentage="60"/><recipient-region code="89" percentage="40"/>'


def of_regions() -> bytes:
    """Three activities: of the whole of Europe, of Europe with a place in Serbia, of both."""
    return made_files.iati(
        activity("XM-1", where=EUROPE), activity("XM-2", where=PLACED), activity("XM-3", where=PARTLY)
    )


def exported(cast: Cast, kind: ExportFormat = ExportFormat.IATI) -> bytes:
    """The register as a file."""
    out = io.BytesIO()
    leaving.write_all(cast.home, out=out, format=kind, by=None, now=NOW)
    return out.getvalue()


def counted(source: Import) -> dict[str, int]:
    """How many records of each state that there is."""
    return {state: n for state, n in imports.counts(source).items() if n}


def said(cast: Cast, source: Import, take: str, player: str = "chair") -> int:
    """Somebody says whether what is of a region comes in: the status of the answer."""
    address = reverse("initiatives:import_regions", args=[source.pk])
    return as_(getattr(cast, player)).post(address, {"take": take}).status_code


def test_what_names_a_region_only_stays_out_and_the_page_says_why(cast: Cast) -> None:
    source, browser = made_files.brought_in(cast, of_regions()), as_(cast.chair)
    assert counted(source) == {"new": 2, "region": 1}
    page = browser.get(reverse("initiatives:import", args=[source.pk])).content.decode()
    assert "It names the region 89 (Europe), not this country." in page
    assert "1 initiative names a region of the world, and not Serbia." in page
    assert "It stays out" in page
    importing.apply(source, by=cast.chair, now=NOW)
    assert set(Initiative.objects.values_list("identifier", flat=True)) == {"XM-2", "XM-3"}


def test_the_name_that_the_file_gives_a_region_is_said(cast: Cast) -> None:
    where = '<recipient-region vocabulary="99" code="B"><narrative>Western Balkans</narrative></recipient-region>'
    source = made_files.brought_in(cast, made_files.iati(activity(where=where)))
    assert source.records.get().problems[-1]["said"] == "B (Western Balkans)"


def test_somebody_brings_it_in_and_may_think_again(cast: Cast) -> None:
    source = made_files.brought_in(cast, of_regions())
    assert said(cast, source, "yes") == 302
    source.refresh_from_db()
    assert source.takes_regions
    assert counted(source) == {"new": 3}
    page = as_(cast.chair).get(reverse("initiatives:import", args=[source.pk])).content.decode()
    assert "It names the region 89 (Europe)" in page
    assert "Leave out what is of a whole region" in page
    assert said(cast, source, "no") == 302
    assert counted(source) == {"new": 2, "region": 1}
    assert said(cast, source, "perhaps") == 302
    assert [one.verb for one in Entry.objects.filter(verb__startswith="import.regions").order_by("pk")] == [
        "import.regions-taken",
        "import.regions-left",
    ]


def test_whose_file_it_is_not_says_nothing_of_it(cast: Cast) -> None:
    source = made_files.brought_in(cast, of_regions())
    answers = {player: said(cast, source, "yes", player) for player in ("member", "partner", "stranger")}
    assert answers == {"member": 403, "partner": 404, "stranger": 404}
    assert counted(source) == {"new": 2, "region": 1}


def test_what_came_in_once_is_ours_and_the_same_file_changes_nothing(cast: Cast) -> None:
    source = made_files.brought_in(cast, of_regions())
    importing.take_regions(source, take=True, by=cast.chair, now=NOW)
    importing.apply(source, by=cast.chair, now=NOW)
    found = record_of(Initiative.objects.get(identifier="XM-1"))
    assert (found.countries, found.regions) == ((), (Region("89"),))
    assert counted(made_files.brought_in(cast, of_regions())) == {"same": 3}
    page = as_(cast.chair).get(reverse("initiatives:initiative", args=[Initiative.objects.order_by("pk")[0].pk]))
    assert page.status_code == 200
    for kind, name in ((ExportFormat.IATI, "out.xml"), (ExportFormat.CSV, "out.csv")):
        assert counted(made_files.brought_in(cast, exported(cast, kind), name=name)) == {"same": 3}
    iati_files.assert_valid(exported(cast))


def test_the_command_brings_them_in_by_a_flag(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "plan.xml"
    path.write_bytes(of_regions())
    for flags, expected in (
        ((), "region 1"),
        (("--whole-regions", "--dry-run"), "new 1"),
        (("--whole-regions",), "new 1"),
    ):
        out = io.StringIO()
        call_command("initiatives_import", str(path), "--country", "RS", *flags, stdout=out, stderr=io.StringIO())
        assert expected in out.getvalue()
    assert Initiative.objects.count() == 3


def test_what_was_written_here_goes_out_with_its_country_and_comes_back_the_same(cast: Cast) -> None:
    made.initiative(cast, "Tablets for schools", identifier="RS-1")
    content = exported(cast)
    iati_files.assert_valid(content)
    (record,) = iati_files.records(content)
    assert record.countries == (Share("RS"),)
    for kind, name in ((ExportFormat.IATI, "out.xml"), (ExportFormat.CSV, "out.csv"), (ExportFormat.FIVEW, "out.xlsx")):
        assert counted(made_files.brought_in(cast, exported(cast, kind), name=name)) == {"same": 1}


def test_a_file_that_adds_another_country_changes_what_was_written_here(cast: Cast) -> None:
    made.initiative(cast, "Tablets for schools", identifier="RS-1")
    more = exported(cast).replace(
        b'<recipient-country code="RS"/>',
        b'<recipient-country code="RS" percentage="50"/><recipient-country code="GE" percentage="50"/>',
    )
    source = made_files.brought_in(cast, more)
    assert counted(source) == {"conflict": 1}
    assert source.records.get().differences == ["countries"]


def test_the_register_is_not_said_to_have_what_stays_out(cast: Cast) -> None:
    done = "The register has all that this file can tell of this country."
    address = reverse(
        "initiatives:import", args=[made_files.brought_in(cast, made_files.iati(activity(where=EUROPE))).pk]
    )
    assert done not in as_(cast.chair).get(address).content.decode()
    made_files.applied(cast)
    again = reverse("initiatives:import", args=[made_files.brought_in(cast).pk])
    assert done in as_(cast.chair).get(again).content.decode()
