"""Sets of weights are made step by step, and one of them is put to use."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.assessment import weight_words
from learnin.assessment.formats import weight_file, weight_recipe
from learnin.assessment.formats.weight_recipe import STEPS, Base, Limit, Margin, Recipe, Response, Totals
from learnin.assessment.models import Round, Weighting, WeightSet
from learnin.assessment.operations.rounds import locked
from learnin.assessment.queries import weighting as queries
from learnin.assessment.queries.weighting import Weighed
from learnin.compute.base_weights import NoChance
from learnin.compute.survey import CannotEstimate
from learnin.journal.models import Job
from learnin.journal.operations import entries, files
from learnin.journal.operations import jobs as journal_jobs
from learnin.kit import jobs
from learnin.kit.refusal import Refusal
from learnin.people.models import Person

PARQUET = "application/vnd.apache.parquet"
AT_ONCE = 20_000  # answers: weights of so many are there in a few seconds


class NoWeights(Refusal):
    """The answers cannot be weighted in this way."""


class InTheMaking(Refusal):
    """The set is being worked out just now."""


@transaction.atomic
def begin(round: Round, *, like: WeightSet | None = None, by: Person, now: datetime) -> Weighting:
    """Begin a set of weights, or go on with the one that was begun; `like` an earlier set, or from nothing."""
    round = locked(round)
    recipe = weight_recipe.recipe(like.steps) if like else Recipe(base=Base(inside=queries.plain_inside(round)))
    found, is_new = Weighting.objects.get_or_create(
        round=round, defaults={"steps": recipe.kept, "begun_by": by, "begun_at": now, "changed_at": now}
    )
    if like and not is_new:
        found.steps, found.changed_at = recipe.kept, now
        found.save(update_fields=["steps", "changed_at"])
    if is_new:
        entries.write("weights.begun", round, by=by, now=now, country=round.country)
    return found


@transaction.atomic
def decide(
    weighting: Weighting, *, step: str, said: Base | Response | Totals | Limit, by: Person, now: datetime
) -> Weighting:
    """Decide one step. The others stay as they were. Raises NoWeights, InTheMaking."""
    weighting = _free(weighting)
    recipe = weight_recipe.recipe(weighting.steps).having(step, said)
    weighed(weighting.round, recipe, now, upto=step)
    decided = [*dict.fromkeys([*weighting.steps.get("decided", []), step])]
    weighting.steps, weighting.changed_at = {**weighting.steps, **recipe.kept, "decided": decided}, now
    weighting.save(update_fields=["steps", "changed_at"])
    return weighting


@transaction.atomic
def bring_totals(weighting: Weighting, *, name: str, margins: Sequence[Margin], by: Person, now: datetime) -> Weighting:
    """Keep totals that somebody brought in a file beside the steps; the step of totals can then choose them.

    Raises InTheMaking.
    """
    weighting = _free(weighting)
    weighting.steps["file"] = {"name": name, "margins": [asdict(one) for one in margins]}
    weighting.changed_at = now
    weighting.save(update_fields=["steps", "changed_at"])
    entries.write("weights.totals-brought", weighting.round, by=by, now=now, country=weighting.round.country,
                  after={"file": name})  # fmt: skip
    return weighting


@transaction.atomic
def give_up(weighting: Weighting, *, by: Person, now: datetime) -> None:
    """Throw the steps away. Sets that were made stay. Raises InTheMaking."""
    weighting = _free(weighting)
    entries.write("weights.given-up", weighting.round, by=by, now=now, country=weighting.round.country)
    weighting.delete()


def finish(
    weighting: Weighting, *, name: str, note: str = "", is_in_use: bool = True, by: Person, now: datetime
) -> WeightSet | Job:
    """Make the set that the steps describe: at once, or as a job where there are many answers.

    Raises NoWeights, InTheMaking.
    """
    if queries.size(weighting.round, now) <= AT_ONCE:
        with transaction.atomic():
            recipe = weight_recipe.recipe(_free(weighting).steps)
        return make_set(weighting.round, recipe=recipe, name=name, note=note, is_in_use=is_in_use, by=by, now=now)
    with transaction.atomic():
        weighting = _free(weighting)
        weighting.job = journal_jobs.start(
            work_out, by=by, now=now, country=weighting.round.country, weighting=weighting.pk, name=name, note=note,
            is_in_use=is_in_use,
        )  # fmt: skip
        weighting.save(update_fields=["job"])
        return weighting.job


@jobs.job(label=gettext_lazy("Work out weights"), atomic=False)
def work_out(
    weighting: int, *, name: str, note: str, is_in_use: bool, by: Person | None, now: datetime
) -> dict[str, str]:
    """Make the set of a round with many answers. Raises NoWeights."""
    of = Weighting.objects.select_related("round__country", "begun_by").get(pk=weighting)
    recipe = weight_recipe.recipe(of.steps)
    make_set(of.round, recipe=recipe, name=name, note=note, is_in_use=is_in_use, by=by or of.begun_by, now=now)
    return {"text": _("The weights are on the page of their round.")}


def make_set(
    round: Round, *, recipe: Recipe, name: str, note: str = "", is_in_use: bool = False, by: Person, now: datetime
) -> WeightSet:
    """Work out a set of weights and keep it under the next number; what was in the making is done. Raises NoWeights."""
    found = weighed(round, recipe, now)
    with jobs.finishing(), transaction.atomic():
        return _kept(locked(round), found, recipe, name=name, note=note, is_in_use=is_in_use, by=by, now=now)


def weighed(round: Round, recipe: Recipe, now: datetime, *, upto: str = STEPS[-1]) -> Weighed:
    """The weights of a round by a recipe, as far as a step. Raises NoWeights."""
    try:
        return queries.weighed(queries.ground(round, recipe, until=now), recipe, upto=upto)
    except (NoChance, CannotEstimate) as why:
        raise NoWeights(weight_words.why_not(why)) from None


def _free(weighting: Weighting) -> Weighting:
    """The weights in the making, locked, while no job works them out. Raises InTheMaking."""
    found = (
        Weighting.objects.select_for_update(of=("self",)).select_related("round__country", "job").get(pk=weighting.pk)
    )
    if found.job is not None and not found.job.is_finished:
        raise InTheMaking(_("These weights are being worked out just now. Wait until that is done."))
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
        diagnostics=[stage.kept for stage in found.stages],
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
    Weighting.objects.filter(round=round).delete()
    if is_in_use:
        put_in_use(made, by=by, now=now)
    return made


@transaction.atomic
def put_in_use(of: WeightSet, *, by: Person, now: datetime) -> WeightSet:
    """Let this set of its round be the one that estimates and exports take; the others stay."""
    round = locked(of.round)
    of.refresh_from_db(fields=["is_in_use"])
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
