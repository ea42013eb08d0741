"""What can be wrong in a file of initiatives, in words for people, whichever reader found it."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnin.initiatives.problem_words import fivew, iati, register

WORDS: Mapping[str, str | Promise] = {**fivew.WORDS, **iati.WORDS, **register.WORDS}
WARNING = _("It comes in")
ERROR = _("It stays out")


def words(code: str, said: str = "") -> str:
    """What is wrong, as a sentence that quotes what stands there."""
    return str(WORDS[code]) % {"said": said} if code in WORDS else code


def of(kept: Mapping[str, Any]) -> str:
    """The words of a problem as it is kept."""
    return words(str(kept["code"]), str(kept.get("said", "")))
