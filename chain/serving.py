"""A real server beside the walk, and what other processes do with it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench import server


@contextmanager
def served() -> Iterator[int]:
    """LearnIn under gunicorn, on this installation: the port."""
    from django.db import connections

    connections.close_all()  # the server is the one that writes now
    environ = os.environ | {"PYTHONPATH": str(server.ROOT)}
    with server.serving(environ, workers=1, threads=4) as (port, _process):
        yield port


def outside(module: str, told: dict[str, Any]) -> Any:
    """What a program outside says: it gets JSON, and none of our settings."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("LEARNIN_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", module],
        cwd=server.ROOT,
        env=environ,
        input=json.dumps(told),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)
