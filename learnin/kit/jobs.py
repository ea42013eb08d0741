"""Work done later: which operations may run in the background, and how they say how far they are. No tables here."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import time
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.core.cache import cache
from django.utils.functional import Promise

Function = TypeVar("Function", bound=Callable[..., Any])
DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a job starts by itself: every so many minutes, or each day at a time (UTC)."""

    minutes: int = 0
    at: time | None = None

    @classmethod
    def read(cls, words: str) -> "Schedule":
        """Read "every 10 minutes", "every hour" or "daily 04:30". Raises ValueError."""
        if words == "every hour":
            return cls(minutes=60)
        if every := re.fullmatch(r"every (\d+) minutes?", words):
            return cls(minutes=int(every[1]))
        if daily := re.fullmatch(r"daily (\d\d:\d\d)", words):
            return cls(at=time.fromisoformat(daily[1]))
        raise ValueError(words)


@dataclass(frozen=True, slots=True)
class Work:
    """An operation that may run in the background."""

    name: str
    function: Callable[..., Any]
    label: str | Promise
    tries: int
    atomic: bool
    schedule: Schedule | None


_known: dict[str, Work] = {}


def job(
    *, label: str | Promise, tries: int = 5, atomic: bool = True, schedule: str | None = None
) -> Callable[[Function], Function]:
    """Allow an operation to run in the background, under its dotted name.

    atomic: what it writes and the mark that it is done are one transaction, so it counts once even when its worker is
    killed. On SQLite that transaction keeps every other writer waiting: work longer than a second or two says
    atomic=False, computes first, and writes inside `with jobs.finishing():`.
    """

    def register(function: Function) -> Function:
        name = name_of(function)
        _known[name] = Work(name, function, label, tries, atomic, Schedule.read(schedule) if schedule else None)
        return function

    return register


def name_of(function: Callable[..., Any]) -> str:
    """The name under which a job is remembered."""
    return f"{function.__module__}.{function.__qualname__}"


def find(name: str) -> Work | None:
    """The job of this name; its module is imported when nobody has done so yet."""
    if name not in _known:
        try:
            import_module(name.rpartition(".")[0])
        except (ImportError, ValueError):
            return None
    return _known.get(name)


def discover() -> list[Work]:
    """All jobs of all our apps, by name: looks into every `operations`."""
    for app in apps.get_app_configs():
        if not app.name.startswith("learnin.") or "operations" not in {part.name for part in iter_modules([app.path])}:
            continue
        package = import_module(f"{app.name}.operations")
        for part in iter_modules(getattr(package, "__path__", [])):
            import_module(f"{package.__name__}.{part.name}")
    return [_known[name] for name in sorted(_known)]


@dataclass(frozen=True, slots=True)
class Running:
    """The job this code runs in."""

    pk: UUID
    is_last_try: bool
    finishing: Callable[[], AbstractContextManager[None]]


_running: ContextVar[Running | None] = ContextVar("running job", default=None)


@contextmanager
def running(pk: UUID, *, is_last_try: bool, finishing: Callable[[], AbstractContextManager[None]]) -> Iterator[None]:
    """Everything inside is done by this job."""
    token = _running.set(Running(pk, is_last_try, finishing))
    try:
        yield
    finally:
        _running.reset(token)


def finishing() -> AbstractContextManager[None]:
    """One transaction with the mark that the job is done: for jobs with atomic=False. Outside a job it is nothing."""
    now_running = _running.get()
    return now_running.finishing() if now_running else nullcontext()


def is_last_try() -> bool:
    """Nobody will try again after this. Also true outside a job."""
    now_running = _running.get()
    return now_running is None or now_running.is_last_try


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is, in its own words."""

    done: int
    total: int
    message: str


def progress(done: int, total: int, message: str | Promise = "") -> None:
    """Tell the page of this job how far it is. Kept in the cache: the job's transaction may hold the database."""
    now_running = _running.get()
    if now_running:
        cache.set(f"job:{now_running.pk}", (done, total, str(message)), DAY)


def progress_of(pk: UUID) -> Progress | None:
    """What a job last said about itself."""
    said = cache.get(f"job:{pk}")
    return Progress(*said) if said else None
