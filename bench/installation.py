"""An installation of its own, as in production, with the example country: made for the run, gone after it."""

import os
import platform
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from learnin.people.models import Country, Person

STATIC = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"


@contextmanager
def example() -> Iterator[None]:
    """Settings as nobody set any, a fresh SQLite database, the example country, collected static files.

    The files are not compressed in advance: that takes longer than the run and no page waits for it.
    """
    for name in [name for name in os.environ if name.startswith("LEARNIN_")]:
        del os.environ[name]
    with tempfile.TemporaryDirectory(prefix="learnin-bench-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "learnin.settings",
            "LEARNIN_DATA_DIR": folder,
            "LEARNIN_LOG_LEVEL": "ERROR",
        }
        django.setup()
        from django.conf import settings

        settings.STORAGES["staticfiles"] = {"BACKEND": STATIC}
        _fill()
        yield


def _fill() -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from learnin.demo import story
    from learnin.people import operations

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO())
    operations.load_places()
    story.tell(now=timezone.now())


def lead() -> "tuple[Country, Person]":
    """The example country, and who leads its task force."""
    from learnin.people.models import Country, Role

    chair = Role.objects.filter(kind="chair").select_related("person", "country").order_by("pk")[0]
    return chair.country or Country.objects.order_by("pk")[0], chair.person


def machine(base: str = "") -> str:
    """Where the numbers come from, and how busy it was."""
    python, base = platform.python_version(), base or f"SQLite {sqlite3.sqlite_version}"
    busy = f"{os.getloadavg()[0]:.1f} programs waiting" if hasattr(os, "getloadavg") else "load unknown"
    return f"Python {python}, Django {django.__version__}, {base}, {os.cpu_count()} processors, {busy}"
