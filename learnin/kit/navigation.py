"""Which stages stand in the bar. Each app adds its own from `ready()`; nobody lists the others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from django.urls import get_script_prefix, reverse


class Place(Protocol):
    """Where a page is: a country, or the region."""

    @property
    def name(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def is_example(self) -> bool: ...


def address(url_name: str) -> str:
    """Where a page without arguments is."""
    return _address(url_name, get_script_prefix())


@cache
def _address(url_name: str, prefix: str) -> str:
    """Worked out once: these links stand on every page."""
    return reverse(url_name)


def everyone(person: Any, place: Place | None) -> bool:
    """Every signed-in person may see it."""
    return bool(person.is_authenticated)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage in the bar. Its address is a url name without arguments, or a function of the place."""

    key: str
    label: Any
    order: int
    url_name: str = ""
    url: Callable[[Any], str] | None = None
    may: Callable[[Any, Any], bool] = everyone

    def address(self, place: Place | None) -> str:
        """Where the link leads."""
        return self.url(place) if self.url else address(self.url_name)


@dataclass(frozen=True, kw_only=True)
class Mine:
    """One link about the person, at the end of the bar: their name, their notices."""

    key: str
    label: Callable[[Any], Any]
    url_name: str
    order: int


@dataclass(frozen=True, kw_only=True)
class Foot:
    """One link at the foot of every page: help, words, privacy."""

    key: str
    label: Any
    url_name: str
    order: int


_stages: dict[str, Stage] = {}
_mine: dict[str, Mine] = {}
_foot: dict[str, Foot] = {}


def register(entry: Stage | Mine | Foot) -> None:
    """Add a stage or a link about the person to the bar, or a link to the foot of the page."""
    if isinstance(entry, Stage):
        if bool(entry.url_name) == bool(entry.url):
            raise ValueError(f"Stage {entry.key} needs either url_name or url")
        _stages[entry.key] = entry
    elif isinstance(entry, Mine):
        _mine[entry.key] = entry
    else:
        _foot[entry.key] = entry


def _in_order(entries: Iterable[Any]) -> list[Any]:
    return sorted(entries, key=lambda entry: (entry.order, entry.key))


def stages(person: Any, place: Place | None) -> list[Stage]:
    """The stages that this person may see in this place, in order."""
    return [stage for stage in _in_order(_stages.values()) if stage.may(person, place)]


def mine() -> list[Mine]:
    """The links about the person, in order."""
    return _in_order(_mine.values())


def foot() -> list[Foot]:
    """The links at the foot of the page, in order."""
    return _in_order(_foot.values())
