"""What operations on one row have in common: what differs, and an assessment that is still open."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from learnin.assessment.models import Assessment, Fact, Resource, Statement
from learnin.journal.operations import entries
from learnin.kit import written
from learnin.kit.refusal import Refusal
from learnin.people.models import Country, Person


class AssessmentClosed(Refusal):
    """The assessment is closed; what belongs to it stays as it is."""


class IsCited(Refusal):
    """A finding rests on it."""


def require_uncited(piece: Fact | Statement | Resource) -> None:
    """Raises IsCited as long as a finding rests on this piece of evidence."""
    if piece.cited_by.exists():
        raise IsCited(_("A finding rests on this. Take it out of the finding first."))


def still_open(pk: int) -> Assessment:
    """The assessment, locked, as long as it is not closed. Raises AssessmentClosed."""
    found = Assessment.objects.select_for_update(of=("self",)).select_related("country").get(pk=pk)
    if found.closed_at:
        day = written.day(found.closed_at)
        raise AssessmentClosed(_("This assessment was closed on %(day)s: it can no longer change.") % {"day": day})
    return found


def renew(row: Model, new: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the row these values and save what differs. Returns what stood there before, and what stands there now."""
    before = {key: getattr(row, key) for key, value in new.items() if getattr(row, key) != value}
    for key in before:
        setattr(row, key, new[key])
    if before:
        row.save(update_fields=list(before))
    return before, {key: new[key] for key in before}


def corrected(row: Model, new: Mapping[str, Any], *, verb: str, country: Country, by: Person, now: datetime) -> bool:
    """Give the row these values and leave a line of what differs. Returns whether anything did."""
    before, after = renew(row, new)
    if before:
        entries.write(verb, row, by=by, now=now, country=country, before=before, after=after)
    return bool(before)
