"""What leaves as a file says the same when R, SPSS, Stata or Python read it again."""

import io
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pandas
import polars
import pyreadstat
import pytest
from lxml import etree

from learnin.assessment.formats import tables
from learnin.assessment.formats.definition import definition
from learnin.assessment.formats.exports import codebook, csv_files, excel, frames, places
from learnin.assessment.formats.tables import Column, Layout, Record
from tests.assessment import books

BEGUN = pandas.Timestamp(2026, 11, 23, 8)  # as UTC
EN, SR = "English (en)", "Српски (sr)"
NEWEST = books.book(
    "start|start||",
    "text|name|Your name|Ваше име",
    "begin group|school|School|Школа",
    "integer|size|Pupils|Ученици",
    "decimal|share|Share|Удео",
    "select_one place|kind|Where is it?|Где је?",
    "end group||",
    "select_multiple tools|tools|Tools|Алати",
    "date|day|Day|Дан",
    "geopoint|where|Place|Место",
    "note|thanks|Thanks|Хвала",
    "begin repeat|lesson|Lesson|Час",
    "text|subject|Subject|Предмет",
    "select_one yn|online|Online?|Онлајн?",
    "begin repeat|pupil|Pupil|Ученик",
    "integer|age|Age|Узраст",
    "end repeat||",
    "end repeat||",
    columns=f"type|name|label::{EN}|label::{SR}",
    choices=(
        "place|town|Town|Град",
        "place|village|Village|Село",
        "tools|book|Book|Књига",
        "tools|tablet|Tablet|Таблет",
        "yn|1|Yes|Да",
        "yn|0|No|Не",
    ),
    choice_columns=f"list_name|name|label::{EN}|label::{SR}",
    settings={"form_title": "Наставници", "form_id": "teachers", "version": "2", "default_language": EN},
)
OLDER = books.book("text|name|Name", "integer|years|Years at work")

FIRST = {
    "start": "2026-11-23T09:00:00.000+01:00",
    "name": "Ана, =1+1",
    "school": {"size": "120", "share": "0.25", "kind": "village"},
    "tools": "tablet book",
    "day": "2026-11-20",
    "where": "44.8 20.5 117 4.5",
    "lesson": [
        {"subject": "Математика", "online": "1", "pupil": [{"age": "9"}, {"age": ""}]},
        {"subject": "Art", "online": "0", "pupil": []},
    ],
}
SECOND = {"name": "", "school": {"size": "", "kind": "island"}, "tools": "", "years": "7", "lesson": []}
FACTS = (Column("base_weight", "decimal", {"": "Base weight"}), Column("stratum", "text", {"": "Stratum"}))
RECORDS = [Record("uuid:1", ("12.5", "North"), FIRST), Record("uuid:2", ("", ""), SECOND)]


def laid(**more: object) -> Layout:
    """The tables of both versions."""
    given = {"with_personal": True, "facts": FACTS, "note": "Open link: not a sample", **more}
    return tables.layout([definition(NEWEST), definition(OLDER)], **given)


def unzipped(path: Path, into: Path) -> dict[str, Path]:
    """The files of a ZIP by name."""
    with zipfile.ZipFile(path) as found:
        found.extractall(into)
        return {name: into / name for name in found.namelist()}


def test_columns_are_named_as_people_know_them_and_each_version_has_its_own() -> None:
    names = [column.name for column in laid().main.columns]
    assert names == [
        "KEY", "base_weight", "stratum", "start", "name", "school/size", "school/share", "school/kind", "tools",
        "tools/book", "tools/tablet", "day", "where", "where/latitude", "where/longitude", "where/altitude",
        "where/accuracy", "years",
    ]  # fmt: skip
    assert [table.name for table in laid().repeats] == ["teachers-lesson", "teachers-lesson-pupil"]
    assert [column.name for column in laid().repeats[1].columns] == ["KEY", "PARENT_KEY", "lesson/pupil/age"]


def test_what_says_who_somebody_is_stays_here() -> None:
    asked = laid(with_personal=False, personal=["name", "lesson"])
    assert "name" not in [column.name for column in asked.main.columns]
    assert [[one.name for one in table.columns] for table in asked.repeats] == [["KEY", "PARENT_KEY"]] * 2
    assert "start" not in [column.name for column in laid(is_unlinked=True).main.columns]
    marked = laid(personal=["school"])
    assert [one.name for one in marked.main.columns if one.is_personal] == [
        "school/size", "school/share", "school/kind",
    ]  # fmt: skip


def test_csv_reads_back_with_every_repeat() -> None:
    written = b"".join(csv_files.zip_file(laid(), iter(RECORDS), more=[("cleaning-log.csv", b"x\n")]))
    with zipfile.ZipFile(io.BytesIO(written)) as found:
        names = found.namelist()
        main, lesson, pupil = (
            pandas.read_csv(found.open(name), dtype=str, keep_default_na=False) for name in names[:3]
        )
        assert found.read("teachers.csv").startswith(csv_files.BOM)
    assert names == ["teachers.csv", "teachers-lesson.csv", "teachers-lesson-pupil.csv", "cleaning-log.csv"]
    first, second = main.to_dict("records")
    assert first["name"] == "Ана, =1+1"
    assert (first["school/size"], first["school/kind"], first["day"]) == ("120", "village", "2026-11-20")
    assert (first["tools"], first["tools/book"], first["tools/tablet"]) == ("tablet book", "1", "1")
    assert (first["where/latitude"], first["where/accuracy"]) == ("44.8", "4.5")
    assert (second["tools"], second["tools/book"], second["school/kind"], second["years"]) == ("", "", "island", "7")
    assert list(lesson["KEY"]) == ["uuid:1/lesson[1]", "uuid:1/lesson[2]"]
    assert list(lesson["PARENT_KEY"]) == ["uuid:1", "uuid:1"]
    assert list(pupil["PARENT_KEY"]) == ["uuid:1/lesson[1]"] * 2
    assert list(pupil["KEY"]) == ["uuid:1/lesson[1]/pupil[1]", "uuid:1/lesson[1]/pupil[2]"]
    assert list(pupil["lesson/pupil/age"]) == ["9", ""]


def test_csv_without_a_mark_at_its_beginning() -> None:
    alone = tables.layout([definition(OLDER)])
    written = b"".join(csv_files.one_file(alone, [Record("uuid:2", (), SECOND)], bom=False))
    assert written == b"KEY,name,years\r\nuuid:2,,7\r\n"


def test_csv_begins_before_the_last_answer_is_read_and_stays_small() -> None:
    seen = 0

    def many():
        nonlocal seen
        for number in range(30_000):
            seen = number
            yield Record(f"uuid:{number}", ("1", "North"), FIRST)

    tracemalloc.start()
    pieces = csv_files.zip_file(laid(), many())
    first = next(pieces)
    seen_at_first = seen
    total = len(first) + sum(len(piece) for piece in pieces)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seen_at_first < 1000
    assert seen == 29_999
    assert total > 100_000
    assert peak < 40 * 1024 * 1024


@pytest.mark.parametrize("kind", ["sav", "dta"])
def test_spss_and_stata_read_back_with_words_and_weights(tmp_path: Path, kind: str) -> None:
    write, read = {"sav": (frames.sav, pyreadstat.read_sav), "dta": (frames.dta, pyreadstat.read_dta)}[kind]
    files = unzipped(write(laid(), iter(RECORDS), tmp_path, SR), tmp_path)
    main, about = read(files[f"teachers.{kind}"])
    lesson, about_lesson = read(files[f"teachers-lesson.{kind}"])
    pupil, _about = read(files[f"teachers-lesson-pupil.{kind}"])
    assert main["base_weight"][0] == 12.5
    assert list(main["stratum"]) == ["North", ""]
    assert main["school_size"][0] == 120
    assert main["school_size"].isna().tolist() == [False, True]
    assert list(main["school_kind"]) == [2, 3]
    assert about.variable_value_labels["school_kind"] == {1: "Град", 2: "Село", 3: "island"}
    assert about.column_names_to_labels["school_kind"] == "Где је?"
    assert about.column_names_to_labels["tools_tablet"] == "Алати: Таблет"
    assert list(main["tools"]) == ["tablet book", ""]
    assert main["tools_book"][0] == 1
    assert main["tools_book"].isna().tolist() == [False, True]
    assert pandas.Timestamp(main["day"][0]).date() == date(2026, 11, 20)
    assert pandas.Timestamp(main["start"][0]) == BEGUN
    assert list(main["name"]) == ["Ана, =1+1", ""]
    assert list(lesson["lesson_online"]) == [1, 0]
    assert about_lesson.variable_value_labels["lesson_online"] == {0: "Не", 1: "Да"}
    assert list(lesson["KEY"]) == [pupil["PARENT_KEY"][0], "uuid:1/lesson[2]"]
    assert pupil["lesson_pupil_age"][0] == 9
    assert about.file_label == "Open link: not a sample"


@pytest.mark.parametrize("kind", ["sav", "dta"])
def test_many_choices_with_long_names_are_written(tmp_path: Path, kind: str) -> None:
    """Also the list of their words has a name, and less room for it."""
    write, read = {"sav": (frames.sav, pyreadstat.read_sav), "dta": (frames.dta, pyreadstat.read_dta)}[kind]
    asked = [f"select_one yn|{'a' * (20 + at % 50)}{at}|A" for at in range(1100)]
    record = Record("uuid:1", (), {row.split("|")[1]: "no" for row in asked})
    found = tables.layout([definition(books.book(*asked, choices=("yn|yes|Yes", "yn|no|No")))])
    frame, about = read(write(found, iter([record]), tmp_path))
    assert len(about.variable_value_labels) == 1100
    assert all(words == {1: "Yes", 2: "No"} for words in about.variable_value_labels.values())
    assert {frame[name][0] for name in about.variable_value_labels} == {2}


def test_parquet_reads_back_typed(tmp_path: Path) -> None:
    files = unzipped(frames.parquet(laid(), iter(RECORDS), tmp_path), tmp_path)
    main = polars.read_parquet(files["teachers.parquet"])
    assert main["school/size"].to_list() == [120, None]
    assert main["school/kind"].to_list() == ["village", "island"]
    assert main["day"].to_list() == [date(2026, 11, 20), None]
    assert main["start"].to_list() == [BEGUN, None]
    assert main["tools/tablet"].to_list() == [1, None]
    pupil = polars.read_parquet(files["teachers-lesson-pupil.parquet"])
    assert pupil["lesson/pupil/age"].to_list() == [9, None]


def test_excel_has_values_and_words_and_no_formulas(tmp_path: Path) -> None:
    path = excel.workbook(laid(), iter(RECORDS), tmp_path / "a.xlsx", language=SR)
    values = pandas.read_excel(path, sheet_name="values", engine="openpyxl")
    words = pandas.read_excel(path, sheet_name="labels", engine="openpyxl")
    lessons = pandas.read_excel(path, sheet_name="labels lesson", engine="openpyxl")
    assert list(values["school/kind"]) == ["village", "island"]
    assert list(words["school/kind"]) == ["Село", "island"]
    assert words["tools"][0] == "Таблет, Књига"
    assert values["school/size"][0] == 120
    assert values["day"][0] == pandas.Timestamp(2026, 11, 20)
    assert list(lessons["lesson/online"]) == ["Да", "Не"]
    opened = openpyxl.load_workbook(path)
    assert opened.sheetnames == [
        "values", "labels", "values lesson", "labels lesson", "values pupil", "labels pupil", "columns", "choices",
        "about",
    ]  # fmt: skip
    assert not any(cell.data_type == "f" for sheet in opened for row in sheet.iter_rows() for cell in row)
    columns = pandas.read_excel(path, sheet_name="columns", engine="openpyxl")
    assert columns.set_index("column").loc["school/kind", ["SPSS", "label"]].tolist() == ["school_kind", "Где је?"]


def test_names_fit_spss_and_stata_and_never_meet() -> None:
    long = "a" * 40
    found = tables.layout([definition(books.book(f"text|{long}1|A", f"text|{long}2|B", "text|if|C", "text|_x|D"))])
    names = frames.variable_names(found.main, frames.DTA_NAME)
    assert len({name.lower() for name in names}) == len(names) == 5
    assert all(len(name) <= 28 for name in names)
    assert names[1:] == ["a" * 28, "a" * 26 + "_2", "if_2", "v_x"]


def test_the_codebook_is_ddi_with_questions_and_categories() -> None:
    root = etree.fromstring(codebook.ddi(laid(), SR, count=2))
    spaces = {"d": codebook.DDI}
    assert root.tag == f"{{{codebook.DDI}}}codeBook"
    assert root.findtext(".//d:titl", namespaces=spaces) == "Наставници"
    kind = root.xpath("//d:var[@name='school/kind']", namespaces=spaces)[0]
    assert kind.findtext("d:labl", namespaces=spaces) == "Где је?"
    assert kind.xpath("d:qstn/d:qstnLit/text()", namespaces=spaces) == ["Where is it?", "Где је?"]
    assert kind.xpath("d:catgry/d:catValu/text()", namespaces=spaces) == ["town", "village"]
    assert kind.xpath("d:catgry/d:labl/text()", namespaces=spaces) == ["Град", "Село"]
    ids = root.xpath("//@ID")
    assert len(ids) == len(set(ids))
    assert root.findtext(".//d:caseQnty", namespaces=spaces) == "2"


def test_the_codebook_says_what_the_questionnaire_is_about() -> None:
    found = laid(subjects=["Needs", "Culture"])
    root = etree.fromstring(codebook.ddi(found))
    assert root.xpath("//d:subject/d:topcClas/text()", namespaces={"d": codebook.DDI}) == ["Needs", "Culture"]
    assert codebook.sheets(found)[-1] == (
        "about", [("about",), ("Наставници",), ("Open link: not a sample",), ("Needs",), ("Culture",)]
    )  # fmt: skip
    assert etree.fromstring(codebook.ddi(laid())).xpath("//d:subject", namespaces={"d": codebook.DDI}) == []


def test_geojson_has_the_place_and_the_answers() -> None:
    found = pandas.io.json.ujson_loads(b"".join(places.geojson(laid(), iter(RECORDS))))
    first, second = found["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [20.5, 44.8]}
    assert first["properties"]["school/size"] == 120
    assert "where" not in first["properties"]
    assert second["geometry"] is None
    hidden = pandas.io.json.ujson_loads(
        b"".join(places.geojson(laid(with_personal=False, personal=["where"]), iter(RECORDS)))
    )
    assert hidden["features"][0]["geometry"] is None
    shape = "44 20 0 0; 45 20 0 0; 45 21 0 0"
    assert places.geometry(shape, "geotrace")["type"] == "LineString"
    assert places.geometry(shape, "geoshape")["coordinates"][0][0] == [20, 44]
