"""Which files we take in: the right size, the right kind, and what they say they are."""

import hashlib
import re
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

import puremagic
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.kit.refusal import Refusal

MEBIBYTE = 1024 * 1024
NAME_LETTERS = 120  # longer names break on some file systems (255 bytes, up to 4 bytes for one letter, less the path)
UNPACKED_LIMIT = 300 * MEBIBYTE  # an office file of 20 MB with pictures unpacks to about as much; a bomb to thousands
UNPACKED_RATIO = 150  # text in XML shrinks 10 to 40 times; DEFLATE itself ends at 1032 (RFC 1951)
UNPACKED_SMALL = 10 * MEBIBYTE  # below this the ratio is nobody's business: an empty sheet shrinks a lot
PARTS_LIMIT = 10_000
UNREADABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})  # Unicode categories: controls, marks of direction, breaks

_OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    ".pdf": "application/pdf",
    ".docx": _OFFICE + "wordprocessingml.document",
    ".xlsx": _OFFICE + "spreadsheetml.sheet",
    ".pptx": _OFFICE + "presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".txt": "text/plain",
    ".csv": "text/csv",
}
# What only some pages take: old workbooks, what questionnaires show or play, and files of initiatives.
MORE_TYPES = {
    ".xls": "application/vnd.ms-excel",
    ".gif": "image/gif",
    ".mp3": "audio/mpeg",
    ".wav": "audio/x-wav",
    ".mp4": "video/mp4",
    ".geojson": "application/geo+json",
    ".xml": "application/xml",
}
_SIGNATURES = {  # how a file of this kind begins, and from which byte on
    ".xls": (0, (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)),
    ".gif": (0, (b"GIF87a", b"GIF89a")),
    ".mp3": (0, (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")),
    ".wav": (8, (b"WAVE",)),
    ".mp4": (4, (b"ftyp",)),
}
XLSX = TYPES[".xlsx"]
_OFFICE_FOLDER = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}
_TEXT_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|svg|\?xml|iframe|object)\b|<\?xml", re.IGNORECASE)


class FileRefused(Refusal):
    """This file cannot be taken in, and why."""


@dataclass(frozen=True)
class Checked:
    """What we know about a file that may come in."""

    name: str
    size: int
    media_type: str
    sha256: str


def check(file: IO[bytes], name: str, *, limit_mb: int, allowed: Iterable[str] = tuple(TYPES)) -> Checked:
    """Look at a file before it is kept. Raises FileRefused with what is wrong; leaves the file at its beginning."""
    name = clean_name(name)
    extension = PurePath(name).suffix.lower()
    size = file.seek(0, 2)
    file.seek(0)
    if extension not in set(allowed):
        raise FileRefused(_extension_not_taken(name, extension, allowed))
    if size == 0:
        raise FileRefused(_("“%(name)s” is empty. Choose a file with something in it.") % {"name": name})
    if size > limit_mb * MEBIBYTE:
        raise FileRefused(
            _("“%(name)s” has %(size)s MB. A file can have at most %(limit)s MB.")
            % {"name": name, "size": -(-size * 10 // MEBIBYTE) / 10, "limit": limit_mb}
        )
    if not _is(file, extension):
        raise FileRefused(
            _("“%(name)s” is not what its ending %(extension)s says. Save it again as a %(extension)s file.")
            % {"name": name, "extension": extension}
        )
    digest = hashlib.sha256()
    _rewound(file)
    while chunk := file.read(MEBIBYTE):
        digest.update(chunk)
    file.seek(0)
    return Checked(name=name, size=size, media_type=(TYPES | MORE_TYPES)[extension], sha256=digest.hexdigest())


def clean_name(name: str) -> str:
    """The file's own name, without folders, control letters and letters that confuse a reader or a disk."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(
        letter for letter in name if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    )
    name = re.sub(r'[<>:"|?*%]', "-", " ".join(name.split())).rstrip(". ")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = ending, ""
    extension = f".{ending.lower()}" if ending else ""
    return (stem.strip(". ") or "file")[: NAME_LETTERS - len(extension)] + extension


def _extension_not_taken(name: str, extension: str, allowed: Iterable[str]) -> str:
    known = ", ".join(sorted(ending.lstrip(".") for ending in allowed))
    if not extension:
        return _("“%(name)s” has no ending that says its kind. We take: %(known)s.") % {"name": name, "known": known}
    return _("“%(name)s” is a %(extension)s file. We take: %(known)s.") % {
        "name": name,
        "extension": extension,
        "known": known,
    }


def _rewound(file: IO[bytes]) -> IO[bytes]:
    file.seek(0)
    return file


def _is(file: IO[bytes], extension: str) -> bool:
    """Whether the content is of the kind that the ending promises."""
    if extension in {".txt", ".csv", ".geojson"}:
        return _is_text(file)
    if extension == ".xml":
        return _begins_as_xml(file)
    if extension in _SIGNATURES:
        at, signs = _SIGNATURES[extension]
        return _rewound(file).read(16)[at:].startswith(signs)
    if extension in _OFFICE_FOLDER or extension in {".odt", ".ods"}:
        return _is_office(file, extension)
    head = _rewound(file).read(8192)
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return False
    return any(match.mime_type == TYPES[extension] for match in found if match.confidence >= found[0].confidence)


def _is_text(file: IO[bytes]) -> bool:
    """Plain text in any usual encoding, and not a web page in disguise."""
    head = _rewound(file).read(64 * 1024)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16, as Excel saves "Unicode text"
        head = head[: len(head) // 2 * 2].decode("utf-16", errors="replace").encode()
    return not _TEXT_CONTROLS.search(head) and not _MARKUP.search(head[:1024])


def _begins_as_xml(file: IO[bytes]) -> bool:
    """A tag first, in any usual encoding. Whoever reads it has to guard against what XML can hide."""
    return _rewound(file).read(64).lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


def _is_office(file: IO[bytes], extension: str) -> bool:
    """An office file of this kind, without macros, that unpacks to a bearable size. Raises FileRefused for a bomb."""
    try:
        with zipfile.ZipFile(_rewound(file)) as archive:
            parts = archive.infolist()
            _refuse_bomb(parts)
            names = {part.filename for part in parts}
            if extension in _OFFICE_FOLDER:
                folder = _OFFICE_FOLDER[extension]
                has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
                return "[Content_Types].xml" in names and any(n.startswith(folder) for n in names) and not has_macros
            return "mimetype" in names and archive.read("mimetype").strip() == TYPES[extension].encode()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError):
        return False


def _refuse_bomb(parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if len(parts) > PARTS_LIMIT:
        raise FileRefused(
            ngettext(
                "This file has %(number)s part inside. That is too many to open safely.",
                "This file has %(number)s parts inside. That is too many to open safely.",
                len(parts),
            )
            % {"number": len(parts)}
        )
    if unpacked > UNPACKED_LIMIT or (unpacked > UNPACKED_SMALL and unpacked / packed > UNPACKED_RATIO):
        raise FileRefused(
            _("This file unpacks to %(size)s MB. That is too much to open safely.") % {"size": unpacked // MEBIBYTE}
        )
