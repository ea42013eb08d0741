"""Phones that post answers over lines that stay open, as leanly as Python can: they share the processors."""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from bench.crowd import Waited

PHONES = 8
BYTES = 1500
EDGE = "bench-edge"


def answer(id_: str) -> bytes:
    """An answer to 30 questions, of 1.5 kB."""
    inside = "".join(f"<question_{n}>answer {n}</question_{n}>" for n in range(30))
    said = (
        f'<?xml version="1.0"?><data id="bench" version="1" xmlns:orx="http://openrosa.org/xforms">{inside}'
        f"<note></note><orx:meta><orx:instanceID>uuid:{id_}</orx:instanceID></orx:meta></data>"
    )
    return said.replace("<note>", f"<note>{'x' * max(0, BYTES - len(said))}").encode()


def post(path: str, xml: bytes) -> bytes:
    """A whole request, as Collect writes it."""
    body = (
        f'--{EDGE}\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="answer.xml"\r\n'
        f"Content-Type: text/xml\r\n\r\n"
    ).encode() + xml + f"\r\n--{EDGE}--\r\n".encode()  # fmt: skip
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-OpenRosa-Version: 1.0\r\nAccept-Language: en\r\n"
        f"Content-Type: multipart/form-data; boundary={EDGE}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def send(port: int, path: str, *, seconds: float) -> Waited:
    """Every phone sends one new answer after the other. Raises RuntimeError for an answer that is not taken."""
    until = time.monotonic() + seconds
    began = time.monotonic()
    with ThreadPoolExecutor(PHONES) as phones:
        tasks = [phones.submit(list, _one(port, path, until)) for _phone in range(PHONES)]
        times = [one for task in tasks for one in task.result()]
    return Waited(tuple(times), time.monotonic() - began)


def _one(port: int, path: str, until: float) -> Iterator[float]:
    with socket.create_connection(("127.0.0.1", port), 60) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while time.monotonic() < until:
            request = post(path, answer(str(uuid4())))
            began = time.perf_counter()
            line.sendall(request)
            status = _status(line)
            if status != b"201":
                raise RuntimeError(f"{path} answered {status.decode()}")
            yield (time.perf_counter() - began) * 1000


def _status(line: socket.socket) -> bytes:
    """Read one answer to its end."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += _more(line)
    head, _break, body = got.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"\r\ncontent-length:")[2].split(b"\r\n")[0])
    while len(body) < length:
        body += _more(line)
    return head[9:12]


def _more(line: socket.socket) -> bytes:
    piece = line.recv(65536)
    if not piece:
        raise RuntimeError("the server closed the line")
    return piece
