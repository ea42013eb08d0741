"""Every doubt of the 5W reader, and every column, has words."""

import ast
import re

from learnin.initiatives.fivew_words import HEADINGS, HINTS
from learnin.initiatives.formats.fivew import Kind, Meaning
from learnin.initiatives.formats.fivew.whom import _LISTS
from learnin.initiatives.formats.fivew.writing import TEMPLATE
from learnin.initiatives.problem_words.fivew import WORDS
from tests.house.rules import files

SOURCES = files("learnin/initiatives/formats/fivew/*.py")
TELLING = {"NotReadable", "doubt", "_differs", "Problem"}
NAMED = re.compile(r"[a-z]+(?:_[a-z]+)+")


LATER = {"day_or_month_first", "year_of_two_digits", "no_title_column", "rows_joined", "rows_joined_by_title"}


def used() -> set[str]:
    """The codes in the source: told at once, or kept in a variable that is told later."""
    found = {f"{kind}_unknown" for kind in (*_LISTS.values(), Kind.STATUS, Kind.REACH, Kind.ORGANISATION)}
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in TELLING:
                constants = (one.value for one in ast.walk(node.args[0]) if isinstance(one, ast.Constant))
                found |= {value for value in constants if isinstance(value, str) and value != "_unknown"}
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in LATER:
                found.add(node.value)
    return found


def test_every_problem_has_words_and_no_words_are_left_over() -> None:
    assert used() > LATER
    assert {*WORDS} == used()


def test_the_words_quote_only_what_is_said() -> None:
    for words in WORDS.values():
        assert set(re.findall(r"%\((\w+)\)s", str(words))) <= {"said"}
        assert str(words) % {"said": "x"}


def test_every_column_has_a_heading_and_every_column_of_the_template_a_hint() -> None:
    assert {*HEADINGS} == {*Meaning}
    assert {*HINTS} == {*TEMPLATE}
    assert len({str(heading) for heading in HEADINGS.values()}) == len(HEADINGS)
