"""A draft is built question by question: put in, changed, moved, grouped, taken out; its choices and languages too."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.assessment.formats import editing
from learnin.assessment.formats.columns import DEFAULT, Columns
from learnin.assessment.formats.definition import definition
from learnin.assessment.formats.editing import CannotEdit, NewChoice
from learnin.assessment.formats.workbook import Book
from learnin.assessment.models import Version
from learnin.assessment.operations import instruments
from learnin.assessment.operations.core import require_core
from learnin.kit.refusal import Refusal
from learnin.people.models import Person

LISTED = ("select_one", "select_multiple")


class DraftMoved(Refusal):
    """Somebody changed the draft since this page was opened."""


class CannotChange(Refusal):
    """This change would spoil the questionnaire, and why."""


REASONS: dict[str, str | Promise] = {
    "no_such_row": gettext_lazy("There is no such question any more. Look at the questionnaire again."),
    "unbalanced": gettext_lazy("A group has no end. Repair the workbook first."),
    "at_the_edge": gettext_lazy("It stands at the edge of the questionnaire already."),
    "inside_itself": gettext_lazy("A group cannot stand inside itself."),
    "no_group": gettext_lazy("Choose a group."),
    "referred": gettext_lazy("Other questions speak of it: %(names)s. Change those first."),
    "name_taken": gettext_lazy("Another question or group is called %(name)s already."),
    "bad_name": gettext_lazy("A name begins with a letter and has only letters a to z, digits, - _ and points."),
    "name_twice": gettext_lazy("Several questions are called %(name)s. Repair the workbook first."),
    "language_there": gettext_lazy("The questionnaire has this language already, or the name has a colon."),
    "no_such_language": gettext_lazy("The questionnaire does not have this language: %(language)s"),
    "last_language": gettext_lazy("The questionnaire opens in this language, so it cannot go: %(language)s"),
}


def seen(version: Version) -> str:
    """The state of a draft that a page showed: a change is refused when it is another by then."""
    return version.changed_at.isoformat()


def _edited(
    version: Version,
    act: Callable[[Book], Book],
    *,
    seen_at: str,
    by: Person,
    now: datetime,
    verb: str = "instrument.written",
) -> Version:
    """The draft after this change, if nobody changed it meanwhile and no question of the region asks something else.

    Raises DraftMoved, CannotChange, CoreQuestion, instruments.NoDraft.
    """
    draft = Version.objects.select_for_update(of=("self",)).select_related("instrument").get(pk=version.pk)
    if seen_at != seen(draft):
        raise DraftMoved(_("Somebody changed the draft since this page was opened. Look at it again, then change it."))
    book = Book.from_json(draft.book)
    try:
        changed = act(book)
    except CannotEdit as refused:
        raise CannotChange(str(REASONS[refused.code]) % refused.values) from refused
    except ValueError as refused:
        raise CannotChange(_("A value cannot have both kinds of quotes.")) from refused
    require_core(draft.instrument, book, changed)
    return instruments.write_draft(draft, book=changed, by=by, now=now, verb=verb)


@transaction.atomic
def add_question(
    version: Version, *, kind: str, name: str, label: str, after: int, seen_at: str, by: Person, now: datetime
) -> int:
    """Put a question behind another, with its words in the language the form opens in. Gives the row it stands in."""
    rows: list[int] = []

    def act(book: Book) -> Book:
        editing.require_name(book, name)
        asked, columns = definition(book), Columns(book.survey)
        language = asked.default_language if asked.languages else DEFAULT
        list_name = _free_list(name, asked.lists) if kind in LISTED else ""
        row = {columns.header("type"): f"{kind} {list_name}".strip(), columns.header("name"): name}
        added, at = editing.add(book, [row], after=after)
        rows.append(at)
        return editing.change(added, at, texts={("label", language): label})

    _edited(version, act, seen_at=seen_at, by=by, now=now)
    return rows[0]


def _free_list(name: str, taken: Collection[str]) -> str:
    return next(one for n in range(1, len(taken) + 3) if (one := name if n == 1 else f"{name}_{n}") not in taken)


@transaction.atomic
def change_question(
    version: Version,
    *,
    row: int,
    values: Mapping[str, str],
    texts: Mapping[tuple[str, str], str],
    is_personal: bool | None = None,
    seen_at: str,
    by: Person,
    now: datetime,
) -> Version:
    """Change what a question or a group says, its name, when it is asked, and whether it is about the person."""
    instrument = version.instrument
    old = Columns(Book.from_json(version.book).survey).value(_row(version, row), "name")
    name = values.get("name", old)

    def act(book: Book) -> Book:
        renamed = editing.rename(book, row, name) if name != old else book
        others = {key: value for key, value in values.items() if key != "name"}
        return editing.change(renamed, row, values=others, texts=texts)

    draft = _edited(version, act, seen_at=seen_at, by=by, now=now)
    if is_personal is not None:
        names = [one for one in instrument.personal_names if one not in (old, name)]
        instrument.personal_names = [*names, name] if is_personal else names
        instrument.save(update_fields=["personal_names"])
    return draft


def _row(version: Version, row: int) -> Mapping[str, str]:
    rows = Book.from_json(version.book).survey.rows
    if not 2 <= row < len(rows) + 2:
        raise CannotChange(str(REASONS["no_such_row"]))
    return rows[row - 2]


@transaction.atomic
def move_question(version: Version, *, row: int, up: bool, seen_at: str, by: Person, now: datetime) -> int:
    """Move a question or a group past its neighbour. Gives the row it stands in now."""
    rows: list[int] = []

    def act(book: Book) -> Book:
        moved, at = editing.move(book, row, up=up)
        rows.append(at)
        return moved

    _edited(version, act, seen_at=seen_at, by=by, now=now)
    return rows[0]


@transaction.atomic
def place_question(version: Version, *, row: int, into: int, seen_at: str, by: Person, now: datetime) -> int:
    """Put a question or a group at the end of a group; of the whole questionnaire, for 0. Gives the row."""
    rows: list[int] = []

    def act(book: Book) -> Book:
        placed, at = editing.place(book, row, into=into)
        rows.append(at)
        return placed

    _edited(version, act, seen_at=seen_at, by=by, now=now)
    return rows[0]


@transaction.atomic
def make_group(
    version: Version, *, row: int, name: str, label: str, seen_at: str, by: Person, now: datetime
) -> Version:
    """Make a group around a question; others can be put into it then."""

    def act(book: Book) -> Book:
        editing.require_name(book, name)
        asked, columns = definition(book), Columns(book.survey)
        language = asked.default_language if asked.languages else DEFAULT
        begin = {columns.header("type"): "begin_group", columns.header("name"): name}
        return editing.change(editing.group(book, row, begin), row, texts={("label", language): label})

    return _edited(version, act, seen_at=seen_at, by=by, now=now)


@transaction.atomic
def open_group(version: Version, *, row: int, seen_at: str, by: Person, now: datetime) -> Version:
    """Take a group away and leave its questions."""
    return _edited(version, lambda book: editing.ungroup(book, row), seen_at=seen_at, by=by, now=now)


@transaction.atomic
def remove_question(version: Version, *, row: int, seen_at: str, by: Person, now: datetime) -> Version:
    """Take a question out, or a group with all its questions."""
    return _edited(
        version, lambda book: editing.remove(book, row), seen_at=seen_at, by=by, now=now, verb="instrument.taken-out"
    )


@transaction.atomic
def write_choices(
    version: Version, *, list_name: str, choices: Sequence[NewChoice], seen_at: str, by: Person, now: datetime
) -> Version:
    """Keep the choices of a list as somebody wrote them, for every question that offers it."""
    return _edited(version, lambda book: editing.set_choices(book, list_name, choices), seen_at=seen_at, by=by, now=now)


@transaction.atomic
def add_language(version: Version, *, language: str, seen_at: str, by: Person, now: datetime) -> Version:
    """Give the questionnaire one more language. Its words are missing then."""
    return _languages(version, lambda book: editing.add_language(book, language), seen_at=seen_at, by=by, now=now)


@transaction.atomic
def rename_language(version: Version, *, language: str, name: str, seen_at: str, by: Person, now: datetime) -> Version:
    """Give a language of the questionnaire another name. How far its translations are stays known."""
    draft = _languages(
        version, lambda book: editing.rename_language(book, language, name), seen_at=seen_at, by=by, now=now
    )
    draft.instrument.words.filter(language=language).update(language=name)
    return draft


@transaction.atomic
def remove_language(version: Version, *, language: str, seen_at: str, by: Person, now: datetime) -> Version:
    """Take a language out of the questionnaire, with all its words."""
    draft = _languages(version, lambda book: editing.remove_language(book, language), seen_at=seen_at, by=by, now=now)
    draft.instrument.words.filter(language=language).delete()
    return draft


def _languages(version: Version, act: Callable[[Book], Book], **how: Any) -> Version:
    return _edited(version, act, verb="instrument.languages-changed", **how)
