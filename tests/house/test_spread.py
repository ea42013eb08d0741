"""How a run is shared: what costs is prepared once."""

from tests import spread
from tests.house.rules import ROOT


def test_neighbours_of_a_file_go_to_one_process() -> None:
    asked = ["a.py::one", "a.py::two[x::y]", "b.py::one", "a.py::three", "tests/house/test_bench.py::one"]
    found = spread.units(asked)
    assert found["a.py::one"] == found["a.py::two[x::y]"]
    assert len({*found.values()}) == 4, "what pytest-django put elsewhere in the order stays there"
    assert list(found) == asked


def test_the_long_files_are_there() -> None:
    assert set(spread.LONGEST) >= spread.APART
    assert [file for file in spread.LONGEST if not (ROOT / file).is_file()] == []
