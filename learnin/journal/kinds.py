"""What notices say: one sentence for each kind, with places filled when it is read.

A stage gives its kinds when it starts (`ready()` in its `apps.py`):

    kinds.register({"role.given": _("You have a new role: %(role)s")})

A notice keeps codes where it can (a role, a country), so that it speaks each reader's language: see `words`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext

from learnin.journal import words

Sentence = str | Promise

_sentences: dict[str, Sentence] = {}


class UnknownKind(LookupError):
    """An operation tells something that no stage has a sentence for: a bug."""


def register(sentences: Mapping[str, Sentence]) -> None:
    """Give kinds of notices their sentences."""
    for kind, sentence in sentences.items():
        if kind in _sentences and _sentences[kind] is not sentence:
            raise ValueError(f"The kind of notice {kind} has a sentence already.")
        _sentences[kind] = sentence


def known() -> Mapping[str, Sentence]:
    """Every kind with its sentence."""
    return dict(_sentences)


def require(kind: str) -> None:
    """Raise UnknownKind when nobody could read this notice."""
    if kind not in _sentences:
        raise UnknownKind(f"No sentence for the notice {kind}: register one in apps.py (journal.kinds.register).")


def say_all(notices: Iterable[tuple[str, Mapping[str, Any]]]) -> list[str]:
    """The sentences of these notices (kind, params), each place looked up once for all of them."""
    notices = list(notices)
    found = words.resolve(params for _kind, params in notices)
    return [_say(kind, {key: found.get(key, {}).get(code, code) for key, code in params.items()})
            for kind, params in notices]  # fmt: skip


def _say(kind: str, places: Mapping[str, Any]) -> str:
    sentence = _sentences.get(kind)
    if sentence is None:
        return gettext("Something happened that this version has no words for.")
    return str(sentence) % words.Places((key, words.say(value)) for key, value in places.items())
