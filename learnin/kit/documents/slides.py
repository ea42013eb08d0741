"""Slides for PowerPoint and LibreOffice: one message on each, a chart that can be edited, notes for who speaks."""

import io
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml.ns import qn
from pptx.util import Mm, Pt

from learnin.kit import languages
from learnin.kit.documents import native
from learnin.kit.documents.content import Figure, Slide, Slides, writable
from learnin.kit.documents.word import A_DAY, BRAND, REGIONS

WIDTH, HEIGHT, MARGIN = Mm(338.7), Mm(190.5), Mm(16)  # 16 to 9
TITLE_ONLY, FIRST = 5, 0  # layouts of the template that comes with the library
TOP, MIDDLE, ROW, REST = Mm(50), Mm(112), Mm(28), Mm(24)  # the middle of a slide; a row of a chart, its axis
LONG = 140  # letters: a longer title is written smaller
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def pptx(given: Slides, language: str) -> bytes:
    """The slides as a file. Every text is in its final language already."""
    found, spoken = writable(given), languages.language(language)
    tag = REGIONS.get(spoken.code, spoken.html)
    file = Presentation()
    file.slide_width, file.slide_height = WIDTH, HEIGHT
    about = file.core_properties
    about.title, about.author, about.language = found.title, found.place, tag
    about.created = about.modified = A_DAY
    _first(file, found)
    for one in found.slides:
        _slide(file, one, tag)
    for page in file.slides:
        _mark_language(page, tag)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _first(file: Any, found: Slides) -> None:
    page = file.slides.add_slide(file.slide_layouts[FIRST])
    title, below = page.shapes.title, page.placeholders[1]
    _place(title, Mm(50), Mm(50))
    _write(title, found.title, size=40, is_bold=True)
    _place(below, Mm(104), Mm(40))
    _write(below, f"{found.place}\n{found.subtitle}", size=20)


def _slide(file: Any, one: Slide, tag: str) -> None:
    page = file.slides.add_slide(file.slide_layouts[TITLE_ONLY])
    _place(page.shapes.title, Mm(9), Mm(38))
    _write(page.shapes.title, one.title, size=22 if len(one.title) > LONG else 26, is_bold=True)
    below = Mm(0)
    if one.figure and one.figure.bars:
        below = _chart(page, one.figure, tag)
    if one.points and MIDDLE - below > REST:
        box = page.shapes.add_textbox(MARGIN, TOP + below, WIDTH - 2 * MARGIN, MIDDLE - below)
        _write(box, "\n".join(one.points), size=18 if below else 20, apart=12)
    if one.text:
        box = page.shapes.add_textbox(MARGIN, Mm(164), WIDTH - 2 * MARGIN, Mm(22))
        _write(box, one.text, size=16)
    page.notes_slide.notes_text_frame.text = one.notes


def _chart(page: Any, figure: Figure, tag: str) -> Any:
    """The chart with its sheet inside; its frame says what is to be seen. How high it is."""
    height = min(MIDDLE, REST + ROW * len(figure.bars))
    place = (MARGIN, TOP, WIDTH - 2 * MARGIN, height)
    frame = page.shapes.add_chart(native.KIND, *place, native.data(figure))
    native.dressed(frame.chart._chartSpace, figure, language=tag, size=16)
    frame.chart.part.chart_workbook.update_from_xlsx_blob(native.sheet(figure))
    about = frame._element.nvGraphicFramePr.cNvPr
    about.set("name", figure.caption)
    about.set("descr", figure.alt)
    return height


def _place(shape: Any, top: Any, height: Any) -> None:
    shape.left, shape.top, shape.width, shape.height = MARGIN, top, WIDTH - 2 * MARGIN, height


def _write(shape: Any, text: str, *, size: int, is_bold: bool = False, apart: int = 0) -> None:
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, MSO_ANCHOR.TOP
    frame.text = text
    for paragraph in frame.paragraphs:
        paragraph.alignment = 1  # to the beginning of the line
        paragraph.space_after = Pt(apart)
        for run in paragraph.runs:
            run.font.size, run.font.bold = Pt(size), is_bold
            run.font.color.rgb = RGBColor.from_string(BRAND if is_bold else "111111")


def _mark_language(page: Any, tag: str) -> None:
    notes = [page.notes_slide._element] if page.has_notes_slide else []
    for part in (page._element, *notes):
        for run in part.iter(qn("a:r")):
            run.get_or_add_rPr().set("lang", tag)
