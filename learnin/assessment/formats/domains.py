"""Groups of people, as one text: `place=town|sex=woman`. Everybody is the empty text."""

from collections.abc import Iterable, Mapping

_WRITTEN = str.maketrans({"\\": r"\\", "|": r"\|", "=": r"\="})


def key(domain: Iterable[tuple[str, object]]) -> str:
    """The text of a group: its groupings in their order, each with its value. No two groups have the same.

    >>> key([("place", "town"), ("name", "a|b=c")])
    'place=town|name=a\\\\|b\\\\=c'
    """
    return "|".join(f"{_safe(code)}={_safe(value)}" for code, value in domain)


def groupings(domain: Mapping[str, object]) -> str:
    """The groupings of a group, in their order: `place|sex`."""
    return "|".join(_safe(code) for code in domain)


def _safe(value: object) -> str:
    return str(value).translate(_WRITTEN)
