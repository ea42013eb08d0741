"""What all tests of a file begin with, made once and left standing. What a test changes goes with it, as everywhere.

pytest-django lets a test run inside a wider transaction, as a savepoint of it. For files where every test begins so.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.test.utils import override_settings
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

T = TypeVar("T")


@contextmanager
def standing(make: Callable[[], T], blocker: DjangoDbBlocker, folder: Path) -> Iterator[T]:
    """What was made, while the tests of the file run; its files lie in the folder. Then it is gone."""
    storages = {**settings.STORAGES, "default": settings.STORAGES["default"] | {"OPTIONS": {"location": folder}}}
    with blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=folder, STORAGES=storages), translation.override("en"):
            made = make()
        yield made
        transaction.set_rollback(True)
