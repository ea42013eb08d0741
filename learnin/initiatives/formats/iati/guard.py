"""Refuse what is no IATI file, or would harm who reads it, before anything of it is given."""

import codecs
import re
from collections.abc import Mapping
from typing import BinaryIO

from lxml import etree

from learnin.initiatives.formats.iati.doubts import Doubt, shown
from learnin.initiatives.formats.record import NotReadable

ROOT = "iati-activities"
CHUNK = 1 << 16

DEEPEST = 32
"""Elements inside each other. The schema of IATI 2.03 goes 9 deep; elements of other namespaces may go further."""

LONGEST = 2_000_000
"""Characters of one text or attribute: about a thousand pages, and far below what the parser itself refuses."""

WIDEST = 500_000
"""Elements in one activity. Activities with ten thousand transactions have about a tenth of it."""

LARGEST = 20_000_000
"""Characters in one activity: it is held in memory whole."""

PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"7z\xbc\xaf", b"\x28\xb5\x2f\xfd", b"Rar!")
"""How ZIP, GZip, BZip2, XZ, 7-Zip, Zstandard and RAR begin."""

_NOT_PLAIN = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff", b"<\x00\x00\x00", b"\x00\x00\x00<", b"\x4c\x6f\xa7\x94")
"""How UTF-32 and EBCDIC begin. Source: XML 1.0, appendix F."""

_TWO_BYTES = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_DECLARED = re.compile(rb"""\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)""")
_PLAIN = re.compile(r"utf-8|utf-16(-[lb]e)?|ascii|iso8859-\d+|cp125\d|koi8-[rut]")
_INCLUDE = "{http://www.w3.org/2001/XInclude}"


_LIMITS = frozenset({etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_NAME_TOO_LONG})
"""How the parser says that something is longer than it takes."""


def check(source: BinaryIO) -> None:
    """Read the file once, keeping nothing. Raises NotReadable; XML that breaks off somewhere is left to the reader."""
    start = source.read(CHUNK)
    _beginning(start)
    watch = _Watch()
    parser = etree.XMLParser(target=watch, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    two_bytes = start.startswith(_TWO_BYTES)
    chunk = start
    try:
        while chunk:
            if not two_bytes and b"\x00" in chunk:
                raise NotReadable(Doubt.FILE_NUL)
            parser.feed(chunk)
            chunk = source.read(CHUNK)
        parser.close()
    except etree.XMLSyntaxError as error:
        if error.code in _LIMITS or "too big" in str(error.msg):  # of a comment, an instruction, a CDATA section
            raise NotReadable(Doubt.FILE_LONG)
        if not watch.began:
            raise NotReadable(Doubt.FILE_NOT_XML, shown(str(error.msg)))


def _beginning(start: bytes) -> None:
    if not start.strip():
        raise NotReadable(Doubt.FILE_EMPTY)
    if start.startswith(PACKED):
        raise NotReadable(Doubt.FILE_PACKED)
    if start.startswith(_NOT_PLAIN):
        raise NotReadable(Doubt.FILE_ENCODING, "UTF-32" if b"\x00" in start[:4] else "EBCDIC")
    if start.startswith(_TWO_BYTES):
        return
    if not start.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        raise NotReadable(Doubt.FILE_NOT_XML, shown(start[:200].decode("ascii", "replace")))
    if declared := _DECLARED.match(start):
        name = declared[1].decode("ascii", "replace")
        if not _is_plain(name):
            raise NotReadable(Doubt.FILE_ENCODING, shown(name))


def _is_plain(encoding: str) -> bool:
    """Whether a tag looks the same in it as in ASCII, so that nothing can hide."""
    try:
        return bool(_PLAIN.fullmatch(codecs.lookup(encoding).name))
    except (LookupError, ValueError):  # ValueError: no name at all, with zero bytes or the like in it
        return False


class _Watch:
    """Hears what the parser finds, and stops it."""

    def __init__(self) -> None:
        self.began = False
        self._depth = self._elements = self._text = self._characters = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if not self.began and tag != ROOT:
            raise NotReadable(Doubt.FILE_NOT_IATI, shown(tag))
        if tag.startswith(_INCLUDE):
            raise NotReadable(Doubt.FILE_INCLUDE)
        self.began = True
        self._depth += 1
        if self._depth > DEEPEST:
            raise NotReadable(Doubt.FILE_DEEP)
        if self._depth == 2:
            self._elements = self._characters = 0
        self._elements += 1
        self._text = 0
        if self._elements > WIDEST:
            raise NotReadable(Doubt.FILE_WIDE)
        for value in attributes.values():
            self._count(len(value))
            self._text = 0

    def end(self, _tag: str) -> None:
        self._depth -= 1
        self._text = 0

    def data(self, text: str) -> None:
        self._count(len(text))

    def comment(self, text: str) -> None:
        self._count(len(text))

    def pi(self, target: str, _text: str | None = None) -> None:
        if target != "xml-stylesheet":  # says how a browser shows the file: nobody here follows it
            raise NotReadable(Doubt.FILE_INSTRUCTION, shown(target))

    def doctype(self, name: str, _public: str | None, _system: str | None) -> None:
        raise NotReadable(Doubt.FILE_DOCTYPE, shown(name))

    def close(self) -> None:
        """The parser asks for it."""

    def _count(self, characters: int) -> None:
        self._text += characters
        self._characters += characters
        if self._text > LONGEST:
            raise NotReadable(Doubt.FILE_LONG)
        if self._characters > LARGEST:
            raise NotReadable(Doubt.FILE_WIDE)
