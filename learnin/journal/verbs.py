"""What the lines of the journal say: one sentence for each verb.

A stage gives its verbs when it starts (`ready()` in its `apps.py`):

    verbs.register({"meeting.closed": _("%(by)s closed the minutes of %(what)s")})

Places in a sentence: `by`, who did it; `what`, the name the object had then; and whatever the line keeps of before
and after, in words (`role`, `person`; see `words`). A place that a line does not fill is left open.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext

from learnin.journal import words

Sentence = str | Promise

_sentences: dict[str, Sentence] = {}
_of_many: set[str] = set()


class UnknownVerb(LookupError):
    """An operation writes a verb that no stage has a sentence for: a bug."""


def register(sentences: Mapping[str, Sentence]) -> None:
    """Give verbs their sentences. A verb has one sentence, from one stage."""
    for verb, sentence in sentences.items():
        if verb in _sentences and _sentences[verb] is not sentence:
            raise ValueError(f"The verb {verb} has a sentence already.")
        _sentences[verb] = sentence


def register_many(several: Iterable[str]) -> None:
    """Say of which verbs one act leaves a line on each of many things; lists of the latest lines leave these out.

    All these lines of an act are of one moment, and its own few lines of that moment stand before or after them.
    """
    _of_many.update(several)


def of_many() -> frozenset[str]:
    """Verbs of which one act leaves many lines."""
    return frozenset(_of_many)


def known() -> Mapping[str, Sentence]:
    """Every verb with its sentence."""
    return dict(_sentences)


def require(verb: str) -> None:
    """Raise UnknownVerb when nobody could read this line."""
    if verb not in _sentences:
        raise UnknownVerb(f"No sentence for the verb {verb}: register one in apps.py (journal.verbs.register).")


def say(verb: str, **places: Any) -> str:
    """The line in the reader's language. A verb of a stage that is gone is still told, plainly."""
    sentence = _sentences.get(verb)
    if sentence is None:
        return gettext("%(by)s: %(verb)s, %(what)s") % words.Places(places, verb=verb)
    return str(sentence) % words.Places(places)


def name(verb: str) -> str:
    """The verb by itself, for a list to choose from: the sentence with its places left open."""
    return say(verb)
