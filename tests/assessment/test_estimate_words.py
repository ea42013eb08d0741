"""Every warning of the estimation engine has words for the reader of a page."""

import re

import pytest

from learnin.assessment import estimate_words
from learnin.compute.survey.refusals import WARNINGS


@pytest.mark.parametrize("code", WARNINGS)
def test_every_warning_is_a_sentence_and_not_a_code(code: str) -> None:
    facts = dict.fromkeys(re.findall(r"%\((\w+)\)s", WARNINGS[code]), 7)
    said = estimate_words.careful({"code": code, **facts})
    assert said != code
    assert said.endswith(".")
    assert "%(" not in said
