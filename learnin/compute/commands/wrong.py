"""What is wrong with a SPEC or its data: the key, and what to do about it."""

import difflib
from collections.abc import Iterable

SPEC_WRONG, DATA_WRONG, FILE_WRONG = 2, 3, 4
"""Exit codes: the SPEC (or the command line) is wrong, its data or design allow no estimate, a file does not open."""


class Wrong(Exception):
    """Nothing was computed: the key of the SPEC where it goes wrong, words for people, and the exit code."""

    def __init__(self, key: str, words: str, code: int = SPEC_WRONG) -> None:
        super().__init__(f"{key}: {words}" if key else words)
        self.key, self.words, self.code = key, words, code


def meant(word: str, known: Iterable[str]) -> str:
    """A question whether one of the known words was meant; without one that is close, all of them.

    >>> meant("scor", ["score", "school"])
    'did you mean "score"?'
    >>> meant("x", ["score", "school"])
    'known here: school, score'
    """
    names = sorted(set(known))
    close = difflib.get_close_matches(word, names, n=1)
    return f'did you mean "{close[0]}"?' if close else f"known here: {', '.join(names)}"
