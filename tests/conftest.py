"""What every test may ask for."""

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from hypothesis import settings as laws

from learnin.assessment.queries import questionnaire
from learnin.initiatives.queries import at_hand
from learnin.people import operations
from learnin.people.models import Person
from tests import cast as players
from tests import spread
from tests.cast import Cast

# The same examples each time: a test that passed passes again, whoever runs it. To look further with examples that
# nobody saw yet: pytest --hypothesis-profile=search.
laws.register_profile("steady", derandomize=True)
laws.register_profile("search", derandomize=False)
laws.load_profile("steady")
REACH = {"db", "transactional_db", "live_server", "django_db_setup"}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    """A database where the countries of the programme stand."""
    with django_db_blocker.unblock():
        operations.load_places()


@pytest.fixture(autouse=True)
def _own_corner(settings: object, tmp_path: Path) -> Iterator[None]:
    """Each test has its own files, nothing kept from another (SQLite uses a number again), and begins in English."""
    settings.MEDIA_ROOT = tmp_path / "files"
    storage = settings.STORAGES["default"]
    settings.STORAGES = {**settings.STORAGES, "default": {**storage, "OPTIONS": {"location": tmp_path / "files"}}}
    cache.clear()
    questionnaire.at_hand.cache_clear()
    at_hand.forget()
    with translation.override("en"):
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    """The same few people everywhere."""
    return players.cast()


@pytest.fixture
def as_() -> Callable[[Person | None], Client]:
    """Sign a person in."""
    return players.as_


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> spread.Spread | None:
    """Share the tests between the processes of `-n 2`."""
    return spread.Spread(config, log) if config.getvalue("dist") == "load" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what works with the database: pytest-django lets no other test reach it. Then the longest come first."""
    for item in items:
        if item.get_closest_marker("django_db") or REACH.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("database")
    spread.longest_first(items)


def pytest_collection_finish() -> None:
    """All modules are in and stay: nothing of them is looked through for what can go (as in learnin.wsgi)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many of the reference numbers of R survey are ours too."""
    passed = terminalreporter.stats.get("passed", [])
    found = Counter(value for report in passed for name, value in report.user_properties if name == "reference")
    if found:
        told = ", ".join(f"{count} {what}" for what, count in sorted(found.items()))
        terminalreporter.write_line(f"reference: {told}")
