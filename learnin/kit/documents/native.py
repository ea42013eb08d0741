"""A figure as a chart that office programs can edit: bars with their intervals, and the numbers in a sheet inside."""

import io
from typing import Any

import xlsxwriter
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Emu, Length, Mm
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.enum.chart import XL_CHART_TYPE

from learnin.kit import written
from learnin.kit.charts.scale import scale
from learnin.kit.documents.content import Bar, Figure

CHARTS = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = "Sheet1"  # what the chart's references are written for
COLOUR, PALE, INTERVAL = "7C9FCF", "C9C4B8", "16202E"  # an interval is seen inside its bar as well as beyond it
HEIGHT_OF_A_ROW, HEIGHT_OF_THE_REST = 12, 16  # millimetres on paper
KIND = XL_CHART_TYPE.BAR_CLUSTERED


def data(figure: Figure) -> CategoryChartData:
    """What the chart is drawn from: each row by its words, its interval in them."""
    found = CategoryChartData(number_format=_form(figure))
    found.categories = [_words(bar) for bar in figure.bars]
    found.add_series(figure.heads.value, [bar.value for bar in figure.bars])
    return found


def _form(figure: Figure) -> str:
    return "0%" if figure.is_share else "General"


def _words(bar: Bar) -> str:
    return written.named(bar.label, bar.said)


def sheet(figure: Figure) -> bytes:
    """The sheet inside: the numbers, the ends of their intervals, and how far these are."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(SHEET)
    heads = figure.heads
    page.write_row(0, 0, (heads.of, heads.value, heads.low, heads.high, "+", "-"))
    for row, bar in enumerate(figure.bars, start=1):
        page.write_string(row, 0, _words(bar))
        for column, value in enumerate((bar.value, bar.low, bar.high, _up(bar), _down(bar)), start=1):
            if value is not None:
                page.write_number(row, column, value)
    book.close()
    return out.getvalue()


def _up(bar: Bar) -> float | None:
    return None if bar.high is None or bar.value is None else bar.high - bar.value


def _down(bar: Bar) -> float | None:
    return None if bar.low is None or bar.value is None else bar.value - bar.low


def dressed(space: Any, figure: Figure, *, language: str, size: int) -> None:
    """Give a chart its intervals, its order from above, its colour and its language. `size`: letters, in points."""
    named = {"c": CHARTS}
    (series,) = space.iterfind(".//c:ser", named)
    before = next(one for one in series if etree.QName(one).localname in {"cat", "val"})
    before.addprevious(etree.fromstring(_errors(figure)))
    after = next(one for one in series if etree.QName(one).localname == "tx")
    after.addnext(etree.fromstring(_fill(COLOUR)))
    _axes(space, figure, named)
    for old in space.iterfind("c:txPr", named):
        space.remove(old)
    untitled = space.find("c:chart/c:autoTitleDeleted", named)
    untitled.set("val", "1")  # the name of the only series says nothing new
    space.find("c:chart", named).addnext(etree.fromstring(_letters(language, size)))


def _axes(space: Any, figure: Figure, named: dict[str, str]) -> None:
    """The first row above, the axis below, as far as the longest interval reaches, with pale lines."""
    space.find(".//c:catAx/c:scaling/c:orientation", named).set("val", "maxMin")
    space.find(".//c:catAx/c:majorTickMark", named).set("val", "none")
    space.find(".//c:valAx/c:crosses", named).set("val", "max")
    held, scaling = scale(figure.ends, with_zero=True), space.find(".//c:valAx/c:scaling", named)
    for name, value in (("max", held.high), ("min", held.low)):
        for old in scaling.findall(f"c:{name}", named):
            scaling.remove(old)
        etree.SubElement(scaling, f"{{{CHARTS}}}{name}").set("val", f"{value:g}")
    lines = space.find(".//c:valAx/c:majorGridlines", named)
    lines.append(etree.fromstring(_line(PALE)))
    form = etree.Element(f"{{{CHARTS}}}numFmt", formatCode=_form(figure), sourceLinked="0")
    lines.addnext(form)


def _line(colour: str) -> str:
    return (
        f'<c:spPr xmlns:c="{CHARTS}" xmlns:a="{DRAWING}"><a:ln w="6350"><a:solidFill><a:srgbClr val="{colour}"/>'
        f"</a:solidFill></a:ln></c:spPr>"
    )


def _fill(colour: str) -> str:
    filled = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    return f'<c:spPr xmlns:c="{CHARTS}" xmlns:a="{DRAWING}">{filled}</c:spPr>'


def _letters(language: str, size: int) -> str:
    return (
        f'<c:txPr xmlns:c="{CHARTS}" xmlns:a="{DRAWING}"><a:bodyPr/><a:lstStyle/><a:p><a:pPr>'
        f'<a:defRPr lang="{language}" sz="{size * 100}"/></a:pPr><a:endParaRPr lang="{language}"/></a:p></c:txPr>'
    )


def _errors(figure: Figure) -> str:
    """How far each interval reaches above and below, from the sheet inside."""
    ups, downs = [_up(bar) for bar in figure.bars], [_down(bar) for bar in figure.bars]
    return (
        f'<c:errBars xmlns:c="{CHARTS}" xmlns:a="{DRAWING}"><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="0"/><c:plus>{_numbers("E", ups)}</c:plus><c:minus>{_numbers("F", downs)}</c:minus>'
        f'<c:spPr><a:ln w="28575"><a:solidFill><a:srgbClr val="{INTERVAL}"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )


def _numbers(column: str, values: list[float | None]) -> str:
    points = "".join(
        f'<c:pt idx="{at}"><c:v>{value!r}</c:v></c:pt>' for at, value in enumerate(values) if value is not None
    )
    return (
        f"<c:numRef><c:f>{SHEET}!${column}$2:${column}${len(values) + 1}</c:f><c:numCache>"
        f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numCache></c:numRef>'
    )


def into_word(file: Any, figure: Figure, *, width: Length, language: str) -> None:
    """Add the chart at the end of a Word file."""
    space = etree.fromstring(ChartXmlWriter(KIND, data(figure)).xml.encode())
    dressed(space, figure, language=language, size=9)
    number = 1 + sum("/charts/" in str(part.partname) for part in file.part.package.iter_parts())
    chart = _part(file, f"/word/charts/chart{number}.xml", CHART_TYPE, b"")
    inside = _part(file, f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx", SHEET_TYPE, sheet(figure))
    etree.SubElement(space, f"{{{CHARTS}}}externalData").set(f"{{{RELATIONS}}}id", chart.relate_to(inside, RT.PACKAGE))
    chart._blob = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)
    relation = file.part.relate_to(chart, RT.CHART)
    height = Mm(HEIGHT_OF_THE_REST + HEIGHT_OF_A_ROW * len(figure.bars))
    file.add_paragraph().add_run()._element.append(_inline(number, relation, figure, width, height))


def _part(file: Any, name: str, media_type: str, blob: bytes) -> Any:
    return Part(PackURI(name), media_type, blob, file.part.package)


def _inline(number: int, relation: str, figure: Figure, width: Length, height: Length) -> Any:
    """The frame in which the chart stands in a line of text."""
    frame = parse_xml(
        f'<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wp="{WORD_DRAWING}" '
        f'xmlns:a="{DRAWING}" xmlns:r="{RELATIONS}" xmlns:c="{CHARTS}"><wp:inline distT="0" distB="0" distL="0" '
        f'distR="0"><wp:extent cx="{Emu(width)}" cy="{Emu(height)}"/><wp:docPr id="{1000 + number}" name=""/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{CHARTS}"><c:chart r:id="{relation}"/></a:graphicData>'
        f"</a:graphic></wp:inline></w:drawing>"
    )
    about = frame.find(f".//{qn('wp:docPr')}")
    about.set("name", figure.caption)
    about.set("descr", figure.alt)
    return frame
