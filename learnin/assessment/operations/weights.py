"""Sets of weights are made, and one of them is put to use."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from learnin.assessment.formats import weight_file
from learnin.assessment.formats.weight_recipe import Recipe
from learnin.assessment.models import Round, WeightSet
from learnin.assessment.operations.rounds import locked
from learnin.assessment.queries import weighting
from learnin.assessment.queries.weighting import Weighed
from learnin.compute.base_weights import CannotWeigh
from learnin.journal.operations import entries, files
from learnin.kit import jobs
from learnin.kit.refusal import Refusal
from learnin.people.models import Person

PARQUET = "application/vnd.apache.parquet"


class NoWeights(Refusal):
    """The answers cannot be weighted in this way."""


def make_set(
    round: Round, *, recipe: Recipe, name: str, note: str = "", is_in_use: bool = False, by: Person, now: datetime
) -> WeightSet:
    """Work out a set of weights and keep it under the next number. Raises NoWeights."""
    found = _weighed(round, recipe, now)
    with jobs.finishing(), transaction.atomic():
        return _kept(locked(round), found, recipe, name=name, note=note, is_in_use=is_in_use, by=by, now=now)


def _weighed(round: Round, recipe: Recipe, now: datetime) -> Weighed:
    """Raises NoWeights."""
    try:
        found = weighting.weighed(round, recipe, until=now)
    except CannotWeigh as why:
        raise NoWeights(weighting.why_not(why)) from None
    if not found.answers:
        raise NoWeights(_("No answer of this round can be given a weight yet."))
    return found


def _kept(
    round: Round, found: Weighed, recipe: Recipe, *, name: str, note: str, is_in_use: bool, by: Person, now: datetime
) -> WeightSet:
    """Write it down, in one transaction with the round locked."""
    number = (round.weight_sets.aggregate(last=Max("number"))["last"] or 0) + 1
    made = WeightSet.objects.create(
        round=round,
        number=number,
        name=name,
        note=note,
        steps=recipe.kept,
        design=found.design,
        diagnostics=found.diagnostics,
        file=files.keep(
            weight_file.written(found.columns),
            name=f"weights-{round.pk}-{number}.parquet",
            media_type=PARQUET,
            country=round.country,
            by=by,
            now=now,
        ),
        answers=found.answers,
        is_probability=round.kind != Round.Kind.OPEN,
        fingerprint=found.fingerprint,
        made_by=by,
        made_at=now,
    )
    told = {"number": number, "answers": made.answers, "probability": made.is_probability}
    entries.write("weights.made", made, by=by, now=now, country=round.country, after=told)
    if is_in_use:
        put_in_use(made, by=by, now=now)
    return made


@transaction.atomic
def put_in_use(of: WeightSet, *, by: Person, now: datetime) -> WeightSet:
    """Let this set of its round be the one that estimates and exports take; the others stay."""
    round = locked(of.round)
    before = round.weight_sets.filter(is_in_use=True).exclude(pk=of.pk).order_by("pk").first()
    if before is not None:
        before.is_in_use = False
        before.save(update_fields=["is_in_use"])
    if not of.is_in_use:
        of.is_in_use = True
        of.save(update_fields=["is_in_use"])
        told = {"number": before.number} if before else {}
        entries.write(
            "weights.in-use", of, by=by, now=now, country=round.country, before=told, after={"number": of.number}
        )
    return of
