"""A questionnaire is put together from items of the question bank, and a draft takes in more of them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from learnin.assessment import bank_reader
from learnin.assessment.formats import bank, editing
from learnin.assessment.formats.columns import DEFAULT
from learnin.assessment.formats.definition import definition, language_code, language_name
from learnin.assessment.formats.workbook import Book
from learnin.assessment.models import Assessment, Instrument, Version
from learnin.assessment.operations import instruments
from learnin.assessment.queries import instruments as queries
from learnin.journal.operations import entries
from learnin.kit.refusal import Refusal
from learnin.people.models import Country, Person


class NothingPicked(Refusal):
    """No question was picked, or no language."""


class NotInTheBank(Refusal):
    """The bank has no such question or language."""


class AllThere(Refusal):
    """The draft has all of these questions already."""


@transaction.atomic
def assemble_instrument(
    country: Country,
    *,
    title: str,
    item_ids: Sequence[str],
    languages: Sequence[str],
    by: Person,
    now: datetime,
    form_id: str = "",
    audience: str = "",
    assessment: Assessment | None = None,
) -> Instrument:
    """Make a questionnaire of these items of the bank, as a draft.

    The bank knows which of them are personal, and what they are about.

    Raises NothingPicked, NotInTheBank, instruments.FormIdTaken.
    """
    shelf = bank_reader.current()
    free = instruments.free_form_id(country, form_id or title, is_given=bool(form_id))
    book = _book(item_ids, languages, title=title, form_id=free, version=f"{now:%Y%m%d}01")
    made = instruments.add_instrument(
        country,
        book=book,
        title=title,
        audience=audience,
        dimensions=queries.dimensions_of_items(item_ids),
        assessment=assessment,
        by=by,
        now=now,
    )
    made.personal_names = list(shelf.personal(item_ids))
    made.save(update_fields=["personal_names"])
    after = {"questions": len(shelf.with_needed(item_ids)), "languages": ", ".join(languages)}
    entries.write("instrument.assembled", made, by=by, now=now, country=country, after=after)
    return made


def _book(
    item_ids: Sequence[str], languages: Sequence[str], *, title: str = "", form_id: str = "", version: str = ""
) -> Book:
    if not item_ids:
        raise NothingPicked(_("Pick at least one question."))
    if not languages:
        raise NothingPicked(_("Choose at least one language."))
    try:
        book = bank.book(bank_reader.current(), item_ids, languages=languages, title=title, form_id=form_id)
    except KeyError as unknown:
        raise NotInTheBank(_("The question bank does not have this: %(id)s") % {"id": unknown.args[0]}) from unknown
    settings = book.sheets["settings"]
    given = {**settings.rows[0], "version": version}
    return book.with_sheet(settings.with_rows(({key: text for key, text in given.items() if text},)))


@transaction.atomic
def add_items(version: Version, *, item_ids: Sequence[str], by: Person, now: datetime) -> Version:
    """Put more items of the bank behind the questions of a draft, in the languages it has.

    Raises NothingPicked, NotInTheBank, AllThere, instruments.NoDraft.
    """
    version = Version.objects.select_for_update(of=("self",)).select_related("instrument__country").get(pk=version.pk)
    instrument, book = version.instrument, Book.from_json(version.book)
    there = {question.name for question in definition(book).questions}
    spoken = _languages(book)
    more = _book(item_ids, list(spoken))
    fresh = [item.id for item in bank_reader.current().with_needed(item_ids) if item.id not in there]
    if not fresh:
        raise AllThere(_("The draft has all of these questions already."))
    columns = bank_reader.current().columns
    words = {columns[code]: language for code, language in spoken.items()}
    grown = editing.append(book, editing.without(more, there), words)
    draft = instruments.write_draft(version, book=grown, by=by, now=now, verb="instrument.taken-from-bank")
    personal = [name for name in bank_reader.current().personal(fresh) if name in fresh]
    instrument.personal_names = [*dict.fromkeys([*instrument.personal_names, *personal])]
    instrument.save(update_fields=["personal_names"])
    return draft


def _languages(book: Book) -> dict[str, str]:
    """Which language of a questionnaire speaks each language of the bank, the one it opens in first.

    A questionnaire that names none of them takes the bank's first.
    """
    asked, columns = definition(book), bank_reader.current().columns
    default = asked.default_language if asked.languages else DEFAULT
    ours = {
        code: next((one for one in asked.languages if _is_same(one, code, column)), "")
        for code, column in columns.items()
    }
    found = sorted(((code, one) for code, one in ours.items() if one), key=lambda pair: pair[1] != default)
    return dict(found) or {next(iter(columns)): default}


def _is_same(language: str, code: str, column: str) -> bool:
    names = {language_name(column).lower(), column.lower()}
    return language_code(language).lower() == code or language_name(language).lower() in names
