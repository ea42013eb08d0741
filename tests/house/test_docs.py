"""The papers of the house are there, and its numbers are computed."""

import pytest

from tests.house.rules import ROOT, Source, docs, files

METHODS = files("docs/methods/*.md")
TESTS = files("tests/compute/**/*.py")
PARTS = ("**Question.**", "**Assumptions.**", "**When not to use it.**", "**Source.**", "Worked ")


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "docs/words.md", "docs/bench.md"]
)
def test_the_paper_is_there(name: str) -> None:
    assert (ROOT / name).read_text().strip()


def test_a_test_computes_the_numbers_of_every_method() -> None:
    planted = Source("docs/methods/planted.md", "# Planted")
    assert METHODS
    assert list(docs.methods_nobody_computes(METHODS, TESTS)) == []
    assert list(docs.methods_nobody_computes([planted], TESTS)) == [
        "docs/methods/planted.md: no test reads its numbers"
    ]


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.path)
def test_a_method_says_what_a_reader_must_know(method: Source) -> None:
    assert [part for part in PARTS if part not in method.text] == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(source.name.name[:4]) for source in files("docs/decisions/*.md")]
    assert list(docs.numbers_missing([1, 2, 4, 4])) == ["3 is missing", "4 stands twice"]
    assert list(docs.numbers_missing(numbers)) == []
