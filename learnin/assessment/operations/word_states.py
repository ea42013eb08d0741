"""How far translations are: a text that changes makes its translations stale."""

from datetime import datetime

from learnin.assessment.formats.definition import definition
from learnin.assessment.formats.words import Word, words
from learnin.assessment.formats.workbook import Book
from learnin.assessment.models import Instrument, WordState
from learnin.people.models import Person


def keep(instrument: Instrument, one: Word, language: str, state: str, source: str, by: Person, now: datetime) -> None:
    """Keep how far one text is in one language, and who says so."""
    values = {"state": state, "source_text": source, "by": by, "at": now}
    WordState.objects.update_or_create(instrument=instrument, key=one.key, language=language, defaults=values)


def mark_stale(instrument: Instrument, old: Book, new: Book, *, by: Person, now: datetime) -> None:
    """Where the text in the first language changed, every translation that stayed is stale."""
    asked = definition(new)
    before = {one.key: one for one in words(definition(old))}
    for one in words(asked):
        was = before.get(one.key)
        source = asked.default_language
        if was is None or source not in was.texts or was.texts[source] == one.texts.get(source):
            continue
        for language, text in one.texts.items():
            if language != source and was.texts.get(language) == text:
                keep(instrument, one, language, WordState.State.STALE, was.texts[source], by, now)
