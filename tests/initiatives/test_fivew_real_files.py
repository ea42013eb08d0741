"""Real tables, as organisations and countries publish them. They are test input, and not part of LearnIn."""

import csv
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from learnin.initiatives.formats.fivew import ColumnMapping, Look, look
from learnin.initiatives.formats.record import Level, NotReadable, Read
from tests.initiatives.fivew_known import read_all

SHARED = Path(__file__).parents[3] / "shared" / "data" / "initiatives"
CSV = SHARED / "eca_initiatives.csv"
THREE_W = sorted((SHARED / "threew").rglob("*.*"))

pytestmark = pytest.mark.skipif(not CSV.exists(), reason="the shared real data are not on this machine")


@lru_cache
def read_file(path: Path) -> tuple[Look, list[Read]]:
    """A look at a file, and everything it gives."""
    content = path.read_bytes()
    return look(content, path.name), read_all(content, path.name)


def test_the_register_of_sixteen_thousand_is_read_by_the_proposed_mapping() -> None:
    seen, reads = read_file(CSV)
    assert seen.rows == 16_125
    assert {heading: str(use) for heading, use in seen.mapping.columns.items()} == {
        "id": "identifier",
        "cc": "country",
        "lang": "language",
        "org": "reporter",
        "partners": "implementer",
        "title": "title",
        "description": "description",
        "theme": "theme",
        "sector": "sector",
        "start": "planned-start",
        "end": "planned-end",
        "budget": "budget",
        "currency": "currency",
        "admin1": "area",
    }
    found = [one.record for one in reads if one.record]
    codes = Counter(problem.code for one in reads for problem in one.problems)
    assert len(reads) == 15_932  # 168 identifiers stand in two rows or more
    assert len(found) == len(reads) - codes["no_title"]
    assert len({record.identifier for record in found}) == len(found)
    assert codes["rows_joined"] == 168
    with CSV.open(encoding="utf-8", newline="") as lines:
        titled = {row["id"]: row["cc"] for row in csv.DictReader(lines) if row["title"] != "nan"}
    assert {record.identifier: record.countries[0].code for record in found} == titled


def test_every_problem_of_the_register_has_a_row_and_a_column() -> None:
    seen, reads = read_file(CSV)
    headings = {one.heading for one in seen.columns}
    for problem in (problem for one in reads for problem in one.problems):
        assert 2 <= problem.row <= 16_126
        assert problem.place in headings
    refused = [one for one in reads if not one.record]
    assert all(any(problem.level == Level.ERROR for problem in one.problems) for one in refused)


@pytest.mark.parametrize("path", THREE_W, ids=lambda path: path.name)
def test_every_table_is_read_or_refused_with_a_reason(path: Path) -> None:
    try:
        seen, reads = read_file(path)
    except NotReadable as refusal:
        found = refusal.code
    else:
        assert sum(one.record is not None for one in reads) == len(reads)
        assert {problem.place for one in reads for problem in one.problems} <= {one.heading for one in seen.columns}
        found = f"{seen.rows} rows, {len(reads)} records"
    assert found == {
        "ebola_3w_2014-12-10.csv": "1201 rows, 311 records",
        "hxl-default-schema.json": "no_title_column",
    }.get(path.name, "4 rows, 4 records")


def test_of_a_workbook_each_sheet_can_be_read() -> None:
    path = SHARED / "threew/libhxl/input-quality.xlsx"
    seen = look(path.read_bytes(), path.name)
    assert (seen.sheet, seen.sheets) == ("input-quality-hxl", ("input-quality-no-hxl", "input-quality-hxl"))
    plain = read_all(path.read_bytes(), path.name, sheet="input-quality-no-hxl")
    tagged = read_all(path.read_bytes(), path.name, ColumnMapping(seen.mapping.columns), sheet="input-quality-hxl")
    assert [one.record.title for one in plain if one.record] == [one.record.title for one in tagged if one.record]
