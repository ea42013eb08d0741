"""A document in Word's format: real headings, a language on every run, A4, page numbers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
from docx.document import Document as File
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Written

from learnin.kit.documents import content, native
from learnin.kit.languages import Language

BRAND, HEAD = "1B3A6F", "ECEAE4"
TEXT_WIDTH = Mm(210 - 25 - 20)
LINES_TO_SIGN = 9  # millimetres that a signature needs
SIGNATURES_OF_A_PAGE = 8  # as many stay together; of more, none stands alone
HANGING = Mm(9)  # the number of a question stands before its words
SIDE_MARGIN = 90  # twentieths of a point between a cell's line and its text
# A face that every copy of Word has for the letters of the language; other programs take their own in its place.
FACES = {"ka": "Sylfaen"}
FACE = "Times New Roman"
REGIONS = {
    "en": "en-GB",
    "ru": "ru-RU",
    "ro": "ro-RO",
    "sr": "sr-Cyrl-RS",
    "sr-latn": "sr-Latn-RS",
    "tr": "tr-TR",
    "ka": "ka-GE",
}
"""Word checks spelling by language and region."""
A_DAY = datetime(2000, 1, 1)  # noqa: DTZ001  the properties of a file have no time zone; the document says its own day


class Writer:
    """Writes one document."""

    def __init__(self, language: Language) -> None:
        self.tag = REGIONS.get(language.code, language.html)
        self.face = FACES.get(language.code, FACE)
        self.file: File = docx.Document()

    def write(self, document: content.Document) -> File:
        """Page, styles, head, then block by block."""
        self._properties(document)
        self._styles()
        self._page(document)
        self._head(document)
        for block in document.blocks:
            self._block(block)
        self._mark_language()
        return self.file

    def _block(self, block: content.Block) -> None:
        if isinstance(block, content.Lines):
            self._lines_to_write(block)
        else:
            getattr(self, f"_{block.kind.lower()}")(block)

    def _properties(self, document: content.Document) -> None:
        about = self.file.core_properties
        about.title = ", ".join(filter(None, (document.title, document.number)))
        about.author = ", ".join(filter(None, (document.place, document.body)))
        about.subject, about.language, about.comments = document.subtitle, self.tag, ""
        about.created = about.modified = A_DAY

    def _styles(self) -> None:
        looks = {
            "Normal": (10.5, False, None, 0, 6),
            "Title": (19, True, BRAND, 8, 3),
            "Subtitle": (12.5, False, "111111", 0, 8),
            "Heading 1": (13, True, BRAND, 14, 5),
            "Heading 2": (11, True, "111111", 10, 3),
            "Header": (8.5, False, "4C5767", 0, 0),
            "Footer": (8.5, False, "4C5767", 0, 0),
        }
        for name, (size, is_bold, colour, before, after) in looks.items():
            style: Any = self.file.styles[name]
            style.font.size, style.font.bold, style.font.italic = Pt(size), is_bold, False
            if colour:
                style.font.color.rgb = RGBColor.from_string(colour)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
            properties = style.element.get_or_add_rPr()
            for stretched in properties.findall(qn("w:spacing")):
                properties.remove(stretched)
            self._face(properties, self.face)
        title: Any = self.file.styles["Title"]
        for rule in title.element.pPr.findall(qn("w:pBdr")):  # the template draws a line under it
            title.element.pPr.remove(rule)
        defaults = self.file.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        self._language(defaults)

    def _face(self, properties: Any, face: str) -> None:
        faces = properties.find(qn("w:rFonts"))
        if faces is None:
            faces = OxmlElement("w:rFonts")
            properties.insert(0, faces)
        for key in list(faces.attrib):
            del faces.attrib[key]  # faces of the theme would win over ours
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            faces.set(qn(f"w:{script}"), face)

    def _language(self, properties: Any) -> None:
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        lang = OxmlElement("w:lang")
        for key in ("val", "eastAsia"):
            lang.set(qn(f"w:{key}"), self.tag)
        properties.append(lang)

    def _mark_language(self) -> None:
        section = self.file.sections[0]
        for part in (self.file.element.body, section.header._element, section.footer._element,
                     section.first_page_footer._element):  # fmt: skip
            for run in part.iter(qn("w:r")):
                self._language(run.get_or_add_rPr())

    def _page(self, document: content.Document) -> None:
        section = self.file.sections[0]
        section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(25), Mm(20)
        section.top_margin, section.bottom_margin = Mm(24), Mm(22)
        section.different_first_page_header_footer = True
        header = section.header.paragraphs[0]
        self._ends(header)
        header.add_run(f"{document.place}\t{document.number or document.date}")
        for footer in (section.footer.paragraphs[0], section.first_page_footer.paragraphs[0]):
            self._ends(footer)
            footer.add_run(f"{document.title}\t")
            self._field(footer, "PAGE")
            footer.add_run(" / ")
            self._field(footer, "NUMPAGES")

    def _ends(self, paragraph: Written) -> None:
        """What follows a tab stands at the end of the line."""
        stops = paragraph.paragraph_format.tab_stops
        for style_stop in (Mm(0),):
            stops.add_tab_stop(TEXT_WIDTH + style_stop, WD_TAB_ALIGNMENT.RIGHT)
        style: Any = paragraph.style
        if style is not None and style.name in {"Header", "Footer"}:
            style.paragraph_format.tab_stops.clear_all()

    def _field(self, paragraph: Written, name: str) -> None:
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), name)
        run = paragraph.add_run("1")
        field.append(run._element)
        paragraph._element.append(field)

    def _head(self, document: content.Document) -> None:
        place = self.file.add_paragraph()
        place.paragraph_format.space_after = Pt(0)
        run = place.add_run(document.place)
        run.bold, run.font.size = True, Pt(12)
        if document.body:
            self.file.add_paragraph(document.body).paragraph_format.space_after = Pt(12)
        self.file.add_paragraph(document.title, style="Title")
        if document.subtitle:
            self.file.add_paragraph(document.subtitle, style="Subtitle")
        if document.state:
            state = self.file.add_paragraph()
            state.add_run(document.state).bold = True
        last = self.file.add_paragraph()
        self._ends(last)
        last.add_run(document.number).bold = True
        last.add_run(f"\t{document.date}")
        self._rule(last, "bottom", BRAND, 12)

    def _rule(self, paragraph: Written, side: str, colour: str, width: int) -> None:
        properties = paragraph._element.get_or_add_pPr()
        there = properties.find(qn("w:pBdr"))
        rules = OxmlElement("w:pBdr") if there is None else there
        rule = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", str(width)), ("space", "6"), ("color", colour)):
            rule.set(qn(f"w:{key}"), value)
        rules.append(rule)
        if there is None:
            properties.insert_element_before(
                rules, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
            )

    def _lines(self, paragraph: Written, text: str, *, is_bold: bool = False, size: float | None = None) -> Written:
        """Text with its line breaks."""
        for at, line in enumerate(text.replace("\r\n", "\n").split("\n")):
            run = paragraph.add_run()
            if at:
                run.add_break()
            for place, words in enumerate(line.split("\t")):
                if place:
                    run.add_tab()
                run.add_text(words)
            run.bold = True if is_bold else None
            if size:
                run.font.size = Pt(size)
        return paragraph

    def _heading(self, block: content.Heading) -> None:
        self.file.add_heading(block.text, level=block.level)

    def _paragraph(self, block: content.Paragraph) -> None:
        for part in block.parts:
            self._lines(self.file.add_paragraph(), part, size=9.5 if block.is_note else None)

    def _items(self, block: content.Items) -> None:
        style = "List Number" if block.is_numbered else "List Bullet"
        for at, item in enumerate(block.items):
            if block.is_numbered:  # Word would go on counting from the list before
                written = self.file.add_paragraph()
                written.paragraph_format.left_indent, written.paragraph_format.first_line_indent = Mm(7), Mm(-7)
                written.paragraph_format.tab_stops.add_tab_stop(Mm(7))
                self._lines(written, f"{at + 1}.\t{item}")
            else:
                self._lines(self.file.add_paragraph(style=style), item)

    def _clause(self, block: content.Clause) -> None:
        lines = [(block.number, True, None), (block.text, False, None), *((note, False, 9.5) for note in block.notes)]
        for at, (text, is_bold, size) in enumerate(lines):
            written = self._lines(self.file.add_paragraph(), text, is_bold=is_bold, size=size)
            written.paragraph_format.left_indent = Mm(4)
            written.paragraph_format.keep_together = True
            written.paragraph_format.keep_with_next = at < len(lines) - 1
            written.paragraph_format.space_after = Pt(8 if at == len(lines) - 1 else 2)
            self._rule(written, "left", BRAND, 16)

    def _signaturelines(self, block: content.SignatureLines) -> None:
        """In a frame without lines: rows that no page end goes through, where not every program keeps paragraphs."""
        groups = _kept_together(block.places)
        if not groups:
            return
        frame = self.file.add_table(rows=len(groups), cols=1)
        for group, row in zip(groups, frame.rows, strict=True):
            self._row(row, is_head=False, is_to_sign=False)
            cell = row.cells[0]
            for at, place in enumerate(group):
                self._to_sign(cell, place, is_first=at == 0)
        self._after_table()

    def _to_sign(self, cell: Any, place: content.Signature, *, is_first: bool) -> None:
        line = cell.paragraphs[0] if is_first else cell.add_paragraph()
        line.paragraph_format.space_before = Pt(26)
        line.paragraph_format.right_indent = Mm(66)
        self._rule(line, "bottom", "111111", 6)
        named = [cell.add_paragraph(place.name)] if place.name else []
        for written in (line, *named):
            written.paragraph_format.keep_with_next = True
            written.paragraph_format.space_after = Pt(0)
        self._lines(cell.add_paragraph(), place.post, size=9.5).paragraph_format.keep_together = True

    def _fingerprint(self, block: content.Fingerprint) -> None:
        label = self._lines(self.file.add_paragraph(), block.label, size=9)
        label.paragraph_format.space_before, label.paragraph_format.space_after = Pt(14), Pt(2)
        label.paragraph_format.keep_with_next = True
        digest = self._lines(self.file.add_paragraph(), block.groups, size=8.5)
        for run in digest.runs:
            self._face(run._element.get_or_add_rPr(), "Courier New")

    def _numbered(self, block: content.Numbered) -> None:
        lines = [(f"{block.number}\t{block.text}", None), *((f"\t{note}", 9.5) for note in block.notes)]
        for at, (text, size) in enumerate(lines):
            written = self._lines(self.file.add_paragraph(), text, is_bold=not at, size=size)
            self._hang(written, HANGING)
            written.paragraph_format.space_before = Pt(8 if not at else 0)
            written.paragraph_format.space_after = Pt(2)
            written.paragraph_format.keep_together = written.paragraph_format.keep_with_next = True

    def _hang(self, written: Written, width: Mm, left: Mm | None = None) -> None:
        """The first word stands before the margin of the rest."""
        whole = Mm((left.mm if left else 0) + width.mm)
        written.paragraph_format.left_indent, written.paragraph_format.first_line_indent = whole, Mm(-width.mm)
        written.paragraph_format.tab_stops.add_tab_stop(whole)

    def _boxes(self, block: content.Boxes) -> None:
        marked = [f"{block.mark}\t{option}" for option in block.options]
        if block.in_a_row:
            marked = ["          ".join(f"{block.mark}  {option}" for option in block.options)]
        for at, text in enumerate(marked):
            written = self._lines(self.file.add_paragraph(), text)
            if block.in_a_row:
                written.paragraph_format.left_indent = HANGING
            else:
                self._hang(written, Mm(6), HANGING)
            is_last = at == len(marked) - 1
            written.paragraph_format.keep_with_next, written.paragraph_format.keep_together = not is_last, True
            written.paragraph_format.space_after = Pt(6 if is_last else 1)

    def _lines_to_write(self, block: content.Lines) -> None:
        if block.places:
            text = "     ".join(f"{'_' * 9} {place}" for place in block.places)
            written = self._lines(self.file.add_paragraph(), text)
            written.paragraph_format.left_indent, written.paragraph_format.space_before = HANGING, Pt(6)
            return
        for at in range(block.count):
            written = self.file.add_paragraph()
            written.paragraph_format.left_indent = HANGING
            written.paragraph_format.space_before, written.paragraph_format.space_after = Pt(6), Pt(2)
            written.paragraph_format.keep_with_next = at < block.count - 1
            self._rule(written, "bottom", "767676", 4)
            if block.count > 1:  # neighbours with the same rule count as one box: this draws the lines inside it
                self._rule(written, "between", "767676", 4)

    def _figure(self, block: content.Figure) -> None:
        caption = self._lines(self.file.add_paragraph(), block.caption, is_bold=True)
        caption.paragraph_format.keep_with_next = True
        native.into_word(self.file, block, width=TEXT_WIDTH, language=self.tag)

    def _facts(self, block: content.Facts) -> None:
        self._grid(block.caption, None, [list(row) for row in block.rows], [34, 66], is_plain=True)

    def _table(self, block: content.Table) -> None:
        rows = [list(row) for row in block.rows]
        self._grid(
            block.caption,
            list(block.columns),
            rows,
            block.widths,
            is_to_sign=block.is_to_sign,
            is_to_tick=block.is_to_tick,
        )

    def _grid(
        self,
        caption: str,
        columns: list[str] | None,
        rows: list[list[str]],
        widths: list[float],
        *,
        is_plain: bool = False,
        is_to_sign: bool = False,
        is_to_tick: bool = False,
    ) -> None:
        every = [columns, *rows] if columns else rows
        if not every:
            return
        table = self.file.add_table(rows=len(every), cols=len(widths))
        table.autofit = False
        table.style = None if is_plain else "Table Grid"
        self._about_table(table._tbl.tblPr, caption, has_head=bool(columns))
        for width, column in zip(widths, table.columns, strict=True):
            column.width = int(TEXT_WIDTH * width / 100)
        for at, (texts, row) in enumerate(zip(every, table.rows, strict=True)):
            is_head = bool(columns) and at == 0
            self._row(row, is_head=is_head, is_to_sign=is_to_sign and not is_head)
            for column, (text, cell, width) in enumerate(zip(texts, row.cells, widths, strict=True)):
                cell.width = int(TEXT_WIDTH * width / 100)
                self._cell(cell, text, is_head=is_head)
                if is_to_tick and column:
                    self._tickable(cell, is_head=is_head)
        self._after_table()

    def _after_table(self) -> None:
        """A low line: without one, two tables that follow each other are one."""
        after = self.file.add_paragraph()
        after.paragraph_format.space_after = Pt(2)
        after.paragraph_format.line_spacing = Pt(6)

    def _about_table(self, properties: Any, caption: str, *, has_head: bool) -> None:
        """What a screen reader tells of the table."""
        look = properties.find(qn("w:tblLook"))
        if look is not None:
            for key, value in (("firstRow", has_head), ("firstColumn", True), ("noHBand", True), ("noVBand", True)):
                look.set(qn(f"w:{key}"), "1" if value else "0")
        indent = OxmlElement("w:tblInd")
        indent.set(qn("w:w"), str(SIDE_MARGIN))
        indent.set(qn("w:type"), "dxa")
        margins = OxmlElement("w:tblCellMar")
        for side, width in (("top", 40), ("left", SIDE_MARGIN), ("bottom", 40), ("right", SIDE_MARGIN)):
            margin = OxmlElement(f"w:{side}")
            margin.set(qn("w:w"), str(width))
            margin.set(qn("w:type"), "dxa")
            margins.append(margin)
        properties.insert_element_before(indent, "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
        properties.insert_element_before(margins, "w:tblLook")
        told = OxmlElement("w:tblCaption")
        told.set(qn("w:val"), caption)
        properties.append(told)

    def _row(self, row: Any, *, is_head: bool, is_to_sign: bool) -> None:
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if is_to_sign:
            row.height = Mm(LINES_TO_SIGN)
        if is_head:
            properties.append(OxmlElement("w:tblHeader"))

    def _tickable(self, cell: Any, *, is_head: bool) -> None:
        """The box in its middle; the answer above it small, so that long words stay whole."""
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        for written in cell.paragraphs:
            written.alignment = WD_ALIGN_PARAGRAPH.CENTER
            for run in written.runs if is_head else ():
                run.font.size, run.bold = Pt(7.5), None

    def _cell(self, cell: Any, text: str, *, is_head: bool) -> None:
        written = cell.paragraphs[0]
        written.paragraph_format.space_after = Pt(1)
        self._lines(written, text, is_bold=is_head, size=9.5)
        if is_head:
            shade = OxmlElement("w:shd")
            for key, value in (("val", "clear"), ("color", "auto"), ("fill", HEAD)):
                shade.set(qn(f"w:{key}"), value)
            cell._tc.get_or_add_tcPr().append(shade)


def _kept_together(places: Sequence[content.Signature]) -> list[Sequence[content.Signature]]:
    """Signatures between which a page may end: all that fit on one stay together, and no first or last one is alone."""
    if len(places) <= SIGNATURES_OF_A_PAGE:
        return [places] if places else []
    return [places[:2], *([one] for one in places[2:-2]), places[-2:]]
