"""The words behind the codes that lines and notices keep: "role: chair" is read as "Role: Task force chair".

A stage gives the names of its places when it starts, and how their codes become words where they do:

    words.place("role", _("Role"), lambda codes: {code: Kind(code).label for code in codes})
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from learnin.kit import written
from learnin.programme import reader
from learnin.programme.formats.items import Kind

Resolver = Callable[[Collection[Any]], Mapping[Any, Any]]
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[0-9.]*(Z|[+-]\d\d:\d\d)")

_names: dict[str, str | Promise] = {}
_resolvers: dict[str, Resolver] = {}


def place(key: str, name: str | Promise, resolver: Resolver | None = None) -> None:
    """Name a place; the resolver turns many codes at once into words, in the reader's language."""
    _names[key] = name
    if resolver:
        _resolvers[key] = resolver


def said(choices: type[TextChoices]) -> Resolver:
    """How the codes of these choices become words."""
    return lambda codes: dict(choices.choices)


def of_programme(kind: Kind) -> Resolver:
    """How ids of the programme become names."""
    return lambda codes: {item.id: item.name for item in reader.current().items(kind)}


def name(key: str) -> str:
    """How people call this place."""
    return capfirst(str(_names.get(key, key.replace("_", " "))))


def known() -> Mapping[str, str | Promise]:
    """Every place some stage named."""
    return dict(_names)


class Places(dict[str, Any]):
    """What fills a sentence; a place nobody filled stays open."""

    def __missing__(self, key: str) -> str:
        return "…"


def resolve(values: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[Any, Any]]:
    """The words for all codes in these values, each place looked up once."""
    codes: dict[str, set[Any]] = {}
    for one in values:
        for key, kept in one.items():
            if key in _resolvers:
                several = kept if isinstance(kept, list) else [kept]
                codes.setdefault(key, set()).update(code for code in several if isinstance(code, str | int))
    return {key: _resolvers[key](found) for key, found in codes.items()}


def say(value: Any) -> str:
    """A kept value as people read it: days in words, yes and no, a dash for nothing."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, list):
        return ", ".join(say(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {say(one)}" for key, one in value.items())
    if isinstance(value, str) and DAY.fullmatch(value):
        return written.day(date.fromisoformat(value))
    if isinstance(value, str) and MOMENT.fullmatch(value):
        return written.moment(datetime.fromisoformat(value))
    return str(value)
