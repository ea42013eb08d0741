"""Whether a workbook may be opened: what would fill the memory, reach outside or hide is refused before it is read."""

import re
import zipfile
from io import BytesIO
from xml.parsers import expat

from learnin.initiatives.formats.record import NotReadable

MOST_PARTS = 2_000
MOST_UNPACKED = 300_000_000  # bytes: thirty times the largest workbook we know of (a country's 3W of 100,000 rows)
MOST_CELLS = 20_000_000
"""Cells between the first and the last of a sheet, empty ones too: a reader makes room for each of them."""
CHUNK = 1 << 20
_REFERENCE = re.compile(r"([A-Z]+)(\d+)")
_XML_BEGINS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00<")
# Words with which `expat` names parts of a sheet; a prefix may stand before them.
_CELL, _ROW, _VALUES = "c", "row", {"v", "is", "f", "t"}


class _Sheet:
    """How far the cells of one part reach, as the part tells it while it is walked through."""

    def __init__(self) -> None:
        self.rows = self.columns = self.row = self.column = 0

    def element(self, name: str, attributes: dict[str, str]) -> None:
        """Follow one element. Raises NotReadable where the sheet would be too large."""
        kind = name.rpartition(":")[2]
        if kind == _ROW:
            said = attributes.get("r", "")
            self.row, self.column = int(said) if said.isdecimal() else self.row + 1, 0
        elif kind == _CELL:
            reference = _REFERENCE.fullmatch(attributes.get("r", ""))
            self.column = _column(reference[1]) if reference else self.column + 1
            self.row = int(reference[2]) if reference else self.row
        elif kind in _VALUES:  # a cell that is only painted takes no room
            self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
            if self.rows * self.columns > MOST_CELLS:
                raise NotReadable("too_many_cells")


def _column(letters: str) -> int:
    number = 0
    for letter in letters[:8]:
        number = number * 26 + ord(letter) - 64
    return number


def check(content: bytes) -> None:
    """Walk through all parts of a workbook (.xlsx, .xlsm).

    Raises:
        NotReadable: "not_a_table", "encrypted", "zip_bomb", "doctype", "broken_workbook", "too_many_cells".
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check(archive)
    except (zipfile.BadZipFile, expat.ExpatError, NotImplementedError, EOFError, OSError, ValueError) as error:
        if isinstance(error, NotReadable):
            raise
        raise NotReadable("broken_workbook") from None
    except Exception as error:  # zlib.error and others have no common base
        raise NotReadable("broken_workbook") from error


def _check(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    if not {"[content_types].xml", "xl/workbook.xml"} <= names:
        raise NotReadable("not_a_table")
    if any(part.flag_bits & 1 for part in parts):
        raise NotReadable("encrypted")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NotReadable("zip_bomb")
    for part in parts:
        _check_part(archive, part)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack one part to its end, so that a wrong size or sum is found; XML is walked through as well."""
    with archive.open(part) as stream:
        chunk = stream.read(CHUNK)
        parser = _parser() if chunk.lstrip(b" \t\r\n").startswith(_XML_BEGINS) else None
        while chunk:
            if parser:
                parser.Parse(chunk, False)
            chunk = stream.read(CHUNK)
        if parser:
            parser.Parse(b"", True)


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _doctype
    parser.StartElementHandler = _Sheet().element
    return parser


def _doctype(*_: object) -> None:
    raise NotReadable("doctype")
