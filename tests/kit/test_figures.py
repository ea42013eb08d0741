"""A figure is a picture in a PDF and a chart to edit in Word and on slides; all hold the same numbers."""

import io
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from lxml import etree
from pptx import Presentation
from pypdf import PdfReader

from learnin.kit import documents
from learnin.kit.documents import native, picture, slides

BARS = (
    documents.Bar("Everybody", "59% (48 to 70)", 0.59, 0.48, 0.7),
    documents.Bar("Small & far <places>", "⊘ withheld"),
)
ALT = "Everybody: 59% (48 to 70); Small & far <places>: withheld"
FIGURE = documents.Figure("How sure", ALT, BARS, documents.Heads("Group", "Estimate", "Low", "High"))
PAPER = documents.Document(title="Report", place="Home", blocks=(FIGURE, documents.Paragraph("Between"), FIGURE))
SLIDES = slides.Slides(
    title="Report",
    subtitle="May",
    place="Home",
    slides=(
        slides.Slide("About 59 of 100", "Strong", FIGURE, "Of a sample"),
        slides.Slide("Without a number", points=("One in nine", "A list")),
    ),
)
CHART = {"c": native.CHARTS}


@pytest.fixture(scope="module")
def word() -> zipfile.ZipFile:
    """The parts of the Word file."""
    return zipfile.ZipFile(io.BytesIO(documents.docx(PAPER, "ka")))


@pytest.fixture(scope="module")
def shown() -> object:
    """The slides, opened again."""
    return Presentation(io.BytesIO(slides.pptx(SLIDES, "ka")))


def values(space: etree._Element, way: str) -> list[float]:
    """The numbers that a chart remembers."""
    return [float(one.text) for one in space.iterfind(f".//{way}//c:v", CHART)]


def test_word_holds_charts_with_their_intervals_and_a_sheet(word: zipfile.ZipFile) -> None:
    for number in (1, 2):
        space = etree.fromstring(word.read(f"word/charts/chart{number}.xml"))
        assert values(space, "c:val") == [0.59]
        assert values(space, "c:plus") == [pytest.approx(0.11)]
        assert values(space, "c:minus") == [pytest.approx(0.11)]
        book = openpyxl.load_workbook(io.BytesIO(word.read(f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx")))
        rows = list(book.active.iter_rows(values_only=True))
        assert rows[1][:4] == ("Everybody: 59% (48 to 70)", 0.59, 0.48, 0.7)
        assert rows[2][1:] == (None,) * 5


def test_charts_of_word_tell_what_they_show() -> None:
    file = docx.Document(io.BytesIO(documents.docx(PAPER, "en")))
    assert [one.get("descr") for one in file.element.body.iter(qn("wp:docPr"))] == [ALT, ALT]


def test_the_picture_of_a_pdf_is_told_to_those_who_do_not_see_it() -> None:
    file = PdfReader(io.BytesIO(documents.pdf(PAPER, "en")))
    told = [one.get_object().get("/Alt") for one in _elements(file.trailer["/Root"]["/StructTreeRoot"])]
    assert told.count(ALT) == 2
    assert "59% (48 to 70)" in file.pages[0].extract_text()


def _elements(of: object) -> list:
    """All elements of a tagged PDF."""
    below = of.get("/K", [])
    found = [of]
    for one in below if isinstance(below, list) else [below]:
        one = one.get_object() if hasattr(one, "get_object") else one
        if hasattr(one, "get"):
            found += _elements(one)
    return found


def test_the_picture_has_a_dot_for_each_number_and_none_for_what_is_withheld() -> None:
    drawn = etree.fromstring(picture.svg(FIGURE).encode())
    assert len(drawn.findall("{*}circle")) == 1
    assert any(one.text == "Small & far <places>: ⊘ withheld" for one in drawn.iterfind("{*}text"))


def test_slides_hold_a_chart_to_edit_and_notes(shown: object) -> None:
    first, second, third = shown.slides
    assert first.shapes.title.text == "Report"
    (frame,) = [shape for shape in second.shapes if shape.has_chart]
    assert list(frame.chart.plots[0].series[0].values) == [0.59, None]
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == ALT
    inside = openpyxl.load_workbook(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob)).active
    assert [cell.value for cell in inside[2]][1:4] == [0.59, 0.48, 0.7]
    assert second.notes_slide.notes_text_frame.text == "Of a sample"
    assert not any(shape.has_chart for shape in third.shapes)
    assert "One in nine\nA list" in [shape.text_frame.text for shape in third.shapes if shape.has_text_frame]


def test_every_run_of_the_slides_carries_the_language(shown: object) -> None:
    runs = [run for page in shown.slides for run in page._element.iter("{*}r")]
    assert {run.find("{*}rPr").get("lang") for run in runs} == {"ka-GE"}
    assert shown.core_properties.language == "ka-GE"
