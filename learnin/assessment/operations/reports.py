"""Reports leave: who takes which one along."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from learnin.assessment.models import Assessment, Report
from learnin.assessment.queries import estimates
from learnin.journal.operations import entries
from learnin.people.models import Person

FRESH = 15 * 60  # seconds in which whoever took a report may fetch its file


@transaction.atomic
def take(
    assessment: Assessment, *, format: str, language: str, findings: Collection[str] = (), by: Person, now: datetime
) -> Report:
    """Note that somebody takes a report, slides or all tables along. The file is made when it is fetched."""
    made = Report.objects.create(
        assessment=assessment,
        run=estimates.current(assessment),
        format=format,
        language=language,
        findings=sorted(findings),
        made_by=by,
        made_at=now,
    )
    told = {"report_format": format, "language": language, "findings": len(made.findings)}
    if made.run is not None:
        told["number"] = made.run.number
    entries.write("report.taken", assessment, by=by, now=now, country=assessment.country, after=told)
    return made
