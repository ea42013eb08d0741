"""What the runs of an assessment say: which is current, what changed since, and its numbers for any page."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from learnin.assessment import estimate_words
from learnin.assessment.formats import indicator
from learnin.assessment.models import Assessment, Estimate, Grouping, Indicator, Round, Run, RunRound
from learnin.assessment.queries import analysis, basis, exports, indicators
from learnin.kit import languages, written

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

Words = Mapping[str, str]


@dataclass(frozen=True)
class Number:
    """One estimate as pages and files tell it: what it is of, in which round and group, how sure it is.

    `level` and `domain` are values, `level_name` and `group` their words in the reader's language. `before` is the same
    number in the run before, if it was there.
    """

    pk: int
    order: int
    round: int
    is_probability: bool
    indicator: Indicator
    level: str
    level_name: str
    by: str
    domain: Mapping[str, str]
    key: str
    group: str
    kind: str
    estimate: float | None
    se: float | None
    cv: float | None
    ci_low: float | None
    ci_high: float | None
    ci_method: str
    df: float | None
    n: int | None
    missing: float | None
    n_psu: int | None
    n_strata: int | None
    n_eff: float | None
    n_hat: float | None
    deff: float | None
    deft: float | None
    alpha: float | None
    withheld: str
    warnings: tuple[Mapping[str, Any], ...]
    before: "Number | None" = None

    @property
    def name(self) -> str:
        """The indicator, and which of its values where it has several."""
        return written.named(self.indicator.label(), self.level_name)

    @property
    def change(self) -> float | None:
        """How much it differs from the run before; nothing where there is nothing to compare."""
        if self.before is None or self.estimate is None or self.before.estimate is None:
            return None
        return self.estimate - self.before.estimate

    @property
    def careful(self) -> tuple[str, ...]:
        """What to be careful about, in sentences."""
        return tuple(estimate_words.careful(one) for one in self.warnings)


@dataclass(frozen=True)
class Standing:
    """Where the results of an assessment stand."""

    current: Run | None
    latest: Run | None
    changes: tuple[str, ...]
    """Codes of what is new since the current run: answers, weights, indicators, groups, rounds."""

    @property
    def is_computing(self) -> bool:
        """Whether a run is under way."""
        return self.latest is not None and self.latest.state == Run.State.WAITING

    @property
    def has_failed(self) -> bool:
        """Whether the last try came to nothing."""
        return self.latest is not None and self.latest.state == Run.State.FAILED


def rounds_with_answers(assessment: Assessment, scope: str, *, until: datetime) -> list[Round]:
    """The rounds of an assessment in which somebody has answered."""
    return [one for one in analysis.rounds(assessment) if exports.wanted(one, scope, until=until).exists()]


def current(assessment: Assessment) -> Run | None:
    """The run whose numbers hold now: the last one that was computed."""
    return assessment.runs.filter(state=Run.State.DONE).order_by("-number").first()


def before(run: Run) -> Run | None:
    """The run that was computed before this one."""
    return (
        Run.objects.filter(assessment=run.assessment_id, state=Run.State.DONE, number__lt=run.number)
        .order_by("-number")
        .first()
    )


def runs(assessment: Assessment) -> QuerySet[Run]:
    """The runs of an assessment, the latest first."""
    return assessment.runs.order_by("-number")


def rounds_of(run: Run) -> QuerySet[RunRound]:
    """The rounds of a run, the first first."""
    return run.rounds.select_related("round", "weights", "covariances").order_by("round__opens_at", "pk")


def round_of(run: Run | None, round: Round) -> RunRound | None:
    """What a run says of a round."""
    return rounds_of(run).filter(round=round).first() if run else None


def standing(assessment: Assessment, *, now: datetime) -> Standing:
    """Where the results of an assessment stand."""
    latest = assessment.runs.select_related("job", "made_by").order_by("-number").first()
    found = latest if latest and latest.state == Run.State.DONE else current(assessment)
    return Standing(found, latest, tuple(_changes(assessment, found, now)) if found else ())


def inputs(assessment: Assessment) -> dict[str, str]:
    """Fingerprints of what people decided: which indicators, which groups."""
    told = indicators.indicators(assessment).values_list("pk", "code", "definition")
    splits = indicators.groupings(assessment).values_list("code", "kind", "name", "missing", "within__code")
    return {
        "indicators": indicator.fingerprint({"all": [list(one) for one in told]}),
        "groups": indicator.fingerprint({"all": [list(one) for one in splits]}),
    }


def _changes(assessment: Assessment, run: Run, now: datetime) -> Iterable[str]:
    """What would make a new run differ."""
    there = {one.round_id: one for one in rounds_of(run)}
    rounds = {one.pk: one for one in rounds_with_answers(assessment, run.scope, until=now)}
    if rounds.keys() - there.keys():
        yield "rounds"
    both = [(there[pk], rounds[pk]) for pk in there.keys() & rounds.keys()]
    if any(part.mark != analysis.mark(round, run.scope) for part, round in both):
        yield "answers"
    if any(part.weights_id != getattr(basis.in_use(round), "pk", None) for part, round in both):
        yield "weights"
    yield from (name for name, said in inputs(assessment).items() if run.inputs.get(name) != said)


def words(round: Round, of: Iterable[Indicator], groupings: Iterable[Grouping]) -> dict[str, Any]:
    """The words of groups and values as they were, so that a run can be read when the questionnaire has changed."""
    known = analysis.splitting(round.instrument) | analysis.measured(round.instrument)
    return {
        "groups": {
            one.code: {
                "name": one.labels,
                "values": {} if one.name not in known else {k: dict(v) for k, v in known[one.name].choices.items()},
            }
            for one in groupings
        },
        "levels": {
            one.code: {
                value: dict(known[name].choices.get(value, {}))
                for name in indicator.read(one.definition).questions
                if name in known
                for value in indicator.read(one.definition).values
            }
            for one in of
        },
    }


def numbers(
    run: Run,
    *,
    indicators: Collection[int] = (),
    by: Collection[str] | None = None,
    domain: Words | None = None,
    rounds: Collection[int] = (),
    with_before: bool = False,
) -> list[Number]:
    """The numbers of a run, in their order, for what computes with them: what shows them asks `reading.numbers`.

    indicators, by: of some or all, by these groupings (`""` is everybody) or all.
    domain: only groups that have these values. rounds: only of these rounds. with_before: each with the same number of
    the run before, one query more.
    """
    found = _rows(run, indicators=indicators, by=by, rounds=rounds)
    if domain:
        found = [one for one in found if domain.items() <= one.domain.items()]
    if not with_before or (last := before(run)) is None:
        return found
    was = {_place(one): one for one in _rows(last, indicators=indicators, by=by, rounds=rounds)}
    return [replace(one, before=was.get(_place(one))) for one in found]


def domain(run: Run, key: str) -> Words | None:
    """The groupings and values of a group by its key; nothing where the run does not tell it."""
    return Estimate.objects.filter(run=run, key=key).values_list("domain", flat=True).first()


def _rows(
    run: Run, *, indicators: Collection[int], by: Collection[str] | None, rounds: Collection[int]
) -> list[Number]:
    rows = Estimate.objects.filter(run=run).order_by("order", "pk")
    if indicators:
        rows = rows.filter(indicator__in=indicators)
    if by is not None:
        rows = rows.filter(by__in=by)
    if rounds:
        rows = rows.filter(of__round__in=rounds)
    return [number(row) for row in _whole(run, rows)]


def _whole(run: Run, rows: Iterable[Estimate]) -> Iterable[Estimate]:
    """Rows with their round and indicator. Each of these is read once: the words of a round are many."""
    parts = {one.pk: one for one in rounds_of(run)}
    measured = {one.pk: one for one in Indicator.objects.filter(assessment=run.assessment_id)}
    for row in rows:
        row.of, row.indicator = parts[row.of_id], measured[row.indicator_id]
        yield row


def _place(of: Number) -> tuple[int, int, str, str]:
    return (of.round, of.indicator.pk, of.level, of.key)


def number(row: Estimate) -> Number:
    """An estimate with its words."""
    told = row.of.words
    levels = told.get("levels", {}).get(row.indicator.code, {})
    return Number(
        pk=row.pk,
        order=row.order,
        round=row.of.round_id,
        is_probability=row.of.is_probability,
        indicator=row.indicator,
        level_name=text(levels.get(row.level, {})) or row.level,
        domain=row.domain,
        group=group_name(told.get("groups", {}), row.domain),
        warnings=tuple(row.warnings),
        **{name: getattr(row, name) for name in _PLAIN},
    )


_PLAIN = (
    "level", "by", "key", "kind", "estimate", "se", "cv", "ci_low", "ci_high", "ci_method", "df", "n", "missing",
    "n_psu", "n_strata", "n_eff", "n_hat", "deff", "deft", "alpha", "withheld",
)  # fmt: skip


def group_name(groups: Mapping[str, Any], domain: Words) -> str:
    """A group in the reader's words: "Town, women". Nothing for everybody."""
    values = {code: groups.get(code, {}).get("values", {}) for code in domain}
    return ", ".join(text(values[code].get(value, {})) or value for code, value in domain.items())


def text(texts: Words) -> str:
    """Words in the reader's language."""
    return languages.text_in(texts, get_language())


def covariances_of(of: RunRound) -> "pl.DataFrame":
    """The covariances of a round in a run (see formats/covariances)."""
    from learnin.assessment.formats import covariances  # the engine takes memory, and few pages need it

    if of.covariances is None:
        return covariances.nothing()
    with of.covariances.file.storage.open(of.covariances.file.name or "", "rb") as file:
        return covariances.read(file.read())


def covariances_among(of: RunRound, numbers: Sequence[Number], key: str = "") -> "NDArray[np.float64]":
    """The covariances of numbers of one group, shape (k, k): 0 for two that were not worked out together."""
    from learnin.assessment.formats import covariances

    places = [covariances.place(one.indicator.code, one.level) for one in numbers]
    return covariances.among(covariances_of(of), places, key)


def covariance(first: Number, second: Number, of: RunRound) -> float | None:
    """The covariance of one indicator in two groups of a round; nothing where it is not known."""
    from learnin.assessment.formats import covariances

    matrix = covariances.matrix(covariances_of(of), first.indicator.code, first.level)
    known = matrix is not None and {first.key, second.key} <= set(matrix.keys)
    return matrix.of(first.key, second.key) if matrix is not None and known else None
