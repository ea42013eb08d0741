"""An installation of its own for one walk: made before it, gone after it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import django

from bench import database
from bench.installation import STATIC


@contextmanager
def own() -> Iterator[None]:
    """Settings as nobody set any, a fresh database, the countries and areas, static files for the pages."""
    for name in [name for name in os.environ if name.startswith("LEARNIN_")]:
        del os.environ[name]
    with tempfile.TemporaryDirectory(prefix="learnin-chain-") as folder, database.own("chain") as address:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "learnin.settings",
            "LEARNIN_DATA_DIR": folder,
            "LEARNIN_LOG_LEVEL": "ERROR",
        } | address
        django.setup()
        _lay()
        try:
            yield
        finally:
            from django.db import connections

            connections.close_all()


def _lay() -> None:
    from django.conf import settings
    from django.core.management import call_command

    from learnin.people import operations

    settings.STORAGES["staticfiles"] = {"BACKEND": STATIC}
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO())
    operations.load_places()
