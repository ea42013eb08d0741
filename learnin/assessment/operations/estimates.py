"""Runs of estimates: begin one, compute it in the background, forget old ones that nobody cites."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.assessment import estimate_words
from learnin.assessment.models import Assessment, Estimate, Export, Grouping, Indicator, Round, Run, RunRound
from learnin.assessment.operations import findings, reading
from learnin.assessment.queries import analysis, estimates, indicators
from learnin.assessment.queries.basis import NoBasis
from learnin.compute.survey import CannotEstimate
from learnin.journal.operations import entries, files
from learnin.journal.operations import jobs as journal_jobs
from learnin.kit import jobs
from learnin.kit.refusal import Refusal
from learnin.people.models import Person

if TYPE_CHECKING:
    from learnin.assessment.queries.estimating import Estimated, Row

PARQUET = "application/vnd.apache.parquet"
KEPT = 2  # runs that stay though nobody cites them: the current one and the one before, to see what changed
PIECE = 2_000  # rows that are written together
NUMBERS = (
    "kind", "estimate", "se", "cv", "ci_low", "ci_high", "ci_method", "df", "n", "missing", "n_psu", "n_strata",
    "n_eff", "n_hat", "deff", "deft", "alpha",
)  # fmt: skip


class AlreadyComputing(Refusal):
    """A run of this assessment is under way."""


class NothingToCompute(Refusal):
    """There are no indicators, or no answers to measure."""


class CannotCompute(Refusal):
    """Weights or design of a round do not allow estimates."""


@transaction.atomic
def begin(assessment: Assessment, *, scope: str = Export.Scope.KEPT, by: Person, now: datetime) -> Run:
    """Have all indicators of an assessment worked out. Raises AlreadyComputing, NothingToCompute."""
    assessment = Assessment.objects.select_for_update(of=("self",)).select_related("country").get(pk=assessment.pk)
    _give_up_lost(assessment, now)
    if assessment.runs.filter(state=Run.State.WAITING).exists():
        raise AlreadyComputing(_("The results are being computed already."))
    if not indicators.indicators(assessment).exists():
        raise NothingToCompute(_("There are no indicators yet. Add some first."))
    if not estimates.rounds_with_answers(assessment, scope, until=now):
        raise NothingToCompute(_("There are no answers to compute from yet."))
    number = (assessment.runs.aggregate(last=Max("number"))["last"] or 0) + 1
    run = Run.objects.create(
        assessment=assessment,
        number=number,
        scope=scope,
        inputs=estimates.inputs(assessment),
        made_by=by,
        made_at=now,
    )
    told = {"number": number, "scope": scope}
    entries.write("estimates.asked", run, by=by, now=now, country=assessment.country, after=told)
    run.job = journal_jobs.start(compute, by=by, now=now, country=assessment.country, run=run.pk)
    run.save(update_fields=["job"])
    return run


def _give_up_lost(assessment: Assessment, now: datetime) -> None:
    """A run whose job is over or gone without a word will never be computed."""
    for run in assessment.runs.filter(state=Run.State.WAITING).select_related("job"):
        if run.job is None or run.job.is_finished:
            _end(run, Run.State.FAILED, now, reason=run.job.reason if run.job else "")


def _end(run: Run, state: str, now: datetime, **more: Any) -> None:
    for key, value in {"state": state, "finished_at": now, **more}.items():
        setattr(run, key, value)
    run.save()


@jobs.job(label=gettext_lazy("Compute the results of an assessment"), atomic=False)
def compute(run: int, *, by: Person | None, now: datetime) -> dict[str, str]:
    """Work out a run. Indicators into which the same went as the last time take over their numbers."""
    from learnin.assessment.queries import estimating  # the engine takes memory: a process has it once it computes

    of = Run.objects.select_related("assessment__country", "made_by").get(pk=run)
    if of.state != Run.State.WAITING:  # the job was run once more
        return {"text": _("The results are ready.")}
    try:
        found = list(_parts(of, now))
    except CannotCompute as reason:
        with jobs.finishing(), transaction.atomic():
            _end(of, Run.State.FAILED, now, reason=str(reason))
        return {"text": str(reason)}
    with jobs.finishing(), transaction.atomic():
        places = count(1)  # from 1: a cursor of programs begins after 0
        for part in found:
            _keep(of, part, places, now)
        reading.protect(of)
        prints = estimating.together(part.made for part in found)
        _end(of, Run.State.DONE, now, method=estimating.METHOD, fingerprint=prints)
        told = {"number": of.number, "estimates": of.estimates.count()}
        entries.write("estimates.computed", of, by=by, now=now, country=of.assessment.country, after=told)
        findings.after_run(of, by=by, now=now)
        _forget_old(of.assessment)
    return {"text": _("The results are ready.")}


@dataclass(frozen=True, eq=False)
class _Part:
    """What a round adds to a run: its estimates now, and its part of the run before."""

    round: Round
    indicators: Sequence[Indicator]
    groupings: Sequence[Grouping]
    mark: str
    made: "Estimated"
    last: RunRound | None


def _parts(run: Run, now: datetime) -> Iterator[_Part]:
    """The estimates of each round. Raises CannotCompute."""
    from learnin.assessment.queries import estimating

    before = estimates.current(run.assessment)
    wanted, splits = list(indicators.indicators(run.assessment)), list(indicators.groupings(run.assessment))
    for round in estimates.rounds_with_answers(run.assessment, run.scope, until=now):
        asked = [one for one in wanted if one.instrument_id == round.instrument_id]
        mark, last = analysis.mark(round, run.scope), estimates.round_of(before, round)
        try:
            measured = estimating.measured(round, asked, splits, scope=run.scope, until=now)
            yield _Part(round, asked, splits, mark, estimating.estimated(measured, last), last)
        except NoBasis as wrong:
            raise CannotCompute(f"{round}: {wrong}") from None
        except CannotEstimate as wrong:
            raise CannotCompute(f"{round}: {estimate_words.why(wrong)}") from None


def _keep(run: Run, part: _Part, places: Iterator[int], now: datetime) -> None:
    """Write down what a round says: the new rows, and those that did not change."""
    basis = part.made.basis
    of = RunRound.objects.create(
        run=run,
        round=part.round,
        is_probability=basis.is_probability,
        answers=part.made.answers,
        mark=part.mark,
        weights=basis.set,
        weights_fingerprint=basis.fingerprint,
        words=estimates.words(part.round, part.indicators, part.groupings),
        fingerprints=part.made.fingerprints,
        covariances=files.keep(
            _covariances(part),
            name=f"covariances-{run.assessment_id}-{run.number}-{part.round.pk}.parquet",
            media_type=PARQUET,
            country=run.assessment.country,
            by=run.made_by,
            now=now,
        ),
    )
    before: dict[int, list[Estimate]] = {}
    if part.last is not None and part.made.kept:
        for row in part.last.estimates.filter(indicator__in=part.made.kept).order_by("order", "pk"):
            before.setdefault(row.indicator_id, []).append(row)
    rows: list[Estimate] = []
    for one in part.indicators:
        rows += (_estimate(run, of, one.pk, row, next(places)) for row in part.made.rows.get(one.pk, ()))
        rows += (_again(row, run, of, next(places)) for row in before.get(one.pk, ()))
    Estimate.objects.bulk_create(rows, batch_size=PIECE)


def _estimate(run: Run, of: RunRound, indicator: int, row: "Row", place: int) -> Estimate:
    numbers = {name: getattr(row.said, name) for name in NUMBERS}
    warnings = [{"code": one.code, **dict(one.facts)} for one in row.said.warnings]
    return Estimate(
        run=run, of=of, indicator_id=indicator, level=row.level, by=row.by, domain=dict(row.domain), key=row.key,
        order=place, warnings=warnings, **numbers,
    )  # fmt: skip


def _again(row: Estimate, run: Run, of: RunRound, place: int) -> Estimate:
    """The same numbers in a new run."""
    row.pk, row.run, row.of, row.order = None, run, of, place
    row._state.adding = True
    return row


def _covariances(part: _Part) -> bytes:
    """The file: the new ones, and those of indicators that did not change."""
    import polars as pl

    from learnin.assessment.formats import covariances

    same = {one.code for one in part.indicators if one.pk in part.made.kept}
    before = estimates.covariances_of(part.last) if part.last and same else covariances.nothing()
    return covariances.written(pl.concat([covariances.kept(before, same), *part.made.covariances]))


def _forget_old(assessment: Assessment) -> None:
    """Old runs go, unless something cites them: whatever cites an estimate protects it."""
    old = assessment.runs.exclude(state=Run.State.WAITING).order_by("-number")
    done = list(old.filter(state=Run.State.DONE).values_list("pk", flat=True)[:KEPT])
    for run in old.exclude(pk__in=done):
        attachments = [one.covariances for one in run.rounds.select_related("covariances") if one.covariances]
        try:
            with transaction.atomic():
                run.delete()
                for one in attachments:
                    transaction.on_commit(lambda file=one.file: file.delete(save=False), robust=True)  # type: ignore[misc]
                    one.delete()
        except ProtectedError:
            continue
