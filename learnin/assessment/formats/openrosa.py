"""What an OpenRosa server says: its list of forms, the list of a form's files, and its answer to a submission.

Source: OpenRosa 1.0, Form Discovery, Form Submission and Metadata; ODK XForms, "entity lists".
"""

import base64
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import md5
from typing import Any
from xml.sax.saxutils import escape, quoteattr

CONTENT_TYPE = "text/xml; charset=utf-8"
LIST = "http://openrosa.org/xforms/xformsList"
MANIFEST = "http://openrosa.org/xforms/xformsManifest"
RESPONSE = "http://openrosa.org/http/response"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class Form:
    """One form that a phone may fetch."""

    form_id: str
    name: str
    version: str
    hash: str
    download_url: str
    manifest_url: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """One file that a form shows."""

    name: str
    hash: str
    download_url: str
    integrity_url: str = ""


def fingerprint(content: bytes) -> str:
    """How clients know that a file has changed. The protocol asks for MD5; nothing is kept safe by it."""
    return f"md5:{md5(content, usedforsecurity=False).hexdigest()}"


def form_list(forms: Iterable[Form]) -> bytes:
    """The forms that a phone may fetch."""
    return _document("xforms", LIST, "".join(map(_form, forms)))


def _form(form: Form) -> str:
    lines = [
        _element("formID", form.form_id),
        _element("name", form.name),
        _element("version", form.version),
        _element("hash", form.hash),
        _element("descriptionText", form.description) if form.description else "",
        _element("downloadUrl", form.download_url),
        _element("manifestUrl", form.manifest_url) if form.manifest_url else "",
    ]
    return f"<xform>{''.join(lines)}</xform>"


def manifest(files: Iterable[Media]) -> bytes:
    """The files that a form shows."""
    return _document("manifest", MANIFEST, "".join(map(_media, files)))


def _media(file: Media) -> str:
    inside = _element("filename", file.name) + _element("hash", file.hash) + _element("downloadUrl", file.download_url)
    if file.integrity_url:
        return f'<mediaFile type="entityList">{inside}{_element("integrityUrl", file.integrity_url)}</mediaFile>'
    return f"<mediaFile>{inside}</mediaFile>"


def response(message: str, nature: str = "") -> bytes:
    """What Collect shows to the person with the phone."""
    kind = f" nature={quoteattr(_clean(nature))}" if nature else ""
    return _document("OpenRosaResponse", RESPONSE, f"<message{kind}>{escape(_clean(message))}</message>")


def integrity(deleted: Mapping[str, bool]) -> bytes:
    """Which entities of a list are gone."""
    rows = "".join(
        f"<entity id={quoteattr(_clean(one))}><deleted>{'true' if gone else 'false'}</deleted></entity>"
        for one, gone in deleted.items()
    )
    return f"{_HEAD}<data><entities>{rows}</entities></data>".encode()


def _document(name: str, space: str, inside: str) -> bytes:
    return f'{_HEAD}<{name} xmlns="{space}">{inside}</{name}>'.encode()


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(_clean(text))}</{name}>"


def _clean(text: str) -> str:
    """Without what XML 1.0 cannot hold."""
    return "".join(
        letter
        for letter in text
        if letter in "\t\n\r" or (letter >= " " and not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff")
    )


def collect_settings(*, server_url: str, project: str, username: str = "", password: str = "") -> str:
    """The settings that Collect takes from a QR code: JSON, packed by zlib, written in base64.

    The phone keeps to exactly the forms of the server, and sends as soon as it has a connection.
    Source: ODK documentation, "Collect settings: import and export".
    """
    general: dict[str, Any] = {
        "server_url": server_url,
        "form_update_mode": "match_exactly",
        "autosend": "wifi_and_cellular",
    }
    if username:
        general |= {"username": username, "password": password}
    said = {"general": general, "project": {"name": project[:40]}, "admin": {}}
    packed = zlib.compress(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    return base64.b64encode(packed).decode()
