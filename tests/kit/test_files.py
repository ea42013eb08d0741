"""Which files come in: what they say they are, of a bearable size, under a clean name."""

import io
import zipfile

import openpyxl
import pytest
from PIL import Image

from learnin.kit import files
from learnin.kit.files import FileRefused

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(out, kind)
    return out.getvalue()


def sheet() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


ODT = archive({"mimetype": files.TYPES[".odt"].encode(), "content.xml": b"<office/>"})
GOOD = {
    "plan.pdf": PDF,
    "plan.docx": archive({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}),
    "plan.xlsx": sheet(),
    "plan.pptx": archive({"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"}),
    "plan.odt": ODT,
    "plan.ods": archive({"mimetype": files.TYPES[".ods"].encode(), "content.xml": b"<office/>"}),
    "plan.png": picture("PNG"),
    "plan.JPG": picture("JPEG"),
    "plan.jpeg": picture("JPEG"),
    "plan.webp": picture("WEBP"),
    "plan.txt": "BM, მოგესალმებით; Ђорђе < Ана".encode(),
    "old.txt": "Привет, план".encode("cp1251"),
    "plan.csv": "a;b\n1;2\n".encode("utf-16"),
}


def check(name: str, content: bytes, limit_mb: int = 20) -> files.Checked:
    return files.check(io.BytesIO(content), name, limit_mb=limit_mb)


@pytest.mark.parametrize("name", GOOD)
def test_each_kind_comes_in(name: str) -> None:
    checked = check(name, GOOD[name])
    assert checked.media_type == files.TYPES["." + name.rsplit(".", 1)[1].lower()]
    assert checked.size == len(GOOD[name])
    assert len(checked.sha256) == 64


def test_the_file_is_left_at_its_beginning() -> None:
    file = io.BytesIO(PDF)
    files.check(file, "a.pdf", limit_mb=1)
    assert file.read() == PDF


PAGE, DRAWING = b"<!DOCTYPE html><script>alert(1)</script>", b'<svg xmlns="http://www.w3.org/2000/svg"/>'
MACROS = archive({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>", "word/vbaProject.bin": b"x"})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", PAGE),
        ("plan.pdf", GOOD["plan.png"]),
        ("plan.png", GOOD["plan.JPG"]),
        ("plan.png", PDF),
        ("plan.jpg", b"MZ\x90\x00" + b"\0" * 60),
        ("plan.docx", GOOD["plan.xlsx"]),
        ("plan.xlsx", GOOD["plan.docx"]),
        ("plan.docx", archive({"virus.exe": b"MZ"})),
        ("plan.docx", MACROS),
        ("plan.docx", b"PK\x03\x04 broken"),
        ("plan.odt", GOOD["plan.ods"]),
        ("plan.txt", PAGE),
        ("plan.txt", b"  \n<svg onload=alert(1)>"),
        ("plan.csv", DRAWING),
        ("plan.txt", "<html>".encode("utf-16")),
        ("plan.txt", GOOD["plan.png"]),
        ("plan.txt", b"MZ\x90\x00\x03"),
    ],
)
def test_a_file_that_is_not_what_its_ending_says_stays_out(name: str, content: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        check(name, content)
    assert f"“{name}” is not what its ending .{name[5:]} says" in str(refused.value)


@pytest.mark.parametrize("name", ["a.svg", "a.html", "a.exe", "a.docm", "a.zip", "a.pdf.js", "a.xml"])
def test_kinds_we_do_not_take_are_named(name: str) -> None:
    with pytest.raises(FileRefused, match=r"We take: csv, docx"):
        check(name, PDF)


def test_a_file_without_an_ending_stays_out() -> None:
    with pytest.raises(FileRefused, match="no ending"):
        check("plan", PDF)


def test_a_file_that_is_too_large_says_how_large() -> None:
    with pytest.raises(FileRefused, match=r"has 2.1 MB. A file can have at most 2 MB"):
        check("plan.pdf", PDF + b"\0" * (2 * files.MEBIBYTE), limit_mb=2)
    assert check("plan.pdf", PDF.ljust(2 * files.MEBIBYTE, b"\n"), limit_mb=2).size == 2 * files.MEBIBYTE


def test_an_empty_file_stays_out() -> None:
    with pytest.raises(FileRefused, match="is empty"):
        check("plan.pdf", b"")


def test_a_bomb_stays_out() -> None:
    inside = {"[Content_Types].xml": b"<x/>", "word/document.xml": b"\0" * (20 * files.MEBIBYTE)}
    with pytest.raises(FileRefused, match="unpacks to 20 MB"):
        check("plan.docx", archive(inside))


def test_too_many_parts_stay_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "PARTS_LIMIT", 3)
    with pytest.raises(FileRefused, match="4 parts"):
        check("plan.docx", archive({f"word/{number}": b"x" for number in range(4)}))


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\Ana\\plan.PDF", "plan.pdf"),
        ("план рада.pdf", "план рада.pdf"),
        ("გეგმა.pdf", "გეგმა.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie- x.pdf"),
        ("invoice\u202efdp.exe.pdf", "invoicefdp.exe.pdf"),
        ('a"b<c>.pdf', "a-b-c-.pdf"),
        ("  .pdf", "file.pdf"),
        ("...", "file"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("e\u0301t\u00e9.pdf", "\u00e9t\u00e9.pdf"),
    ],
)
def test_names_are_cleaned(name: str, clean: str) -> None:
    assert files.clean_name(name) == clean


MORE = {
    "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(8),
    "wave.wav": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "song.mp3": b"ID3\x04" + bytes(12),
    "film.mp4": b"\x00\x00\x00\x18ftypisom" + bytes(8),
    "move.gif": picture("GIF"),
    "map.geojson": b'{"type": "FeatureCollection", "features": []}',
}


@pytest.mark.parametrize("name", MORE)
def test_some_files_come_in_only_where_a_page_asks_for_them(name):
    with pytest.raises(FileRefused, match="We take"):
        files.check(io.BytesIO(MORE[name]), name, limit_mb=1)
    checked = files.check(io.BytesIO(MORE[name]), name, limit_mb=1, allowed=files.MORE_TYPES)
    assert checked.media_type == files.MORE_TYPES["." + name.rpartition(".")[2]]
    with pytest.raises(FileRefused, match="is not what its ending"):
        files.check(io.BytesIO(b"<html><script>1</script></html>"), name, limit_mb=1, allowed=files.MORE_TYPES)
