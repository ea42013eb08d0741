"""Reading rules: a country changes its own, with a reason; every run that can be read is protected by them anew."""

from datetime import datetime
from typing import Any

from django.db import transaction

from learnin.assessment.models import Estimate, ReadingRules, Run
from learnin.assessment.queries import reading
from learnin.compute.disclosure import Why
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
        runs = Run.objects.filter(assessment__country=country, state=Run.State.DONE).order_by("number", "pk")
        for run in runs.select_related("assessment__country"):  # the newest last: the ones before follow it
            protect(run)
    return made


def protect(run: Run) -> None:
    """Keep with each number of a run whether it must be withheld, all tables of the run taken together.

    What it withholds is withheld in the runs before it, too: two runs of the same answers may choose different
    complements, and side by side they would tell what each of them hides.
    """
    rows = list(run.estimates.only("of", "indicator", "level", "domain", "n", "n_psu", "n_hat", "withheld"))
    found = reading.protected(rows, reading.rules(run.assessment.country))
    changed = []
    for row in rows:
        why = str(found.get(row.pk, ""))
        if row.withheld != why:
            row.withheld = why
            changed.append(row)
    Estimate.objects.bulk_update(changed, ["withheld"], batch_size=PIECE)
    _withhold_before(run)


def _withhold_before(run: Run) -> None:
    """In the runs before this one, withhold the same numbers of the same groups."""
    place = ("of__round", "indicator", "level", "key")
    hidden = set(run.estimates.exclude(withheld="").values_list(*place))
    if not hidden:
        return
    shown = Estimate.objects.filter(run__assessment=run.assessment_id, run__number__lt=run.number, withheld="")
    found = [pk for pk, *where in shown.values_list("pk", *place) if tuple(where) in hidden]
    for begin in range(0, len(found), PIECE):
        Estimate.objects.filter(pk__in=found[begin : begin + PIECE]).update(withheld=Why.COMPLEMENT)
