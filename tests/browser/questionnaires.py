"""A small OpenRosa server for the web form: the real page around a questionnaire; it keeps what is sent to it."""

import gzip
import json
import mimetypes
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from django.template.loader import render_to_string
from django.utils import translation

from learnin.assessment import form_words
from learnin.kit.pages import Shell

BUILD = Path(__file__).resolve().parents[2] / "learnin" / "kit" / "static"
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)
LIMIT = 10_000_000


@dataclass
class Arrived:
    """One post: the XML, the files, and whether more was announced."""

    xml: bytes
    files: dict[str, bytes]
    is_incomplete: bool


@dataclass
class Desk:
    """Where questionnaires lie open, and where answers arrive."""

    forms: dict[str, str] = field(default_factory=dict)
    media: dict[str, dict[str, bytes]] = field(default_factory=dict)
    arrived: list[Arrived] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    says: tuple[int, str] = (201, "Kept")
    release: str = ""
    is_reachable: bool = True
    address: str = ""

    def page(self, name: str) -> str:
        """The page of one questionnaire, as Django makes it."""
        base = f"/form/{name}/"
        questionnaire = {
            "title": f"Questionnaire {name}{self.release}",
            "form_url": f"{base}form.xml",
            "manifest_url": f"{base}manifest.xml",
            "submit_url": f"{base}submission",
            "draft_key": name,
            "limit": LIMIT,
            "worker_url": "/form/worker.js",
            "scope": "/form/",
            "plain_url": f"{base}plain/",
            "is_example": True,
        }
        with translation.override("en"):
            context = {"questionnaire": questionnaire, "is_open": True, "words": form_words.tables(), "shell": Shell()}
            return render_to_string("assessment/web_form.html", context)

    def manifest(self, name: str) -> str:
        """The files of one questionnaire, as Collect reads it too."""
        files = "".join(
            f"<mediaFile><filename>{escape(file)}</filename><hash>md5:0</hash>"
            f"<downloadUrl>{self.address}/form/{name}/media/{escape(file)}</downloadUrl></mediaFile>"
            for file in self.media.get(name, {})
        )
        return f'<manifest xmlns="http://openrosa.org/xforms/xformsManifest">{files}</manifest>'


def parts(content_type: str, body: bytes) -> Arrived:
    """What stands in a multipart post."""
    letter = message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body, policy=policy.HTTP)
    found: dict[str, bytes] = {}
    for part in letter.iter_parts():
        name = part.get_param("name", header="content-disposition")
        found[str(name)] = part.get_payload(decode=True)
    more = found.pop("*isIncomplete*", b"") == b"yes"
    return Arrived(found.pop("xml_submission_file"), found, more)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    desk: Desk

    def do_GET(self) -> None:
        """A page, a form, a file."""
        if self._is_cut():
            return None
        self.desk.asked.append(self.path)
        path = self.path.split("?")[0]
        if path.startswith("/static/"):
            return self._file(BUILD / path.removeprefix("/static/"))
        if path == "/form/worker.js":
            return self._file(BUILD / "kit" / "build" / "form-worker.js")
        _, _, name, *rest = path.split("/")
        if name not in self.desk.forms:
            return self._say(404, "text/plain", b"not found")
        match rest:
            case [""]:
                return self._say(200, "text/html; charset=utf-8", self.desk.page(name).encode())
            case ["form.xml"]:
                return self._say(200, "text/xml; charset=utf-8", self.desk.forms[name].encode())
            case ["manifest.xml"]:
                return self._say(200, "text/xml; charset=utf-8", self.desk.manifest(name).encode())
            case ["media", file] if file in self.desk.media.get(name, {}):
                kind = mimetypes.guess_type(file)[0] or "application/octet-stream"
                return self._say(200, kind, self.desk.media[name][file])
        return self._say(404, "text/plain", b"not found")

    def do_POST(self) -> None:
        """An answer."""
        if self._is_cut():
            return
        body = self.rfile.read(int(self.headers["Content-Length"]))
        code, said = self.desk.says
        if code == 201:
            self.desk.arrived.append(parts(self.headers["Content-Type"], body))
        answer = (
            f'<OpenRosaResponse xmlns="http://openrosa.org/http/response"><message>{said}</message></OpenRosaResponse>'
        )
        self._say(code, "text/xml; charset=utf-8", answer.encode())

    def _is_cut(self) -> bool:
        """Without a connection nothing is answered, not even no."""
        self.close_connection = not self.desk.is_reachable
        return self.close_connection

    def _file(self, file: Path) -> None:
        if not file.is_file():
            return self._say(404, "text/plain", b"not found")
        kind = {".js": "text/javascript", ".css": "text/css"}.get(file.suffix) or mimetypes.guess_type(file.name)[0]
        return self._say(200, str(kind), file.read_bytes())

    def _say(self, code: int, kind: str, body: bytes) -> None:
        packed = gzip.compress(body)
        self.send_response(code)
        for name, value in {
            "Content-Type": kind,
            "Content-Encoding": "gzip",
            "Content-Length": str(len(packed)),
            "Content-Security-Policy": POLICY,
            "Cache-Control": "no-cache",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(packed)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: the tests look at what arrived."""


@contextmanager
def desk() -> Iterator[Desk]:
    """The server on a free port of this machine, until the test is over."""
    opened = Desk()
    handler = type("Handler", (_Handler,), {"desk": opened})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    opened.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield opened
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def blank_media(xform: str) -> dict[str, bytes]:
    """A small file of the right kind for each file a form uses, where nobody has the real ones."""
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
        "dccc59e70000000049454e44ae426082"
    )
    columns = sorted(
        {"name", "label", *re.findall(r"[\[\s](\w+)\s*=", xform), *re.findall(r'<(?:value|label) ref="(\w+)"', xform)}
    )
    rows = [columns, *([row] * len(columns) for row in ("first", "second"))]
    table = "\n".join(",".join(row) for row in rows).encode()
    found: dict[str, bytes] = {}
    for piece in xform.split("jr://")[1:]:
        name = piece.split('"')[0].split("<")[0].rsplit("/", 1)[-1]
        if name.endswith(".csv"):
            found[name] = table
        elif name.endswith(".geojson"):
            point = {"type": "Point", "coordinates": [44.8, 41.7]}
            place = {"type": "Feature", "id": "first", "properties": {"title": "First"}, "geometry": point}
            found[name] = json.dumps({"type": "FeatureCollection", "features": [place]}).encode()
        elif name.endswith(".xml"):
            found[name] = b"<root><item><name>first</name><label>First</label></item></root>"
        else:
            found[name] = pixel
    return found
