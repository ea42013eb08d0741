"""Addresses on the web, as far as the schema lets them through."""

import re
from urllib.parse import urlsplit

_WRONG = re.compile(r"""[\s<>"{}|\\^`\[\]\x00-\x1f]|%(?![0-9A-Fa-f]{2})|#.*#""")


def is_address(said: str) -> bool:
    """Whether it is a whole address of a page or file: other schemes would run something, or lead nowhere.

    >>> [is_address(said) for said in ("https://who.int/a b", "https://who.int/a%20b", "javascript:1", "www.who.int")]
    [False, True, False, False]
    """
    try:
        parts = urlsplit(said)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https", "ftp"} and bool(parts.hostname) and is_reference(said)


def is_reference(said: str) -> bool:
    """Whether it may stand where the schema wants an address, whole or not (`www.who.int`)."""
    try:
        parts = urlsplit(said)
        _ = parts.port
    except ValueError:
        return False
    first = said.partition("/")[0]
    return not _WRONG.search(said) and (bool(parts.scheme) or ":" not in first)
