"""How a run is shared: what costs is prepared once, and PostgreSQL is asked by every test that may reach it."""

import ast
from collections.abc import Iterator

import pytest

from learnin.people.models import Country
from tests import spread
from tests.house.rules import ROOT, Source, files, planted

STARTERS = {"environment", "own_database", "in_the_field"}  # start processes that work on the server of this run


def starters_without_mark(source: Source) -> Iterator[str]:
    """Tests whose processes work with a database, and whose file does not say so."""
    tree = ast.parse(source.text)
    named = {one.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for one in node.names}
    if named & STARTERS and "pytestmark = pytest.mark.database" not in source.text:
        yield "starts processes with a database: pytestmark = pytest.mark.database"


def test_neighbours_of_a_file_go_to_one_process() -> None:
    asked = ["a.py::one", "a.py::two[x::y]", "b.py::one", "a.py::three", "tests/house/test_bench.py::one"]
    found = spread.units(asked)
    assert found["a.py::one"] == found["a.py::two[x::y]"]
    assert len({*found.values()}) == 4, "what pytest-django put elsewhere in the order stays there"
    assert list(found) == asked


def test_the_long_files_are_there() -> None:
    assert set(spread.LONGEST) >= spread.APART
    assert [file for file in spread.LONGEST if not (ROOT / file).is_file()] == []


def test_who_has_no_mark_reaches_no_database() -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Country.objects.count()


def test_who_reaches_the_database_has_the_mark(db: None, request: pytest.FixtureRequest) -> None:
    assert Country.objects.exists()
    assert request.node.get_closest_marker("database")


def test_who_starts_processes_with_a_database_has_the_mark() -> None:
    without = planted("tests/planted.py", "from tests.installation import environment\n")
    assert list(starters_without_mark(*without))
    assert [source.path for source in files("tests/**/test_*.py") if list(starters_without_mark(source))] == []
