"""Every problem that an IATI file can have is told in words."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

import learnin.initiatives.formats.iati as package
from learnin.initiatives.formats.iati import Doubt
from learnin.initiatives.problem_words.iati import WORDS

SOURCE = "\n".join(path.read_text() for path in Path(package.__file__).parent.glob("*.py"))


def test_every_problem_has_words_and_all_words_a_problem() -> None:
    assert WORDS.keys() == {doubt.value for doubt in Doubt}


@pytest.mark.parametrize("doubt", Doubt)
def test_the_words_take_what_stands_there_and_end_as_a_sentence(doubt: Doubt) -> None:
    with override("en"):
        words = str(WORDS[doubt]) % {"said": "x"}
    assert words.endswith(".")
    assert "%" not in words


@pytest.mark.parametrize("doubt", Doubt)
def test_every_problem_is_told_somewhere(doubt: Doubt) -> None:
    assert re.search(rf"Doubt\.{doubt.name}\b", SOURCE)
