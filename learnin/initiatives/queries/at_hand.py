"""The register of a country kept in memory for comparing, and how it is kept fresh.

Each process keeps its own. Before each use it asks the database for a stamp of the register (how many initiatives,
which, and when one last changed). Where the stamp moved, only what changed is described anew and told to the register,
which lays it beside the rest (`learnin.compute.relations.register`), so that nobody waits while thousands are counted
again. A new name of an organisation comes in with the next change of its initiatives, or when the process starts again.
"""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Sum

from learnin.initiatives.queries.described import described, in_register
from learnin.initiatives.queries.fitted import in_use
from learnin.people.models import Country

if TYPE_CHECKING:
    from learnin.compute.relations import Described, Register, Related

MOST = 4  # countries at hand in one process; one of 10,000 records takes about 300 MB
Stamp = tuple[int, int, datetime | None]


@dataclass
class _Held:
    """The register, and the state of the database that it shows."""

    register: "Register"
    weights: str
    stamp: Stamp = (0, 0, None)
    changed: dict[int, datetime] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


_held: OrderedDict[str, _Held] = OrderedDict()
_door = Lock()


def related(country: Country, draft: "Described", least: float) -> "list[Related]":
    """Initiatives of the country, as the database has them now, that belong together with a draft; likeliest first."""
    with _fresh(country) as held:
        return held.register.related(draft, least)


def register_of(country: Country) -> "Register":
    """The whole register of the country as the database has it now."""
    with _fresh(country) as held:
        return held.register


def stamp(country: Country) -> Stamp:
    """What moves whenever an initiative comes into the register, changes there or leaves it."""
    found = in_register(country).aggregate(count=Count("pk"), sum=Sum("pk"), last=Max("changed_at"))
    return found["count"], found["sum"] or 0, found["last"]


def forget() -> None:
    """Begin again with nothing at hand: for tests, where SQLite uses a number again."""
    with _door:
        _held.clear()


@contextmanager
def _fresh(country: Country) -> Iterator[_Held]:
    """What is held of the country, brought up to now; for one at a time."""
    held = _hold(country)
    with held.lock:
        now = stamp(country)
        if now != held.stamp:
            _catch_up(held, country)
            held.stamp = now
        yield held


def _hold(country: Country) -> _Held:
    from learnin.compute.relations import Register, read, shipped

    weights = in_use()
    with _door:
        held = _held.get(country.pk)
        if held is None or held.weights != weights:
            held = _held[country.pk] = _Held(Register(read(weights) if weights else shipped()), weights)
        _held.move_to_end(country.pk)
        while len(_held) > MOST:
            _held.popitem(last=False)
    return held


def _catch_up(held: _Held, country: Country) -> None:
    now = dict(in_register(country).order_by().values_list("pk", "changed_at"))
    for gone in held.changed.keys() - now.keys():
        held.register.discard(gone)
    moved = {pk for pk, at in now.items() if held.changed.get(pk) != at}
    for one in described(country, moved) if held.changed else described(country):
        held.register.add(one)
    held.changed = now
