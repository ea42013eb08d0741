"""Calls to programs outside: only over HTTPS, only to addresses of the open internet, following nothing.

The name is looked up once, each address behind it is looked at, and the call goes to that very address: a name that
means something else a moment later leads nowhere.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

SECONDS = 10
ANSWER_BYTES = 300
HERE = "127.0.0.1"


class NotCallable(Exception):
    """Nothing is sent to this address. `reason` is one of: unreadable, https, private, unknown."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Target:
    """Where a call goes."""

    host: str
    port: int
    path: str
    ip: str
    is_secure: bool


def target(url: str, *, allow_here: bool = False) -> Target:
    """Where this address leads. Raises NotCallable.

    allow_here: plain HTTP to this very machine is fine, while LearnIn is built.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise NotCallable("unreadable") from None
    if not host or parts.username or parts.password or parts.fragment or not url.isascii() or set(url) & set(" \r\n\t"):
        raise NotCallable("unreadable")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if allow_here and host == HERE and parts.scheme in {"http", "https"}:
        is_secure = parts.scheme == "https"
        return Target(host, port or (443 if is_secure else 80), path, HERE, is_secure)
    if parts.scheme != "https":
        raise NotCallable("https")
    return Target(host, port or 443, path, _open_address(host, port or 443), True)


def _open_address(host: str, port: int) -> str:
    """The first address behind a name; all of them must be of the open internet. Raises NotCallable."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotCallable("unknown") from None
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not all(is_open(one) for one in addresses):
        raise NotCallable("private")
    return addresses[0]


def is_open(address: str) -> bool:
    """Whether an address belongs to the open internet, and not to somebody's own network.

    >>> is_open("10.0.0.1"), is_open("::ffff:127.0.0.1"), is_open("169.254.169.254"), is_open("8.8.8.8")
    (False, False, False, True)
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            found = found.ipv4_mapped
        elif found.sixtofour or found.teredo or found in ipaddress.ip_network("64:ff9b::/96"):
            return False  # these carry an IPv4 address inside
    return found.is_global and not found.is_multicast


def post(to: Target, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
    """Send it. Returns the status and the beginning of what was answered. Raises OSError, http.client.HTTPException."""
    plain = socket.create_connection((to.ip, to.port), timeout=SECONDS)
    connection = http.client.HTTPConnection(to.host, to.port, timeout=SECONDS)
    try:
        connection.sock = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=to.host) if to.is_secure else plain
        )
        connection.request("POST", to.path, body=body, headers={**headers, "Connection": "close"})
        response = connection.getresponse()
        return response.status, response.read(ANSWER_BYTES).decode(errors="replace")
    finally:
        connection.close()
        plain.close()
