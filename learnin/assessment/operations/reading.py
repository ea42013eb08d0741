"""Reading rules: a country changes its own, with a reason; every run that can be read is protected by them anew."""

from datetime import datetime
from typing import Any

from django.db import transaction

from learnin.assessment.models import Estimate, ReadingRules, Run
from learnin.assessment.queries import reading
from learnin.journal.operations import entries
from learnin.people.models import Country, Person

PIECE = 2_000  # rows that are written together
TOLD = (
    "least_answers", "least_psus", "sure_answers", "least_df", "widest", "largest_cv", "hidden_answers", "hidden_psus",
)  # fmt: skip


@transaction.atomic
def change(country: Country, *, reason: str, by: Person, now: datetime, **lines: Any) -> ReadingRules:
    """Draw the lines of a country anew."""
    country = Country.objects.select_for_update(of=("self",)).get(pk=country.pk)
    made = ReadingRules.objects.filter(country=country).first() or ReadingRules(country=country)
    before = {key: getattr(made, key) for key in TOLD}
    for key, value in {**lines, "reason": reason, "changed_by": by, "changed_at": now}.items():
        setattr(made, key, value)
    made.save()
    after = {key: getattr(made, key) for key in TOLD}
    entries.write(
        "reading.changed", made, by=by, now=now, country=country, before=before, after=after | {"reason": reason}
    )
    if before != after:
        for run in Run.objects.filter(assessment__country=country, state=Run.State.DONE).select_related(
            "assessment__country"
        ):
            protect(run)
    return made


def protect(run: Run) -> None:
    """Keep with each number of a run whether it must be withheld, all tables of the run taken together."""
    rows = list(run.estimates.only("of", "indicator", "level", "domain", "n", "n_psu", "n_hat", "withheld"))
    found = reading.protected(rows, reading.rules(run.assessment.country))
    changed = []
    for row in rows:
        why = str(found.get(row.pk, ""))
        if row.withheld != why:
            row.withheld = why
            changed.append(row)
    Estimate.objects.bulk_update(changed, ["withheld"], batch_size=PIECE)
