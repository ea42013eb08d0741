"""`python -m chain.phones`: phones in a process of their own. They know addresses, HTTP and XML, nothing of LearnIn.

Reads JSON from its input: {"port", "seed", "doors": [path, ...], "share"}; writes JSON: how many answers were taken.
"""

import hashlib
import http.client
import json
import sys
import threading
import urllib.parse
import uuid
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from random import Random

from lxml import etree

from chain import form_filling

PHONES = 4
EDGE = "learnin-chain-edge"
LISTED = {"l": "http://openrosa.org/xforms/xformsList"}


class Refused(RuntimeError):
    """The server did not take something."""


class Line:
    """A line to the server that stays open."""

    def __init__(self, port: int) -> None:
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
        """One question, one answer."""
        self.http.request(method, path, body, {"X-OpenRosa-Version": "1.0", **headers})
        response = self.http.getresponse()
        return response.status, response.read()


class Forms:
    """Forms that were fetched, by the fingerprint that the list gives of them: the same is not fetched twice."""

    def __init__(self) -> None:
        self.known: dict[str, form_filling.Form] = {}
        self.lock = threading.Lock()

    def get(self, line: Line, door: str) -> form_filling.Form:
        """The form behind a door, whose fingerprint must be the one that was told."""
        status, listed = line.ask("GET", f"{door}formList")
        if status != 200:
            raise Refused(f"formList answered {status}")
        (one,) = etree.fromstring(listed, form_filling.PARSER).iterfind("l:xform", LISTED)
        told = one.findtext("l:hash", namespaces=LISTED)
        with self.lock:
            if told not in self.known:
                url = urllib.parse.urlsplit(one.findtext("l:downloadUrl", namespaces=LISTED))
                _status, xform = line.ask("GET", url.path)
                if told != f"md5:{hashlib.md5(xform, usedforsecurity=False).hexdigest()}":
                    raise Refused("the form is not the one that was listed")
                self.known[told] = form_filling.read(xform)
            return self.known[told]


def send(line: Line, forms: Forms, door: str, seed: str) -> int:
    """Fetch, fill, send. The device says that it is simulated."""
    chance = Random(seed)
    id_ = f"uuid:{uuid.UUID(int=chance.getrandbits(128), version=4)}"
    xml = form_filling.filled(forms.get(line, door), chance, instance_id=id_, email="simulated@chain.example")
    body = (
        f'--{EDGE}\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="answer.xml"\r\n'
        "Content-Type: text/xml\r\n\r\n"
    ).encode() + xml + f"\r\n--{EDGE}--\r\n".encode()  # fmt: skip
    kind = f"multipart/form-data; boundary={EDGE}"
    path = f"{door}submission?deviceID={form_filling.MARK}"
    status, _said = line.ask("POST", path, body, **{"Content-Type": kind})
    return status


def answer(port: int, doors: Iterable[str], *, seed: int, share: float) -> Counter[int]:
    """Answer behind so many of these doors, by chance. Tells how often the server said what."""
    chance, forms, here = Random(seed), Forms(), threading.local()

    def one(numbered: tuple[int, str]) -> int:
        if not hasattr(here, "line"):
            here.line = Line(port)
        number, door = numbered
        return send(here.line, forms, door, f"{seed}-{number}")

    wanted = [(number, door) for number, door in enumerate(doors) if chance.random() < share]
    with ThreadPoolExecutor(PHONES) as phones:
        return Counter(phones.map(one, wanted))


def main() -> None:
    """Read what to do, do it, tell."""
    told = json.load(sys.stdin)
    print(json.dumps(answer(told["port"], told["doors"], seed=told["seed"], share=told["share"])))


if __name__ == "__main__":
    main()
