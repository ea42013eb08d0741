"""The register of a country kept in memory for comparing, and how it is kept fresh.

Each process keeps its own. Before each use it asks the database for a stamp of the register (how many initiatives,
which, and when one last changed). Where the stamp moved, only what changed is described anew: it stands in a small
register beside the large one, so that nobody waits while thousands are counted again, and goes into the large one once
there is much of it. A new name of an organisation comes in with the next change of its initiatives, or when the process
starts again.
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
BESIDE = 200  # changes that stand beside the large register before they go into it
Stamp = tuple[int, int, datetime | None]


@dataclass
class _Held:
    """The large register, what changed since it was counted, and the state of the database that both show."""

    register: "Register"
    weights: str
    beside: "Register | None" = None
    moved: set[int] = field(default_factory=set)
    stamp: Stamp = (0, 0, None)
    changed: dict[int, datetime] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


_held: OrderedDict[str, _Held] = OrderedDict()
_door = Lock()


def related(country: Country, draft: "Described", least: float) -> "list[Related]":
    """Initiatives of the country, as the database has them now, that belong together with a draft; likeliest first."""
    with _fresh(country) as held:
        found = [one for one in held.register.related(draft, least) if one.second not in held.moved]
        if held.beside:
            found += held.beside.related(draft, least)
    return sorted(found, key=lambda one: (-one.score, one.second))


def register_of(country: Country) -> "Register":
    """The whole register of the country as the database has it now."""
    with _fresh(country) as held:
        _take_in(held, country)
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
    from learnin.compute.relations import Register

    now = dict(in_register(country).order_by().values_list("pk", "changed_at"))
    if not held.changed:
        for one in described(country):
            held.register.add(one)
        held.changed = now
        return
    held.moved |= {pk for pk, at in held.changed.items() if now.get(pk) != at}
    held.moved |= now.keys() - held.changed.keys()
    held.changed = now
    if len(held.moved) > BESIDE:
        _take_in(held, country)
        return
    held.beside = Register(beside=held.register)
    for one in described(country, held.moved):
        held.beside.add(one)


def _take_in(held: _Held, country: Country) -> None:
    """Put what changed into the large register."""
    for gone in held.moved:
        held.register.discard(gone)
    for one in described(country, held.moved):
        held.register.add(one)
    held.moved, held.beside = set(), None
