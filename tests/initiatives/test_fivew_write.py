"""Our 5W tables: a row for each place, nothing counted twice, no formulas, a template to fill in, GeoJSON for maps."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

from openpyxl import load_workbook

from learnin.initiatives.formats.fivew import (
    Meaning,
    Words,
    look,
    write_csv,
    write_geojson,
    write_template,
    write_workbook,
)
from learnin.initiatives.formats.fivew.writing import CHOICES, TEMPLATE
from learnin.initiatives.formats.record import Money, Organisation, People, Place, Record, Share, Status, Text
from tests.initiatives.fivew_known import THEMES, WORDS, name, read_all

LIBRARIES = Record(
    identifier="P-1",
    titles=(Text("Libraries", "en"), Text("Библиотеке", "sr")),
    reporter=Organisation((Text("UNICEF"),)),
    status=Status.IMPLEMENTATION,
    planned_start=date(2024, 3, 5),
    countries=(Share("AL", Decimal(40)), Share("RS", Decimal(60))),
    places=(Place("AL", "AL-01"), Place("AL", "AL-11", latitude=41.33, longitude=19.82), Place("RS", name="Šabac")),
    sectors=(Share("11130", Decimal(100)),),
    themes=("inclusion", "digital-skills"),
    people=(People(planned=500), People("teachers", 20, 7)),
    money=(Money(Decimal("1000.50"), "USD"), Money(Decimal(70), "EUR")),
)
EVIL = replace(LIBRARIES, titles=(Text("=HYPERLINK(1)"),), reporter=Organisation((Text("@cmd"),)), places=(), money=())


def cells(content: bytes) -> list[dict[str, object]]:
    """The rows of our workbook by hashtag."""
    rows = list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))
    return [dict(zip(rows[1], row, strict=True)) for row in rows[2:]]


def test_a_record_has_a_row_for_each_place_and_its_sums_stand_once() -> None:
    rows = cells(write_workbook([LIBRARIES], WORDS))
    assert [(row["#activity+code"], row["#activity+name+i_en"]) for row in rows] == [("P-1", "Libraries")] * 3
    assert [(row["#country+code+place"], row["#adm1+name"], row["#loc+name"]) for row in rows] == [
        ("AL", "Berat", None),
        ("AL", "Tiranë", None),
        ("RS", None, "Šabac"),
    ]
    assert [(row["#value+budget"], row["#value+currency"]) for row in rows] == [
        (1000.5, "USD"),
        (70, "EUR"),
        (None, None),
    ]
    assert [(row["#targeted"], row["#targeted+a_teachers"]) for row in rows] == [(500, 20), (None, None), (None, None)]
    assert [row["#sector+code+v_dac"] for row in rows] == ["11130 100%", None, None]
    assert [row["#country+code"] for row in rows] == ["AL 40%; RS 60%", "AL; RS", "AL; RS"]


def test_headings_are_in_the_language_that_is_asked_for() -> None:
    words = Words({Meaning.TITLE: "Назив", Meaning.PLANNED: "Планирано"}, name, sheet="Иницијативе")
    sheet = load_workbook(io.BytesIO(write_workbook([LIBRARIES], words))).worksheets[0]
    assert sheet.title == "Иницијативе"
    headings = [cell.value for cell in sheet[1]]
    assert {"Назив (en)", "Назив (sr)", "Планирано", "Планирано (Teachers)"} <= {*headings}


def test_texts_stay_texts() -> None:
    with zipfile.ZipFile(io.BytesIO(write_workbook([EVIL], WORDS))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    lines = list(csv.reader(io.StringIO(write_csv([EVIL], WORDS).decode("utf-8-sig"))))
    assert "'=HYPERLINK(1)" in lines[2]
    assert "'@cmd" in lines[2]
    assert not [cell for line in lines for cell in line if cell[:1] in {"=", "+", "-", "@"}]
    (read,) = read_all(write_csv([EVIL], WORDS))
    assert read.record == EVIL


def test_no_records_are_a_table_without_rows() -> None:
    sheet = load_workbook(io.BytesIO(write_workbook([], WORDS))).worksheets[0]
    assert sheet.max_row == 2
    assert [line[:1] for line in write_csv([], WORDS).decode("utf-8-sig").splitlines()] == ["i", "#"]


def test_the_template_is_read_once_it_is_filled_in() -> None:
    themes = [names[0] for names in THEMES.values()]
    lists = {"status": ["Pipeline", "Implementation"], "theme": themes, "area": ["Berat", "Tiranë"]}
    book = load_workbook(io.BytesIO(write_template(Words(hints={Meaning.TITLE: "What is done"}), lists)))
    sheet, guide, choices = book.worksheets
    assert [cell.value for cell in guide["C"]][1] == "What is done"
    offered = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    columns = {meaning: sheet.cell(1, TEMPLATE.index(meaning) + 1).column_letter for meaning in CHOICES}
    assert offered == {
        f"{columns[Meaning.STATUS]}3:{columns[Meaning.STATUS]}1002": "'Lists'!$A$2:$A$3",
        f"{columns[Meaning.THEME]}3:{columns[Meaning.THEME]}1002": "'Lists'!$B$2:$B$4",
        f"{columns[Meaning.AREA]}3:{columns[Meaning.AREA]}1002": "'Lists'!$C$2:$C$3",
    }
    assert [cell.value for cell in choices[2]] == ["Pipeline", "Inclusion", "Berat"]

    row = {
        Meaning.TITLE: "Libraries",
        Meaning.STATUS: "Implementation",
        Meaning.THEME: "Inclusion",
        Meaning.AREA: "Tiranë",
        Meaning.COUNTRY: "AL",
    }
    for meaning, text in row.items():
        sheet.cell(3, TEMPLATE.index(meaning) + 1, text)
    filled = io.BytesIO()
    book.save(filled)
    found = look(filled.getvalue(), "t.xlsx")
    assert (found.sheet, found.header_row, found.hashtag_row) == ("5W", 1, 2)
    assert {use.meaning for use in found.mapping.columns.values()} == {*TEMPLATE}
    (read,) = read_all(filled.getvalue(), "t.xlsx")
    assert read.problems == ()
    assert read.record == Record(
        titles=(Text("Libraries"),),
        status=Status.IMPLEMENTATION,
        themes=("inclusion",),
        countries=(Share("AL"),),
        places=(Place("AL", "AL-11"),),
    )


def test_geojson_has_a_feature_for_each_place_and_no_amounts() -> None:
    shape = {"type": "Polygon", "coordinates": [[[19.9, 40.7], [20.0, 40.7], [20.0, 40.8], [19.9, 40.7]]]}
    found = json.loads(write_geojson([LIBRARIES, EVIL], WORDS, {"AL-01": shape}))
    assert found["type"] == "FeatureCollection"
    assert [one["geometry"] for one in found["features"]] == [
        shape,
        {"type": "Point", "coordinates": [19.82, 41.33]},
        None,
        None,
    ]
    assert [one["id"] for one in found["features"]] == ["P-1#1", "P-1#2", "P-1#3", "P-1#1"]
    told = found["features"][0]["properties"]
    assert (told["title"], told["area_name"], told["begins"], told["themes"]) == (
        "Libraries",
        "Berat",
        "2024-03-05",
        ["Inclusion", "Digital skills"],
    )
    assert "1000" not in json.dumps(found)
