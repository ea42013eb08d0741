"""A document says the same as PDF and as Word, in its language, and both can be read by other programs."""

import io

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from pypdf import PdfReader

from learnin.kit import documents

DECISION = "გადაწყდა: თვრამეტი დასკვნა ახლავე გამოქვეყნდეს. Publish 18 findings, hold back 8."
PAPER = documents.Document(
    title="შეხვედრის ოქმი",
    subtitle="პირველი დასკვნები",
    place="საქართველო",
    body="ეროვნული სამუშაო ჯგუფი",
    number="GE/MIN/2026/001",
    date="23 ნოემბერი 2026",
    blocks=(
        documents.Facts("About", (("Place", "თბილისი"), ("Nothing", ""))),
        documents.Heading("Who came"),
        documents.Table("Seats", ("Seat", "Name"), (("Ministry", "Ana <b>Primer</b> & Co"), ("Parents", "Lela"))),
        documents.Heading("Agenda"),
        documents.Heading("1. Findings", level=2),
        documents.Paragraph("One line\nand another\n\nA second paragraph"),
        documents.Items(("First", "Second")),
        documents.Items(("Third", "Fourth"), is_numbered=True),
        documents.Heading("Decisions"),
        documents.Clause("GE/2026/D001", DECISION, ("By consent.",)),
        documents.SignatureLines((documents.Signature("Chair", "Ana Primer"), documents.Signature("Coordinator"))),
        documents.Fingerprint("SHA-256", "ab" * 32),
    ),
)
SAID = (
    PAPER.title, PAPER.subtitle, PAPER.place, PAPER.body, PAPER.number, PAPER.date, DECISION, "თბილისი", "Who came",
    "Ana <b>Primer</b> & Co", "1. Findings", "and another", "A second paragraph", "Second", "Fourth", "Coordinator",
    "GE/2026/D001", "By consent.",
)  # fmt: skip


def word(language="ka", paper=PAPER):
    return docx.Document(io.BytesIO(documents.docx(paper, language)))


def pdf(language="ka", paper=PAPER):
    return PdfReader(io.BytesIO(documents.pdf(paper, language)))


def words_of(file):
    cells = (cell.text for table in file.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells])


def squeezed(text):
    return "".join(text.split())


@pytest.fixture(scope="module")
def printed():
    return pdf()


@pytest.mark.parametrize("said", SAID)
def test_word_says_everything(said):
    assert said in words_of(word())


@pytest.mark.parametrize("said", SAID)
def test_pdf_says_everything(printed, said):
    assert squeezed(said) in squeezed("".join(page.extract_text() for page in printed.pages))


def test_pdf_is_tagged_and_knows_its_language_and_title(printed):
    root = printed.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "ka"
    assert root["/StructTreeRoot"]["/K"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert printed.metadata.title == "შეხვედრის ოქმი, GE/MIN/2026/001"
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("sr", "sr-Cyrl"), ("sr-latn", "sr-Latn"), ("tr", "tr")])
def test_pdf_tells_the_language_of_the_reader(language, tag):
    assert pdf(language).trailer["/Root"]["/Lang"] == tag


def test_pdf_brings_its_letters_along(printed):
    fonts = [font.get_object() for page in printed.pages for font in page["/Resources"]["/Font"].values()]
    kept = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert kept
    assert all({"/FontFile2", "/FontFile3"} & {*descriptor} for descriptor in kept)
    assert any("Georgian" in descriptor["/FontName"] for descriptor in kept)


def test_word_has_real_headings_in_order():
    styles = [
        (one.style.name, one.text) for one in word().paragraphs if one.style.name.startswith(("Title", "Heading"))
    ]
    assert styles == [
        ("Title", "შეხვედრის ოქმი"),
        ("Heading 1", "Who came"),
        ("Heading 1", "Agenda"),
        ("Heading 2", "1. Findings"),
        ("Heading 1", "Decisions"),
    ]


def test_every_run_of_word_carries_the_language():
    body = word().element.body
    tags = {run.find(qn("w:rPr")).find(qn("w:lang")).get(qn("w:val")) for run in body.iter(qn("w:r"))}
    assert tags == {"ka-GE"}


def test_word_is_a4_with_number_and_pages():
    section = word().sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.header.paragraphs[0].text == "საქართველო\tGE/MIN/2026/001"
    fields = {one.get(qn("w:instr")) for one in section.footer._element.iter(qn("w:fldSimple"))}
    assert fields == {"PAGE", "NUMPAGES"}
    assert section.left_margin >= Mm(20)


def test_tables_of_word_repeat_their_head_and_are_named():
    table = word().tables[1]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Seats"


def test_properties_of_word():
    about = word().core_properties
    assert (about.title, about.language) == ("შეხვედრის ოქმი, GE/MIN/2026/001", "ka-GE")


def test_texts_people_wrote_fetch_nothing():
    sly = documents.Document(
        title="T", place="P", blocks=(documents.Paragraph('<img src="http://127.0.0.1:9/x.png"> <style>'),)
    )
    text = "".join(page.extract_text() for page in pdf("en", sly).pages)
    assert squeezed('<img src="http://127.0.0.1:9/x.png">') in squeezed(text)


def test_letters_that_xml_forbids_do_not_break_a_document():
    odd = documents.Document(title="T", place="P", blocks=(documents.Paragraph("a\x0bb\x00c\ud800d"),))
    assert "ab" in squeezed(words_of(word("en", odd)))
    assert pdf("en", odd).pages


@pytest.mark.parametrize(("count", "together"), [(1, [1]), (2, [2]), (8, [8]), (9, [2, 1, 1, 1, 1, 1, 2])])
def test_no_signature_stands_alone_on_a_page_of_word(count, together):
    """Signatures stand in rows that no page end goes through, below a heading that stays with the first."""
    places = tuple(documents.Signature(f"Party {at}", f"Name {at}") for at in range(count))
    blocks = (documents.Heading("Signatures"), documents.SignatureLines(places))
    file = word("en", documents.Document(title="Agreement", place="Serbia", blocks=blocks))
    rows = file.tables[0].rows
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert [row.cells[0].text.count("Party") for row in rows] == together
    assert [one for one in words_of(file).split() if one.isdigit()] == [str(n) for at in range(count) for n in (at, at)]
    assert next(one for one in file.paragraphs if one.text == "Signatures").style.paragraph_format.keep_with_next
