"""What the columns mean: as sheets of text, and as DDI-Codebook 2.5, the standard of data archives."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from learnin.assessment.formats.exports import frames
from learnin.assessment.formats.tables import Column, Layout, Table, is_part, said

DDI = "ddi:codebook:2_5"
_FORMATS = {"integer": "numeric", "decimal": "numeric", "flag": "numeric"}

Rows = list[tuple[str, ...]]


def sheets(layout: Layout, language: str = "") -> list[tuple[str, Rows]]:
    """The columns, and what the names and numbers of choices mean. Headings are those statisticians know."""
    columns: Rows = [("table", "column", "SPSS", "Stata", "kind", "type", "personal", "label")]
    choices: Rows = [("table", "column", "name", "number in SPSS and Stata", "label")]
    for table in layout.tables:
        in_spss = frames.variable_names(table, frames.SAV_NAME)
        in_stata = frames.variable_names(table, frames.DTA_NAME)
        for column, sav, dta in zip(table.columns, in_spss, in_stata, strict=True):
            is_personal = "yes" if column.is_personal else ""
            columns.append(
                (table.name, column.name, sav, dta, column.kind, column.type, is_personal, column.label(language))
            )
            for name, number, words in _choices(column, language):
                choices.append((table.name, column.name, name, number, words))
    about: Rows = [("about",), (layout.title,), (layout.note,), *((one,) for one in layout.subjects)]
    return [("columns", columns), ("choices", choices), ("about", about)]


def ddi(layout: Layout, language: str = "", *, count: int | None = None) -> bytes:
    """The codebook as DDI-Codebook 2.5 XML: variables, question texts, categories."""
    ET.register_namespace("", DDI)
    root = ET.Element(_name("codeBook"), {"version": "2.5"})
    study = _add(root, "stdyDscr")
    citation = _add(study, "citation")
    _add(_add(citation, "titlStmt"), "titl", layout.title)
    if layout.note or layout.subjects:
        info = _add(study, "stdyInfo")
        if layout.subjects:
            subject = _add(info, "subject")
            for one in layout.subjects:
                _add(subject, "topcClas", one)
        if layout.note:
            _add(info, "abstract", layout.note)
    for at, table in enumerate(layout.tables, start=1):
        file = _add(_add(root, "fileDscr", ID=f"F{at}"), "fileTxt")
        _add(file, "fileName", table.name)
        dimensions = _add(file, "dimensns")
        if at == 1 and count is not None:
            _add(dimensions, "caseQnty", str(count))
        _add(dimensions, "varQnty", str(len(table.columns)))
    data = _add(root, "dataDscr")
    for at, table in enumerate(layout.tables, start=1):
        for number, column in enumerate(table.columns, start=1):
            _variable(data, table, column, f"V{at}_{number}", f"F{at}", language)
    ET.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + bytes(ET.tostring(root, encoding="utf-8")) + b"\n"


def _variable(data: ET.Element, table: Table, column: Column, id_: str, file: str, language: str) -> None:
    interval = "contin" if column.kind in {"decimal", "integer", "date", "moment"} else "discrete"
    one = _add(data, "var", ID=id_, name=column.name, files=file, intrvl=interval)
    _add(one, "labl", column.label(language))
    if column.question and not is_part(column):
        for spoken, text in column.labels.items():
            _add(_add(one, "qstn"), "qstnLit", said({spoken: text}))
    for name, _number, words in _choices(column, language):
        category = _add(one, "catgry")
        _add(category, "catValu", name)
        _add(category, "labl", words)
    _add(one, "varFormat", type=_FORMATS.get(column.kind, "character"), schema="other")


def _choices(column: Column, language: str) -> Iterator[tuple[str, str, str]]:
    """Each choice: its name, its number in SPSS and Stata, its words."""
    numbers = frames.numbers_of(column) if column.kind == "choice" else {}
    for choice in column.choices:
        yield choice.name, str(numbers.get(choice.name, "")), said(choice.labels, language) or choice.name


def _name(tag: str) -> str:
    return f"{{{DDI}}}{tag}"


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    found = ET.SubElement(parent, _name(tag), attributes)
    if text:
        found.text = "".join(letter for letter in text if letter >= " " or letter in "\t\n")
    return found
