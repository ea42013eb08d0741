"""Real files come into the register through the same operations as the pages use, go out again, and change nothing."""

import csv
import io
from collections import Counter

import pytest

from learnin.initiatives.formats import iati
from learnin.initiatives.formats.fivew import look
from learnin.initiatives.models import ExportFormat, Import, ImportedRecord, Initiative
from learnin.initiatives.operations import importing, leaving
from learnin.initiatives.operations.bulk_import import Order, bring
from learnin.initiatives.queries import imports, known_words
from learnin.people.models import Country
from tests.cast import NOW, Cast
from tests.initiatives import iati_files
from tests.initiatives.iati_files import CORPUS, real

pytestmark = pytest.mark.django_db
CSV = CORPUS.parent / "eca_initiatives.csv"
State = ImportedRecord.State
AT = {
    "UNHCR-Activities-2023.xml": "AM",
    "iati_2.03_HondurasAIMS_GeocodedResearchRelease.xml": "HN",
    "iati_2.03_NigeriaAIMS_GeocodedResearchRelease.xml": "NG",
    "ocha_dportal_foodsecurity.xml": "HT",
    "ocha-test-data.xml": "HT",
}
"""A country that each file tells of."""


def country(code: str) -> Country:
    """A country, of the programme or not."""
    found, _is_new = Country.objects.get_or_create(code=code)
    return found


def brought_in(place: Country, content: bytes, name: str, cast: Cast) -> Import:
    """A file that was read, by the proposed mapping."""
    source = importing.bring_in(
        place, file=io.BytesIO(content), file_name=name, by=cast.regional, now=NOW, at_once=True
    )
    if source.format == Import.Format.FIVEW:
        mapping = known_words.look_of(source).mapping
        source = importing.say_columns(source, mapping=mapping, by=cast.regional, now=NOW, at_once=True)
    return source


def exported(place: Country, kind: ExportFormat) -> bytes:
    """The whole register of a country as a file."""
    out = io.BytesIO()
    leaving.write_all(place, out=out, format=kind, by=None, now=NOW)
    return out.getvalue()


@pytest.mark.parametrize("name", AT)
def test_an_iati_file_comes_in_and_its_export_changes_nothing(cast: Cast, name: str) -> None:
    content, place = real(name).read_bytes(), country(AT[name])
    source = brought_in(place, content, name, cast)
    counts = imports.counts(source)
    reads = [one for one in iati.read(io.BytesIO(content)) if not imports.is_only_of_file(one)]
    assert sum(counts.values()) == len(reads)
    assert counts["new"] > 0
    bad = source.records.filter(state=State.BAD)
    assert all(any(problem["level"] == "error" for problem in one.problems) for one in bad)
    importing.apply(source, by=cast.regional, now=NOW, at_once=True)
    assert Initiative.objects.filter(country=place).count() == counts["new"]
    again = imports.counts(brought_in(place, content, name, cast))
    assert again == counts | {"new": 0, "same": counts["new"]}
    out = exported(place, ExportFormat.IATI)
    iati_files.assert_valid(out)
    back = imports.counts(brought_in(place, out, "export.xml", cast))
    assert back == {"new": 0, "changed": 0, "same": counts["new"], "conflict": 0, "bad": 0, "elsewhere": 0, "region": 0}


@pytest.mark.parametrize("kind", [ExportFormat.FIVEW, ExportFormat.CSV])
def test_the_export_of_a_real_country_as_a_table_changes_nothing(cast: Cast, kind: ExportFormat) -> None:
    name = "iati_2.03_NigeriaAIMS_GeocodedResearchRelease.xml"
    place = country("NG")
    source = brought_in(place, real(name).read_bytes(), name, cast)
    importing.apply(source, by=cast.regional, now=NOW, at_once=True)
    n = Initiative.objects.filter(country=place).count()
    back = brought_in(place, exported(place, kind), f"export.{'xlsx' if kind == ExportFormat.FIVEW else 'csv'}", cast)
    changed = Counter(key for one in back.records.exclude(state=State.SAME) for key in one.differences)
    assert changed == {"money": 14}  # a table counts equal amounts of one initiative once, and says so
    assert imports.counts(back)["same"] == n - 14


def test_of_sixteen_thousand_records_each_is_applied_or_a_problem(cast: Cast) -> None:
    if not CSV.exists():
        pytest.skip("The real table (shared/data/initiatives) does not stand beside the project.")
    content = CSV.read_bytes()
    with CSV.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 16_125
    titled: Counter[str] = Counter()
    for code, _identifier in {(row["cc"], row["id"]) for row in rows if row["title"] != "nan"}:
        titled[code] += 1
    countries = [country(code) for code in titled]
    assert len(countries) == 18
    mapping = look(content, CSV.name).mapping
    came = list(bring(Order(content, CSV.name, mapping=mapping), countries, by=cast.regional, now=NOW))
    bad = len(
        {row["id"] for row in rows if row["title"] == "nan"} - {row["id"] for row in rows if row["title"] != "nan"}
    )
    for one in came:
        assert one.is_applied
        assert sum(one.counts.values()) == 15_932
        assert one.counts["bad"] == bad
        assert one.counts["new"] == titled[one.country.pk] == Initiative.objects.filter(country=one.country).count()
        assert all(record.problems for record in one.records)
    assert sum(titled.values()) + bad == 15_932
