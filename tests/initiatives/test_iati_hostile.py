"""Files that would harm whoever reads them, or are no IATI file, are refused with the reason, and nothing is given."""

import gzip
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from learnin.initiatives.formats.iati import Doubt, guard, read
from learnin.initiatives.formats.record import NotReadable
from tests.initiatives.iati_files import MINIMAL

GOOD = f"<iati-activity>{MINIMAL}</iati-activity>"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def around(more: str, before: str = "") -> bytes:
    """A file that is good at its beginning, and has this at its end."""
    return f'{before}<iati-activities version="2.03">{GOOD}{more}</iati-activities>'.encode()


def activity(inside: str) -> str:
    """Another activity of a file."""
    return f"<iati-activity>{inside}</iati-activity>"


def packed(content: bytes) -> bytes:
    """A ZIP file with it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("activities.xml", content)
    return out.getvalue()


REFUSED = {
    "billion laughs": (
        around("<title>&l9;</title>", f'<!DOCTYPE iati-activities [<!ENTITY l0 "ha">{LAUGHS}]>'),
        Doubt.FILE_DOCTYPE,
    ),
    "laughs in an attribute": (
        f'<!DOCTYPE iati-activities [<!ENTITY l0 "ha">{LAUGHS}]><iati-activities version="&l9;"/>'.encode(),
        Doubt.FILE_DOCTYPE,
    ),
    "laughs of parameters": (
        around("", '<!DOCTYPE iati-activities [<!ENTITY % a "ha"><!ENTITY % b "%a;%a;">%b;]>'),
        Doubt.FILE_DOCTYPE,
    ),
    "a file of the server": (
        around("<x>&f;</x>", '<!DOCTYPE iati-activities [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
        Doubt.FILE_DOCTYPE,
    ),
    "a document type elsewhere": (
        around("", '<!DOCTYPE iati-activities SYSTEM "http://127.0.0.1:9/x.dtd">'),
        Doubt.FILE_DOCTYPE,
    ),
    "a document type alone": (around("", "<!DOCTYPE iati-activities>"), Doubt.FILE_DOCTYPE),
    "an inclusion": (
        around('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'),
        Doubt.FILE_INCLUDE,
    ),
    "an instruction": (around('<?php system("id"); ?>'), Doubt.FILE_INSTRUCTION),
    "an instruction before": (around("", "<?php 1 ?>"), Doubt.FILE_INSTRUCTION),
    "deep nesting": (around(activity("<a>" * 100_000 + "</a>" * 100_000)), Doubt.FILE_DEEP),
    "a long attribute": (around(activity(f'<title a="{"x" * 3_000_000}"/>')), Doubt.FILE_LONG),
    "a very long attribute": (around(activity(f'<title a="{"x" * 30_000_000}"/>')), Doubt.FILE_LONG),
    "a long comment": (around(f"<!--{'x' * 3_000_000}-->"), Doubt.FILE_LONG),
    "a very long name": (around(activity(f"<{'x' * 3_000_000}/>")), Doubt.FILE_LONG),
    "a very long comment": (around(f"<!--{'x' * 30_000_000}-->"), Doubt.FILE_LONG),
    "an activity of too many elements": (around(activity("<a/>" * (guard.WIDEST + 1))), Doubt.FILE_WIDE),
    "an activity of too many words": (around(activity(f"<a>{'x' * 1_900_000}</a>" * 11)), Doubt.FILE_WIDE),
    "UTF-7": (b'<?xml version="1.0" encoding="UTF-7"?>+ADw-iati-activities+AD4-', Doubt.FILE_ENCODING),
    "UTF-32": ('<?xml version="1.0"?><iati-activities/>'.encode("utf-32"), Doubt.FILE_ENCODING),
    "EBCDIC": ('<?xml version="1.0" encoding="IBM037"?><iati-activities/>'.encode("cp037"), Doubt.FILE_ENCODING),
    "an encoding nobody knows": (b"<?xml version='1.0' encoding='x-evil'?><iati-activities/>", Doubt.FILE_ENCODING),
    "a way of packing as encoding": (b"<?xml version='1.0' encoding='zip'?><iati-activities/>", Doubt.FILE_ENCODING),
    "no name of an encoding": (b"<?xml version='1.0' encoding='\x00tf-8'?><iati-activities/>", Doubt.FILE_ENCODING),
    "NUL": (around("<iati-activity>\x00</iati-activity>"), Doubt.FILE_NUL),
    "a ZIP file": (packed(around("")), Doubt.FILE_PACKED),
    "a ZIP bomb": (packed(bytes(20_000_000)), Doubt.FILE_PACKED),
    "a GZip file": (gzip.compress(around("")), Doubt.FILE_PACKED),
    "nothing": (b"", Doubt.FILE_EMPTY),
    "blanks": (b" \n ", Doubt.FILE_EMPTY),
    "a table": (b"id;title\n1;Digital skills", Doubt.FILE_NOT_XML),
    "no tag": (b"< iati-activities", Doubt.FILE_NOT_XML),
    "a page": (b"<html><body>Not found</body></html>", Doubt.FILE_NOT_IATI),
    "IATI organisations": (b'<iati-organisations version="2.03"/>', Doubt.FILE_NOT_IATI),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_and_nothing_of_it_given(name: str) -> None:
    content, doubt = REFUSED[name]
    before: list[Any] = []
    with pytest.raises(NotReadable) as refused:
        for one in read(io.BytesIO(content)):
            before.append(one)
    assert (refused.value.code, before) == (doubt, [])
    assert len(refused.value.said) <= 80


def test_a_text_of_200_million_characters_is_refused_early(tmp_path: Path) -> None:
    path = tmp_path / "long.xml"
    with path.open("wb") as file:
        file.write(f"<iati-activities>{GOOD}<iati-activity><title>".encode())
        for _ in range(200):
            file.write(b"x" * 1_000_000)
        file.write(b"</title></iati-activity></iati-activities>")
    with path.open("rb") as file:
        with pytest.raises(NotReadable, match=Doubt.FILE_LONG):
            next(read(file))
        assert file.tell() < 5_000_000


def test_text_does_not_become_markup() -> None:
    title = "<title><narrative><![CDATA[<!DOCTYPE x [<!ENTITY a 'b'>]> &lt;?php &amp;]]></narrative></title>"
    (found,) = read(
        io.BytesIO(f"<iati-activities>{GOOD.replace('<title>', title + '<title>')}</iati-activities>".encode())
    )
    assert found.record is not None
    assert found.record.title == "<!DOCTYPE x [<!ENTITY a 'b'>]> &lt;?php &amp;"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-2", "windows-1251", "windows-1250", "koi8-u"]
)
def test_encodings_of_our_region_are_read(encoding: str) -> None:
    title = "Дигиталне вештине" if encoding in {"windows-1251", "koi8-u"} else "Veštine učenja"
    text = f'<iati-activities version="2.03">{GOOD.replace("Digital skills", title)}</iati-activities>'
    declared = "" if encoding in {"utf-16", "utf-8-sig"} else f'<?xml version="1.0" encoding="{encoding}"?>'
    (found,) = read(io.BytesIO((declared + text).encode(encoding)))
    assert found.record is not None
    assert found.record.title == title


def test_a_style_sheet_is_not_followed_and_harms_nobody() -> None:
    (found,) = read(io.BytesIO(around("", '<?xml-stylesheet href="http://127.0.0.1:9/x.xsl" type="text/xsl"?>')))
    assert found.record is not None
