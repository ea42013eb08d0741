"""What a workbook of answers holds, before it is taken in: problems by cell, and whose answers they are."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnin.assessment.formats import entry_workbook
from learnin.assessment.formats.definition import Definition, definition
from learnin.assessment.formats.entry_workbook import Problem, Row
from learnin.assessment.formats.workbook import Book
from learnin.assessment.models import Invitation, Round, Submission, Version
from learnin.assessment.queries.rounds import answers_of

WORDS: dict[str, str | Promise] = {
    "column_twice": _("This column stands twice."),
    "invitation_twice": _("Two rows are for this invitation."),
    "missing": _("This question must be answered."),
    "no_choice": _("This is none of the choices."),
    "no_date": _("Write a date like 2026-12-01."),
    "no_dateTime": _("Write a moment like 2026-12-01 10:30."),
    "no_invitation": _("This round has no invitation with this number."),
    "no_number": _("Write a number."),
    "no_time": _("Write a time like 10:30."),
    "no_whole_number": _("Write a whole number."),
    "two_numbers": _("This can mean two numbers. Type it as a number, not as text."),
    "too_many": _("The workbook has too many rows. Upload it in parts."),
    "unknown_column": _("The questionnaire has no such question. Take the column away."),
    "used": _("This invitation was answered before."),
}


@dataclass(frozen=True)
class Told:
    """A problem in words."""

    row: int
    column: str
    said: str
    words: str | Promise


def version_of(round: Round) -> Version | None:
    """The version that is asked now: the newest published one."""
    found = round.instrument.versions.filter(published_at__isnull=False).select_related("instrument")
    return found.order_by("-number", "-pk").first()


def asked(version: Version) -> Definition:
    """What the version asks."""
    return definition(Book.from_json(version.book))


def told(problems: Iterable[Problem]) -> list[Told]:
    """Problems in words, by row."""
    ordered = sorted(problems, key=lambda one: (one.row, one.column))
    return [Told(one.row, one.column, one.said, WORDS[one.code]) for one in ordered]


def invitations(round: Round, rows: Iterable[Row]) -> dict[str, Invitation]:
    """The invitations whose numbers stand in the rows, by what stands there: 12-34, or only 34."""
    by_number = {one.number: one for one in round.invitations.filter(number__in=_numbers(round, rows).values())}
    return {said: by_number[number] for said, number in _numbers(round, rows).items() if number in by_number}


def _numbers(round: Round, rows: Iterable[Row]) -> dict[str, int]:
    found = {}
    for row in rows:
        number = row.invitation.removeprefix(f"{round.pk}-")
        if number.isascii() and number.isdigit() and len(number) < 10:
            found[row.invitation] = int(number)
    return found


def ids_of(round: Round, rows: Sequence[Row]) -> list[str]:
    """The ids under which the rows come in; where answers are not tied, nothing of the invitation is in them."""
    return entry_workbook.instance_ids(rows, place=f"{round.pk}", is_tied=round.naming == Round.Naming.LINKED)


def whose(round: Round, rows: tuple[Row, ...], known: dict[str, Invitation]) -> list[Problem]:
    """What is wrong with the numbers of the invitations; a row that is here already is no problem."""
    ids = ids_of(round, rows)
    here = set(
        Submission.objects.filter(instrument=round.instrument_id, instance_id__in=ids).values_list(
            "instance_id", flat=True
        )
    )
    often = Counter(known[row.invitation].pk for row in rows if row.invitation in known)
    found = []
    for row, instance_id in zip(rows, ids, strict=True):
        one = known.get(row.invitation)
        if row.invitation and one is None:
            code = "no_invitation"
        elif one is not None and often[one.pk] > 1:
            code = "invitation_twice"
        elif one is not None and one.answered_at and instance_id not in here:
            code = "used"
        else:
            continue
        found.append(Problem(row.number, entry_workbook.INVITATION, code, row.invitation))
    return found


def here_already(round: Round, rows: tuple[Row, ...]) -> int:
    """How many of the rows came in before."""
    ids = ids_of(round, rows)
    return answers_of(round).filter(instance_id__in=ids).count()
