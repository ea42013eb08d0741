"""A workbook is read as it stands and written back without loss; what is no workbook, or a trap, is refused."""

import io
import zipfile
from datetime import datetime, time

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from learnin.assessment.formats import xlsform
from learnin.assessment.formats.workbook import Book, Sheet
from tests.assessment.books import book

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=12,
).filter(lambda text: not text.isspace())
HEADS = WORDS.filter(lambda text: not xlsform.is_marked(text))


def workbook(*rows, **more):
    """A workbook whose one sheet has these rows, made by hand."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    page = made.add_worksheet(more.get("sheet", "survey"))
    for number, row in enumerate(rows):
        for at, value in enumerate(row):
            page.write(number, at, value)
    made.close()
    return out.getvalue()


@st.composite
def sheets(draw, name):
    columns = tuple(draw(st.lists(HEADS, min_size=1, max_size=4, unique=True)))
    row = st.dictionaries(st.sampled_from(columns), WORDS, min_size=1)
    rows = draw(st.lists(row, max_size=4))
    return Sheet(name, columns, tuple(rows))


@settings(max_examples=60, deadline=None)
@given(sheets("survey"), sheets("choices"), sheets("Notes of ours"))
def test_what_is_written_is_read_again(survey, choices, notes):
    whole = Book({one.name: one for one in (survey, choices, notes)})
    assert xlsform.read(xlsform.write(whole)) == whole


def test_cells_read_as_the_converter_reads_them():
    read = xlsform.read(
        workbook(
            ["type", "whole", "part", "yes", "day", "hour", "spaces"],
            ["text", 3.0, 2.5, True, datetime(2026, 3, 1), time(8, 30), "  "],  # noqa: DTZ001  cells have no zone
        )
    )
    assert dict(read.survey.rows[0]) == {
        "type": "text", "whole": "3", "part": "2.5", "yes": "TRUE", "day": "2026-03-01 00:00:00",
        "hour": read.survey.rows[0]["hour"],
    }  # fmt: skip
    assert "08:30" in read.survey.rows[0]["hour"]


def test_empty_rows_between_keep_their_place():
    read = xlsform.read(workbook(["type", "name"], ["text", "a"], [], ["text", "b"]))
    assert [dict(row) for row in read.survey.rows] == [{"type": "text", "name": "a"}, {}, {"type": "text", "name": "b"}]


def test_columns_without_a_name_or_with_one_twice_are_kept_under_their_letter():
    content = workbook(["type", "name", "", "name"], ["text", "a", "mine", "b"])
    read = xlsform.read(content)
    assert read.survey.columns == ("type", "name", "[C]", "name [D]")
    assert xlsform.read(xlsform.write(read)) == read


def test_the_only_sheet_is_the_questions_and_known_sheets_go_by_their_small_name():
    assert xlsform.read(workbook(["type", "name"], ["text", "a"], sheet="My form")).survey.rows
    assert xlsform.read(workbook(["type", "name"], ["text", "a"], sheet="Survey")).survey.name == "survey"


@pytest.mark.parametrize(
    "content", [b"", b"name,label\n", b"%PDF-1.4", xlsform.XLS_START + b"rubbish", b"PK\x03\x04 no"]
)
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(xlsform.NotReadable) as refused:
        xlsform.read(content)
    assert refused.value.code == "not_a_workbook"


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/a.xml", "w") as part:
        for _mebibyte in range(160):
            part.write(b"\0" * (1 << 20))
    assert len(out.getvalue()) < 1_000_000
    with pytest.raises(xlsform.NotReadable) as refused:
        xlsform.read(out.getvalue())
    assert refused.value.code == "too_large"


@pytest.mark.parametrize(("cell", "code"), [((1_000_000, 0), "too_many_rows"), ((1, 16_000), "too_many_columns")])
def test_a_table_that_spans_the_whole_sheet_is_refused_before_it_is_laid_out(cell, code):
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    page = made.add_worksheet("survey")
    page.write(0, 0, "type")
    page.write(*cell, "far away")
    made.close()
    with pytest.raises(xlsform.NotReadable) as refused:
        xlsform.read(out.getvalue())
    assert refused.value.code == code


def test_a_file_that_is_too_large_is_refused_unopened():
    with pytest.raises(xlsform.NotReadable) as refused:
        xlsform.read(b"PK\x03\x04" + b"\0" * xlsform.MOST_BYTES)
    assert refused.value.code == "too_large"


def test_a_cell_longer_than_a_spreadsheet_holds_is_not_written():
    with pytest.raises(ValueError, match="longer"):
        xlsform.write(book("text|a|" + "x" * 40_000))


def test_a_cell_that_hides_how_far_it_stands_is_refused():
    content = xlsform.write(book("text|a|A"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(out, "w") as changed:
        for part in whole.infolist():
            text = whole.read(part)
            if part.filename.endswith("sheet1.xml"):
                text = text.replace(b'<c r="A2"', b'<c x="' + b"y" * 500 + b'" r="XFD1048576"')
            changed.writestr(part, text)
    with pytest.raises(xlsform.NotReadable):
        xlsform.read(out.getvalue())


def test_a_cell_in_a_column_that_nobody_named_is_written_too():
    made = Book({"survey": Sheet("survey", ("type",), ({"type": "text", "name": "a"},))})
    assert xlsform.read(xlsform.write(made)).survey.rows == made.survey.rows
