"""Files that would fill the memory, reach outside or run something: refused with a reason, nothing half given."""

import io
import struct
import zipfile
from collections.abc import Mapping
from contextlib import suppress

import pytest
import xlsxwriter

from learnin.initiatives.formats.fivew import guard, look
from learnin.initiatives.formats.fivew.grid import LONGEST_CELL, MOST_COLUMNS
from learnin.initiatives.formats.record import NotReadable
from tests.initiatives.fivew_known import read_all

HEADING = ("Project title", "Organisation", "Region")
ROW = ("School libraries", "UNICEF", "Berat")


def workbook(*rows: tuple[str, ...]) -> bytes:
    """A workbook with these texts."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for at, text in enumerate(row):
            sheet.write_string(number, at, text)
    book.close()
    return out.getvalue()


def packed(changed: Mapping[str, bytes], *, of: bytes | None = None) -> bytes:
    """A workbook in which some parts are others."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(of or workbook(HEADING, ROW))) as old, zipfile.ZipFile(out, "w", 8) as new:
        parts = {name: old.read(name) for name in old.namelist()} | dict(changed)
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def sheet_of(cells: str) -> bytes:
    """A workbook whose only sheet has these rows, as XML."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<?xml version="1.0"?><worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'
    return packed({"xl/worksheets/sheet1.xml": xml.encode()})


def refused(content: bytes, named: str = "t.xlsx") -> str:
    """The code with which a file is refused, when it is looked at and when it is read."""
    with pytest.raises(NotReadable) as looked:
        look(content, named)
    with pytest.raises(NotReadable) as read:
        read_all(content, named)
    assert looked.value.code == read.value.code
    return looked.value.code


def bomb() -> bytes:
    """A workbook of 300 kB that unpacks to more than we take."""
    out = io.BytesIO(packed({}))
    with zipfile.ZipFile(out, "a", 8) as archive, archive.open("xl/media/zeros.bin", "w") as part:
        for _ in range(guard.MOST_UNPACKED // (1 << 20) + 1):
            part.write(bytes(1 << 20))
    return out.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    assert refused(bomb()) == "zip_bomb"


def test_a_workbook_that_lies_about_its_size_is_broken() -> None:
    content = bytearray(packed({"xl/media/zeros.bin": bytes(1 << 20)}))
    at = content.rindex(b"PK\x01\x02")  # the last entry of the directory: its size is 24 bytes further
    content[at + 24 : at + 28] = struct.pack("<I", 1000)
    assert refused(bytes(content)) == "broken_workbook"


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "[Content_Types].xml"]
)
def test_entities_are_refused_in_every_part(part: str) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    remote = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>'
    for text in (laughs, outside, remote):
        assert refused(packed({part: text.encode()})) == "doctype"
        assert refused(packed({part: text.encode("utf-16")})) == "doctype"


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="ZZZZZ9"><v>1</v></c></row>',
        '<row r="1"><c a=">" r="A1"><v>1</v></c></row><row r="1048576"><c a=">" r="XFD1048576"><v>1</v></c></row>',
        f'<row>{"<c><v>1</v></c>" * 1000}</row><row r="1000000"><c><v>1</v></c></row>',
    ],
)
def test_a_sheet_with_cells_far_apart_takes_no_room(cells: str) -> None:
    assert refused(sheet_of(cells)) == "too_many_cells"


def test_cells_that_are_only_painted_do_not_count() -> None:
    heading = "".join(
        f'<c r="{at}1" t="inlineStr"><is><t>{word}</t></is></c>' for at, word in zip("ABC", HEADING, strict=True)
    )
    row = "".join(f'<c r="{at}2" t="inlineStr"><is><t>{word}</t></is></c>' for at, word in zip("ABC", ROW, strict=True))
    painted = '<row r="1048576"><c r="XFD1048576" s="1"/><c r="XFC1048576" t="s"/></row>'
    reads = read_all(sheet_of(f'<row r="1">{heading}</row><row r="2">{row}</row>{painted}'), "t.xlsx")
    assert [one.record.title for one in reads if one.record] == ["School libraries"]


def test_too_many_columns_are_refused() -> None:
    wide = tuple(f"Column {number}" for number in range(MOST_COLUMNS + 1))
    assert refused(workbook(wide, wide)) == "too_many_columns"
    assert refused(",".join(["Region"] * 1_000_000).encode(), "t.csv") == "too_many_columns"


def test_shared_strings_beyond_measure_are_refused() -> None:
    strings = b"<si><t>" + b"a" * (guard.MOST_UNPACKED + 1) + b"</t></si>"
    assert refused(packed({"xl/sharedStrings.xml": b"<sst>" + strings + b"</sst>"})) == "zip_bomb"


def test_formulas_are_never_run_and_texts_stay_texts() -> None:
    evil = ("=cmd|'/c calc'!A0", "@SUM(1+9)*cmd|' /C calc'!A0", '=HYPERLINK("http://example.org","x")')
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    for at, word in enumerate(HEADING[:2]):
        sheet.write_string(0, at, word)
    for number, text in enumerate(evil, start=1):
        sheet.write_string(number, 0, text)
    sheet.write_formula(4, 0, '=DDE("cmd";"/C calc";"x")', value="What was shown")
    book.close()

    titles = [one.record.title for one in read_all(out.getvalue(), "t.xlsx") if one.record]
    assert titles == [*evil, "What was shown"]
    lines = "Project title,Region\n" + "\n".join('"' + text.replace('"', '""') + '",Berat' for text in evil)
    assert [one.record.title for one in read_all(lines.encode()) if one.record] == list(evil)


def test_of_a_workbook_with_macros_only_the_values_are_read() -> None:
    content = packed({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(512)})
    assert [one.record.title for one in read_all(content, "t.xlsm") if one.record] == ["School libraries"]


def test_csv_with_nul_bytes_is_refused() -> None:
    assert refused(b"Project title,Region\nSchool\0 libraries,Berat\n", "t.csv") == "broken_text"
    assert refused(bytes(1000), "t.csv") == "broken_text"


def test_one_huge_cell_is_refused() -> None:
    assert refused(b"Project title,Region\n" + b"a" * 10_000_000 + b",Berat\n", "t.csv") == "cell_too_long"
    long = "a" * (LONGEST_CELL + 1)
    cells = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{long}</t></is></c></row>'
    assert refused(sheet_of(cells)) == "cell_too_long"


def test_an_encrypted_workbook_is_refused() -> None:
    entry = "EncryptedPackage".encode("utf-16-le")
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + entry + bytes(480)) == "encrypted"
    locked = bytearray(workbook(HEADING, ROW))
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(sign) + flags] |= 1
    assert refused(bytes(locked)) == "encrypted"


@pytest.mark.parametrize("named", ["t.xlsx", "t.xls", "t.csv"])
def test_what_is_no_table_is_refused_whatever_its_name(named: str) -> None:
    assert refused(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", named) == "not_a_table"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refused(out.getvalue(), named) == "not_a_table"
    assert refused(b"PK\x03\x04 and no more", named) == "broken_workbook"
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), named) == "broken_workbook"
    assert refused(b"", named) == "no_rows"
    assert refused(b"one\ntwo\nthree\n", named) == "no_heading"


def test_broken_workbooks_are_refused_and_never_end_the_program() -> None:
    whole = workbook(HEADING, *[ROW] * 20)
    for at in range(0, len(whole), max(1, len(whole) // 150)):
        broken = bytearray(whole)
        broken[at] ^= 0xFF
        for content in (bytes(broken), whole[:at]):
            with suppress(NotReadable):
                assert all(one.record or one.problems for one in read_all(content, "t.xlsx"))
