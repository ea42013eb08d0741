"""The texts of a questionnaire are translated, and checked by somebody else."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from learnin.assessment.formats.definition import definition
from learnin.assessment.formats.words import Word, with_words, words
from learnin.assessment.formats.workbook import Book
from learnin.assessment.models import Version, WordState
from learnin.assessment.operations import instruments
from learnin.assessment.operations.word_states import keep
from learnin.kit.refusal import Refusal
from learnin.people.models import Country, Person
from learnin.people.roles import Can, may


class NoSuchLanguage(Refusal):
    """The questionnaire does not have this language."""


class OwnTranslation(Refusal):
    """Somebody else has to check it."""


@dataclass(frozen=True)
class Saved:
    """How many texts were kept, and how many somebody else had changed meanwhile."""

    kept: int
    passed_over: int


@transaction.atomic
def translate(
    version: Version,
    *,
    language: str,
    source: str,
    texts: Mapping[str, str],
    was: Mapping[str, str],
    by: Person,
    now: datetime,
) -> Saved:
    """Keep translations by their keys. One that is no longer what the translator saw is passed over.

    Raises NoSuchLanguage, instruments.NoDraft.
    """
    version, known = _opened(version, language, source)
    current = {key: text for key, text in texts.items() if key in known}
    fresh = {key: text for key, text in current.items() if known[key].texts.get(language, "") == was.get(key, "")}
    changed = {key: text for key, text in fresh.items() if text.strip() != known[key].texts.get(language, "")}
    if changed:
        book = with_words(Book.from_json(version.book), language, changed)
        instruments.write_draft(version, book=book, by=by, now=now, verb="instrument.translated")
    for key, text in fresh.items():
        if text.strip():
            said = known[key].texts.get(source, "")
            keep(version.instrument, known[key], language, WordState.State.DRAFT, said, by, now)
        else:
            version.instrument.words.filter(key=key, language=language).delete()
    return Saved(len(changed), len(texts) - len(fresh))


def _opened(version: Version, *languages: str) -> tuple[Version, dict[str, Word]]:
    """The draft, locked, with its texts by their keys."""
    version = Version.objects.select_for_update(of=("self",)).select_related("instrument__country").get(pk=version.pk)
    if version.is_published:
        raise instruments.NoDraft(_("This version is published. It never changes again: begin a new draft from it."))
    asked = definition(Book.from_json(version.book))
    for language in languages:
        if language not in asked.languages:
            raise NoSuchLanguage(_("The questionnaire does not have this language: %(name)s") % {"name": language})
    return version, {one.key: one for one in words(asked)}


@transaction.atomic
def check_words(
    version: Version, *, language: str, source: str, keys: Collection[str], by: Person, now: datetime
) -> int:
    """Say that translations are right. Who wrote them leaves that to another, where there is one who may.

    Raises NoSuchLanguage, OwnTranslation, instruments.NoDraft.
    """
    version, known = _opened(version, language, source)
    there = [known[key] for key in keys if key in known and language in known[key].texts]
    own = version.instrument.words.filter(
        key__in=[one.key for one in there], language=language, state=WordState.State.DRAFT, by=by
    )
    if own.exists() and others_who_check(version.instrument.country, by):
        raise OwnTranslation(_("Let somebody else check what you translated: there are others who may."))
    for one in there:
        keep(version.instrument, one, language, WordState.State.CHECKED, one.texts.get(source, ""), by, now)
    return len(there)


def others_who_check(country: Country, person: Person) -> bool:
    """Whether somebody else in the country may check translations."""
    people = Person.objects.filter(roles__country=country, is_active=True).exclude(pk=person.pk).distinct()
    return any(may(one, Can.TRANSLATE_QUESTIONS, country) for one in people.order_by("pk"))
