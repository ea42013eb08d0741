"""The door for gunicorn in a benchmark: LearnIn, and beside it the floor that answers the same bytes."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

from bench.installation import STATIC

settings.STORAGES["staticfiles"] = {"BACKEND": STATIC}

from bench import floor  # noqa: E402  (Django stands now)
from learnin.wsgi import application as learnin  # noqa: E402  (the line above comes first)

floor.answers |= {one.name + "/": one.read_bytes() for one in Path(os.environ["LEARNIN_DATA_DIR"]).glob("floor-*")}
bare = floor.Bare()


def application(environ: dict[str, Any], begin: Callable[..., Any]) -> Iterable[bytes]:
    """The floor for its own addresses, LearnIn for all others."""
    return (bare if environ["PATH_INFO"].startswith("/floor-") else learnin)(environ, begin)
