"""Answers as programs fetch them, piece by piece."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from learnin.assessment.formats import corrections
from learnin.assessment.models import Round, Submission
from learnin.assessment.queries import answers, exports
from learnin.people.models import Country


@dataclass(frozen=True)
class Fetched:
    """An answer on its way to a program."""

    row: Submission
    data: dict[str, Any]


def rounds(country: Country) -> QuerySet[Round]:
    """The rounds of a country, the latest first."""
    return Round.objects.filter(country=country).select_related("instrument").order_by("-opens_at", "-pk")


def since(round: Round, after: int, *, limit: int, until: datetime) -> list[Fetched]:
    """The answers that came after this one, in the order they came; corrected, without personal fields.

    until: what is still on its way into the database may have come before what is there, so the last seconds wait.
    """
    rows = Submission.objects.filter(round=round, is_test=False, is_encrypted=False, received_at__lte=until)
    if after:
        last = Submission.objects.filter(round=round, pk=after).only("pk", "received_at").first()
        if last is not None:
            rows = rows.filter(Q(received_at__gt=last.received_at) | Q(received_at=last.received_at, pk__gt=last.pk))
        else:
            rows = rows.filter(pk__gt=after)
    found = list(rows.select_related("version").defer("xml").order_by("received_at", "pk")[:limit])
    changes = exports.corrections_of([one.pk for one in found])
    tables = exports.layout(round, with_personal=False).tables
    allowed = {column.question for table in tables for column in table.columns if column.question}
    return [
        Fetched(one, corrections.only(corrections.corrected(answers.data_of(one), changes.get(one.pk, [])), allowed))
        for one in found
    ]
