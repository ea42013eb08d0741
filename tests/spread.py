"""How a run is shared between two processes (pytest -n 2): what takes longest first, the tests of a file together.

What the tests of a file prepare once is then prepared by one process. xdist's own `--dist loadgroup` cannot do it with
pytest 9.2: it writes the group into an attribute that pytest does not read any more.
"""

from collections.abc import Iterable, Sequence
from itertools import count, groupby
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

LONGEST = (
    "tests/browser/test_every_page.py",  # before the journeys change what the pages show
    "tests/initiatives/test_import_real_files.py",
    "tests/test_chain.py",
    "tests/journal/test_worker.py",
    "tests/house/test_bench.py",
    "tests/house/test_pages.py",
    "tests/house/test_strange_input.py",
    "tests/assessment/test_answers_survive.py",
    "tests/assessment/test_openrosa.py",
    "tests/house/test_access_matrix.py",
    "tests/house/test_security.py",
    "tests/house/test_isolation.py",
    "tests/assessment/test_open_data.py",
    "tests/api/test_schema.py",
    "tests/demo/test_demo.py",
)
APART = {
    "tests/browser/test_every_page.py",
    "tests/house/test_access_matrix.py",
    "tests/house/test_bench.py",
    "tests/house/test_isolation.py",
    "tests/house/test_security.py",
    "tests/house/test_strange_input.py",
    "tests/initiatives/test_import_real_files.py",
}  # long files whose tests share nothing that costs: each goes to whoever is free


def file_of(nodeid: str) -> str:
    """Where a test stands."""
    return nodeid.partition("::")[0]


def longest_first(items: list[pytest.Item]) -> None:
    """Bring what takes longest to the front; all else stays in its order."""
    place = {file: number for number, file in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(file_of(item.nodeid), len(LONGEST)))


def units(nodeids: Iterable[str]) -> dict[str, str]:
    """To which unit each test belongs: neighbours of one file are one, a test of a file in APART is one by itself.

    pytest-django puts tests that empty the database after those that need it filled: so a file may be in two places.
    """
    number, found = count(), {}
    for file, neighbours in groupby(nodeids, file_of):
        name = f"{file} {next(number)}"
        found |= {one: one if file in APART else name for one in neighbours}
    return found


class Spread(LoadScopeScheduling):
    """Hands out units in the order in which they were collected."""

    def __init__(self, config: pytest.Config, log: Any = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False  # not by how many tests, but by how long
        self._units: dict[str, str] = {}

    def add_node_collection(self, node: Any, collection: Sequence[str]) -> None:
        """Take what a process collected; both collect the same."""
        super().add_node_collection(node, collection)
        self._units = self._units or units(collection)

    def _split_scope(self, nodeid: str) -> str:
        return self._units[nodeid]
