"""Answers copied from paper into a workbook: each row comes in like any other answer, and only once."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from learnin.assessment.formats import entry_workbook
from learnin.assessment.formats.entry_workbook import Row
from learnin.assessment.models import Invitation, Round, Submission, Version
from learnin.assessment.operations import submissions
from learnin.assessment.operations.rounds import working
from learnin.assessment.queries import entry as queries
from learnin.journal.operations import entries
from learnin.kit.refusal import Refusal
from learnin.people.models import Person


class NotThisVersion(Refusal):
    """The questionnaire has changed since the preview."""


def enter(
    round: Round,
    *,
    version: Version,
    rows: Sequence[Row],
    invitations: Mapping[str, Invitation],
    by: Person,
    now: datetime,
) -> int:
    """Take in the rows of a workbook; those that are here already add nothing. Says how many were new.

    Raises RoundOver, NotThisVersion, and what `submissions.receive` raises. What came before a refusal stays.
    """
    if version.instrument_id != round.instrument_id or not version.is_published:
        raise NotThisVersion(_("The questionnaire has changed since. Upload the workbook again."))
    with transaction.atomic():
        working(round, now)
    new = 0
    for row, instance_id in zip(rows, queries.ids_of(round, rows), strict=True):
        received = submissions.receive(
            round,
            xml=entry_workbook.xml(version.xform, row, instance_id=instance_id),
            channel=Submission.Channel.ENTRY,
            invitation=invitations.get(row.invitation),
            now=now,
        )
        new += received.is_new
    if new:
        entries.write("round.entered", round, by=by, now=now, country=round.country, after={"answers": new})
    return new
